"""Data frames as tables for the reader of tables."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import DataError, InputError
from kg.ingest import to_file, to_store
from kg.ingest.known_actors import known_actors
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.ingest.to_file import IngestOptions
    from kg.model import Table
    from kg.store.base import Store


class Frame(Protocol):
    """A data frame of pandas or polars: columns by name."""

    columns: Iterable[str]

    def __getitem__(self, name: str, /) -> Iterable[object]:
        """Return a column."""


def ingest(
    store: Store, table: str | Path | Frame, mapping: str | Path | Mapping[str, object], options: IngestOptions
) -> Table:
    """Read a table by its mapping into `store`; return the counts, with the notes of the reader.

    Raises:
        InputError: the table or the mapping is invalid.
        DataError: rows are refused, or the statements do not conform; the notes of the error list them.
        StoreError: the store cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = _mapping_file(mapping, Path(folder)), _table_file(table, Path(folder))
        inputs = Inputs(paths, known_actors(store, shipped=False))
        result = to_store.ingest_into(TABLE, inputs, store, options, lambda rows, _: rows, lambda _: None)
    if result.error is not None:
        error = DataError("{error}; nothing was written", error=result.error)
        for row in result.refused:
            error.add_note(localise(to_file.refused_line(row), "en"))
        raise error
    result.report.raise_for_findings("; the store is unchanged")
    return replace(result.tally.table(), notes=tuple(inputs.notes))


def _table_file(table: str | Path | Frame, folder: Path) -> Path:
    """Return the path of a table; a data frame is written into `folder` first, each cell as it is shown.

    Raises:
        InputError: `table` is neither a path nor a data frame.
    """
    if isinstance(table, str | Path):
        return Path(table)
    if not hasattr(table, "columns"):
        raise InputError("a table cannot be of the type {type}; pass a path or a data frame", type=type(table).__name__)
    path = folder / "frame.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(_rows(table))
    return path


def _mapping_file(mapping: str | Path | Mapping[str, object], folder: Path) -> Path:
    """Return the path of a mapping; a dictionary is written into `folder` first."""
    if isinstance(mapping, str | Path):
        return Path(mapping)
    path = folder / "mapping.yaml"
    path.write_text(json.dumps(mapping, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _rows(frame: Frame) -> Iterator[list[str]]:
    names = list(frame.columns)
    yield [str(name) for name in names]
    for cells in zip(*(frame[name] for name in names), strict=True):
        yield [_shown(cell) for cell in cells]


def _shown(cell: object) -> str:
    """Return the text of a cell; missing values are empty, whole numbers have no decimals, days have no time."""
    if cell is None or cell != cell or str(cell) in {"<NA>", "NaT"}:  # noqa: PLR0124 - NaN differs from itself
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
