"""The Research Organization Registry: records of schema 1 or 2, as a dump (JSON, compressed or not), lines or singly.

A record is an organisation (`kg.ingest.readers.ror_organisations`) with its relations. A parent is an organisation of
which it is a part, and a child is the inverse. Related organisations give a link, predecessors and successors a change
event. The other organisation must be in the files, because every party of a link must be described. The files are
therefore read twice, first to collect the organisations. The note counts the relations that lead out of the files.

Withdrawn records (duplicates, errors) are skipped; the note marks inactive organisations. A dump contains each record
in both schemas and as CSV; records of the older schema are skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.ingest.readers import record_files, records, ror_organisations
from kg.ingest.readers.fields import parse_row
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Actor, Name, Record, Skipped, key
from kg.ingest.readers.ror_organisations import is_modern, modern, ror_id
from kg.ingest.readers.ror_relations import Relation, change, link, relations
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

_STATES = {"": Text("", ""), "active": Text("", ""), "inactive": Message(" It is no longer active."), "withdrawn": None}
_SCHEMA = ("admin", "last_modified", "schema_version")
_NAME = "Research Organization Registry"
_SOURCE = records.Source("ror-records", _NAME, "aggregator", (Name(_NAME, "en"),), "https://ror.org")


class _Index(NamedTuple):
    """Organisations in the files: kinds by ROR ID, IDs with a record of schema 2, and pairs of part and whole."""

    kinds: dict[str, str]
    modern: set[str]
    parts: set[tuple[str, str]]


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the records of the files; members of an archive that are not JSON are skipped.

    Raises:
        InputError: a file cannot be read.
    """
    parts = list(inputs.parts())
    paths = [path for path in parts if path in inputs.paths or record_files.is_json(path)]
    inputs.size *= 2  # each file is read twice
    index = _Index({}, set(), set())
    for location, record in _records(inputs, paths):
        parse_row(location, _add_to_index, record, index)
    for location, record in _records(inputs, paths):
        yield parse_row(location, _row, record, index)
    yield from (Skipped(records.RowLocation(path.name, 1), "no JSON") for path in parts if path not in paths)


def _records(inputs: Inputs, paths: list[Path]) -> Iterator[tuple[RowLocation, object]]:
    for path in paths:
        for location, record in record_files.records(inputs, path, "items"):
            _check_schema(path, location, record)
            yield location, record


def _check_schema(path: Path, location: RowLocation, record: object) -> None:
    """Check that the schema in which a record was last written is known; old records do not name one.

    Raises:
        InputError: it is unknown, so that its fields may have another meaning.
    """
    version = record
    for name in _SCHEMA:
        version = version.get(name) if isinstance(version, dict) else None
    if version is not None and str(version).partition(".")[0] not in {"1", "2"}:
        raise InputError(
            "{path}: record {number} has schema version {version}, but the reader knows 1 and 2; download the dump of "
            "schema 2",
            path=path,
            number=location.row,
            version=str(version)[:20],
        )


def _add_to_index(location: RowLocation, record: object, index: _Index) -> Row:
    row = modern(record)
    ror = ror_id(row)
    if row.choice("status", _STATES, _STATES[""]) is None:
        return Skipped(location, "withdrawn")
    stated = relations(row)
    index.kinds[ror] = ror_organisations.actor(ror, row, ()).kind  # raises for a record that will be refused
    index.modern.update((ror,) if is_modern(record) else ())
    index.parts.update((ror, relation.ror) for relation in stated if relation.kind == "parent")
    return Skipped(location, "indexed")


def _row(location: RowLocation, record: object, index: _Index) -> Row:
    row = modern(record)
    ror, state = ror_id(row), row.choice("status", _STATES, _STATES[""])
    if state is None:
        return Skipped(location, "withdrawn")
    if ror in index.modern and not is_modern(record):
        return Skipped(location, "older schema")
    stated = relations(row)
    known = [relation for relation in stated if relation.ror in index.kinds]
    missing = len(stated) - len(known)
    outside = Message(" Relations that lead out of the files: {count}.", count=missing) if missing else Text("", "")
    note = Message("An organisation in the registry.{state}{outside}", state=state, outside=outside)
    wholes = tuple(key("ror", relation.ror) for relation in known if relation.kind == "parent")
    name = (actor := ror_organisations.actor(ror, row, wholes)).names[0].text
    return Record(
        key(ror),
        location,
        _SOURCE,
        note,
        (actor, *_parts(ror, known, index)),
        tuple(link(ror, name, relation) for relation in known if relation.kind == "related"),
        tuple(change(ror, name, relation) for relation in known if relation.kind.endswith("cessor")),
        left_open=tuple(row.left_open),
    )


def _parts(ror: str, known: list[Relation], index: _Index) -> Iterator[Actor]:
    """Yield the children whose own records do not name this organisation as a parent."""
    for other in known:
        if other.kind == "child" and (other.ror, ror) not in index.parts:
            yield Actor(key("ror", other.ror), index.kinds[other.ror], (), part_of=(key("ror", ror),))


ROR = Reader(
    "ror",
    "records of the Research Organization Registry, schema 1 or 2: a dump, JSON Lines, or a single record",
    ("id", "names", "types", "status"),
    (1, 500_000),
    "CC0 1.0",
    "Research Organization Registry (ROR), with places from GeoNames (CC BY 4.0)",
    read,
)
