"""Small inputs for readers, and their results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ingest.editions import Ingest
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.records import Record, Refused, Row, Skipped
from kg.ingest.scratch_db import ScratchDb

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.ingest.edition_counts import Tally
    from kg.ingest.readers.reader import Reader


def rows(reader: Reader, *paths: Path) -> list[Row]:
    """Return every row of the files, as the reader returns it."""
    return list(reader.read(Inputs(paths)))


def used(parsed: list[Row]) -> list[Record]:
    """Return the used rows."""
    return [row for row in parsed if isinstance(row, Record)]


def skipped(parsed: list[Row]) -> list[tuple[int, str]]:
    """Return number and rule of each skipped row."""
    return [(row.location.row, row.rule) for row in parsed if isinstance(row, Skipped)]


def refused(parsed: list[Row]) -> list[tuple[int, str | None, str]]:
    """Return row number, column and value of each refused row."""
    return [(row.location.row, row.location.column, row.value) for row in parsed if isinstance(row, Refused)]


def small(reader: Reader) -> Reader:
    """Return the reader without a minimum number of rows."""
    return replace(reader, expected=(0, 1_000_000))


def ingested(reader: Reader, *paths: Path, edition: date | None = None) -> tuple[list[ox.Quad], Tally]:
    """Return the quads of the files and the counts of the rows."""
    with ScratchDb() as scratch:
        run = Ingest(reader, edition, scratch)
        text = "".join(run.lines(reader.read(Inputs(paths))))
        return list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)), run.tally()
