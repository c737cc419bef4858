"""Execution of queries from outside: read-only, with limits of time, rows and memory.

A query is parsed before it runs. Updates, SERVICE and a FROM that leaves the store are refused. `kg.rdf.service_guard`
checks SERVICE a second time, because two parsers can read one text differently. For a store on disk the query runs in a
subprocess (`kg.store.sandbox`), which is killed when it exceeds its time or memory. For a server the connection closes
when the limits are reached.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyparsing import ParseException, ParseResults
from rdflib import Literal
from rdflib.plugins.sparql import parser as grammar
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError, UsageError
from kg.model import Table
from kg.query.questions import bind
from kg.query.shortest_path import shortest
from kg.rdf.service_guard import SERVICE_REFUSED
from kg.store.view import Limits
from kg.terms import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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

_XSD = PREFIXES["xsd"]

# rdflib 7.6 cannot negate a decimal, so `-1.5` in a pattern or in VALUES would raise a TypeError.
grammar.DECIMAL_NEGATIVE.set_parse_action(lambda tokens: Literal(-tokens[0].value))


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
        raise UsageError(f"the time limit must be above 0 and at most {LONGEST:.0f} seconds, not {timeout:g}")
    check(text, view)
    return table(view.answer(text, Limits(timeout, max_rows, MEMORY)))


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
    """Return the answer to a shipped question.

    Raises:
        UsageError: a parameter is unknown, missing or malformed, or a command answers the question.
        LimitError: the query exceeded `timeout` seconds or `MEMORY` bytes.
    """
    text = bind(question, values, lang)
    if question.shortest is None:
        return run_query(view, text, timeout, max_rows)
    start, end = (expand(values[name]) for name in question.shortest)
    return shortest(run_query(view, text, timeout, UNLIMITED), start, end)


def explain_empty(view: View, answer: Table) -> str | None:
    """Return the scope of an answer without rows if the store contains data, else ``None``."""
    if answer.rows:
        return None
    size = view.size()
    return (
        f"the answer is empty; {size.statements} statements about {size.actors} organisations and {size.links} links "
        "were searched"
    )


def check(text: str, view: View) -> None:
    """Refuse `text` unless it is one query that reads only `view`.

    Raises:
        QueryError: the reason with its position.
    """
    try:
        text.encode()
        parsed = grammar.parseQuery(text)
    except ParseException as error:
        raise QueryError(_explain(text, error)) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply; simplify it") from error
    except ValueError as error:  # an escape or a byte that does not encode a character
        raise QueryError(f"the query does not parse: {error}") from error
    names = translatePrologue(parsed[0], None, dict(PREFIXES))
    for part in _parts(parsed):
        if part.name == "ServiceGraphPattern":
            raise QueryError(SERVICE_REFUSED)
        if part.name == "pname" and names.namespace_manager.store.namespace(part.prefix or "") is None:
            raise QueryError(_undeclared(text, part.prefix or ""))
    for clause in (part for part in _parts(parsed) if part.name == "DatasetClause"):
        iri = str(names.absolutize(clause.default or clause.named))
        if not view.ask("ASK { GRAPH ?g { ?s ?p ?o } }", {"g": _node(iri)}):
            raise QueryError(f"FROM <{iri}> is refused: the store has no such graph, and nothing is fetched")


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"FROM <{iri}> is refused: it is not an IRI") from error


def _undeclared(text: str, prefix: str) -> str:
    """Return the first position of the undeclared `prefix`."""
    match = re.search(rf"(?<![\w.-]){re.escape(prefix)}:", text)
    line, column = _position(text, match.start() if match else 0)
    known = ", ".join(f"{name}:" for name in PREFIXES)
    return (
        f"the query does not parse at line {line}, column {column}: the prefix {prefix}: is not declared; add PREFIX "
        f"{prefix}: <...>, or use a predefined prefix ({known})"
    )


def _parts(value: object) -> Iterator[CompValue]:
    """Yield all composite parts of a parse tree."""
    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple | ParseResults):
        for inner in value:
            yield from _parts(inner)


def _explain(text: str, error: ParseException) -> str:
    """Return the position and the reason of a syntax error that rdflib's grammar reports in `text`."""
    try:
        update = bool(grammar.parseUpdate(text).request)
    except (ParseException, RecursionError):
        update = False
    if update:
        return "this is an update, and kg query only reads; change the graph files and run kg build"
    rest = error.pstr[error.loc :].split("\n")[0].rstrip()
    line, column = _position(error.pstr, error.loc)
    what = f"unexpected {rest[:_EXCERPT]!r}" if rest else "unexpected end of the query"
    return f"the query does not parse at line {line}, column {column}: {what}"


_EXCERPT = 30
"""Number of characters of a query in a message."""


def _position(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a position in `text`, both from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _cell(name: str, term: Sequence[str] | None) -> Cell:
    """Return a Python value for a term: numbers, booleans and days; everything else as text."""
    if term is None:
        return None
    kind, value = term
    if name in _LISTS:
        return _LISTS[name].join(sorted(value.split(_LISTS[name])))  # GROUP_CONCAT guarantees no order
    try:
        return _PARSERS[kind](value) if kind in _PARSERS else value
    except ValueError:
        return value  # an ill-typed literal is printed unchanged


_LISTS = {"evidence": " ", "sources": " ", "values": " | "}
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
