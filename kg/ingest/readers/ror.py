"""The Research Organization Registry: records of schema 1 or 2, as a dump (JSON, packed or not), as lines, or alone.

A record is an organisation (`kg.ingest.readers.ror_organisations`) with its relations. A parent is a body that it
belongs to, and a child the same said from the other side; related is a link, a predecessor or a successor a change
event. The other body must be in the files, for what is related must be described: they are read twice, first for who
is there. How many relations lead out of the files, the note says.

Withdrawn records (duplicates, mistakes) are skipped; of inactive ones the note says so. An archive holds each record in
both schemas, of which the older is skipped, and as CSV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers import delimited, ror_organisations
from kg.ingest.readers.fields import judged
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import (
    Actor,
    Change,
    Link,
    Name,
    Participation,
    Record,
    RowLocation,
    Skipped,
    Source,
    key,
)
from kg.ingest.readers.ror_organisations import is_modern, modern, ror_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ingest.readers.fields import Fields
    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

_STATES = {"active": "", "inactive": " It is no longer active.", "withdrawn": None}
_RELATIONS = {one: one for one in ("parent", "child", "related", "predecessor", "successor")}
_NAME = "Research Organization Registry"
_SOURCE = Source("ror-records", _NAME, "aggregator", (Name(_NAME, "en"),), "https://ror.org")


class _Known(NamedTuple):
    """Who is in the files: kinds by ROR ID, those there in schema 2, and who says itself to be a part of whom."""

    kinds: dict[str, str]
    newer: set[str]
    parts: set[tuple[str, str]]


class _Other(NamedTuple):
    """The other end of a relation."""

    relation: str
    ror: str
    label: str


def read(inputs: Inputs) -> Iterator[Row]:
    """The records of the files; a member of an archive that is no JSON is skipped as a whole.

    Raises:
        InputError: a file cannot be read.
    """
    parts = list(inputs.parts())
    paths = [path for path in parts if path in inputs.paths or delimited.is_json(path)]
    inputs.size *= 2  # each is read twice
    known = _Known({}, set(), set())
    for location, record in _records(inputs, paths):
        judged(location, _look, record, known)
    for location, record in _records(inputs, paths):
        yield judged(location, _row, record, known)
    yield from (Skipped(RowLocation(path.name, 1), "no JSON") for path in parts if path not in paths)


def _records(inputs: Inputs, paths: list[Path]) -> Iterator[tuple[RowLocation, object]]:
    for path in paths:
        yield from delimited.records(inputs, path, "items")


def _look(location: RowLocation, record: object, known: _Known) -> Row:
    row = modern(record)
    ror = ror_id(row)
    if row.among("status", _STATES) is None:
        return Skipped(location, "withdrawn")
    others = _others(row)
    known.kinds[ror] = ror_organisations.actor(ror, row, ()).kind  # what will be refused is not there
    known.newer.update((ror,) if is_modern(record) else ())
    known.parts.update((ror, other.ror) for other in others if other.relation == "parent")
    return Skipped(location, "looked at")


def _row(location: RowLocation, record: object, known: _Known) -> Row:
    row = modern(record)
    ror, state = ror_id(row), row.among("status", _STATES)
    if state is None:
        return Skipped(location, "withdrawn")
    if ror in known.newer and not is_modern(record):
        return Skipped(location, "older schema")
    others = _others(row)
    here = [other for other in others if other.ror in known.kinds]
    out = f" Relations that lead out of the files: {len(others) - len(here)}." if len(here) < len(others) else ""
    wholes = tuple(key("ror", other.ror) for other in here if other.relation == "parent")
    body = ror_organisations.actor(ror, row, wholes)
    return Record(
        key(ror),
        location,
        _SOURCE,
        f"An organisation in the registry.{state}{out}",
        (body, *_unsaid_parts(ror, here, known)),
        tuple(_link(ror, body.names[0].text, other) for other in here if other.relation == "related"),
        tuple(_change(ror, body.names[0].text, other) for other in here if other.relation.endswith("cessor")),
    )


def _others(row: Fields) -> list[_Other]:
    return [_Other(one.among("type", _RELATIONS), ror_id(one), one.need("label")) for one in row.each("relationships")]


def _unsaid_parts(ror: str, here: list[_Other], known: _Known) -> Iterator[Actor]:
    """Children whose own records do not name this one as a parent."""
    for other in here:
        if other.relation == "child" and (other.ror, ror) not in known.parts:
            yield Actor(key("ror", other.ror), known.kinds[other.ror], (), part_of=(key("ror", ror),))


def _link(ror: str, name: str, other: _Other) -> Link:
    ends = sorted([(ror, name), (other.ror, other.label)])
    return Link(
        key("ror", *(end for end, _ in ends)),
        "Partnership",
        "RegisteredRelation",
        (Name(" – ".join(label for _, label in ends)),),
        tuple(Participation(key("ror", end), "related") for end, _ in ends),
    )


def _change(ror: str, name: str, other: _Other) -> Change:
    ends = [(ror, name), (other.ror, other.label)]
    (old, before), (new, after) = ends if other.relation == "successor" else ends[::-1]
    names = (Name(f"{before} is followed by {after}", "en"), Name(f"{before}由{after}承继", "zh"))
    return Change(key("ror", old, new), names, (key("ror", old),), (key("ror", new),))


ROR = Reader(
    "ror",
    "records of the Research Organization Registry, schema 1 or 2: a dump as it comes, JSON lines, or one record",
    ("id", "names", "types", "status"),
    (1, 500_000),
    "CC0 1.0",
    "Research Organization Registry (ROR), with places from GeoNames (CC BY 4.0)",
    read,
)
