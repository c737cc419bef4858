"""Tasks of a worker process that run a user's query: parsing, checks, execution and the reading of the answer.

The module imports as little as possible, because a query waits for the imports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.rdf import dataset_clause
from kg.rdf.service_guard import refuse_service
from kg.store import query_result

if TYPE_CHECKING:
    from collections.abc import Iterator

_stores: dict[str, ox.Store] = {}
"""The open generation, which is immutable: at most one, because a view has workers of its own."""


def on_disk(store: str, query: str, prefixes: dict[str, str], max_rows: int) -> Iterator[bytes]:
    """Yield the answer of the Oxigraph store at the path `store`.

    Raises:
        QueryError: the query is refused.
        StoreError: the store is damaged.
    """
    try:
        yield from query_result.parts(checked(opened(store), query, prefixes), max_rows)
    except SyntaxError as error:
        raise refused(query, prefixes, error) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a file that RocksDB calls corrupt, or an unknown function
        if "function" in str(error):
            raise refused(query, prefixes, error) from error
        from kg.store.inventory import RESTORE  # noqa: PLC0415 - an answer requires no remedy

        raise StoreError("the statements are damaged ({error}); {remedy}", error=error, remedy=RESTORE) from error


def opened(store: str) -> ox.Store:
    """Return the Oxigraph store at the path `store`, which remains open for the next query.

    Raises:
        OSError: it cannot be opened.
        RuntimeError: it is damaged.
    """
    if store not in _stores:
        _stores.clear()
        _stores[store] = ox.Store.read_only(store)
    return _stores[store]


def checked(
    graph: ox.Store, query: str, prefixes: dict[str, str], base: str | None = None, **dataset: list[ox.NamedNode]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer of `graph` to a query that calls no server and names no graph that is missing.

    Args:
        graph: the store.
        query: the query.
        prefixes: the predefined prefixes.
        base: the address that relative IRIs are resolved against, if any.
        dataset: graphs that a protocol selects instead of FROM: ``default_graph`` and ``named_graphs``, if any.

    Raises:
        QueryError: the query is refused.
        SyntaxError: the query does not parse.
        RuntimeError: the query calls an unknown function.
    """
    refuse_service(query, prefixes, base)
    for iri in () if dataset else dataset_clause.graphs(query, prefixes, base):
        if not graph.contains_named_graph(ox.NamedNode(iri)):
            raise _no_such_graph(iri)
    return graph.query(query, prefixes=prefixes, base_iri=base, **dataset)  # type: ignore[arg-type]  # two lists only


def on_server(
    address: dict[str, Any], query: str, prefixes: dict[str, str], limits: tuple[float, int], max_rows: int
) -> Iterator[bytes]:
    """Yield the answer of a server.

    Args:
        address: the fields of a `kg.settings.Address`.
        query: the query.
        prefixes: the predefined prefixes.
        limits: seconds for the answer, and its size in bytes.
        max_rows: number of rows after which the answer is truncated.

    Raises:
        QueryError: the query is refused, here or by the server.
        LimitError: the answer takes too long.
        StoreError: the server cannot answer.
    """
    from kg.settings import Address  # noqa: PLC0415 - a store on disk requires neither
    from kg.store.server.client import SparqlClient, declared  # noqa: PLC0415

    client = SparqlClient(Address(**address), *limits)
    try:
        for text in {query, _unescaped(query)}:  # servers differ in when they decode escapes
            refuse_service(text, prefixes)
            ox.Store().query(text, prefixes=prefixes)
            for iri in dataset_clause.graphs(text, prefixes):
                if not client.query(f"ASK {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}"):
                    raise _no_such_graph(iri)
            ox.Store().query(dataset_clause.without_dataset_clauses(text), prefixes=prefixes)
    except (SyntaxError, ValueError, RuntimeError) as error:  # RuntimeError: an unknown function
        raise refused(query, prefixes, error) from error
    yield from client.answer(declared(query, prefixes), max_rows)


_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def _unescaped(query: str) -> str:
    """Return `query` with the code point escapes of SPARQL decoded.

    Raises:
        ValueError: an escape encodes no character.
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query)


def _no_such_graph(iri: str) -> QueryError:
    return QueryError("FROM <{iri}> is refused: the store has no such graph, and nothing is fetched", iri=iri)


def refused(query: str, prefixes: dict[str, str], error: Exception) -> QueryError:
    """Return the error for a query that Oxigraph refused with `error`."""
    from kg.rdf.syntax_errors import explain  # noqa: PLC0415 - takes 0.2 s, and only wrong queries need it

    return QueryError(explain(query, prefixes, str(error)))
