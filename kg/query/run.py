"""Execution of queries from outside: read-only, with limits of time, rows and memory.

A query runs in a worker process (`kg.store.sandbox`), which is killed when it exceeds its time, its memory or the size
of its answer. Oxigraph parses it there. Updates, SERVICE and a FROM that leaves the store are refused.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import QueryError, UsageError
from kg.model import Table
from kg.query import frames, group_concat
from kg.query.questions import arguments, bind
from kg.query.shortest_path import shortest
from kg.store.sandbox import Limits
from kg.terms import PREFIXES, expand
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.model import Cell
    from kg.query.questions import Question
    from kg.store.query_result import QueryResult
    from kg.store.view import View

TIMEOUT = 60.0
"""Default time limit of a query, in seconds."""

MAX_ROWS = 10_000
"""Default limit of the number of rows in an answer."""

UNLIMITED = sys.maxsize
"""A row limit that no answer reaches."""

LONGEST = 86_400.0
"""Largest time limit of a query, in seconds: one day."""

MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
"""Memory limit of a query, in bytes: half of the machine's memory."""

ANSWER_SHARE = 1 / 16
"""Size limit of an answer, as a share of the memory limit; as a table it requires about eight times as much."""

_XSD = PREFIXES["xsd"]


def run_query(view: View, text: str, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS) -> Table:
    """Return the answer to the query `text`; for an ASK one cell, for a CONSTRUCT its triples.

    Args:
        view: the view to query.
        text: SPARQL 1.1; the prefixes of `kg.terms.PREFIXES` are predefined.
        timeout: time limit in seconds, at most `LONGEST`.
        max_rows: number of rows after which the query stops; the table is then `truncated`.

    Raises:
        QueryError: the query is refused or does not parse; the message contains line and column.
        LimitError: the query exceeded `timeout` seconds or `MEMORY` bytes.
        StoreError: the store is damaged.
        UsageError: `timeout` is not a valid time.
    """
    if not 0 < timeout <= LONGEST:
        raise UsageError(
            "the time limit must be above 0 and at most {LONGEST:.0f} seconds, not {timeout:g}",
            LONGEST=LONGEST,
            timeout=timeout,
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError("the query is not text: {error}", error=error) from error
    answer = table(view.answer(text, Limits(timeout, max_rows, MEMORY, int(ANSWER_SHARE * MEMORY))))
    note = group_concat.note(text, answer)
    return replace(answer, notes=(note,)) if note else answer


def table(result: QueryResult) -> Table:
    """Return `result` as a table of Python values: numbers, truth values, dates and texts."""
    columns = tuple(result.columns)
    rows = tuple(tuple(map(_cell, columns, row)) for row in result.rows)
    return Table(columns, rows, truncated=result.truncated)


def answer_question(
    view: View,
    question: Question,
    values: Mapping[str, str],
    lang: str,
    timeout: float = TIMEOUT,
    max_rows: int = MAX_ROWS,
) -> Table:
    """Return the answer to a shipped question, with notes on its frame and on what it does not mean.

    Raises:
        UsageError: a parameter is unknown, missing or malformed, or a command answers the question.
        LimitError: the query exceeded `timeout` seconds or `MEMORY` bytes.
    """
    text = bind(question, values, lang)
    notes = frames.notes(view, question, arguments(question, values))
    if question.shortest is None:
        answer = run_query(view, text, timeout, max_rows)
        return replace(answer, columns=tuple(name.removesuffix("_") for name in answer.columns), notes=notes)
    start, end = (expand(values[name]) for name in question.shortest)
    return replace(shortest(run_query(view, text, timeout, UNLIMITED), start, end), notes=notes)


def explain_empty(view: View, answer: Table) -> Text | None:
    """Return the scope of an answer without rows if the store contains data, else ``None``."""
    if answer.rows:
        return None
    size = view.size()
    return Message(
        "the answer is empty; {statements} statements about {actors} organisations and {links} links were searched.",
        statements=size.statements,
        actors=size.actors,
        links=size.links,
    )


def _cell(name: str, term: Sequence[str] | None) -> Cell:
    """Return a Python value for a term: numbers, booleans and days; everything else as text."""
    if term is None:
        return None
    kind, value = term
    if name in _LISTS and kind not in _PARSERS:
        values = {one for one in value.split(_LISTS[name]) if one}  # two GROUP_CONCAT can repeat a value
        return _LISTS[name].join(sorted(values))  # GROUP_CONCAT guarantees no order
    try:
        return _PARSERS[kind](value) if kind in _PARSERS else value
    except ValueError:
        return value  # an ill-typed literal is printed unchanged


_LISTS = {"evidence": " ", "sources": " ", "partners": " ", "others": " ", "values": " | ", "missing": " | "}
"""Columns with several values, and the separator of the values."""


def _boolean(text: str) -> bool:
    if text not in {"true", "1", "false", "0"}:
        raise ValueError(text)
    return text in {"true", "1"}


_PARSERS: Mapping[str, Callable[[str], Cell]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": _boolean,
    _XSD + "date": date.fromisoformat,
}
