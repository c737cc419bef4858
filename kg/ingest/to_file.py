"""From the files of a source to a graph file."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import files
from kg.errors import DataError
from kg.export.cells import delimited
from kg.ingest.editions import Ingest
from kg.ingest.scratch_db import ScratchDb
from kg.model import Report
from kg.rdf import files as graph_files
from kg.rdf.trig import trig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from kg.ingest.editions import Tally
    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Refused, Row
    from kg.store.view import Size


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did.

    Attributes:
        refused: the first rows that were refused; all of them are in the file that was asked for.
        against: why nothing was written; ``None`` where it was.
        rights: whom to credit, and under which licences.
        report: what does not conform of what was to go into a store, where that was looked at.
        size: of the new generation of a store, if there is one.
    """

    tally: Tally
    refused: tuple[Refused, ...]
    against: str | None
    rights: tuple[str, ...]
    report: Report = field(default_factory=Report)
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is to be read.

    Attributes:
        edition: its day, where it is known.
        keep_going: whether refused rows keep the others from being written.
        refused: a CSV file for the refused rows.
        lang: of what is told of a store that would not conform.
    """

    edition: date | None = None
    keep_going: bool = False
    refused: Path | None = None
    lang: str = "en"


def ingest(
    reader: Reader,
    inputs: Inputs,
    output: Path,
    reading: Reading,
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]],
) -> Ingested:
    """Files of a source -> records -> a graph file, which appears whole or not at all.

    N-Quads are written as they are made; canonical TriG needs all of them in memory. What the file held of an older
    edition is retired (`kg.ingest.editions`). `watch` sees each row pass.

    Raises:
        InputError: a file of the source, or the older graph file, is missing or broken.
        UsageError: the editions do not follow each other.
        OutputError: the file cannot be written.
    """
    files.check_writable(output)
    with ScratchDb() as scratch:
        if output.exists():
            scratch.keep(graph_files.parse(output))
        run = Ingest(reader, reading.edition, scratch)
        lines = run.lines(watch(reader.read(inputs), inputs))
        against = None
        try:
            with files.replacing(output) as stream:
                _write(lines, output, stream)
                run.check(keep_going=reading.keep_going)
        except DataError as error:
            against = str(error)
        if reading.refused is not None:
            list_refused(scratch, reading.refused)
        return Ingested(run.tally(), tuple(islice(scratch.refused(), 20)), against, run.rights)


def _write(lines: Iterator[str], output: Path, stream: BinaryIO) -> None:

    if output.suffix == ".nq":
        stream.writelines(text.encode() for text in lines)
    else:
        stream.write(trig(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)).encode())


def list_refused(scratch: ScratchDb, output: Path) -> None:
    """Write all rows that were refused into a CSV file.

    Raises:
        OutputError: it cannot be written.
    """
    rows = (
        (row.location.file, row.location.row, row.location.column, row.value, row.reason) for row in scratch.refused()
    )
    files.atomic_write(output, delimited(("file", "row", "column", "value", "reason"), rows, ","))
