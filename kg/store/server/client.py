"""The SPARQL 1.1 Protocol and the Graph Store Protocol: a server that is asked as an open Oxigraph store is.

What a server sends is not trusted: its kind is checked, it goes into a temporary file while it comes
(`kg.store.server.result_buffer`), and nobody sees any of it before it is whole. JSON is what every server speaks, and
what tells by itself that it is whole.
"""

from __future__ import annotations

import time
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import LimitError, QueryError, StoreError
from kg.rdf.sparql import refusal
from kg.store.query_result import TRIPLE, encode, encode_rows
from kg.store.server.http import HttpClient, Request
from kg.store.server.result_buffer import ResultBuffer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.settings import Address
    from kg.store.query_result import QueryResult

PATIENCE = 3600.0
"""Seconds that a server may take for a request of our own."""

MAX_BYTES = 8 << 30
"""Bytes that an answer to a query of our own may have."""

_QUERY, _UPDATE, _GRAPH = "application/sparql-query", "application/sparql-update", "application/n-triples"
_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = ("application/n-triples", "text/turtle")
_JSON = ox.QueryResultsFormat.JSON
_SUSPECT = 1000
"""Rows from which on an answer may have been cut: some servers cut theirs without a word."""


class SparqlClient:
    """A SPARQL 1.1 server; a `kg.rdf.sparql.Endpoint`.

    Attributes:
        name: its address, as people are shown it.
    """

    def __init__(self, address: Address, patience: float = PATIENCE, max_bytes: int = MAX_BYTES) -> None:
        """A server at `address`, which nobody has called yet."""
        self.name = address.query
        self._update, self._graphs = address.update, address.graphs
        self._http = HttpClient(address)
        self._patience, self._max_bytes = patience, max_bytes
        self._uncut = _SUSPECT

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def query(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions | ox.QueryBoolean:
        """The whole answer to a SELECT or ASK of our own.

        Where the server turns out to cut its answers, they are asked for page by page.

        Raises:
            LimitError: it takes too long.
            StoreError: the server cannot be reached, refuses, or does not answer as SPARQL servers do.
        """
        text = declared(query, prefixes or {})
        buffer = ResultBuffer()
        try:
            truth_value = self._page(text, buffer)
            if truth_value is not None:
                return truth_value
            if buffer.rows >= self._uncut:
                self._uncut = buffer.rows  # no answer that is shorter can have been cut
                self._complete(text, buffer)
        except QueryError as error:
            raise StoreError(f"{self.name}: the server refuses a query of kg: {error}") from error
        return buffer.solutions()

    def _page(self, text: str, buffer: ResultBuffer) -> ox.QueryBoolean | None:
        """Add the rows of an answer to `buffer`; the truth value of an answer that has one."""
        before = buffer.rows

        def read(body: IO[bytes], _: str) -> ox.QueryBoolean | None:
            buffer.truncate(before)  # what came of a try that failed
            found = ox.parse_query_results(body, format=_JSON)
            if isinstance(found, ox.QueryBoolean):
                return found
            buffer.append(found)
            return None

        request = Request(self.name, text, _QUERY, (_SOLUTIONS,), time.monotonic() + self._patience, self._max_bytes)
        return self._http.post(request, read)

    def _complete(self, text: str, buffer: ResultBuffer) -> None:
        """Fetch what the server kept back, in pages of as many rows as it gave."""
        size, more = buffer.rows, ResultBuffer()
        self._page(f"{text}\nLIMIT 1 OFFSET {size}", more)
        if not more.rows:
            return
        ordered = text if "ORDER BY" in text else f"{text}\nORDER BY {' '.join(buffer.columns)}"
        buffer.truncate(0)
        full = True
        while full:
            before = buffer.rows
            self._page(f"{ordered}\nLIMIT {size} OFFSET {before}", buffer)
            full = buffer.rows - before == size

    def answer(self, text: str, timeout: float, max_rows: int, max_bytes: int) -> QueryResult:
        """Run the query `text` of a user, of any form.

        Raises:
            LimitError: the query takes more than `timeout` seconds; the connection is closed.
            QueryError: the server rejects the query.
            StoreError: as for `query`, or the response has more than `max_bytes` bytes.
        """

        def read(body: IO[bytes], media: str) -> QueryResult:
            if media == _SOLUTIONS:
                return encode(ox.parse_query_results(body, format=_JSON), max_rows)
            quads = ox.parse(body, format=ox.RdfFormat.from_media_type(media))
            return encode_rows(TRIPLE, (quad.triple for quad in quads), max_rows)

        request = Request(self.name, text, _QUERY, (_SOLUTIONS, *_TRIPLES), time.monotonic() + timeout, max_bytes)
        try:
            return self._http.post(request, read)
        except LimitError as error:
            raise LimitError(
                f"the query took more than {timeout:g} seconds and the connection was ended, though the server may "
                "still be at work on it; ask for less, or raise --timeout"
            ) from error
        except QueryError as error:
            raise QueryError(refusal(str(error))) from error

    def update(self, text: str, *, idempotent: bool = True) -> None:
        """Carry out the update `text`; with `idempotent`, it changes nothing more when it is carried out twice.

        Raises:
            LimitError: it takes too long.
            StoreError: it is refused, or nobody knows whether it was carried out.
        """
        self._change(self._update, text, _UPDATE, idempotent=idempotent)

    @property
    def takes_graphs(self) -> bool:
        """Whether the server is to be given graphs by the Graph Store Protocol (`add`)."""
        return self._graphs is not None

    def add(self, graph: str, lines: str) -> None:
        """Add the N-Triples `lines`, which have no blank node, to the graph of that IRI by the Graph Store Protocol.

        Raises:
            LimitError: it takes too long.
            StoreError: it is refused, or nobody knows whether it was carried out.
        """
        self._change(f"{self._graphs}?graph={quote(graph, safe='')}", lines, _GRAPH, idempotent=True)

    def _change(self, url: str, text: str, kind: str, *, idempotent: bool) -> None:
        deadline = time.monotonic() + self._patience
        request = Request(url, text, kind, (), deadline, self._max_bytes, idempotent=idempotent)
        try:
            self._http.post(request, lambda body, _: body.read())
        except QueryError as error:
            raise StoreError(f"{url}: the server refuses what kg sends: {error}") from error


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """`query` with those of `prefixes` declared that it may use; its lines keep their numbers."""
    used = (f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if f"{name}:" in query)
    return "".join(used) + query
