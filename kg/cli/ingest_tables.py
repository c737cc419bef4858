"""The part of kg ingest that writes participation tables without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.options import emit, settings
from kg.errors import DataError, UsageError
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from kg.cli.engine_options import EngineChoice
    from kg.ingest.to_tables import TablesResult

_SHOWN = 20
"""The refused rows that are printed."""


def check(as_of: date | None, pairs: Path | None, *, accept_changes: bool) -> None:
    """Refuse options that tables do not have.

    Raises:
        UsageError: one is given.
    """
    if as_of or pairs or accept_changes:
        raise UsageError("tables have no editions and no judgements; leave out --as-of, --accept-changes and --pairs")


def run(
    reader: str,
    paths: Sequence[Path],
    output: Path,
    engine: EngineChoice,
    *,
    keep_going: bool,
    rejects: Path | None,
) -> None:
    """Read the files, or those in the folders, of `paths` into the folder `output`, and print the counts.

    Raises:
        DataError: rows were refused, and nothing was written.
        UsageError: the engine does not read files.
    """
    from kg.ingest import to_tables
    from kg.ingest.readers import folders
    from kg.network.engines.spark import LOCAL

    if engine.name == "duckdb":
        raise UsageError("the engine duckdb does not read files; choose arrays or spark")
    master = engine.master or (LOCAL if engine.name == "spark" else None)
    result = to_tables.ingest_tables(reader, folders.files(reader, paths), output, master=master, keep_going=keep_going)
    _print(result, rejects)
    if result.incidence is None:
        raise DataError(
            "refused rows: {count}; nothing was written; pass --keep-going to write the others",
            count=sum(len(report.refused) for report in result.reports),
        )
    if not settings().quiet:
        tables = result.incidence
        counts = {"actors": tables.actors, "links": tables.links, "participations": tables.parties}
        numbers = {name: table.num_rows for name, table in counts.items()}
        text = Message("{output}: {actors} actors, {links} links, {participations} participations", output=output)
        console.message(text.format(**numbers))


def _print(result: TablesResult, rejects: Path | None) -> None:
    from kg.ingest import to_file

    emit(result.counts())
    refused = [row for report in result.reports for row in report.refused]
    for row in refused[:_SHOWN]:
        console.message(to_file.refused_line(row))
    if rejects is not None:
        to_file.list_rows(refused, rejects, settings().lang)
