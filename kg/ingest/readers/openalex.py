"""OpenAlex: institutions, and works in which science and firms cooperate, from the snapshot or the API.

The ID identifies the kind of record. An **institution** (I…) is an organisation
(`kg.ingest.readers.openalex_organisations`) with its associated institutions. A **work** (W…) is a link if at least one
institution is a company and another a university or a research facility. Its parties are all institutions of its
authors. It is a shared affiliation if one author gives both kinds, otherwise a joint publication. It has the year and
the field of its primary topic. Other works and records are skipped, as are retracted works and paratext.

Institutions without an ID or a type, and those that a record counts beyond its list of authors, are unnamed parties.

Caveats. A list of one value may be written as that value. The first of January represents a year without a day, so only
the year is used. OpenAlex guesses the language of a work, so titles have no language tag. A machine assigns
institutions to affiliations and is sometimes wrong; this reader does not correct it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers import openalex_organisations, openalex_works, record_files
from kg.ingest.readers.fields import Fields, parse_row
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import (
    Actor,
    Link,
    Name,
    Participation,
    Record,
    Skipped,
    Source,
    key,
)
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_RELATIONS = {one: one for one in ("parent", "child", "related")}
_LISTS = (
    *("results", "works", "institutions", "authors", "concepts", "funders", "sources", "publishers", "topics"),
    "keywords",
)
_INSTITUTIONS, _WORKS = (
    Source(f"openalex-{what}", "OpenAlex", "aggregator", (Name(f"OpenAlex: {what}", "en"),), "https://openalex.org")
    for what in ("institutions", "works")
)


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the records of the files.

    Raises:
        InputError: a file cannot be read.
    """
    for path in inputs.parts():
        for location, record in record_files.records(inputs, path, *_LISTS):
            yield parse_row(location, _row, record)


def _row(location: RowLocation, record: object) -> Row:
    row = _identified(Fields(record))
    letter = row.required("id").removeprefix("https://openalex.org/")[:1]
    if letter == "I":
        return _institution(location, row)
    return (
        openalex_works.work(location, row, _WORKS)
        if letter == "W"
        else Skipped(location, "neither an institution nor a work")
    )


def _identified(row: Fields) -> Fields:
    """Return a record whose ID is only in its list of addresses with that ID in its place."""
    return row if row.text("id") else row.having("id", row.nested("ids").text("openalex"))


def _institution(location: RowLocation, row: Fields) -> Record:
    this = openalex_organisations.identity(row)
    others = [
        (one.choice("relationship", _RELATIONS, None), openalex_organisations.mentioned(one))
        for one in row.objects("associated_institutions")
        if openalex_organisations.is_identified(one)
    ]
    wholes = tuple(other.key for relation, other in others if relation == "parent")
    actor = openalex_organisations.described(row, wholes)
    parts = [
        Actor(other.key, other.kind, (), part_of=(actor.key,)) for relation, other in others if relation == "child"
    ]
    links = tuple(_related(actor, other) for relation, other in others if relation == "related")
    actors = (actor, *(other for _, other in others), *parts)
    nameless = len(row.objects("associated_institutions")) - len(others)
    note = Message("An institution, and its associated institutions.")
    if nameless:
        note = Message(
            "An institution, and its associated institutions; {count} without an ID or a type are left out.",
            count=nameless,
        )
    return Record(key(this), location, _INSTITUTIONS, note, actors, links, left_open=tuple(row.left_open))


def _related(*actors: Actor) -> Link:
    ends = sorted(actors, key=lambda actor: actor.key)
    return Link(
        key(*ends[0].key.split("/"), ends[1].key.rpartition("/")[2]),
        "Partnership",
        "RegisteredRelation",
        (Name(" – ".join(end.names[0].text for end in ends)),),
        tuple(Participation(end.key, "related") for end in ends),
    )


OPENALEX = Reader(
    "openalex",
    "institutions and works of OpenAlex: JSON Lines of the snapshot (compressed or not), or API responses",
    ("id", "display_name"),
    (1, 100_000_000),
    "CC0 1.0",
    "OpenAlex (OurResearch)",
    read,
)
