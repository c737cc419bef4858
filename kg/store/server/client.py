"""Client of the SPARQL 1.1 Protocol and the Graph Store Protocol, with the query method of an Oxigraph store.

Responses are not trusted: the media type is checked, and rows are buffered (`kg.store.server.result_buffer`) until the
response is complete. Results are requested as JSON, because every server supports it and truncation is detectable.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import LimitError, QueryError, StoreError
from kg.rdf.sparql import refusal
from kg.store.query_result import TRIPLE, parts, row_parts
from kg.store.server.http import HttpClient, Request
from kg.store.server.result_buffer import ResultBuffer
from kg.store.server.retries import PAUSES, UPLOAD_PAUSES, TransientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.settings import Address

TIMEOUT = 3600.0
"""Seconds that a server may take for an internal request."""

MAX_BYTES = 8 << 30
"""Size limit of the response to an internal query, in bytes."""

_QUERY, _UPDATE, _GRAPH = "application/sparql-query", "application/sparql-update", "application/n-triples"
_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = ("application/n-triples", "text/turtle")
_JSON = ox.QueryResultsFormat.JSON
_ENDS_WITH_ORDER = re.compile(r"\bORDER BY\b[^}]*$")
_MIN_ROW_LIMIT = 1000
"""Number of rows from which a response may have been cut: some servers limit rows without a message."""


class SparqlClient:
    """A SPARQL 1.1 server; a `kg.rdf.sparql.Endpoint`.

    Attributes:
        address: the addresses and the credentials.
        name: the address for queries, for messages.
    """

    def __init__(
        self,
        address: Address,
        timeout: float = TIMEOUT,
        max_bytes: int = MAX_BYTES,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        """Create a client for the server at `address`, without connecting.

        Args:
            address: the server.
            timeout: seconds for each request.
            max_bytes: size limit of a response.
            pauses: seconds before each further attempt of a query.
        """
        self.address, self.name = address, address.query
        self._update, self._graphs = address.update, address.graphs
        self._http = HttpClient(address)
        self._timeout, self._max_bytes, self._pauses = timeout, max_bytes, pauses
        self._uncut = _MIN_ROW_LIMIT

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def query(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return the complete result of an internal SELECT or ASK.

        If the server cuts results, or the connection breaks repeatedly during a long one, it is read page by page.

        Raises:
            LimitError: the query takes too long.
            StoreError: the server cannot be reached, refuses, or does not reply as SPARQL servers do.
        """
        text = declared(query, prefixes or {})
        buffer = ResultBuffer()
        try:
            truth_value = self._page(text, buffer)
            if truth_value is not None:
                return truth_value
            if buffer.rows >= self._uncut:
                self._uncut = buffer.rows  # a shorter response cannot have been cut
                self._complete(text, buffer)
        except LimitError:
            raise
        except QueryError as error:
            raise StoreError(
                "{name}: the server refuses a query of kg: {error}", name=self.name, error=error
            ) from error
        except TransientError:
            if buffer.received < _MIN_ROW_LIMIT:
                raise
            self._in_pages(text, buffer, buffer.received // 2)
        return buffer.solutions()

    def _page(self, text: str, buffer: ResultBuffer) -> ox.QueryBoolean | None:
        """Append the rows of a response to `buffer`; return a boolean result."""
        before = buffer.rows

        def read(body: IO[bytes], _: str) -> ox.QueryBoolean | None:
            buffer.truncate(before)  # drop the rows of a failed attempt
            with _long_values(self.name):
                results = ox.parse_query_results(body, format=_JSON)
                if isinstance(results, ox.QueryBoolean):
                    return results
                buffer.append(results)
            return None

        deadline = time.monotonic() + self._timeout
        request = Request(self.name, text, _QUERY, (_SOLUTIONS,), deadline, self._max_bytes, self._pauses)
        return self._http.post(request, read)

    def _complete(self, text: str, buffer: ResultBuffer) -> None:
        """Fetch the rows that the server cut, in pages of the same size."""
        size, more = buffer.rows, ResultBuffer()
        self._page(f"{text}\nLIMIT 1 OFFSET {size}", more)
        if more.rows:
            self._in_pages(text, buffer, size)

    def _in_pages(self, text: str, buffer: ResultBuffer, size: int) -> None:
        """Fetch all rows in pages of `size`, in a total order; pages become smaller while the connection breaks.

        The order of pages is stable as long as nothing is written to the server.
        """
        buffer.truncate(0)
        ordered, full = _in_total_order(text, buffer.columns), True
        while full:
            before = buffer.rows
            try:
                self._page(f"{ordered}\nLIMIT {size} OFFSET {before}", buffer)
            except TransientError:
                size //= 2
                if size < _MIN_ROW_LIMIT // 2:
                    raise
                buffer.truncate(before)
            else:
                full = buffer.rows - before == size

    def answer(self, text: str, max_rows: int) -> list[bytes]:
        """Run the query `text` of a user, of any form, and return the parts of a `QueryResult`.

        Raises:
            LimitError: the query takes too long; the connection is closed.
            QueryError: the server rejects the query.
            StoreError: as for `query`, or the response is too large.
        """

        def read(body: IO[bytes], media: str) -> list[bytes]:
            with _long_values(self.name):
                if media == _SOLUTIONS:
                    return list(parts(ox.parse_query_results(body, format=_JSON), max_rows))
                quads = ox.parse(body, format=ox.RdfFormat.from_media_type(media))
                return list(row_parts(TRIPLE, (quad.triple for quad in quads), max_rows))

        deadline = time.monotonic() + self._timeout
        request = Request(self.name, text, _QUERY, (_SOLUTIONS, *_TRIPLES), deadline, self._max_bytes)
        try:
            return self._http.post(request, read)
        except LimitError as error:
            raise LimitError(
                "the query took more than {_timeout:g} seconds and the connection was closed, though the server may "
                "still be running it; narrow the query, or raise --timeout",
                _timeout=self._timeout,
            ) from error
        except QueryError as error:
            raise QueryError(refusal(str(error))) from error

    def update(self, text: str) -> None:
        """Run the update `text`, which must be idempotent because it is repeated after a failure.

        Raises:
            LimitError: the update takes too long.
            StoreError: the server refuses the update, or its outcome is unknown.
        """
        self._change(self._update, text, _UPDATE)

    @property
    def has_graph_store(self) -> bool:
        """True if graphs are uploaded with the Graph Store Protocol (`add_to_graph`)."""
        return self._graphs is not None

    def add_to_graph(self, graph: str, lines: str) -> None:
        """Add N-Triples `lines` without blank nodes to the graph of that IRI with the Graph Store Protocol.

        Raises:
            LimitError: the upload takes too long.
            StoreError: the server refuses the upload, or its outcome is unknown.
        """
        self._change(f"{self._graphs}?graph={quote(graph, safe='')}", lines, _GRAPH)

    def _change(self, url: str, text: str, content_type: str) -> None:
        deadline = time.monotonic() + self._timeout
        request = Request(url, text, content_type, (), deadline, self._max_bytes, UPLOAD_PAUSES)
        try:
            self._http.post(request, lambda body, _: body.read())
        except LimitError:
            raise
        except QueryError as error:
            raise StoreError("{url}: the server refuses a request of kg: {error}", url=url, error=error) from error


@contextmanager
def _long_values(name: str) -> Iterator[None]:
    """Turn the error of Oxigraph for a value of more than 16 MB into an error of the server `name`."""
    try:
        yield
    except MemoryError as error:
        if not error.args:  # the memory of this process is used up
            raise
        raise StoreError(
            "{name}: the response contains a value of more than 16 MB; narrow the query", name=name
        ) from error


def _in_total_order(text: str, columns: list[str]) -> str:
    """Return the query `text` with an order in which only equal rows have equal places."""
    places = " ".join(columns)
    return f"{text} {places}" if _ENDS_WITH_ORDER.search(text) else f"{text}\nORDER BY {places}"


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """Return `query` with the used `prefixes` declared; its lines keep their numbers."""
    used = (f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if f"{name}:" in query)
    return "".join(used) + query
