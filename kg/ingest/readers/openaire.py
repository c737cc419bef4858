"""OpenAIRE: publications with the organisations of their authors and the projects that produced them, as JSON lines.

A row is a publication: `id`, `title`, `date`, and in `rels` its organisations and projects. It is a link of the
organisations; which projects it is a result of, its description says, with the number that the funder gives each.

Traps. Many publications name no organisation, or one alone, which is a tie of nobody: they are skipped. A country is a
code or a name, or missing. There is no type, so that the name tells the kind
(`kg.ingest.readers.organisation_types`). One organisation may stand there under several IDs and spellings, for
OpenAIRE has not told all of them to be the same; this reader tells them neither. The first of January stands for a
year without a day, and the first of a month for a month.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import delimited
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.fields import Fields, domain, judged
from kg.ingest.readers.organisation_types import kind_of
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import UNDATED, Actor, Dates, Link, Name, Participation, Record, Skipped, Source, key

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
    """The publications of the files.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in delimited.records(inputs, path):
            yield judged(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = Fields(record)
    this = row.need("id")
    found = [(one.among("type", _RELATIONS), one) for one in row.each("rels")]
    bodies = {body.key: body for body in (_body(one) for kind, one in found if kind == "organization")}
    if len(bodies) < _FEWEST:
        return Skipped(location, "fewer than two organisations")
    link = Link(
        key("openaire", this),
        "Partnership",
        "JointPublication",
        (Name(row.text("title") or f"OpenAIRE {this}"),),
        tuple(Participation(body, "party") for body in bodies),
        dates=_published(row),
        description=_results([one for kind, one in found if kind == "project"]),
    )
    note = "A publication of authors of several organisations, whose kinds are told from their names."
    return Record(key(this), location, _SOURCE, note, tuple(bodies.values()), (link,))


def _body(row: Fields) -> Actor:
    name, short, country = row.need("legalname"), row.text("legalshortname"), row.text("country")
    return Actor(
        key("openaire", row.need("id")),
        kind_of(name),
        (Name(name), *((Name(short, preferred=False),) if short and short != name else ())),
        region=(Name(COUNTRIES.get(country, country), "en"),) if country else (),
        domains=domain(row.text("websiteurl")),
    )


def _results(projects: list[Fields]) -> tuple[Name, ...]:
    named = [f"{one.need('code')} ({one.text('acronym') or one.text('title')})" for one in projects]
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
    "publications of OpenAIRE as JSON lines: id, title, date, and rels with organisations and projects",
    ("id", "title", "date", "rels"),
    (1, 10_000_000),
    "CC BY 4.0",
    "OpenAIRE Graph",
    read,
)
