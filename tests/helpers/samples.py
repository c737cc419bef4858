"""Small inputs for readers, and what a reader makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ingest.editions import Ingest, Tally
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.records import Record, Refused, Row, Skipped
from kg.ingest.scratch_db import ScratchDb

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.ingest.readers.reader import Reader


def rows(reader: Reader, *paths: Path) -> list[Row]:
    """Every row of the files, as the reader gives it."""
    return list(reader.read(Inputs(paths)))


def used(found: list[Row]) -> list[Record]:
    """The rows that are used."""
    return [row for row in found if isinstance(row, Record)]


def skipped(found: list[Row]) -> list[tuple[int, str]]:
    """The rows that are skipped: where, and by which rule."""
    return [(row.location.row, row.rule) for row in found if isinstance(row, Skipped)]


def refused(found: list[Row]) -> list[tuple[int, str | None, str]]:
    """The rows that are refused: row, column and value."""
    return [(row.location.row, row.location.column, row.value) for row in found if isinstance(row, Refused)]


def small(reader: Reader) -> Reader:
    """The reader, content with however few rows."""
    return replace(reader, expected=(0, 1_000_000))


def ingested(reader: Reader, *paths: Path, edition: date | None = None) -> tuple[list[ox.Quad], Tally]:
    """The quads of the files, and what became of the rows."""
    with ScratchDb() as scratch:
        run = Ingest(reader, edition, scratch)
        text = "".join(run.lines(reader.read(Inputs(paths))))
        return list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)), run.tally()
