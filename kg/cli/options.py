"""Options that commands share, and functions that open the store and print results."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kg import files
from kg.cli.choices import FORMATS
from kg.model.text import Detail, Text
from kg.settings import Settings, load_settings, parse_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.cli.terminal import Layout
    from kg.model import Table
    from kg.store.base import Store
    from kg.store.view import View

    Decorator = Callable[[Callable[..., None]], Callable[..., None]]


class DateType(click.ParamType[date]):
    """A date, written as YYYY-MM-DD."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the form of the value for the help."""
        del param, ctx
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that `value` contains."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as YYYY-MM-DD.", param, ctx)


DATE = DateType()
_MORE = Text("--verbose prints all notes.", "全部说明见--verbose。")

_COMMON = (
    click.option(
        "--store",
        metavar="PATH|URL",
        help="Directory of the store, or URL of a SPARQL server.  [env var: KG_STORE; default: .kg/store]",
    ),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of labels and notes.  [default: en]"),
    click.option("--format", type=click.Choice(FORMATS), help="Format of tables.  [default: table]"),
    click.option("--wide", is_flag=True, default=None, help="Print complete cells and IRIs, whatever the terminal."),
    click.option("--spreadsheet", is_flag=True, default=None, help="Write CSV for spreadsheets: BOM, inert formulas."),
    click.option("-v", "--verbose", is_flag=True, default=None, help="Print all notes: scope, omissions, sources."),
    click.option("--quiet", is_flag=True, default=None, help="Print only the result."),
)
_MULTIPLE = (
    *("layers", "stages", "kinds", "link_types", "roles", "participant_sectors", "places", "sources", "qualities"),
)
"""Fields of a lens that options fill with a set of values."""

_SINGLE = (
    *("between", "derived", "since", "until", "date_mode", "certain_dates", "include_undated"),
    *("aggregate", "weight", "currency"),
)
"""Fields of a lens that options fill with one value."""

_LENS = (
    click.option("--layer", "layers", multiple=True, help="Only ties of this layer; repeatable."),
    click.option("--stage", "stages", multiple=True, help="Only links at this stage; repeatable."),
    click.option("--kind", "kinds", multiple=True, help="Only links of this kind; repeatable."),
    click.option("--link-type", "link_types", multiple=True, help="Only links of this class (Project, …); repeatable."),
    click.option("--role", "roles", multiple=True, help="Only participants in this role; repeatable."),
    click.option(
        "--participant-sector",
        "participant_sectors",
        multiple=True,
        help="Only participants of this sector; repeatable.",
    ),
    click.option("--between", nargs=2, metavar="SECTOR SECTOR", help="Only ties between these two sectors."),
    click.option(
        "--place", "places", multiple=True, help="Only links in, or with a participant in, this region or city."
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
        help="Include, exclude or select inferred links.",
    ),
    click.option("--since", type=DATE, help="Only links that may have started on or after this date."),
    click.option("--until", type=DATE, help="Only links that may have started on or before this date."),
    click.option(
        "--date-mode",
        type=click.Choice(["started", "in-force"]),
        default="started",
        show_default=True,
        help="Filter by the start date or by the period in force.",
    ),
    click.option("--certain-dates", is_flag=True, help="Only links whose dates certainly match."),
    click.option("--include-undated", is_flag=True, help="Keep links without a known date."),
    click.option(
        "--aggregate",
        type=click.Choice(["none", "host"]),
        default="host",
        show_default=True,
        help="Count units as separate actors, or count them for their hosts.",
    ),
    click.option(
        "--weight",
        type=click.Choice(["newman", "newman-named", "count", "contribution"]),
        default="newman",
        show_default=True,
        help="Edge weight: newman (1/(N-1), declared size), newman-named (named size), count or contribution (money).",
    ),
    click.option("--currency", help="Currency of contributions, if the links use several."),
)


mode_option = click.option(
    "--mode",
    type=click.Choice(["two-mode", "one-mode"]),
    default="two-mode",
    show_default=True,
    help="Network of actors and links, or of actors that share links.",
)


def limit_option(default: int | None = None, help_text: str = "Show the first N rows.") -> Decorator:
    """Return the option ``--limit``."""
    return click.option(
        "-n",
        "--limit",
        type=click.IntRange(1),
        metavar="N",
        default=default,
        show_default=default is not None,
        help=help_text,
    )


_SHARED = ("lang", "format", "wide", "spreadsheet", "verbose", "quiet")
"""Common options that are fields of the settings."""


def common(function: Callable[..., None]) -> Callable[..., None]:
    """Add the common options to a command; values after the command override values before it."""

    @functools.wraps(function)
    def wrapper(*, store: str | None, **options: Any) -> None:
        values: dict[str, Any] = {name: options.pop(name) for name in _SHARED}
        values["store"] = None if store is None else parse_store(store, os.environ)
        context = click.get_current_context()
        context.obj = replace(settings(), **{name: value for name, value in values.items() if value is not None})
        function(**options)

    return _add(_COMMON, wrapper)


def lens_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select a part of the dataset to a command; it receives a `Lens` as ``lens``."""

    @functools.wraps(function)
    def wrapper(**options: Any) -> None:
        from kg.network import Lens

        values: dict[str, Any] = {name: options.pop(name) or None for name in _MULTIPLE}
        values |= {name: options.pop(name) for name in _SINGLE}
        function(lens=Lens(**values), **options)

    return _add(_LENS, wrapper)


def _add(options: tuple[Decorator, ...], function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(options):  # in reverse, so that the help lists them in order
        function = option(function)
    return function


def settings() -> Settings:
    """Return the settings from the options parsed so far, the environment and the files."""
    current = click.get_current_context().obj
    if isinstance(current, Settings):
        return current
    return load_settings()


def store() -> Store:
    """Return the selected store, on disk or on a server."""
    from kg.store.locate import locate_store

    return locate_store(settings().store)


@contextmanager
def open_view() -> Iterator[View]:
    """Yield the current view of the store.

    Raises:
        StoreError: the store does not exist, or a file of it is damaged.
    """
    from kg.store.locate import check_damage

    with store().view() as view, check_damage(view):
        yield view


def emit(table: Table, layout: Layout = "table") -> None:
    """Print a table to standard output, and its notes to standard error; details of notes need --verbose."""
    from kg.cli import progress, terminal
    from kg.export.table import render

    progress.stop_steps()
    current = settings()
    notes = [note for note in table.notes if current.verbose or not isinstance(note, Detail)]
    omitted = len(table.notes) - len(notes)
    table = replace(table, notes=tuple(notes)).localise(current.lang)
    if current.format == "table":
        text = terminal.render(table, layout, wide=current.wide)
    else:
        text = render(table, current.format, spreadsheet=current.spreadsheet)
    click.echo(text, nl=False)
    if not current.quiet:
        for number, note in enumerate(table.notes):
            more = f" {_MORE.localise(current.lang)}" if omitted and not number else ""
            click.echo(terminal.dimmed(f"{note}{more}"), err=True)


def log(message: str) -> None:
    """Show on a terminal which step is running and for how long; the display disappears at the end."""
    if not settings().quiet and sys.stderr is not None and sys.stderr.isatty():
        from kg.cli.progress import show_step

        show_step(message)


def print_size(file: Path, note: str | None, *, open_file: bool = False) -> None:
    """Print the size of a written file, and a note about it, to standard error, and open the file on request."""
    from kg.cli import progress

    progress.stop_steps()
    if not settings().quiet:
        click.echo(f"{file}: {files.size_text(file)}", err=True)
        if note:
            click.echo(note, err=True)
    if open_file:
        click.launch(str(file))
