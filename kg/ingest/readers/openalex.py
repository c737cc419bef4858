"""OpenAlex: institutions, and the works in which science and firms meet; as the snapshot or the server gives them.

A record is told by its ID. An **institution** (I…) is an organisation (`kg.ingest.readers.openalex_organisations`)
with those that it is associated with. A **work** (W…) is a link where one institution at least is a company and
another a university or a facility of research, of all institutions that its authors give: a shared affiliation where
one author gives both, else a joint publication. It has the year, and the field of its primary topic. Other works are
skipped, as are retracted ones, paratext, and whatever else OpenAlex has records of.

Traps. A list of one may be written as that one. The first of January stands for a year without a day, so that only the
year is believed. The language of a work is guessed by OpenAlex, so that a title has none. Institutions are assigned to
affiliations by a machine, sometimes wrongly: what is read here is what OpenAlex says.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import delimited
from kg.ingest.readers import openalex_organisations as bodies
from kg.ingest.readers.fields import Fields, judged
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Actor, Dates, Link, Name, Participation, Record, Skipped, Source, Topic, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_WORK = re.compile(r"https://openalex\.org/W[1-9][0-9]*")
_FIELD = re.compile(r"https://openalex\.org/fields/[0-9]+")
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")
_RELATIONS = {one: one for one in ("parent", "child", "related")}
_ANSWERS = (
    *("results", "works", "institutions", "authors", "concepts", "funders", "sources", "publishers", "topics"),
    "keywords",
)
_INSTITUTIONS, _WORKS = (
    Source(f"openalex-{what}", "OpenAlex", "aggregator", (Name(f"OpenAlex: {what}", "en"),), "https://openalex.org")
    for what in ("institutions", "works")
)


def read(inputs: Inputs) -> Iterator[Row]:
    """The records of the files.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in delimited.records(inputs, path, *_ANSWERS):
            yield judged(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = Fields(record)
    letter = row.need("id").removeprefix("https://openalex.org/")[:1]
    if letter == "I":
        return _institution(location, row)
    return _work(location, row) if letter == "W" else Skipped(location, "neither an institution nor a work")


def _institution(location: RowLocation, row: Fields) -> Record:
    this = bodies.identity(row)
    others = [(one.among("relationship", _RELATIONS), bodies.named(one)) for one in row.each("associated_institutions")]
    body = bodies.described(row, tuple(other.key for relation, other in others if relation == "parent"))
    parts = (Actor(other.key, other.kind, (), part_of=(body.key,)) for relation, other in others if relation == "child")
    links = tuple(_related(body, other) for relation, other in others if relation == "related")
    actors = (body, *(other for _, other in others), *parts)
    return Record(key(this), location, _INSTITUTIONS, "An institution, and those it is associated with.", actors, links)


def _related(*bodies: Actor) -> Link:
    ends = sorted(bodies, key=lambda body: body.key)
    return Link(
        key(*ends[0].key.split("/"), ends[1].key.rpartition("/")[2]),
        "Partnership",
        "RegisteredRelation",
        (Name(" – ".join(end.names[0].text for end in ends)),),
        tuple(Participation(end.key, "related") for end in ends),
    )


def _work(location: RowLocation, row: Fields) -> Row:
    this = row.match("id", _WORK, "a work has an ID such as https://openalex.org/W2741809807").rpartition("/")[2]
    for rule in ("is_retracted", "is_paratext"):
        if row.text(rule) == "true":
            return Skipped(location, rule.removeprefix("is_"))
    authors = [[bodies.named(one) for one in author.each("institutions")] for author in row.each("authorships")]
    found = {body.key: body for given in authors for body in given}
    if not _both(list(found.values())):
        return Skipped(location, "no firm with a university or institute")
    title = row.text("display_name") or row.text("title") or f"OpenAlex {this}"
    link = Link(
        key("openalex", this),
        "Partnership",
        "CoAffiliation" if any(map(_both, authors)) else "JointPublication",
        (Name(title),),
        tuple(Participation(body, "party") for body in found),
        dates=_published(row),
        topics=_field(row),
    )
    note = "A work of authors of several institutions, firms and universities or institutes among them."
    return Record(key(this), location, _WORKS, note, tuple(found.values()), (link,))


def _both(given: list[Actor]) -> bool:
    kinds = {body.kind for body in given}
    return "Firm" in kinds and not kinds.isdisjoint({"University", "ResearchInstitute"})


def _published(row: Fields) -> Dates:
    year = int(row.match("publication_year", _YEAR, "a year has four digits"))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Dates(first, last, first, last, "year", row.text("publication_date") or str(year))


def _field(row: Fields) -> tuple[Topic, ...]:
    field = row.inner("primary_topic").inner("field")
    if not field.text("id"):
        return ()
    number = field.match("id", _FIELD, "a field has an ID such as https://openalex.org/fields/13").rpartition("/")[2]
    return (Topic("openalex-field", number, (Name(field.need("display_name"), "en"),)),)


OPENALEX = Reader(
    "openalex",
    "institutions and works of OpenAlex: JSON lines of its snapshot (packed or not), or answers of its server",
    ("id", "display_name"),
    (1, 100_000_000),
    "CC0 1.0",
    "OpenAlex (OurResearch)",
    read,
)
