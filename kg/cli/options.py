"""Options that commands share, and how an answer is printed."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import StoreError
from kg.export.table import FORMATS, render
from kg.settings import Settings, place
from kg.store.local import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from kg.model import Table
    from kg.store.server.store import ServerStore
    from kg.store.view import View

_DAY = click.DateTime(["%Y-%m-%d"])

_COMMON = (
    click.option(
        "--store",
        metavar="PATH|URL",
        help="The store, or a SPARQL server that is the store. [env var: KG_STORE; default: .kg/store]",
    ),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of labels. [default: en]"),
    click.option("--format", "form", type=click.Choice(list(FORMATS)), help="How a table is printed. [default: table]"),
    click.option("--quiet", is_flag=True, default=None, help="Say nothing but the result."),
)
_LENS = (
    click.option("--layer", "layers", multiple=True, help="Only this layer of ties; may be repeated."),
    click.option("--stage", "stages", multiple=True, help="Only links of this stage; may be repeated."),
    click.option("--kind", "kinds", multiple=True, help="Only links of this kind; may be repeated."),
    click.option(
        "--link-type", "link_types", multiple=True, help="Only links of this class, such as Project; may be repeated."
    ),
    click.option("--role", "roles", multiple=True, help="Only who takes part in this role; may be repeated."),
    click.option(
        "--participant-sector",
        "participant_sectors",
        multiple=True,
        help="Only participants of this sector; may be repeated.",
    ),
    click.option(
        "--between", nargs=2, metavar="SECTOR SECTOR", help="Only links with both of these sectors, and those parties."
    ),
    click.option(
        "--place", "places", multiple=True, help="Only links made in, or with a party in, this region or city."
    ),
    click.option(
        "--source", "sources", multiple=True, help="Only links from this source: a key, an IRI or a publisher."
    ),
    click.option("--quality", "qualities", multiple=True, help="Only links from sources of this quality."),
    click.option(
        "--derived",
        type=click.Choice(["with", "without", "only"]),
        default="with",
        show_default=True,
        help="Whether links count that no source states and that are inferred.",
    ),
    click.option(
        "--since", type=_DAY, help="Only links that may have begun since this day; those of no known date are left out."
    ),
    click.option(
        "--until", type=_DAY, help="Only links that may have begun until this day; those of no known date are left out."
    ),
    click.option(
        "--date-mode",
        type=click.Choice(["started", "in-force"]),
        default="started",
        show_default=True,
        help="Compare dates with the start of a link or with its period in force.",
    ),
    click.option("--certain-dates", is_flag=True, help="Only links whose dates certainly match, not possibly."),
    click.option("--include-undated", is_flag=True, help="Keep links without a known date."),
    click.option(
        "--aggregate",
        type=click.Choice(["none", "host"]),
        default="host",
        show_default=True,
        help="Count units as nodes of their own, or for their hosts.",
    ),
    click.option(
        "--weight",
        type=click.Choice(["newman", "newman-named", "count", "contribution"]),
        default="newman",
        show_default=True,
        help="What ties weigh: 1/(N-1) of each link by its declared or named size, 1, or money.",
    ),
    click.option("--currency", help="Of contributions, where there are several."),
)
_CHOSEN = ("layers", "stages", "kinds", "link_types", "roles", "participant_sectors", "places", "sources", "qualities")
_AS_GIVEN = (
    *("between", "derived", "date_mode", "certain_dates", "include_undated", "aggregate", "weight", "currency"),
)


in_mode = click.option(
    "--mode",
    type=click.Choice(["two-mode", "one-mode"]),
    default="two-mode",
    show_default=True,
    help="Actors and links as nodes, or actors alone, tied by the links they share.",
)
"""Which of the two networks a command is about."""


def common(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all have; what follows the command wins over what precedes it."""

    @functools.wraps(function)
    def wrapper(*args: Any, store: str | None, form: str | None, **rest: Any) -> None:
        given = {
            "store": None if store is None else place(store, os.environ),
            "lang": rest.pop("lang"),
            "format": form,
            "quiet": rest.pop("quiet"),
        }
        context = click.get_current_context()
        context.obj = replace(settings(), **{name: value for name, value in given.items() if value is not None})
        function(*args, **rest)

    return _with(_COMMON, wrapper)


def through_lens(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what part of the graph a network looks at; it gets a `Lens` as ``lens``."""

    @functools.wraps(function)
    def wrapper(*args: Any, since: datetime | None, until: datetime | None, **rest: Any) -> None:
        from kg.network import Lens  # noqa: PLC0415 - half a second that only those pay who look at a network

        asked: dict[str, Any] = {name: frozenset(rest.pop(name)) or None for name in _CHOSEN}
        asked |= {name: rest.pop(name) for name in _AS_GIVEN}
        lens = Lens(since=since and since.date(), until=until and until.date(), **asked)
        function(*args, lens=lens, **rest)

    return _with(_LENS, wrapper)


def _with(
    options: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...], function: Callable[..., None]
) -> Callable[..., None]:
    for option in reversed(options):  # as stacked decorators would be, so that the help lists them in order
        function = option(function)
    return function


def settings() -> Settings:
    """What this run was told so far: by its environment, then by its options."""
    found = click.get_current_context().obj
    if isinstance(found, Settings):
        return found
    store, engine = os.environ.get("KG_STORE"), os.environ.get("KG_ENGINE")
    initial = Settings(store=place(store, os.environ)) if store else Settings()
    return replace(initial, engine=engine) if engine else initial


def store() -> Store | ServerStore:
    """The store that this run is about, on disk or on a server."""
    where = settings().store
    if isinstance(where, Path):
        return Store(where)
    from kg.store.server.store import ServerStore  # noqa: PLC0415 - 0.1 s that only those pay who ask a server

    return ServerStore(where)


@contextmanager
def opened() -> Iterator[View]:
    """The current view of the store.

    Raises:
        StoreError: there is none, or one of its files turns out to be damaged within the block.
    """
    with store().view() as view:
        try:
            yield view
        except RuntimeError as error:
            if not str(error).startswith("Corruption"):  # RocksDB's word
                raise
            raise StoreError(
                f"{settings().store}: a file of the store is damaged ({error}); run kg build again"
            ) from error


def emit(table: Table) -> None:
    """Print a table to standard output, and its notes to standard error."""
    told = settings()
    table = table.localise(told.lang)
    click.echo(render(table, told.format), nl=False)
    if not told.quiet:
        for note in table.notes:
            click.echo(note, err=True)


def say(message: str) -> None:
    """Tell somebody who watches a terminal what is going on."""
    if not settings().quiet and sys.stderr.isatty():
        click.echo(f"kg: {message} …", err=True)
