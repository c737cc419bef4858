"""kg ingest: a source goes into the store, or becomes a graph file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import common, emit, say, settings, store
from kg.cli.progress import watched
from kg.cli.validate import tell
from kg.errors import DataError, UsageError
from kg.ingest import readers, to_file, to_store
from kg.ingest.readers.input_files import Inputs, edition
from kg.model import Table

if TYPE_CHECKING:
    from datetime import datetime

    from kg.ingest.editions import Tally

_SUFFIXES = (".trig", ".nq")
_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path)


@click.command("ingest", epilog="Readers: " + "; ".join(f"{one.name} ({one.reads})" for one in readers.READERS))
@click.argument("reader", is_eager=True)
@click.argument("paths", nargs=-1, metavar="PATH...", type=_FILE)
@click.option(
    "-o", "--output", type=_FILE, help="Write a graph file: .trig (canonical) or .nq (large). [default: into the store]"
)
@click.option(
    "--example",
    is_flag=True,
    expose_value=False,
    callback=lambda ctx, _, asked: _example(ctx) if asked else None,
    help="Print what the reader wants written by hand, with comments, and read nothing.",
)
@click.option("--as-of", "day", type=_DAY, help="Day of the edition. [default: the day in the names of the files]")
@click.option("--keep-going", is_flag=True, help="Leave refused rows out and write the others.")
@click.option("--rejects", type=_FILE, help="Write the refused rows to this CSV file.")
@common
def command(
    reader: str,
    paths: tuple[Path, ...],
    output: Path | None,
    day: datetime | None,
    rejects: Path | None,
    *,
    keep_going: bool,
) -> None:
    """Read the files PATH... of a source into the store, or into a graph file, each row as a piece of evidence.

    What is there of an older edition is brought up to date: what is gone stays in it, retired. Refused rows keep
    anything from being written. What was killed on its way into the store goes on when it is started again.
    """
    known = readers.find(reader)
    if not paths:
        raise UsageError(f"name the files to be read; {reader} reads {known.reads}")
    if output is not None and output.suffix not in _SUFFIXES:
        raise UsageError(f"name another file by -o; a source is written as {' or '.join(_SUFFIXES)}")
    options = to_file.IngestOptions(day.date() if day else edition(paths), keep_going, rejects, settings().lang)
    if output is None:
        done = to_store.ingest_into(known, Inputs(paths), store(), options, watched, say)
    else:
        done = to_file.ingest(known, Inputs(paths), output, options, watched)
    emit(_table(done.tally))
    for row in done.refused:
        location = row.location
        place = f"{location.file}:{location.row}: " + (f"{location.column}: " if location.column else "")
        click.echo(place + row.reason + (f" (found: {row.value[:100]})" if row.value else ""), err=True)
    if done.error is not None:
        raise DataError(f"{done.error}; nothing was written")
    tell(done.report, "; the store stays as it was")
    if not settings().quiet:
        if output is None and done.size is None:
            click.echo("the store has all of this already", err=True)
        for rights in done.rights:
            click.echo(f"{output or settings().store}: {rights}", err=True)


def _example(context: click.Context) -> None:
    known = readers.find(context.params["reader"])
    if not known.example:
        raise UsageError(f"the reader {known.name} wants nothing written by hand; it reads {known.reads}")
    click.echo(known.example, nl=False)
    context.exit()


def _table(tally: Tally) -> Table:
    rows = (
        ("rows read", tally.read),
        ("used", tally.used),
        *((f"skipped: {rule}", count) for rule, count in tally.skipped),
        ("refused", tally.refused),
        *((f"set aside: {name}", count) for name, count in tally.aside),
        ("evidence, new", tally.new),
        ("evidence, as before", tally.kept),
        ("evidence, changed", tally.changed),
        ("evidence, retired", tally.retired),
        ("statements", tally.statements),
    )
    return Table(("what", "count"), rows)
