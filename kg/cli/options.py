"""Options that commands share, and functions that open the store and print results."""

from __future__ import annotations

import functools
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg import files
from kg.cli import language
from kg.cli.choices import FORMATS
from kg.cli.help import COMMON, option
from kg.settings import Settings, load_settings, parse_store, sources
from kg.texts import Detail, Message, Text, listed, translated

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
            message = Message("{value!r} is not a date; write it as YYYY-MM-DD.", value=value)
            self.fail(message.localise(language.current()), param, ctx)


DATE = DateType()


class BudgetType(click.ParamType[tuple[int, ...]]):
    """Calls and tokens, written as CALLS or CALLS,TOKENS."""

    name = "budget"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the form of the value for the help."""
        del param, ctx
        return "CALLS[,TOKENS]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the one or two numbers that `value` contains."""
        if isinstance(value, tuple):
            return value
        if not re.fullmatch("[1-9][0-9]{0,8}(,[1-9][0-9]{0,11})?", value):
            message = Message("{value!r} is not a budget; write it as CALLS or CALLS,TOKENS.", value=value)
            self.fail(message.localise(language.current()), param, ctx)
        return tuple(map(int, value.split(",")))


BUDGET = BudgetType()
common_option = functools.partial(option, group=COMMON)
_MORE = Message("--verbose prints all notes.")
_INTERNAL = Message("The output contains internal statements.")

_COMMON = (
    common_option(
        "--store",
        metavar="PATH|URL",
        help="Directory of the store, or URL of a SPARQL server.  [env var: KG_STORE; default: .kg/store]",
    ),
    common_option("--lang", type=click.Choice(["en", "zh"]), help="Language of labels and notes.  [default: en]"),
    common_option(
        "--format",
        type=click.Choice(FORMATS),
        metavar="FORMAT",
        help=Message("Format of tables: {names}.  [default: table]", names=listed(FORMATS)),
    ),
    common_option("--wide", is_flag=True, default=None, help="Print complete cells and IRIs, whatever the terminal."),
    common_option("--spreadsheet", is_flag=True, default=None, help="Write CSV for spreadsheets: BOM, inert formulas."),
    common_option("-v", "--verbose", is_flag=True, default=None, help="Print all notes: scope, omissions, sources."),
    common_option("--internal", is_flag=True, default=None, help="Include internal statements, such as remarks."),
    common_option("--quiet", is_flag=True, default=None, help="Print only the result."),
)


_FIRST_ROWS = Message("Show the first N rows.")


def limit_option(default: int | None = None, help_text: str | Text = _FIRST_ROWS) -> Decorator:
    """Return the option ``--limit``."""
    return option(
        "-n",
        "--limit",
        type=click.IntRange(1),
        metavar="N",
        default=default,
        show_default=default is not None,
        help=help_text,
    )


_SHARED = ("lang", "format", "wide", "spreadsheet", "verbose", "internal", "quiet")
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

    return add_options(_COMMON, wrapper)


def add_options(options: tuple[Decorator, ...], function: Callable[..., None]) -> Callable[..., None]:
    """Add `options` to a command, in their order."""
    for add in reversed(options):  # in reverse, so that the help lists them in order
        function = add(function)
    return function


def settings() -> Settings:
    """Return the settings from the options parsed so far, the environment and the files."""
    current = click.get_current_context().obj
    if isinstance(current, Settings):
        return current
    return load_settings()


def is_language_chosen() -> bool:
    """Return whether ``--lang``, a variable or a file chooses the language."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.get_parameter_source("lang") is ParameterSource.COMMANDLINE:
            return True
        context = context.parent
    return any(source.name == "lang" and source.origin != "default" for source in sources())


def is_default(parameter: str) -> bool:
    """Return whether the command has `parameter` and the command line leaves it at its default."""
    return click.get_current_context().get_parameter_source(parameter) is ParameterSource.DEFAULT


def store() -> Store:
    """Return the selected store, on disk or on a server."""
    from kg.store.locate import locate_store

    return locate_store(settings().store, internal=settings().internal)


@contextmanager
def open_view(timeout: float | None = None) -> Iterator[View]:
    """Yield the current view of the store; `timeout` limits each request to a server, in seconds.

    Raises:
        StoreError: the store does not exist, or a file of it is damaged.
    """
    from kg.cli import console
    from kg.store.locate import check_damage, locate_store

    with locate_store(settings().store, timeout, internal=settings().internal).view() as view, check_damage(view):
        if view.internal and not settings().quiet:
            console.message(_INTERNAL)
        yield view


def emit(table: Table, layout: Layout = "table") -> None:
    """Print a table to standard output, and its notes to standard error; details of notes need --verbose."""
    from kg.cli import console, progress, terminal
    from kg.export.table import render
    from kg.model import display

    progress.stop_steps()
    current = settings()
    notes = [note for note in table.notes if current.verbose or not isinstance(note, Detail)]
    omitted = len(table.notes) - len(notes)
    table = replace(table, notes=tuple(notes)).localise(current.lang)
    if current.format == "table":
        head: Callable[[str], str] = str
        if current.lang == "zh":
            from kg.query import table_words

            head = table_words.heads(table)
            table = table_words.in_words(table)
        click.echo(terminal.render(table, layout, wide=current.wide, first=is_default("limit"), head=head), nl=False)
    else:
        text = render(table, current.format, spreadsheet=current.spreadsheet)
        console.exact(text, escapes=current.format.startswith("json"))
    if not current.quiet:
        for number, note in enumerate(table.notes):
            more = f" {_MORE.localise(current.lang)}" if omitted and not number else ""
            click.echo(terminal.dimmed(display.safe(f"{note}{more}")), err=True)


def log(message: str) -> None:
    """Show on a terminal which step is running and for how long; the display disappears at the end.

    The message is a key of the catalogue.
    """
    if not settings().quiet and sys.stderr is not None and sys.stderr.isatty():
        from kg.cli.progress import show_step

        show_step(translated(message, language.current()))


def print_size(file: Path, note: Text | str | None, *, open_file: bool = False) -> None:
    """Print the size of a written file, and a note about it, to standard error, and open the file on request."""
    from kg.cli import console, progress

    progress.stop_steps()
    if not settings().quiet:
        console.message(f"{file}: {files.size_text(file)}")
        if note:
            console.message(note)
    if open_file:
        click.launch(str(file))
