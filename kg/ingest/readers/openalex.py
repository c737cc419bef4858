"""OpenAlex: institutions, and works in which science and firms cooperate, from the snapshot or the API.

The ID identifies the kind of record. An **institution** (I…) is an organisation
(`kg.ingest.readers.openalex_organisations`) with its associated institutions. A **work** (W…) is a link if at least one
institution is a company and another a university or a research facility. Its parties are all institutions of its
authors. It is a shared affiliation if one author gives both kinds, otherwise a joint publication. It has the year and
the field of its primary topic. Other works and records are skipped, as are retracted works and paratext.

Caveats. A list of one value may be written as that value. The first of January represents a year without a day, so only
the year is used. OpenAlex guesses the language of a work, so titles have no language tag. A machine assigns
institutions to affiliations and is sometimes wrong; this reader does not correct it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import openalex_organisations, record_files
from kg.ingest.readers.fields import Fields, parse_row
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
    row = Fields(record)
    letter = row.required("id").removeprefix("https://openalex.org/")[:1]
    if letter == "I":
        return _institution(location, row)
    return _work(location, row) if letter == "W" else Skipped(location, "neither an institution nor a work")


def _institution(location: RowLocation, row: Fields) -> Record:
    this = openalex_organisations.identity(row)
    others = [
        (one.choice("relationship", _RELATIONS), openalex_organisations.mentioned(one))
        for one in row.objects("associated_institutions")
    ]
    wholes = tuple(other.key for relation, other in others if relation == "parent")
    actor = openalex_organisations.described(row, wholes)
    parts = [
        Actor(other.key, other.kind, (), part_of=(actor.key,)) for relation, other in others if relation == "child"
    ]
    links = tuple(_related(actor, other) for relation, other in others if relation == "related")
    actors = (actor, *(other for _, other in others), *parts)
    note = "An institution, and its associated institutions."
    return Record(key(this), location, _INSTITUTIONS, note, actors, links)


def _related(*actors: Actor) -> Link:
    ends = sorted(actors, key=lambda actor: actor.key)
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
    authors = [
        [openalex_organisations.mentioned(one) for one in author.objects("institutions")]
        for author in row.objects("authorships")
    ]
    actors = {actor.key: actor for affiliations in authors for actor in affiliations}
    if not _joins_science_and_firms(list(actors.values())):
        return Skipped(location, "no firm with a university or institute")
    title = row.text("display_name") or row.text("title") or f"OpenAlex {this}"
    link = Link(
        key("openalex", this),
        "Partnership",
        "CoAffiliation" if any(map(_joins_science_and_firms, authors)) else "JointPublication",
        (Name(title),),
        tuple(Participation(actor, "party") for actor in actors),
        dates=_published(row),
        topics=_field(row),
    )
    note = "A work by authors of several institutions, including firms and universities or institutes."
    return Record(key(this), location, _WORKS, note, tuple(actors.values()), (link,))


def _joins_science_and_firms(actors: list[Actor]) -> bool:
    kinds = {actor.kind for actor in actors}
    return "Firm" in kinds and not kinds.isdisjoint({"University", "ResearchInstitute"})


def _published(row: Fields) -> Dates:
    year = int(row.match("publication_year", _YEAR, "a year has four digits"))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Dates(first, last, first, last, "year", row.text("publication_date") or str(year))


def _field(row: Fields) -> tuple[Topic, ...]:
    field = row.nested("primary_topic").nested("field")
    if not field.text("id"):
        return ()
    number = field.match("id", _FIELD, "a field has an ID such as https://openalex.org/fields/13").rpartition("/")[2]
    return (Topic("openalex-field", number, (Name(field.required("display_name"), "en"),)),)


OPENALEX = Reader(
    "openalex",
    "institutions and works of OpenAlex: JSON Lines of the snapshot (compressed or not), or API responses",
    ("id", "display_name"),
    (1, 100_000_000),
    "CC0 1.0",
    "OpenAlex (OurResearch)",
    read,
)
