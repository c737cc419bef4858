"""Options of the intervals that unnamed parties and dropped links cause, and the progress of the samples."""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from kg.cli import language
from kg.cli.help import INTERVALS, option
from kg.cli.options import add_options, settings
from kg.cli.progress import show_counts
from kg.errors import UsageError
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.measure.uncertainty.interval_table import Of
    from kg.measure.uncertainty.sampling import SamplingOptions

_OPTIONS = (
    option(
        "--intervals",
        is_flag=False,
        flag_value="scores",
        type=click.Choice(["scores", "ranks"]),
        group=INTERVALS,
        help="Add the interval of each score (or rank) that unnamed parties allow.",
    ),
    option(
        "--samples",
        type=click.IntRange(1),
        metavar="N",
        group=INTERVALS,
        help="With --intervals: impute the unnamed parties N times.  [default: 200]",
    ),
    option(
        "--known-share",
        type=float,
        metavar="P",
        group=INTERVALS,
        help="Probability between 0 and 1 that an unnamed party is an actor of the network.  [default: estimated]",
    ),
    option(
        "--drop-links",
        type=float,
        metavar="SHARE",
        group=INTERVALS,
        help="Drop this share of the links in each sample (0 to 1); imputes too if --samples is given.",
    ),
    option("--seed", type=int, metavar="N", group=INTERVALS, help="Random seed of the samples.  [default: 1]"),
)


samples_option = option(
    "--samples",
    group=INTERVALS,
    type=click.IntRange(1),
    metavar="N",
    default=200,
    show_default=True,
    help="Number of imputations of the unnamed parties for rank intervals.",
)
"""The option of commands that always compute rank intervals."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """The requested intervals.

    Attributes:
        of: "scores" or "ranks".
        sampling: the options of the samples.
    """

    of: Of
    sampling: SamplingOptions


def interval_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the interval options to a command; it receives ``intervals``, an `Intervals` or ``None``."""

    @functools.wraps(function)
    def wrapper(*, intervals: Of | None, **options: Any) -> None:
        values = {name: options.pop(name) for name in ("samples", "known_share", "drop_links", "seed")}
        given = {name: value for name, value in values.items() if value is not None}
        if intervals is None and given:
            raise UsageError("--{option} requires --intervals", option=next(iter(given)).replace("_", "-"))
        function(intervals=None if intervals is None else Intervals(intervals, _sampling(**given)), **options)

    return add_options(_OPTIONS, wrapper)


def _sampling(
    samples: int | None = None, known_share: float | None = None, drop_links: float | None = None, seed: int = 1
) -> SamplingOptions:
    """Return the options of the samples; dropping links disables the imputation unless `samples` is given."""
    from kg.measure.uncertainty.sampling import SamplingOptions

    complete = samples is not None or drop_links is None
    if not complete and known_share is not None:
        raise UsageError("--known-share with --drop-links requires --samples")
    return SamplingOptions(samples or SamplingOptions().samples, complete, known_share, drop_links or 0.0, seed)


def show_sample_progress(samples: Iterable[int]) -> Iterator[int]:
    """Yield the sample numbers, and show on a terminal how many of them are done."""
    if settings().quiet or not sys.stderr.isatty():
        yield from samples
        return

    def message(done: int, total: int) -> str:
        return localise(Message("drawing samples: {done} of {total}", done=done, total=total), language.current())

    yield from show_counts(list(samples), message)
