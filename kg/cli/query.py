"""kg query: a question, a file, or SPARQL on the command line."""

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from kg.cli.options import common, emit, opened, settings
from kg.errors import InputError, LimitError, UsageError, reason
from kg.query import lookup, questions
from kg.query import run as query


@click.command("query")
@click.argument("name", required=False)
@click.option("-e", "--expression", metavar="TEXT", help="SPARQL to ask.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=query.TIMEOUT,
    show_default=True,
    help="Seconds after which the query is ended.",
)
@click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="Show the first N rows.")
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    metavar="N",
    default=query.MAX_ROWS,
    show_default=True,
    help="Fail if the answer has more than N rows.",
)
@common
def command(
    *,
    name: str | None,
    expression: str | None,
    params: tuple[str, ...],
    timeout: float,
    limit: int | None,
    max_rows: int,
) -> None:
    """Ask NAME (see kg questions), a FILE with SPARQL, or - for standard input.

    The query reads the store and nothing else: no update, no SERVICE, no FROM that leaves it.
    """
    wanted = max_rows if limit is None else min(limit, max_rows)
    asked = _asked(name, expression, pairs(params))
    with opened() as view:
        if isinstance(asked, questions.Question):
            values = lookup.resolve_parameters(view, asked, pairs(params))
            table = query.answer(view, asked, values, settings().lang, timeout, wanted)
        else:
            table = query.ask(view, asked, timeout, wanted)
        hint = query.explain_empty(view, table)
    emit(replace(table, rows=table.rows[:limit]))
    if hint and not settings().quiet:
        click.echo(hint, err=True)
    if table.truncated and wanted != limit:
        raise LimitError(f"the answer has more than {max_rows} rows; raise --max-rows")


def _asked(name: str | None, expression: str | None, values: dict[str, str]) -> questions.Question | str:
    """The question that was asked for, or the text of a query."""
    if (name is None) == (expression is None):
        raise UsageError("give one thing to ask: the name of a question, a file, - for standard input, or -e TEXT")
    if name is not None and not _is_file(name):
        return questions.find(name)
    if values:
        raise UsageError("--param belongs to a named question; write the value into the query itself")
    return expression if expression is not None else _read(str(name))


def _is_file(name: str) -> bool:
    return name == "-" or name.endswith(".rq") or "/" in name or os.path.isfile(name)  # noqa: PTH113 - never raises


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: cannot be read as UTF-8 text ({reason(error)})") from error


def pairs(params: Iterable[str]) -> dict[str, str]:
    """The parameters by name.

    Raises:
        UsageError: one is not written NAME=VALUE, or given twice.
    """
    found = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {param}: write it as NAME=VALUE")
        if name in found:
            raise UsageError(f"--param {name} is given twice; give it once")
        found[name] = value
    return found
