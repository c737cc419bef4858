"""NASA TechPort: technology projects, who leads them and who supports them, as two generations of its API give them.

The older one says `id`, `name`, `type` ("NASA Center", "Academic") and has no IDs of organisations; the newer one says
`projectId`, `organizationName`, `organizationType` ("NASA_Center", "Academia"). They are mixed within one file, so that
an organisation is known by its ID or else by its name. Types are kept as the source has them, also where they are wrong
(Rice University is Industry in it): what is wrong in a source is mended by who knows better, beside it.

Who leads is the coordinator, who supports a participant. A NASA centre is part of the government; an FFRDC or UARC is a
research institute. A month is what is known of the days. The programme and the directorate that is responsible for it
are left alone: what they do in a project, the source does not say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers import delimited
from kg.ingest.readers.fields import Fields, judged
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Actor, Dates, Link, Name, Participation, Record, Skipped, Source, Topic, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_TYPES = (
    ("GovernmentDepartment", re.compile(r"NASA( .*)?|(Other )?US Government|International Space Agency")),
    (
        "University",
        re.compile(r"Academi[ac]|(Minority Serving|Other) Institution|.* \((ANNH|AANAPISI|HSI|HBCU|NASNTI|PBI|TCU)\)"),
    ),
    ("Firm", re.compile(r"(Other )?Industry|Minority Owned Business|.* \((HUBZones|SDB|VOSB|WOSB)\)")),
    ("ResearchInstitute", re.compile(r"FFRDC UARC")),
    ("OtherOrganisation", re.compile(r"Non Profit Institution")),
)
_STAGES = {
    "": None,
    **dict.fromkeys(("Active", "Partnered"), "effective"),
    **dict.fromkeys(("Completed", "Canceled", "Inactive"), "ended"),
}
_NUMBER = re.compile(r"[0-9]{1,9}")
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
    """The projects of the files; a list of types of organisations is skipped.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in delimited.records(inputs, path, "projects"):
            yield judged(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = Fields(record)
    if "organizationTypes" in row:
        return Skipped(location, "no project")
    row = row.inner("project") if "project" in row else row
    newer = "projectId" in row
    number = row.match("projectId" if newer else "id", _NUMBER, "a project has a number")
    leaders = [_body(one) for one in row.each("leadOrganization")]
    supporters = [_body(one) for one in row.each("supportingOrganizations")]
    if not leaders and not supporters:
        return Skipped(location, "no organisation")
    parts = [
        *(Participation(one.key, "coordinator") for one in leaders),
        *(Participation(one.key, "participant") for one in supporters),
    ]
    acronym = row.text("acronym")
    link = Link(
        key("techport", number),
        "Project",
        "ResearchProject",
        (Name(row.need("title"), "en"), *((Name(acronym, preferred=False),) if acronym else ())),
        tuple(dict.fromkeys(parts)),
        row.among("statusDescription" if newer else "status", _STAGES),
        _lasted(row, "startDateString" if newer else "startDate", "endDateString" if newer else "endDate"),
        topics=tuple(_topics(row.each("primaryTaxonomyNodes" if newer else "primaryTas"))),
    )
    note = "A technology project with who leads and who supports it."
    bodies = {body.key: body for body in (*leaders, *supporters)}
    return Record(key(number), location, _SOURCE, note, tuple(bodies.values()), (link,))


def _body(row: Fields) -> Actor:
    newer = "organizationName" in row
    name = row.need("organizationName" if newer else "name")
    number = row.match("organizationId", _NUMBER, "an organisation has a number") if newer else ""
    acronym, city = row.text("acronym"), row.text("city")
    country = row.inner("country").text("name") if newer else row.text("country")
    return Actor(
        key("techport", number) if newer else key("techport", "name", name),
        _kind(row, "organizationType" if newer else "type"),
        (Name(name, "en"), *((Name(acronym, preferred=False),) if acronym and acronym != name else ())),
        region=(Name(country, "en"),) if country else (),
        city=(Name(city, "en"),) if city else (),
    )


def _kind(row: Fields, name: str) -> str:
    stated = " ".join(re.sub(r"[_/-]", " ", row.need(name).replace("U.S.", "US")).split())
    for kind, pattern in _TYPES:
        if pattern.fullmatch(stated):
            return kind
    raise row.wrong(name, "it must be a type of organisation that TechPort has, such as Academia", row.text(name))


def _lasted(row: Fields, start: str, end: str) -> Dates:
    (first, latest), (earliest, last) = row.month(start), row.month(end)
    if first and last and last < first:
        raise row.wrong(end, f"it must not be before {start}, which is {row.text(start)}", row.text(end))
    stated = " – ".join(filter(None, (row.text(start), row.text(end)))) or None
    return Dates(first, latest, earliest, last, "month" if stated else None, stated)


def _topics(nodes: list[Fields]) -> Iterator[Topic]:
    codes = {node.match("code", _CODE, "a code of the taxonomy is such as TX09.2.1") for node in nodes}
    for node in nodes:
        above = node.text("code").rpartition(".")[0]
        names = (Name(node.need("title"), "en"),)
        yield Topic("nasa-taxonomy", node.text("code"), names, above if above in codes else None)


TECHPORT = Reader(
    "techport",
    "projects of NASA TechPort as JSON, from either generation of its API",
    ("title", "leadOrganization", "supportingOrganizations"),
    (1, 100_000),
    "public domain (a work of the government of the United States)",
    "NASA TechPort",
    read,
)
