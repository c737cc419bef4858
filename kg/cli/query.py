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
from kg.files import check_regular
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

labels_option = option(
    "--labels/--no-labels",
    default=True,
    help="Add a column <column>_label after each column of IRIs with labels.  [default: --labels]",
)


MAX_TEXT = 16 << 20
"""Size limit of the text of a query, in bytes."""


@click.command("query", cls=Command, example="kg query declared-parties --param link=link/xaut-36")
@click.argument("name", required=False)
@option("-e", "--expression", metavar="TEXT", help="SPARQL to run.")
@option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Parameter of the question; repeatable.")
@option("--of", metavar="ACTOR", help="Organisation or unit that the question is about: its parameter of, or actor.")
@option("--source", metavar="SOURCE", help="Only rows with evidence from this source: a key, an IRI or a publisher.")
@limit_option()
@option(
    "--max-rows",
    type=click.IntRange(1),
    metavar="N",
    help=Message(
        "Fail if the answer has more than N rows.  [default: setting max_rows, else {default}]", default=MAX_ROWS
    ),
)
@option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help=Message("Time limit.  [default: setting timeout, else {default:g}]", default=TIMEOUT),
)
@labels_option
@common
def command(
    *,
    name: str | None,
    expression: str | None,
    labels: bool,
    params: tuple[str, ...],
    of: str | None,
    source: str | None,
    limit: int | None,
    max_rows: int | None,
    timeout: float | None,
) -> None:
    """Run the question NAME (listed by kg questions), a FILE with SPARQL, or SPARQL from standard input (-).

    Queries only read, and only from the store. Updates, SERVICE and remote FROM are refused.
    """
    current = settings() if timeout is None else replace(settings(), timeout=timeout)
    max_rows = max_rows or current.max_rows
    wanted = max_rows if limit is None else min(limit, max_rows)
    values = parse_params(params)
    if of is not None:
        values |= {_parameter_of(name): of}
    text = _query_text(name, expression, values)
    with open_view(current.timeout) as view:
        view.workers.prepare()  # its process starts while this one imports the rest
        from kg.query import answers, source_filter

        if text is None:
            table = answers.question(view, str(name), values, current, labels=labels, max_rows=wanted)
        else:
            table = answers.query(view, text, current, labels=labels, max_rows=wanted)
        if source is not None:
            table = source_filter.from_source(view, table, source)
    emit(replace(table, rows=table.rows[:limit]))
    if table.truncated and wanted != limit:
        raise LimitError("the answer has more than {max_rows} rows; raise --max-rows", max_rows=max_rows)


def _query_text(name: str | None, expression: str | None, values: dict[str, str]) -> str | None:
    """Return the text of the query, or ``None`` if `name` is that of a question."""
    if (name is None) == (expression is None):
        raise UsageError("pass exactly one of: the name of a question, a file, - for standard input, or -e TEXT")
    if name is not None and not _is_file(name):
        from kg.query import questions

        questions.find(name)  # an unknown name is an error even without a store
        return None
    if values:
        raise UsageError("--param requires a named question; write the value into the query")
    return expression if expression is not None else _read(str(name))


def _is_file(name: str) -> bool:
    return name == "-" or name.endswith(".rq") or "/" in name or os.path.isfile(name)  # noqa: PTH113 - never raises


def _read(name: str) -> str:
    """Return the text of a query from a file or from standard input.

    Raises:
        InputError: the text is missing, too long, or not UTF-8.
    """
    if name == "-" and sys.stdin is None:
        raise InputError("-: standard input is closed; pass a file, or the query with -e")
    if name != "-" and not name.startswith("/dev/fd/"):  # a shell passes the output of a command as such a file
        check_regular(Path(name))
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as stream:
            content = stream.read(MAX_TEXT + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("{name}: cannot be read as UTF-8 text ({error})", name=name, error=reason(error)) from error
    if len(content) > MAX_TEXT:
        raise InputError(
            "{name}: a query may have {MAX_TEXT} MB; pass a shorter one", name=name, MAX_TEXT=MAX_TEXT >> 20
        )
    return text


def _parameter_of(name: str | None) -> str:
    """Return the parameter of the question `name` that is the organisation it is about.

    Raises:
        UsageError: it is about no organisation, or no question is named.
    """
    from kg.query import questions

    if name is None or _is_file(name):
        raise UsageError("--of requires a named question; write the value into the query")
    known = {param.name for param in questions.find(name).params}
    found = next((each for each in ("of", "actor", "university", "host") if each in known), None)
    if found is None:
        raise UsageError(
            "--of: the question {name} is not about one organisation; kg questions lists the parameters", name=name
        )
    return found


def parse_params(params: Iterable[str]) -> dict[str, str]:
    """Return the parameters by name.

    Raises:
        UsageError: a parameter has another form than NAME=VALUE, or is repeated.
    """
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise UsageError("--param {param}: write it as NAME=VALUE", param=param)
        if name in values:
            raise UsageError("--param {name} is repeated; pass it once", name=name)
        values[name] = value
    return values
