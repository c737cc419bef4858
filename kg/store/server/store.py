"""A SPARQL 1.1 server as the store: viewed as a generation on disk is, and built by `kg.store.server.staged_load`."""

from __future__ import annotations

import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import Error, QueryError, StoreError
from kg.rdf import sparql
from kg.rdf.service_guard import refuse_service
from kg.store.server import staged_load
from kg.store.server.client import SparqlClient, declared
from kg.store.view import Limits, Size, View
from kg.store.writer import StoreWriter
from kg.terms import HX, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.settings import Address
    from kg.store.query_result import QueryResult

_COUNT = "SELECT (COUNT(*) AS ?n) { %s }"
_STATED = f"""GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{ONTOLOGY_GRAPH}> && !STRSTARTS(STR(?g), "{staged_load.NAME}"))"""
# The default graph of a server must be the merge of all others, with each statement once (docs/decisions/0006).
_GROUPED = """SELECT ?none ?least {
  { SELECT ?none (MIN(?o) AS ?least) { ?none <urn:x-kg:nothing> ?o } GROUP BY ?none }
  UNION { SELECT (MIN(COALESCE(?a, ?b)) AS ?least) { BIND(1 AS ?one) } GROUP BY ?one } }"""
"""One row with nothing in it: of nothing there is no group, and what cannot be told is not bound."""

_CLASS = f"<{HX.Link}> a <http://www.w3.org/2002/07/owl#Class>"
_APART = f"ASK {{ GRAPH <{ONTOLOGY_GRAPH}> {{ {_CLASS} }} }}"
_UNMERGED = """ASK { { SELECT ?s ?p ?o { ?e a hx:Evidence GRAPH ?e { ?s ?p ?o } } LIMIT 100 }
  FILTER NOT EXISTS { ?s ?p ?o } }"""
_TWICE = """SELECT (COUNT(*) AS ?n) { { SELECT ?s ?p ?o {
  GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(?a != ?b) } LIMIT 1 } ?s ?p ?o }"""


class ServerView(View):
    """What a server holds now.

    Attributes:
        graph: the server.
    """

    graph: SparqlClient

    def __init__(self, server: SparqlClient) -> None:
        """A view of `server`.

        Raises:
            StoreError: it cannot be reached, holds nothing of ours, or would answer wrongly.
        """
        self.graph = server
        try:
            _capable(server)
            _fitting(self)
        except Error:
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        self.graph.close()

    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` on the server, once Oxigraph has parsed it; see `View`."""
        try:
            refuse_service(text, PREFIXES)
            ox.Store().query(text, prefixes=dict(PREFIXES))  # gives the same errors as a store on disk
        except (SyntaxError, QueryError, RuntimeError) as error:  # RuntimeError: an unknown function
            raise QueryError(sparql.refusal(str(error))) from error
        return self.graph.answer(declared(text, PREFIXES), *limits)

    def derived_files(self) -> None:
        """Return `None`: a server holds no derived files."""

    @property
    def name(self) -> str:
        """The address of the server, for messages."""
        return self.graph.name

    def size(self) -> Size:
        """What the server holds, counted by it."""
        derived = _members(self, HX.Derivation)  # a statement each
        stated = self.count(_STATED)
        classes = (HX.Organisation, HX.Link, HX.Evidence, HX.Source)
        return Size(stated - derived, *(_members(self, term) for term in classes))

    def count(self, pattern: str) -> int:
        """How many solutions `pattern` has."""
        return int(next(self.select(_COUNT % pattern))["n"].value)


def _members(view: ServerView, term: str) -> int:
    return view.count(f"?s a <{term}>")


def _capable(server: SparqlClient) -> None:
    """Refuse a server that gets wrong what our queries rest on, as its answers would be wrong without a word."""
    if [tuple(row) for row in sparql.select(server, _GROUPED)] != [(None, None)]:
        raise StoreError(
            f"{server.name}: the server does not group as SPARQL 1.1 says, so that its answers would be wrong; name "
            "another server"
        )


def _fitting(view: ServerView) -> None:
    """Refuse a server whose default graph is not the merge of the others, each statement once."""
    name = view.graph.name
    found = view.count(_CLASS)
    if not found and not view.ask(_APART):
        raise StoreError(f"{name}: the server holds no Helix KG; run kg build first, or name another by --store")
    if not found or view.ask(_UNMERGED):
        raise StoreError(
            f"{name}: the server's default graph lacks what its named graphs say, so that questions would miss it; run "
            "kg build, or load merged.ttl of a snapshot (kg export) too"
        )
    if found > 1 or int(next(view.select(_TWICE))["n"].value) > 1:
        raise StoreError(
            f"{name}: the server repeats a statement for each graph that makes it, so that every count would be wrong; "
            "turn its union default graph off, or name another server"
        )


class ServerStore:
    """A server that is the store; used as `kg.store.local.Store` is."""

    def __init__(self, address: Address) -> None:
        """The store at `address`, which nobody has called yet."""
        self._address = address

    def view(self) -> ServerView:
        """What the server holds now.

        Raises:
            StoreError: it cannot be reached, holds nothing of ours, or would answer wrongly.
        """
        return ServerView(SparqlClient(self._address))

    @contextmanager
    def writer(self) -> Iterator[StoreWriter]:
        """A new state, made on this machine; `commit` it before the block ends, or it is thrown away.

        Raises:
            StoreError: the server cannot be reached, would answer wrongly, or holds graphs that are not ours.
        """
        server = SparqlClient(self._address)
        try:
            _capable(server)
            staged_load.check(server)
        finally:
            server.close()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            writer = StoreWriter(Path(folder))
            try:
                yield writer
            finally:
                writer.close()

    def commit(self, writer: StoreWriter) -> None:
        """Load `draft`, which is finished, and put it in the place of what the server holds.

        Raises:
            StoreError: the server refuses a step, or another build took over; what it held stays as it was.
        """
        server = SparqlClient(self._address)
        try:
            staged_load.replace(server, ox.Store.read_only(str(writer.path / "oxigraph")), uuid.uuid4().hex)
        finally:
            server.close()
