"""Ingest the files of a source into a graph file."""

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
from kg.rdf import files as graph_files
from kg.rdf.trig import trig
from kg.texts import Message
from kg.validate.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from kg.ingest.edition_counts import Tally
    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Refused, Row
    from kg.licences import Rights
    from kg.store.view import Size
    from kg.texts import Text

_MAX_VALUE = 100
"""Characters of a refused value in a message."""
SHOWN = 20
"""Refused rows in a result; the file of refused rows contains all of them."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """Result of an ingest.

    Attributes:
        refused: the first `SHOWN` refused rows.
        error: the reason why nothing was written; ``None`` on success.
        rights: credits and licences of the sources.
        report: findings of the validation before a store is changed.
        size: size of the new generation of the store, if there is one.
        sources: IRIs of the sources.
    """

    tally: Tally
    refused: tuple[Refused, ...]
    error: Text | None
    rights: tuple[Rights, ...]
    report: Report = field(default_factory=Report)
    size: Size | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Options of an ingest.

    Attributes:
        edition: date of the edition, if known.
        keep_going: write the accepted rows even if others are refused.
        rejects: CSV file for the refused rows.
        lang: language of the validation report.
        accept_changes: write an edition that differs much from the previous one.
        internal: write internal statements to a graph file too; a store always has them.
    """

    edition: date | None = None
    keep_going: bool = False
    rejects: Path | None = None
    lang: str = "en"
    accept_changes: bool = False
    internal: bool = False


def ingest(
    reader: Reader,
    inputs: Inputs,
    output: Path,
    options: IngestOptions,
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]],
) -> IngestResult:
    """Read the files of a source and write a graph file, atomically.

    N-Quads are written as they are produced; canonical TriG needs all of them in memory. Evidence of an older edition
    in the file is retired (`kg.ingest.editions`). Every row passes through `watch`, which may show progress.

    Raises:
        InputError: a file of the source or the previous graph file is missing or malformed.
        UsageError: the edition may not follow the previous one.
        OutputError: the file cannot be written.
    """
    files.check_writable(output)
    with ScratchDb() as scratch:
        if output.exists():
            scratch.load(graph_files.parse(output))
        run = Ingest(reader, options.edition, scratch, internal=options.internal)
        lines = run.lines(watch(reader.read(inputs), inputs))
        reason = None
        try:
            with files.replacing(output) as stream:
                _write(lines, output, stream)
                run.check(keep_going=options.keep_going, accept_changes=options.accept_changes)
        except DataError as error:
            reason = error.message
        if options.rejects is not None:
            list_refused(scratch, options.rejects, options.lang)
        return IngestResult(run.tally(), tuple(islice(scratch.refused(), SHOWN)), reason, run.rights)


def _write(lines: Iterator[str], output: Path, stream: BinaryIO) -> None:
    if output.suffix == ".nq":
        stream.writelines(text.encode() for text in lines)
    else:
        stream.write(trig(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)).encode())


def refused_line(row: Refused) -> Text:
    """Return the location of a refused row, the reason and the value."""
    column = Message("{column}: ", column=row.location.column) if row.location.column else ""
    value = Message(" (found: {value})", value=row.value[:_MAX_VALUE]) if row.value else ""
    place = f"{row.location.file}:{row.location.row}"
    return Message("{place}: {column}{reason}{value}", place=place, column=column, reason=row.reason, value=value)


def list_refused(scratch: ScratchDb, output: Path, lang: str) -> None:
    """Write all refused rows to a CSV file, with the reasons in `lang`.

    Raises:
        OutputError: the file cannot be written.
    """
    list_rows(scratch.refused(), output, lang)


def list_rows(rows_refused: Iterable[Refused], output: Path, lang: str) -> None:
    """Write refused rows to a CSV file, with the reasons in `lang`.

    Raises:
        OutputError: the file cannot be written.
    """
    refused = ((row.location, row) for row in rows_refused)
    rows = ((where.file, where.row, where.column, row.value, row.reason.localise(lang)) for where, row in refused)
    files.atomic_write(output, delimited(("file", "row", "column", "value", "reason"), rows, ",", spreadsheet=True))
