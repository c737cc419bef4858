"""The options that ask how far a ranking rests on what is not known, and the progress of the draws.

It stands apart from `kg.cli.options`, which every command imports: the measures take long to import.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from kg.cli.options import settings
from kg.errors import UsageError
from kg.measure.uncertainty.sampling import SamplingOptions

_OPTIONS = (
    click.option(
        "--intervals",
        "of",
        is_flag=False,
        flag_value="scores",
        type=click.Choice(["scores", "ranks"]),
        help="Let low and high say how far scores (or ranks) rest on parties that nobody named.",
    ),
    click.option(
        "--samples",
        type=click.IntRange(1),
        metavar="N",
        help="With --intervals: impute the unnamed parties N times.  [default: 200]",
    ),
    click.option(
        "--known-share",
        type=float,
        metavar="P",
        help="Probability between 0 and 1 that an unnamed party is an actor of the network.  [default: estimated]",
    ),
    click.option(
        "--drop-links",
        type=float,
        metavar="SHARE",
        help="Drop this share of the links in each sample (0 to 1); imputes too if --samples is given.",
    ),
    click.option("--seed", type=int, help="Random seed of the samples.  [default: 1]"),
)


def with_draws(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of what is drawn; it gets ``draws``, a `SamplingOptions` or nothing, and ``of``."""

    @functools.wraps(function)
    def wrapper(*args: Any, **rest: Any) -> None:  # noqa: ANN401
        given = {name: rest.pop(name) for name in ("samples", "known_share", "drop_links", "seed")}
        told = {name: value for name, value in given.items() if value is not None}
        if rest["of"] is None and told:
            raise UsageError(f"--{next(iter(told)).replace('_', '-')} requires --intervals")
        function(*args, draws=_draws(told) if rest["of"] else None, **rest)

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


def _draws(told: dict[str, Any]) -> SamplingOptions:
    """What was asked for: completions, unless only links are to be left out."""
    number = {"samples": told.pop("samples")} if "samples" in told else {}
    complete = bool(number) or "drop_links" not in told
    if not complete and "known_share" in told:
        raise UsageError("--known-share with --drop-links requires --samples")
    return SamplingOptions(**number, complete=complete, **told)


def watched(numbers: Iterable[int]) -> Iterator[int]:
    """The numbers of the draws; somebody who watches a terminal sees them pass."""
    quiet = settings().quiet or not sys.stderr.isatty()
    with click.progressbar(numbers, label="kg: drawing", file=sys.stderr, hidden=quiet) as passing:
        yield from passing
