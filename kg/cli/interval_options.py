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
from kg.measure.uncertainty.intervals import Draws

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
        "--completions",
        type=click.IntRange(1),
        metavar="N",
        help="With --intervals: fill in the unnamed parties N times.  [default: 200]",
    ),
    click.option(
        "--q",
        "known",
        type=float,
        metavar="Q",
        help="The chance that an unnamed party is an actor of the network.  [default: as among the named]",
    ),
    click.option(
        "--drop",
        type=float,
        metavar="F",
        help="Leave out the share F of the links in each draw instead; with --completions, before filling in.",
    ),
    click.option("--seed", type=int, help="Of the draws; the same one gives the same.  [default: 1]"),
)


def with_draws(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of what is drawn; it gets ``draws``, a `Draws` or nothing, and ``of``."""

    @functools.wraps(function)
    def wrapper(*args: Any, **rest: Any) -> None:  # noqa: ANN401
        given = {name: rest.pop(name) for name in ("completions", "known", "drop", "seed")}
        told = {name: value for name, value in given.items() if value is not None}
        if rest["of"] is None and told:
            raise UsageError(f"--{next(iter(told)).replace('known', 'q')} is of intervals; ask for --intervals too")
        function(*args, draws=_draws(told) if rest["of"] else None, **rest)

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


def _draws(told: dict[str, Any]) -> Draws:
    """What was asked for: completions, unless only links are to be left out."""
    number = {"number": told.pop("completions")} if "completions" in told else {}
    complete = bool(number) or "drop" not in told
    if not complete and "known" in told:
        raise UsageError("--q is of completions, and --drop alone makes none; say --completions N too")
    return Draws(**number, complete=complete, **told)


def watched(numbers: Iterable[int]) -> Iterator[int]:
    """The numbers of the draws; somebody who watches a terminal sees them pass."""
    quiet = settings().quiet or not sys.stderr.isatty()
    with click.progressbar(numbers, label="kg: drawing", file=sys.stderr, hidden=quiet) as passing:
        yield from passing
