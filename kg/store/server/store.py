"""Store on a SPARQL 1.1 server, written by `kg.store.server.staged_load`."""

from __future__ import annotations

import shutil
import uuid
from contextlib import closing, contextmanager
from dataclasses import asdict
from hashlib import blake2b
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import Error, StoreError
from kg.files import cache_folder, temporary_folder
from kg.rdf import sparql
from kg.store import sandbox
from kg.store.base import Store
from kg.store.server import staged_load, visible, working_copy
from kg.store.server.client import TIMEOUT, SparqlClient
from kg.store.server.retries import UPLOAD_PAUSES
from kg.store.view import Size, View, folder_of, size_of
from kg.store.writer import StoreWriter
from kg.terms import HX, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.settings import Address
    from kg.store.query_result import QueryResult
    from kg.store.sandbox import Limits

_IN_EVIDENCE = visible.statements(f"?g != <{ONTOLOGY_GRAPH}> && {visible.VISIBLE}")

# The default graph of a server must be the merge of all others, with each statement once (docs/decisions/0006).
_GROUPED = """SELECT ?none ?least {
  { SELECT ?none (MIN(?o) AS ?least) { ?none <urn:x-kg:nothing> ?o } GROUP BY ?none }
  UNION { SELECT (MIN(COALESCE(?a, ?b)) AS ?least) { BIND(1 AS ?one) } GROUP BY ?one } }"""
"""One row without a value: an empty group by a variable has no row, and an error in MIN leaves it unbound."""

_CLASS = f"<{HX.Link}> a <http://www.w3.org/2002/07/owl#Class>"
_UNMERGED_ONTOLOGY = f"ASK {{ GRAPH <{ONTOLOGY_GRAPH}> {{ {_CLASS} }} }}"
_UNMERGED = """ASK { { SELECT ?s ?p ?o { ?e a hx:Evidence GRAPH ?e { ?s ?p ?o } } LIMIT 100 }
  FILTER NOT EXISTS { ?s ?p ?o } }"""
_ANY_EVIDENCE = "ASK { ?e a hx:Evidence }"
_IN_TWO_GRAPHS = """{ SELECT ?s ?p ?o {
  GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(?a != ?b) } LIMIT 1 } ?s ?p ?o"""


class ServerView(View):
    """The present content of a server.

    Attributes:
        graph: the client of the server.
    """

    graph: SparqlClient

    def __init__(self, server: SparqlClient) -> None:
        """Check `server` and view it.

        Raises:
            StoreError: the server cannot be reached, contains no Helix KG, or would answer wrongly.
        """
        super().__init__()
        self.graph = server
        try:
            _check_grouping(server)
            _check_merge(self)
        except Error:
            self.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        super().close()
        self.graph.close()

    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` on the server, once Oxigraph has parsed it in a worker process; see `View`."""
        arguments = {
            "address": asdict(self.graph.address),
            "query": text,
            "prefixes": dict(PREFIXES),
            "limits": (limits.timeout, limits.size),
        }
        return sandbox.run(self.workers, "on_server", arguments, limits)

    def derived_files(self) -> None:
        """Return `None`: a server contains no derived files."""

    @property
    def name(self) -> str:
        """The address of the server, for messages."""
        return self.graph.name

    def size(self) -> Size:
        """Return the size of the content, which the server counts."""
        return size_of(self.graph, sparql.count(self.graph, _IN_EVIDENCE))


def _check_grouping(server: SparqlClient) -> None:
    """Raise an error if the server groups differently from SPARQL 1.1, because its results would be wrong."""
    if [tuple(row) for row in sparql.select(server, _GROUPED)] != [(None, None)]:
        raise StoreError(
            "{name}: the server does not group as SPARQL 1.1 defines, so its results would be wrong; use another "
            "server",
            name=server.name,
        )


def _check_merge(view: ServerView) -> None:
    """Raise an error if the default graph of the server is not the merge of the others, each statement once."""
    name = view.graph.name
    classes = sparql.count(view.graph, _CLASS)
    if not classes and not view.ask(_UNMERGED_ONTOLOGY):
        raise StoreError(
            "{name}: the server contains no Helix KG; run kg build first, or choose another with --store", name=name
        )
    if not classes or view.ask(_UNMERGED):
        raise StoreError(
            "{name}: the server's default graph lacks statements of its named graphs, so results would be incomplete; "
            "run kg build, or load merged.ttl of a snapshot (kg export) too",
            name=name,
        )
    if classes > 1 or sparql.count(view.graph, _IN_TWO_GRAPHS) > 1:
        raise StoreError(
            "{name}: the server repeats a statement for each graph that contains it, so all counts would be wrong; "
            "turn off its union default graph, or use another server",
            name=name,
        )


class ServerStore(Store):
    """A store on a SPARQL server."""

    def __init__(self, address: Address, timeout: float = TIMEOUT) -> None:
        """Create a handle of the store at `address`, without connecting; `timeout` limits each request, in seconds."""
        self._address, self._timeout = address, timeout
        self._build = ""

    @property
    def name(self) -> str:
        """The address of the server, for messages."""
        return self._address.query

    def view(self) -> ServerView:
        """View the present content of the server.

        Raises:
            StoreError: the server cannot be reached, contains no Helix KG, or would answer wrongly.
        """
        return ServerView(SparqlClient(self._address, self._timeout))

    def present(self) -> ServerView | None:
        """View the present content of the server, or return ``None`` if it contains no evidence.

        Raises:
            StoreError: the server cannot be reached, or would answer wrongly.
        """
        with closing(SparqlClient(self._address)) as server:
            if not sparql.ask(server, _ANY_EVIDENCE):
                return None
        return self.view()

    @contextmanager
    def writer(self) -> Iterator[StoreWriter]:
        """Write a new state on this machine; `commit` it before the block ends, or it is deleted.

        Raises:
            StoreError: the server cannot be reached, would answer wrongly, or contains foreign graphs.
        """
        with self._writing(), temporary_folder() as folder:
            writer = StoreWriter(folder)
            try:
                yield writer
            finally:
                writer.close()

    @contextmanager
    def resume(self, work: str) -> Iterator[StoreWriter]:
        """Amend the content of the server in a copy on this machine that survives the process until it is committed.

        The same `work` continues after its last checkpoint if the content of the server is the same as before.

        Raises:
            StoreError: as for `writer`; or another process on this machine writes to the server.
        """
        folder = cache_folder("servers") / blake2b(self.name.encode(), digest_size=8).hexdigest()
        with self._writing() as server:
            copy = working_copy.prepare(server, folder)
            with copy.resume(work) as writer:
                yield writer
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[SparqlClient]:
        """Mark the server during the block, so that a concurrent writer that began earlier changes nothing."""
        with closing(SparqlClient(self._address)) as server:
            _check_grouping(server)
            staged_load.check(server)
            self._build = uuid.uuid4().hex
            staged_load.begin(server, self._build)
            try:
                yield server
            finally:
                if self._build:
                    staged_load.end(server, self._build)

    def commit(self, writer: StoreWriter) -> None:
        """Load the finished state of `writer` and replace the content of the server by it.

        Internal evidence stays on this machine, because everybody who can query the server would see it.

        Raises:
            StoreError: the server refuses a step, or another writer took over; the old state remains.
        """
        public = folder_of(writer.path, internal=False)
        with closing(SparqlClient(self._address, pauses=UPLOAD_PAUSES)) as server:
            staged_load.load(server, ox.Store.read_only(str(public / "oxigraph")), self._build)
        self._build = ""
