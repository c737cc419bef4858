"""kg query: run a question, a file with SPARQL, or SPARQL from the command line."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.choices import MAX_ROWS, TIMEOUT
from kg.cli.help import Command, option
from kg.cli.options import common, emit, limit_option, open_view, settings
from kg.errors import InputError, LimitError, UsageError, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query.questions import Question


@click.command("query", cls=Command, example="kg query declared-parties --param link=link/xaut-36")
@click.argument("name", required=False)
@option("-e", "--expression", metavar="TEXT", help="SPARQL to run.")
@option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Parameter of the question; repeatable.")
@limit_option()
@option(
    "--max-rows",
    type=click.IntRange(1),
    metavar="N",
    help=f"Fail if the answer has more than N rows.  [default: setting max_rows, else {MAX_ROWS}]",
)
@option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help=f"Time limit.  [default: setting timeout, else {TIMEOUT:g}]",
)
@common
def command(
    *,
    name: str | None,
    expression: str | None,
    params: tuple[str, ...],
    limit: int | None,
    max_rows: int | None,
    timeout: float | None,
) -> None:
    """Run the question NAME (listed by kg questions), a FILE with SPARQL, or SPARQL from standard input (-).

    Queries only read, and only from the store. Updates, SERVICE and remote FROM are refused.
    """
    max_rows, timeout = max_rows or settings().max_rows, timeout or settings().timeout
    wanted = max_rows if limit is None else min(limit, max_rows)
    source = _source(name, expression, parse_params(params))
    with open_view(timeout) as view:
        view.workers.prepare()  # its process starts while this one imports the rest
        from kg.query import lookup, questions
        from kg.query import run as query

        if isinstance(source, questions.Question):
            values = lookup.resolve_parameters(view, source, parse_params(params))
            table = query.answer_question(view, source, values, settings().lang, timeout, wanted)
        else:
            table = query.run_query(view, source, timeout, wanted)
        hint = query.explain_empty(view, table)
    emit(replace(table, rows=table.rows[:limit]))
    if hint and not settings().quiet:
        click.echo(hint, err=True)
    if table.truncated and wanted != limit:
        raise LimitError(f"the answer has more than {max_rows} rows; raise --max-rows")


def _source(name: str | None, expression: str | None, values: dict[str, str]) -> Question | str:
    """Return the named question, or the text of a query."""
    from kg.query import questions

    if (name is None) == (expression is None):
        raise UsageError("pass exactly one of: the name of a question, a file, - for standard input, or -e TEXT")
    if name is not None and not _is_file(name):
        return questions.find(name)
    if values:
        raise UsageError("--param requires a named question; write the value into the query")
    return expression if expression is not None else _read(str(name))


def _is_file(name: str) -> bool:
    return name == "-" or name.endswith(".rq") or "/" in name or os.path.isfile(name)  # noqa: PTH113 - never raises


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: cannot be read as UTF-8 text ({reason(error)})") from error


def parse_params(params: Iterable[str]) -> dict[str, str]:
    """Return the parameters by name.

    Raises:
        UsageError: a parameter has another form than NAME=VALUE, or is repeated.
    """
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {param}: write it as NAME=VALUE")
        if name in values:
            raise UsageError(f"--param {name} is repeated; pass it once")
        values[name] = value
    return values
