"""Progress of long commands on a terminal: the running step, and the rows of an ingest."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from typing import TYPE_CHECKING

import click

from kg.cli import language
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row

_KEY = "kg.cli.progress"
_FRAME = 0.2  # seconds between two frames of the spinner
_INTERVAL = 0.5  # seconds between two updates
_ROWS = 256  # rows between two looks at the clock


class Spinner:
    """A line on standard error with the running step and the elapsed time, redrawn by a thread.

    The line appears after one second, so that quick commands show none, and disappears when the spinner stops.
    """

    def __init__(self) -> None:
        """Start without a step."""
        self.step = ""
        self._start = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread and remove the line."""
        self._done.set()
        self._thread.join()

    def _draw(self) -> None:
        drawn = False
        for frame in itertools.cycle("|/-\\"):
            if self._done.wait(_FRAME):
                break
            seconds = time.monotonic() - self._start
            if seconds >= 1:
                drawn = True
                click.echo(f"\r{frame} {self.step} {int(seconds)} s\033[K", err=True, nl=False)
        if drawn:
            click.echo("\r\033[K", err=True, nl=False)


def show_step(message: str) -> None:
    """Show `message` and the elapsed time on standard error until the next step or the end of the command."""
    _spinner().step = message


def show_counts(items: Sequence[int], message: Callable[[int, int], str]) -> Iterator[int]:
    """Yield `items`, and show `message` of their number so far and in total; then the earlier step is shown again."""
    spinner = _spinner()
    before = spinner.step
    for done, item in enumerate(items, 1):
        spinner.step = message(done, len(items))
        yield item
    spinner.step = before or spinner.step


def _spinner() -> Spinner:
    """Return the display of this command."""
    context = click.get_current_context().find_root()
    spinner: Spinner | None = context.meta.get(_KEY)
    if spinner is None:
        spinner = context.meta[_KEY] = Spinner()
        context.call_on_close(stop_steps)
    return spinner


def stop_steps() -> None:
    """Remove the display of `show_step`, before output that would interleave with it."""
    context = click.get_current_context(silent=True)
    spinner = context and context.find_root().meta.pop(_KEY, None)
    if spinner:
        spinner.stop()


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
    rate = Message("{count:,} rows, {rate:,.0f} rows/s", count=count, rate=count / seconds)
    if not 0 < share < 1:
        return rate.localise(language.current())
    left = round(seconds * (1 - share) / share)
    time = f"{left // 60}:{left % 60:02d}"
    return Message("{rate}, {share:.0%}, {time} left", rate=rate, share=share, time=time).localise(language.current())
