"""NASA TechPort: technology projects with their leading and supporting organisations, from two versions of its API.

The older version has `id`, `name`, `type` ("NASA Center", "Academic") and no IDs of organisations. The newer one has
`projectId`, `organizationName`, `organizationType` ("NASA_Center", "Academia"). One file may mix both, so an
organisation is identified by its ID or else by its name. Types are not corrected even where they are wrong (Rice
University is Industry); corrections belong in a graph file of their own.

The leading organisation is the coordinator, a supporting one a participant. A NASA centre is part of the government; an
FFRDC or UARC is a research institute. Dates have the precision of a month. The responsible programme and directorate
are ignored, because the source does not state their role in a project.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers import record_files
from kg.ingest.readers.fields import Fields, parse_row
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import (
    Dates,
    Link,
    Name,
    Participation,
    Record,
    Skipped,
    Source,
    Topic,
    key,
)
from kg.ingest.readers.techport_organisations import NUMBER, is_named, organisation, unnamed
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_STAGES = {
    "": None,
    **dict.fromkeys(("Active", "Partnered"), "effective"),
    **dict.fromkeys(("Completed", "Canceled", "Inactive"), "ended"),
}
_CODE = re.compile(r"T[AX][0-9]{1,2}(?:\.[0-9X]{1,3}){0,3}")
_SOURCE = Source(
    "techport",
    "National Aeronautics and Space Administration",
    "official",
    (Name("NASA TechPort", "en"),),
    "https://techport.nasa.gov",
    "en",
)


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the projects of the files; lists of organisation types are skipped.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in record_files.records(inputs, path, "projects"):
            yield parse_row(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = Fields(record)
    if "organizationTypes" in row:
        return Skipped(location, "no project")
    row = row.nested("project") if "project" in row else row
    newer = "projectId" in row
    number = row.match("projectId" if newer else "id", NUMBER, "a project has a number")
    stated = [row.objects(name) for name in ("leadOrganization", "supportingOrganizations")]
    leaders, supporters = ([organisation(one) for one in several if is_named(one)] for several in stated)
    nameless = row.nulls("supportingOrganizations") + sum(map(len, stated)) - len(leaders) - len(supporters)
    if not leaders and not supporters and (nameless or row.is_null("leadOrganization")):
        raise row.error("leadOrganization", "it is null, so the project has no organisation; download it again", "null")
    if not leaders and not supporters:
        return Skipped(location, "no organisation")
    actors = {actor.key: actor for actor in (*leaders, *supporters)}
    participations = [
        *(Participation(one.key, "coordinator") for one in leaders),
        *(Participation(one.key, "participant") for one in supporters),
    ]
    acronym = row.text("acronym")
    link = Link(
        key("techport", number),
        "Project",
        "ResearchProject",
        (
            Name(row.text("title") or f"TechPort {number}", "en"),
            *((Name(acronym, preferred=False),) if acronym else ()),
        ),
        tuple(dict.fromkeys(participations)),
        row.choice("statusDescription" if newer else "status", _STAGES, None),
        _period(row, "startDateString" if newer else "startDate", "endDateString" if newer else "endDate"),
        topics=tuple(_topics(row.objects("primaryTaxonomyNodes" if newer else "primaryTas"))),
        groups=unnamed(nameless, tuple(actors)),
    )
    note = Message("A technology project with its leading and supporting organisations.")
    open_values = tuple(row.left_open)
    return Record(key(number), location, _SOURCE, note, tuple(actors.values()), (link,), left_open=open_values)


def _period(row: Fields, start: str, end: str) -> Dates:
    (first, latest), (earliest, last) = row.month(start), row.month(end)
    if first and last and last < first:
        raise row.error(
            end,
            Message("it must not be before {start}, which is {first}", start=start, first=row.text(start)),
            row.text(end),
        )
    stated = " – ".join(filter(None, (row.text(start), row.text(end)))) or None
    return Dates(first, latest, earliest, last, "month" if stated else None, stated)


def _topics(nodes: list[Fields]) -> Iterator[Topic]:
    complete = [node for node in nodes if node.text("code") and node.text("title")]
    for node in nodes:
        for name in ("code", "title"):
            if not node.text(name):
                node.leave_open(name, "")
    codes = {node.match("code", _CODE, "a taxonomy code has the form TX09.2.1") for node in complete}
    for node in complete:
        above = node.text("code").rpartition(".")[0]
        names = (Name(node.text("title"), "en"),)
        yield Topic("nasa-taxonomy", node.text("code"), names, above if above in codes else None)


TECHPORT = Reader(
    "techport",
    "projects of NASA TechPort as JSON, from either version of its API",
    ("title", "leadOrganization", "supportingOrganizations"),
    (1, 100_000),
    "public domain (a work of the government of the United States)",
    "NASA TechPort",
    read,
)
