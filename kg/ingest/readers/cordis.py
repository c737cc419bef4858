"""CORDIS: who takes part in the research projects of the European Union, in which role, with how much money.

The export comes as JSON or as CSV with ``;``, packed or not; which table a file holds, its fields say:
**organization** (a row is the part of one organisation in one project), **project**, **euroSciVoc** (a field of
science of a project). What else is known is in `kg.ingest.readers.cordis_pages`: project pages as others have copied
them, and registers of organisations.

Traps. `netEcContribution` is what a participant itself gets; `ecContribution` has that of its third parties in it and
is taken only where there is no net one. Empty is unknown, 0 is nothing. One organisation may be in a project in two
roles. A project that nobody in the files takes part in is skipped, for a link needs somebody. The traps of
organisations are told in `kg.ingest.readers.cordis_organisations`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers import cordis_pages as pages
from kg.ingest.readers import delimited
from kg.ingest.readers.cordis_organisations import organisation
from kg.ingest.readers.fields import Fields, judged
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Link, Name, Participation, Record, RowLocation, Skipped, Source, Topic, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

ORGANIZATION = ("projectID", "organisationID", "name", "role", "activityType")
PROJECT = ("id", "title", "startDate", "endDate")
EUROSCIVOC = ("projectID", "euroSciVocCode", "euroSciVocPath")
_ROLES = {
    "coordinator": "coordinator",
    "participant": "participant",
    "partner": "associatedPartner",
    "internationalPartner": "associatedPartner",
    "associatedPartner": "associatedPartner",
    "thirdParty": "thirdParty",
}
_STAGES = {"": None, "SIGNED": "signed", "CLOSED": "ended", "TERMINATED": "ended"}
_TABLES = (ORGANIZATION, pages.REGISTER, pages.UNTYPED, pages.PAGE, PROJECT, EUROSCIVOC)
_CODE = re.compile(r"/?[0-9]{1,9}(?:/[0-9]{1,9})*")
_ID = re.compile(r"[0-9]{1,9}")
_SOURCE = Source(
    "cordis",
    "Publications Office of the European Union",
    "official",
    (Name("CORDIS", "en"),),
    "https://cordis.europa.eu",
    "en",
)


def read(inputs: Inputs) -> Iterator[Row]:
    """The rows of every table among the files, participations first; a table without links is skipped as a whole.

    Raises:
        InputError: a file cannot be read.
    """
    found = [(path, delimited.which(inputs, path, _TABLES)) for path in inputs.parts()]
    running: set[str] = set()
    for table in _TABLES:
        for path in (path for path, one in found if one == table):
            for location, row in delimited.rows(inputs, path, table):
                yield judged(location, _row, table, row, running)
    yield from (Skipped(RowLocation(path.name, 1), "table without links") for path, table in found if table is None)


def _row(location: RowLocation, table: tuple[str, ...], data: object, running: set[str]) -> Row:
    row = Fields(data)
    if table == pages.PAGE:
        return pages.page(location, row)
    if table in {pages.REGISTER, pages.UNTYPED}:
        return pages.registered(location, table[0], row)
    project = row.match("id" if table == PROJECT else "projectID", _ID, "a project has a number of up to nine digits")
    if table == ORGANIZATION:
        record = _participation(location, project, row)
        running.add(project)
        return record
    if project not in running:
        return Skipped(location, "project without participants")
    return _project(location, project, row) if table == PROJECT else _field(location, project, row)


def _participation(location: RowLocation, project: str, row: Fields) -> Record:
    body = organisation("organisationID", row)
    role = row.among("role", _ROLES)
    net = row.money("netEcContribution")
    money = net if net is not None else row.money("ecContribution")
    link = Link(
        key("cordis", project),
        "Project",
        "ResearchProject",
        (Name(row.text("projectAcronym") or f"CORDIS {project}"),),
        (Participation(body.key, role, money, "EUR" if money is not None else None),),
    )
    left = " It left before the project ended." if row.text("endOfParticipation") == "true" else ""
    note = f"The part of an organisation in a research project.{left}"
    return Record(key(project, row.text("organisationID"), role), location, _SOURCE, note, (body,), (link,))


def _project(location: RowLocation, project: str, row: Fields) -> Record:
    acronym = row.text("acronym")
    names = (Name(row.need("title"), "en"), *((Name(acronym),) if acronym else ()))
    stage = row.among("status", _STAGES)
    link = Link(
        key("cordis", project), "Project", "ResearchProject", names, (), stage, row.lasting("startDate", "endDate")
    )
    return Record(key(project), location, _SOURCE, "A research project with its days.", (), (link,))


def _field(location: RowLocation, project: str, row: Fields) -> Record:
    row.match("euroSciVocCode", _CODE, "a field has a code such as /23/49/329")
    codes, titles = (row.need(name).strip("/").split("/") for name in EUROSCIVOC[1:])
    if len(codes) != len(titles):
        raise row.wrong("euroSciVocPath", "it must have as many steps as the code", row.text("euroSciVocPath"))
    steps = zip(codes, titles, (None, *codes), strict=False)
    topics = tuple(Topic("euroscivoc", code, (Name(title.strip(), "en"),), above) for code, title, above in steps)
    link = Link(key("cordis", project), "Project", "ResearchProject", topics=topics)
    return Record(
        key(project, "euroscivoc", codes[-1]), location, _SOURCE, "A field of science of a project.", (), (link,)
    )


CORDIS = Reader(
    "cordis",
    "the tables organization, project and euroSciVoc of a CORDIS export (JSON or CSV), copied project pages, registers",
    ORGANIZATION,
    (10, 10_000_000),
    "CC BY 4.0 (reuse policy of the European Commission)",
    "CORDIS, European Union",
    read,
)
