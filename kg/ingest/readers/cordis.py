"""CORDIS: participants of the research projects of the European Union, with their roles and contributions.

The export is JSON, or CSV with ``;``, compressed or not. The fields identify the table in a file: **organization** (the
participation of one organisation in one project), **project**, and **euroSciVoc** (a field of science of a project).
`kg.ingest.readers.cordis_pages` reads copies of project pages, and registers of organisations.

Caveats. `netEcContribution` is the amount for the participant itself; `ecContribution` includes its third parties and
is used only if the net amount is missing. An empty field is unknown, 0 is zero. One organisation may have two roles in
a project. A project without participants in the files is skipped, because a link requires parties. The caveats about
organisations are in `kg.ingest.readers.cordis_organisations`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers import cordis_pages as pages
from kg.ingest.readers import record_files
from kg.ingest.readers.cordis_organisations import organisation
from kg.ingest.readers.fields import Fields, parse_row
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Link, Name, Participation, Record, RowLocation, Skipped, Source, Topic, key
from kg.texts import Message

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
_UNKNOWN_ROLE = "otherParticipant"
_STAGES = {"": None, "SIGNED": "signed", "CLOSED": "ended", "TERMINATED": "ended"}
_TABLES = (ORGANIZATION, pages.REGISTER, pages.UNTYPED, pages.PAGE, PROJECT, EUROSCIVOC)
_CODE = re.compile(r"/?[0-9]{1,9}(?:/[0-9]{1,9})*")
_ID = re.compile(r"[0-9]{1,9}")
_ADDRESSES = {
    "grantDoi": re.compile(r"(?:https?://doi\.org/)?10\.3030/([0-9]{1,9})"),
    "contactForm": re.compile(r"https?://.*/project/[0-9]{9}/([0-9]{1,9})"),
}
"""Project numbers in the addresses of a project and of a participation."""
_SOURCE = Source(
    "cordis",
    "Publications Office of the European Union",
    "official",
    (Name("CORDIS", "en"),),
    "https://cordis.europa.eu",
    "en",
)


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the rows of all tables, participations first; tables of other kinds are skipped as a whole.

    Raises:
        InputError: a file cannot be read.
    """
    files = [(path, record_files.identify(inputs, path, _TABLES)) for path in inputs.parts()]
    projects: set[str] = set()
    for table in _TABLES:
        for path in (path for path, one in files if one == table):
            for location, row in record_files.rows(inputs, path, table):
                yield parse_row(location, _row, table, row, projects)
    yield from (Skipped(RowLocation(path.name, 1), "table without links") for path, table in files if table is None)


def _row(location: RowLocation, table: tuple[str, ...], data: object, projects: set[str]) -> Row:
    row = Fields(data)
    if table == pages.PAGE:
        return pages.page(location, row)
    if table in {pages.REGISTER, pages.UNTYPED}:
        return pages.registered(location, table[0], row)
    column = "id" if table == PROJECT else "projectID"
    project = row.identifier(column, _ID, "a project number has up to nine digits", _ADDRESSES)
    if table == ORGANIZATION:
        record = _participation(location, project, row)
        projects.add(project)
        return record
    if project not in projects:
        return Skipped(location, "project without participants")
    return _project(location, project, row) if table == PROJECT else _field(location, project, row)


def _participation(location: RowLocation, project: str, row: Fields) -> Record:
    actor = organisation("organisationID", row)
    role = row.choice("role", _ROLES, _UNKNOWN_ROLE)
    net = row.money("netEcContribution")
    money = net if net is not None else row.money("ecContribution")
    link = Link(
        key("cordis", project),
        "Project",
        "ResearchProject",
        (Name(row.text("projectAcronym") or f"CORDIS {project}"),),
        (Participation(actor.key, role, money, "EUR" if money is not None else None),),
    )
    note = Message("The participation of an organisation in a research project.")
    if row.text("endOfParticipation") == "true":
        note = Message("The participation of an organisation in a research project. It left before the project ended.")
    stated_role = (role == _UNKNOWN_ROLE and row.text("role").strip(".")) or role
    evidence = key(project, actor.key.rpartition("/")[2], stated_role)
    return Record(evidence, location, _SOURCE, note, (actor,), (link,), left_open=tuple(row.left_open))


def _project(location: RowLocation, project: str, row: Fields) -> Record:
    acronym = row.text("acronym")
    title = row.text("title")
    names = (Name(title, "en") if title else Name(f"CORDIS {project}"), *((Name(acronym),) if acronym else ()))
    stage = row.choice("status", _STAGES, None)
    link = Link(
        key("cordis", project), "Project", "ResearchProject", names, (), stage, row.period("startDate", "endDate")
    )
    note = Message("A research project with its dates.")
    return Record(key(project), location, _SOURCE, note, (), (link,), left_open=tuple(row.left_open))


def _field(location: RowLocation, project: str, row: Fields) -> Record:
    row.match("euroSciVocCode", _CODE, "a field has a code such as /23/49/329")
    codes, titles = (row.required(name).strip("/").split("/") for name in EUROSCIVOC[1:])
    if len(codes) != len(titles):
        raise row.error("euroSciVocPath", "it must have as many levels as the code", row.text("euroSciVocPath"))
    levels = zip(codes, titles, (None, *codes), strict=False)
    topics = tuple(Topic("euroscivoc", code, (Name(title.strip(), "en"),), above) for code, title, above in levels)
    link = Link(key("cordis", project), "Project", "ResearchProject", topics=topics)
    note = Message("A field of science of a project.")
    return Record(key(project, "euroscivoc", codes[-1]), location, _SOURCE, note, (), (link,))


CORDIS = Reader(
    "cordis",
    "the tables organization, project and euroSciVoc of a CORDIS export (JSON or CSV), copied project pages, registers",
    ORGANIZATION,
    (10, 10_000_000),
    "CC BY 4.0 (reuse policy of the European Commission)",
    "CORDIS, European Union",
    read,
)
