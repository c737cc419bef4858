"""How far a long piece of work has come, for somebody who watches a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

_EVERY = 0.5
_ROWS = 256


def watched(rows: Iterator[Row], inputs: Inputs) -> Iterator[Row]:
    """`rows`, while the terminal shows how many there were, how many a second, and the time that is left."""
    if not sys.stderr.isatty():
        yield from rows
        return
    began = shown = time.monotonic()
    for count, row in enumerate(rows, 1):
        yield row
        if count % _ROWS == 0 and (now := time.monotonic()) - shown >= _EVERY:
            shown = now
            click.echo(f"\r{told(count, inputs.read / max(inputs.size, 1), now - began)}\033[K", err=True, nl=False)
    click.echo("\r\033[K", err=True, nl=False)


def told(count: int, share: float, seconds: float) -> str:
    """What there is to say after so many rows, that share of the bytes, and that time."""
    rate = f"{count:,} rows, {count / seconds:,.0f} a second"
    if not 0 < share < 1:
        return rate
    left = round(seconds * (1 - share) / share)
    return f"{rate}, {share:.0%}, {left // 60}:{left % 60:02d} left"
