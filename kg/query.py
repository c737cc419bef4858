"""Queries from outside: read-only by parsing, and ended when they take too long.

A query is parsed before it is run: updates, SERVICE and a FROM that leaves the store are refused. It then runs in a
process of its own (`kg.query_worker`), which the kernel ends when its time is over, whatever it is doing.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql import parser as grammar
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import LimitError, QueryError, StoreError
from kg.model import Table
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.model import Cell
    from kg.view import View

TIMEOUT = 60.0
"""Seconds that a query may take unless told otherwise."""

LIMIT = 10_000
"""Rows that a query may answer unless told otherwise."""

_XSD = PREFIXES["xsd"]


def ask(
    view: View,
    text: str,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
) -> Table:
    """The answer to the query `text`, as a table; of an ASK one cell, of a CONSTRUCT its triples.

    Args:
        view: what is asked.
        text: SPARQL 1.1; the prefixes of `kg.terms.PREFIXES` need no declaration.
        timeout: seconds after which it is ended.
        limit: rows after which it is ended; a note of the table says so.

    Raises:
        QueryError: it is refused or does not parse: line and column.
        LimitError: it took more than `timeout` seconds, or more memory than there is.
    """
    check(text, view.graph)
    request = {
        "store": str(view.path / "oxigraph"),
        "query": text,
        "prefixes": dict(PREFIXES),
        "timeout": timeout,
        "limit": limit,
    }
    answer = _run(request, timeout)
    if "error" in answer:
        raise QueryError(f"the query does not parse: {answer['error']}")
    rows = tuple(
        tuple(_cell(name, term) for name, term in zip(answer["columns"], row, strict=True)) for row in answer["rows"]
    )
    notes = (f"stopped after {limit} rows; there are more: raise --limit",) if answer["more"] else ()
    return Table(tuple(answer["columns"]), rows, notes)


def _run(request: Mapping[str, object], timeout: float) -> dict[str, Any]:
    """What a process of its own answers to `request`; it ends itself when its time is over."""
    command = [sys.executable, "-I", "-c", "from kg.query_worker import main; main()"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
        command, input=json.dumps(request).encode(), capture_output=True, check=False
    )
    if done.returncode == -signal.SIGALRM:
        raise LimitError(
            f"the query took more than {timeout:g} seconds and was ended; ask for less, or raise --timeout"
        )
    if done.returncode in {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV}:
        raise LimitError("the query needed more memory than this machine has for it and was ended; ask for less")
    if done.returncode != 0:
        raise StoreError(
            f"the store could not answer ({done.stderr.decode(errors='replace').strip()}); run kg build again"
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def explain_empty(view: View, answer: Table) -> str | None:
    """What was looked in, where the answer has no row though there are data; ``None`` where it has one."""
    if answer.rows:
        return None
    size = view.size()
    return (
        f"no row answers this; looked in {size.statements} statements about {size.actors} organisations and "
        f"{size.links} links, and left nothing out"
    )


def check(text: str, graph: ox.Store) -> None:
    """Refuse `text` unless it is one query that reads nothing but `graph`.

    Raises:
        QueryError: why, and where it stands.
    """
    try:
        parsed = grammar.parseQuery(text)
    except ParseException as error:
        raise QueryError(_explain(text, error)) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply; write it flatter") from error
    for part in _parts(parsed):
        if part.name == "ServiceGraphPattern":
            raise QueryError("SERVICE is refused: a query reads this store and asks no other server")
    if any(part.name == "DatasetClause" for part in _parts(parsed)):
        clauses = translateQuery(parsed, initNs=dict(PREFIXES)).algebra.datasetClause
        for clause in clauses:
            iri = str(clause.default or clause.named)
            if not graph.contains_named_graph(ox.NamedNode(iri)):
                raise QueryError(f"FROM <{iri}> is refused: the store has no such graph, and nothing is fetched")


def _parts(value: object) -> Iterator[CompValue]:
    """All composite parts of a parse tree."""
    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple | ParseResults):
        for inner in value:
            yield from _parts(inner)


def _explain(text: str, error: ParseException) -> str:
    """Where and why `text`, which rdflib's grammar refuses, does not parse."""
    try:
        grammar.parseUpdate(text)
    except ParseException:
        pass
    else:
        return "this is an update, and kg query only reads; change the graph files and run kg build"
    line, column, reason = error.lineno, error.column, "it is not SPARQL 1.1"
    try:  # Oxigraph tells the place better; the stray character at the end keeps it from ever running the text
        ox.Store().query(text + "\n\x00", prefixes=dict(PREFIXES))
    except SyntaxError as better:
        match = re.match(r"error at (\d+):(\d+): (.*)", str(better), re.DOTALL)
        if match and int(match[1]) > text.count("\n") + 1:
            reason = "it ends too early"
        elif match:
            line, column, reason = int(match[1]), int(match[2]), match[3].split(",")[0].replace("one of ", "")
    return f"the query does not parse at line {line}, column {column}: {reason}"


def _cell(name: str, term: list[str] | None) -> Cell:
    """A value of Python for a term: numbers, booleans and days as such, everything else as text."""
    if term is None:
        return None
    kind, value = term
    if name == "evidence":
        return " ".join(sorted(value.split()))  # GROUP_CONCAT promises no order
    try:
        return _PARSERS[kind](value) if kind in _PARSERS else value
    except ValueError:
        return value  # an ill-typed literal of the data is shown as it stands there


_PARSERS: Mapping[str, Callable[[str], Cell]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in {"true", "1"},
    _XSD + "date": date.fromisoformat,
}
