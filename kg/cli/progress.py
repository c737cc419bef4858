"""Progress of a long ingest on a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

_INTERVAL = 0.5  # seconds between two updates
_ROWS = 256  # rows between two looks at the clock


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
