"""Result of a query from outside, as plain text that also passes between processes as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TRIPLE = ("subject", "predicate", "object")
"""Columns of a result that is a graph."""

_BATCH = 500
"""Number of rows in one part of a result that passes to another process."""


class QueryResult(NamedTuple):
    """Columns and rows of a result. A named tuple, because each query would wait 10 ms for `dataclasses`.

    Attributes:
        columns: names of the columns.
        rows: a value for each column: the datatype of a literal (``""`` for other terms) and the text of the term, or
            ``None`` if the variable is unbound.
        truncated: whether the result has more rows than the limit allowed.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Sequence[str] | None]]
    truncated: bool = False


def parts(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, max_rows: int) -> Iterator[bytes]:
    """Yield the first `max_rows` rows of `results`, which are read one by one; the result of an ASK is one row."""
    if isinstance(results, ox.QueryBoolean):
        return row_parts(("answer",), [[ox.Literal(bool(results))]], max_rows)
    if isinstance(results, ox.QueryTriples):
        return row_parts(TRIPLE, results, max_rows)
    return row_parts([variable.value for variable in results.variables], results, max_rows)


def row_parts(columns: Sequence[str], rows: Iterable[Iterable[Term | None]], max_rows: int) -> Iterator[bytes]:
    """Yield the parts of a result: the columns, batches of rows, and whether the result is truncated."""
    yield json.dumps(columns).encode()
    unread, left = iter(rows), max_rows
    while batch := [[_value(term) for term in row] for row in islice(unread, min(_BATCH, left))]:
        left -= len(batch)
        yield json.dumps(batch).encode()
    yield json.dumps(left == 0 and next(unread, None) is not None).encode()


def join(received: Iterable[bytes]) -> QueryResult:
    """Return the result of all `received` parts."""
    columns, *batches, truncated = map(json.loads, received)
    return QueryResult(columns, [row for batch in batches for row in batch], truncated)


def _value(term: Term | None) -> tuple[str, str] | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return term.datatype.value, term.value
    return "", term.value if isinstance(term, ox.NamedNode) else str(term)
