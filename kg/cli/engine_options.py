"""The options that choose the engine of a computation."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from kg.cli.help import NETWORK, option
from kg.cli.options import add_options, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.network import Network
    from kg.network.engines.base import Engine
    from kg.texts import Text

_OPTIONS = (
    option(
        "--engine",
        type=click.Choice(["auto", "arrays", "duckdb", "spark"]),
        group=NETWORK,
        help="Engine: arrays (in memory), duckdb (on disk), spark (cluster), or auto (by size).  [default: auto]",
    ),
    option(
        "--master",
        metavar="URL",
        group=NETWORK,
        help="Cluster of the engine spark: spark://HOST:PORT, sc://HOST:PORT or local[N].",
    ),
)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine that the options or the settings name; `asked` is true if an option names it."""

    name: str
    master: str | None
    asked: bool

    @property
    def is_other(self) -> bool:
        """Return whether the computation is not left to arrays, the default of measures."""
        return self.master is not None or self.name not in {"auto", "arrays"}

    def of(self, network: Network) -> tuple[Engine, Text]:
        """Return the engine for `network`, and the reason for it in one sentence.

        Raises:
            UsageError: an extra is missing, or the options do not fit together.
        """
        from kg.network.engines import choose_engine
        from kg.network.engines.size import size_of

        return choose_engine(self.name, self.master, size_of(network))


def engine_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose an engine to a command; it receives an `EngineChoice` as ``engine``."""

    @functools.wraps(function)
    def wrapper(*, engine: str | None, master: str | None, **options: Any) -> None:
        asked = engine is not None or master is not None
        current = settings()
        function(engine=EngineChoice(engine or current.engine, master or current.master, asked), **options)

    return add_options(_OPTIONS, wrapper)
