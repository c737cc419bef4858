"""One query in one process: what `kg.store.sandbox` starts, so that a query can be ended.

Reads a request as JSON from standard input and writes the answer as JSON to standard output. Imports as little as it
can, because each query pays for it. The timer's signal has no handler: the kernel ends the process, also in the middle
of a join.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.service_guard import refuse_service

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def main() -> None:
    """Answer the request on standard input: ``{columns, rows, more}``, or ``{refused}`` or ``{broken}`` and why."""
    request = json.load(sys.stdin)
    signal.setitimer(signal.ITIMER_REAL, request["timeout"])
    resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
    try:
        sys.stdout.buffer.write(json.dumps(_told(request)).encode())
    except MemoryError:
        os.abort()


def _told(request: dict[str, Any]) -> dict[str, Any]:
    try:
        graph = ox.Store.read_only(request["store"])
    except (OSError, RuntimeError) as error:
        return {"broken": str(error)}
    try:
        refuse_service(request["query"], request["prefixes"])
        return _answer(graph, request)
    except (SyntaxError, QueryError) as error:
        return {"refused": str(error)}
    except (OSError, RuntimeError) as error:  # RuntimeError: a file that RocksDB calls corrupt, or an unknown function
        return {"refused" if "function" in str(error) else "broken": str(error)}


def _answer(graph: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    found = graph.query(request["query"], prefixes=request["prefixes"])
    if isinstance(found, ox.QueryBoolean):
        return truth(found)
    columns = TRIPLE if isinstance(found, ox.QueryTriples) else [variable.value for variable in found.variables]
    return taken(columns, found, request["limit"])


TRIPLE = ["subject", "predicate", "object"]
"""The columns of an answer that is a graph."""


def truth(found: ox.QueryBoolean) -> dict[str, Any]:
    """The answer of an ASK, told as one row."""
    return {"columns": ["answer"], "rows": [[_plain(ox.Literal(bool(found)))]], "more": False}


def taken(columns: list[str], found: Iterable[Iterable[Term | None]], limit: int) -> dict[str, Any]:
    """The first `limit` rows of what was found, told as ``{columns, rows, more}``."""
    rows: list[list[list[str] | None]] = []
    for row in found:
        if len(rows) == limit:
            return {"columns": columns, "rows": rows, "more": True}
        rows.append([_plain(term) for term in row])
    return {"columns": columns, "rows": rows, "more": False}


def _plain(term: Term | None) -> list[str] | None:
    """The kind of a term (the datatype of a literal, else nothing) and its text."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return [term.datatype.value, term.value]
    return ["", term.value if isinstance(term, ox.NamedNode) else str(term)]
