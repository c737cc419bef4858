"""kg read: propose statements from reports."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.help import Command, option
from kg.cli.options import common, emit


@click.command("read", cls=Command, example="kg read report.txt")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File of the proposals.  [default: STEM.proposals.json in the working directory]",
)
@common
def command(*, paths: tuple[Path, ...], output: Path | None) -> None:
    """Propose statements from reports, each with the sentence that states it."""
    from kg.model import Table
    from kg.read import documents, proposals, reader

    readings = tuple(reader.read(documents.load(path)) for path in paths)
    if output is None:
        for reading in readings:
            proposals.write_proposals(Path(f"{reading.document.name}{proposals.SUFFIX}"), [reading])
    else:
        proposals.write_proposals(output, readings)
    columns = ("document", "mentions", "proposals", "refusals")
    rows = tuple((one.document.name, len(one.mentions), len(one.proposals), len(one.refusals)) for one in readings)
    emit(Table(columns, rows))
