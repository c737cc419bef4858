"""Any table, read with a mapping that assigns its columns to actors, links, roles, dates and counts.

A mapping (`kg.ingest.readers.table_mapping`) is a YAML file before its tables. `kg.ingest.readers.table_rows` turns
rows into records. Keys are made from the cells that the mapping declares as the key of a row or of an actor, and are
prefixed with the key of the source.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers import mapping_parser, row_rules, table_rows, yaml_positions
from kg.ingest.readers.cells import folded
from kg.ingest.readers.header_rows import MissingColumnError
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.spreadsheets import open_table, tables
from kg.ingest.readers.table_mapping import columns
from kg.terms import SEPARATE
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation
    from kg.ingest.readers.table_mapping import TableMapping, Value

_FIRST_IS_COMMON = Message(
    "the mapping names no common party, so the first party of a row has a relation with each other one; "
    "add common to link, or state another arity"
)
_YAML = frozenset({".yaml", ".yml"})


def read(inputs: Inputs) -> Iterator[Row]:
    """Yield the rows of the tables, each read with the mapping before it, or with the only one.

    Raises:
        InputError: a table has no mapping or a mapping no table, or a mapping or a whole table is invalid.
    """
    unknown: Counter[tuple[str, str]] = Counter()
    for file, others in _mapped(inputs.paths):
        with inputs.text(file) as stream:
            mapping = mapping_parser.read(stream.read(yaml_positions.MAX_LENGTH + 1), str(file))
        _check_ids(inputs, mapping)
        if mapping.link and not mapping.link.common and _may_be_separate(mapping.link.arity):
            inputs.note(_FIRST_IS_COMMON)
        for path in (table for other in others for table in tables(inputs, other)):
            for location, cells in rows(inputs, path, mapping):
                unknown.update(table_rows.unknown_words(mapping, cells))
                yield table_rows.row(mapping, location, cells)
    if unknown:
        inputs.note(_unknown(unknown))


def _check_ids(inputs: Inputs, mapping: TableMapping) -> None:
    """Check that other graphs describe the actors that the mapping names by `id`.

    Raises:
        InputError: they do not.
    """
    for actor in mapping.actors.values():
        if actor.id and inputs.is_described is not None and not inputs.is_described(actor.id):
            raise InputError(
                "{position}: no graph here describes an actor with the key {key!r}; build its graph first, or write "
                "name and kind instead of id",
                position=actor.position,
                key=actor.id,
            )


def _may_be_separate(arity: Value) -> bool:
    """Return whether some row can have an arity with a common party."""
    if arity.column is None:
        return arity.constant in SEPARATE
    return arity.of is None or not SEPARATE.isdisjoint((*arity.of.values(), arity.otherwise))


def is_mapping(path: Path) -> bool:
    """Return whether a path is that of a mapping."""
    return path.suffix.lower() in _YAML


def _mapped(paths: Sequence[Path]) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Yield each mapping with its tables: those after it, or all if it is the only mapping."""
    places = [place for place, path in enumerate(paths) if is_mapping(path)]
    if len(places) == 1:
        groups = [(*paths[places[0] :], *paths[: places[0]])]
    else:
        groups = [tuple(paths[start:end]) for start, end in pairwise((*places, len(paths)))]
    if not places or (len(places) > 1 and places[0]) or not all(group[1:] for group in groups):
        raise InputError("pass a mapping (.yaml) before its tables; kg ingest table --example prints a mapping")
    yield from ((mapping, tuple(others)) for mapping, *others in groups)


def rows(inputs: Inputs, path: Path, mapping: TableMapping) -> Iterator[tuple[RowLocation, dict[str, str]]]:
    """Yield the rows of a table with the cells of the mapping, filled down, and without the words for empty cells.

    Raises:
        InputError: the table is invalid, or a column is missing.
    """
    positions = {column.name: column.position for column in reversed(columns(mapping))}
    try:
        table = open_table(inputs, path, mapping.layout, tuple(positions))
    except MissingColumnError as error:
        raise InputError("{positions}: {error}", positions=positions[error.column], error=error) from error
    above = dict.fromkeys((column.name for column in mapping.fill_down), "")
    keys = [column.name for column in mapping.key]
    for location, cells in table.rows:
        if mapping.empty:
            cells.update({name: "" for name, text in cells.items() if text and folded(text) in mapping.empty})
        if above and not row_rules.kind_of(cells, keys):
            above = {name: cells[name] or text for name, text in above.items()}
            cells.update(above)
        yield location, cells


def _unknown(words: Counter[tuple[str, str]]) -> str:
    """Return the words without an entry, by column, ready to paste into `of`."""
    by_column: dict[str, list[str]] = {}
    for (column, word), number in words.most_common():
        by_column.setdefault(column, []).append(f"    {yaml_positions.quoted(word)}:   # {number}")
    lines = [line for column, entries in by_column.items() for line in (f"  # {column}", *entries)]
    return "\n".join(("words without an entry; add them to of, with their values:", *lines))


TABLE = Reader(
    "table",
    "a mapping (.yaml) and its tables: CSV, TSV, XLSX or Parquet, packed or not",
    ("the columns in the mapping",),
    (1, 10_000_000),
    "the licence in the mapping",
    "the publisher in the mapping",
    read,
    files("kg.ingest.readers").joinpath("table.example.yaml").read_text(encoding="utf-8"),
)
