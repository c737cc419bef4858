"""SPARQL over an endpoint: our own queries, with predefined prefixes and bound variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.service_guard import SERVICE_REFUSED, refuse_service
from kg.terms import PREFIXES
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""The possible forms of an answer."""

Term = ox.NamedNode | ox.Literal
"""The possible values of a bound variable."""


class Endpoint(Protocol):
    """A SPARQL endpoint: an open Oxigraph store, or a server (`kg.store.server.client.SparqlClient`)."""

    def query(
        self, query: str, *, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer to `query`, which may use `prefixes`."""


VALUES_HERE = "# @values\n"
"""Comment of a query that stands for the row of values of its bound variables, such as in a sub-select."""

_OPENING = re.compile(r"(?:#[^\n]*|<[^<>\s{}]*>|\"[^\"\n]*\"|'[^'\n]*'|[^{#<\"'])*?\{")


def select(graph: Endpoint, query: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
    """Return the solutions of the SELECT `query`, which may use the prefixes of `kg.terms.PREFIXES`.

    Raises:
        TypeError: `query` is not a SELECT.
    """
    return _solutions(_of_form(graph, _answer(graph, bound(query, bindings or {})), ox.QuerySolutions))


def select_in_all(graph: ox.Store, query: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
    """Return the solutions of the SELECT `query` with the union of all graphs as the default graph.

    A triple counts once for each graph that contains it. This is for unmerged graphs; a server does not support it.

    Raises:
        TypeError: `query` is not a SELECT.
    """
    text = bound(query, bindings or {})
    refuse_service(text, PREFIXES)
    return _solutions(graph.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True))


def ask(graph: Endpoint, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
    """Return the answer of the ASK `query`."""
    return bool(_of_form(graph, _answer(graph, bound(query, bindings or {})), ox.QueryBoolean))


def _of_form(graph: Endpoint, answer: Answer, form: type) -> Answer:
    """Return `answer`, after checking that a server answers in the form of the query."""
    if not isinstance(answer, form) and not isinstance(graph, ox.Store):
        raise StoreError("the server answers in another form than the query has; check its address")
    return answer


def count(graph: Endpoint, pattern: str) -> int:
    """Return the number of solutions of `pattern`; counting in Python would take twenty times as long."""
    return int(next(select(graph, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["n"].value)


def refusal(message: str) -> Text:
    """Return the error message for a query that Oxigraph rejects with `message`, with its line and column if known."""
    match = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if match is None:
        if message == SERVICE_REFUSED.en:
            return SERVICE_REFUSED
        return Message("the query is refused: {reason}", reason=message)
    sentences = [part for part in match[3].split(", ") if re.match(r"[A-Z][a-z]* ", part)]
    detail = sentences[0] if sentences else Message("the text there is not SPARQL 1.1")
    return Message(
        "the query does not parse at line {line}, column {column}: {reason}",
        line=match[1],
        column=match[2],
        reason=detail,
    )


def _solutions(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> ox.QuerySolutions:
    if not isinstance(result, ox.QuerySolutions):
        raise TypeError("only a SELECT returns solutions")
    return result


def _answer(graph: Endpoint, query: str) -> Answer:
    refuse_service(query, PREFIXES)
    return graph.query(query, prefixes=dict(PREFIXES))


def bound(query: str, bindings: Mapping[str, Term]) -> str:
    """Return `query`, a SELECT or an ASK, with a row of values before the pattern of its outermost group.

    Each variable of `bindings` has one value in that group, including its direct OPTIONALs and FILTERs, and none inside
    sub-selects, unless the comment `VALUES_HERE` is in them. Without bindings the query is valid SPARQL.

    Raises:
        ValueError: `query` has no group.
    """
    if not bindings:
        return query
    opening = _OPENING.match(query)
    if opening is None:
        raise ValueError("the query has no group in which a variable could be bound")
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(str(term) for term in bindings.values())
    row = f" VALUES ({names}) {{ ({values}) }} "
    return query[: opening.end()] + row + query[opening.end() :].replace(VALUES_HERE, row)
