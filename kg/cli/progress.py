"""Progress of long commands on a terminal: the running step, and the rows of an ingest."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

_KEY = "kg.cli.progress"
_INTERVAL = 0.5  # seconds between two updates
_ROWS = 256  # rows between two looks at the clock


def show_step(message: str) -> None:
    """Show a spinner with `message` and the elapsed time on standard error until the command ends or steps on."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    context = click.get_current_context().find_root()
    progress = context.meta.get(_KEY)
    if progress is None:
        columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
        progress = context.meta[_KEY] = Progress(*columns, console=Console(stderr=True), transient=True)
        context.call_on_close(progress.stop)
        progress.start()
        progress.add_task(message, total=None)
    else:
        progress.update(progress.task_ids[0], description=message)


def stop_steps() -> None:
    """Remove the display of `show_step`, before output that would interleave with it."""
    context = click.get_current_context(silent=True)
    progress = context and context.find_root().meta.pop(_KEY, None)
    if progress:
        progress.stop()


def show_row_progress(rows: Iterator[Row], inputs: Inputs) -> Iterator[Row]:
    """Yield `rows`, and show their number, the rate and the remaining time on a terminal."""
    if not sys.stderr.isatty():
        yield from rows
        return
    start = updated = time.monotonic()
    for count, row in enumerate(rows, 1):
        yield row
        if count % _ROWS == 0 and (now := time.monotonic()) - updated >= _INTERVAL:
            updated = now
            message = progress_message(count, inputs.read / max(inputs.size, 1), now - start)
            click.echo(f"\r{message}\033[K", err=True, nl=False)
    click.echo("\r\033[K", err=True, nl=False)


def progress_message(count: int, share: float, seconds: float) -> str:
    """Return the number of rows, the rate, the share of bytes read and the remaining time (minutes:seconds)."""
    rate = f"{count:,} rows, {count / seconds:,.0f} rows/s"
    if not 0 < share < 1:
        return rate
    left = round(seconds * (1 - share) / share)
    return f"{rate}, {share:.0%}, {left // 60}:{left % 60:02d} left"
