"""OpenAIRE: publications with their authors' organisations and the projects that produced them, as JSON Lines.

A row is a publication with `id`, `title`, `date`, and `rels`, which contains its organisations and projects. It becomes
a link between the organisations. Its description lists the projects with the numbers that the funders assign.

Caveats. Publications with fewer than two organisations are skipped, because they have no partners. A country is a code,
a name, or missing. Types are missing, so the class is derived from the name (`kg.ingest.readers.organisation_types`).
One organisation may appear under several IDs and spellings that OpenAIRE has not merged; this reader does not merge
them either. The first of January represents a year without a day, and the first of a month represents the month.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import record_files
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.fields import Fields, domain, parse_row
from kg.ingest.readers.organisation_types import kind_of
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import (
    UNDATED,
    Actor,
    Dates,
    Link,
    Name,
    Participation,
    Record,
    Skipped,
    Source,
    UnnamedGroup,
    key,
)
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_RELATIONS = {"organization": "organization", "project": "project"}
_FEWEST = 2
_SOURCE = Source(
    "openaire", "OpenAIRE", "aggregator", (Name("OpenAIRE Graph", "en"),), "https://graph.openaire.eu", "en"
)


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the publications of the files.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in record_files.records(inputs, path):
            yield parse_row(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = Fields(record)
    this = row.required("id")
    relations = [(one.choice("type", _RELATIONS, None), one) for one in row.objects("rels")]
    stated = [one for kind, one in relations if kind == "organization"]
    actors = {actor.key: actor for actor in (_organisation(one) for one in stated if _name(one))}
    nameless = sum(not _name(one) for one in stated)
    if len(actors) + nameless < _FEWEST or not actors:
        return Skipped(location, "fewer than two organisations")
    link = Link(
        key("openaire", this),
        "Partnership",
        "JointPublication",
        (Name(row.text("title") or f"OpenAIRE {this}"),),
        tuple(Participation(actor, "author") for actor in actors),
        dates=_published(row),
        description=_produced_by([one for kind, one in relations if kind == "project"]),
        groups=_unnamed(nameless, tuple(actors)),
    )
    note = Message("A publication by authors from several organisations, classified by their names.")
    open_values = tuple(row.left_open)
    return Record(key(this), location, _SOURCE, note, tuple(actors.values()), (link,), left_open=open_values)


def _name(row: Fields) -> str:
    """Return the name of an organisation; leave it open if there is none."""
    name = row.text("legalname") or row.text("legalshortname")
    if not name.strip("."):
        row.leave_open("legalname", name)
    return name.strip(".") and name


def _unnamed(nameless: int, named: tuple[str, ...]) -> tuple[UnnamedGroup, ...]:
    """Return the count of the organisations if some have no name."""
    if not nameless:
        return ()
    count = len(named) + nameless
    return (
        UnnamedGroup("organisations", count, "organisations", "exact", "party", includes_named=True, members=named),
    )


def _organisation(row: Fields) -> Actor:
    name, short, country = _name(row), row.text("legalshortname"), row.text("country")
    return Actor(
        key("openaire", row.text("id")) if row.text("id").strip(".") else key("openaire", "name", name),
        kind_of(name),
        (Name(name), *((Name(short, preferred=False),) if short and short != name else ())),
        region=(Name(COUNTRIES.get(country, country), "en"),) if country else (),
        domains=domain(row.text("websiteurl")),
    )


def _produced_by(projects: list[Fields]) -> tuple[Name, ...]:
    for one in projects:
        if not one.text("code"):
            one.leave_open("code", "")
    titles = [(one.text("code"), one.text("acronym") or one.text("title")) for one in projects]
    named = [f"{code} ({title})" if code and title else code or title for code, title in titles if code or title]
    if not named:
        return ()
    listed = ", ".join(dict.fromkeys(named))
    return Name(f"A result of the projects {listed}.", "en"), Name(f"项目成果：{listed}。", "zh")


def _published(row: Fields) -> Dates:
    day = row.day("date")
    if day is None:
        return UNDATED
    if (day.month, day.day) == (1, 1):
        last = date(day.year, 12, 31)
        return Dates(day, last, day, last, "year", row.text("date"))
    if day.day == 1:
        last = day.replace(day=monthrange(day.year, day.month)[1])
        return Dates(day, last, day, last, "month", row.text("date"))
    return Dates(day, day, day, day, "day", row.text("date"))


OPENAIRE = Reader(
    "openaire",
    "publications of OpenAIRE as JSON Lines: id, title, date, and rels with organisations and projects",
    ("id", "title", "date", "rels"),
    (1, 10_000_000),
    "CC BY 4.0",
    "OpenAIRE Graph",
    read,
)
