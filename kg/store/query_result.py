"""Result of a query from outside, as plain text that also passes between processes as JSON."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TRIPLE = ("subject", "predicate", "object")
"""Columns of a result that is a graph."""


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


def encode(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, max_rows: int) -> QueryResult:
    """Return the first `max_rows` rows of `results`; the result of an ASK is one row."""
    if isinstance(results, ox.QueryBoolean):
        return QueryResult(("answer",), ((_value(ox.Literal(bool(results))),),))
    if isinstance(results, ox.QueryTriples):
        return encode_rows(TRIPLE, results, max_rows)
    return encode_rows([variable.value for variable in results.variables], results, max_rows)


def encode_rows(columns: Sequence[str], rows: Iterable[Iterable[Term | None]], max_rows: int) -> QueryResult:
    """Return the first `max_rows` of `rows`, which are read one by one."""
    encoded: list[list[tuple[str, str] | None]] = []
    for row in rows:
        if len(encoded) == max_rows:
            return QueryResult(columns, encoded, truncated=True)
        encoded.append([_value(term) for term in row])
    return QueryResult(columns, encoded)


def _value(term: Term | None) -> tuple[str, str] | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return term.datatype.value, term.value
    return "", term.value if isinstance(term, ox.NamedNode) else str(term)
