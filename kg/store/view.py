"""Read-only views of a store: a generation on disk, or a server (`kg.store.server.store`)."""

from __future__ import annotations

import fcntl
import json
from abc import ABC, abstractmethod
from typing import IO, TYPE_CHECKING, NamedTuple, Self

import pyoxigraph as ox

from kg.errors import StoreError, reason
from kg.rdf import sparql
from kg.store import sandbox
from kg.terms import ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rdflib import Dataset

    from kg.rdf.sparql import Endpoint, Term
    from kg.store.query_result import QueryResult


class Size(NamedTuple):
    """What a view holds: quads in evidence graphs, actors, links, pieces of evidence and sources."""

    statements: int
    actors: int
    links: int
    evidence: int
    sources: int


class Limits(NamedTuple):
    """Where a query from outside ends: seconds, rows, and bytes of memory."""

    timeout: float
    rows: int
    memory: int


class View(ABC):
    """What commands ask; the same questions have the same answers wherever the statements are.

    Attributes:
        graph: the endpoint that answers our own queries.
    """

    graph: Endpoint

    @property
    @abstractmethod
    def name(self) -> str:
        """The path or the address of the view, for messages."""

    def __enter__(self) -> Self:
        """The view itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is asked; the view is of no use afterwards."""

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Solutions of the SELECT `query`: the fast road, without a time limit, for queries of our own.

        The prefixes of `kg.terms.PREFIXES` are known; `bindings` gives values to variables (`kg.rdf.sparql.bound`).
        `kg.query.run` is the road for queries that come from outside.

        Raises:
            TypeError: `query` is no SELECT.
        """
        return sparql.select(self.graph, query, bindings)

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Whether the ASK `query` holds."""
        return sparql.ask(self.graph, query, bindings)

    @abstractmethod
    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` of a user, which `kg.query.run` has checked, within `limits`.

        Raises:
            QueryError: the query is refused.
            LimitError: the query exceeds the limit of time or memory.
            StoreError: the store is damaged, or the server cannot answer.
        """

    @abstractmethod
    def derived_files(self) -> Path | None:
        """Return the folder of files that the build derived from this view; `None` if the view is of a server."""

    @abstractmethod
    def size(self) -> Size:
        """How much there is.

        Raises:
            StoreError: nobody can tell.
        """


class Snapshot(View):
    """One generation of a store on disk.

    Attributes:
        path: folder of the generation.
        graph: the open Oxigraph store; opened read-only, so that writing raises.
    """

    graph: ox.Store

    def __init__(self, path: Path) -> None:
        """Open the generation at `path` and hold it against removal until `close`.

        Raises:
            StoreError: it is not there or cannot be read.
        """
        self.path = path
        self._hold: IO[bytes] | None = None
        try:
            self._hold = (path / "readers").open("rb")
            fcntl.flock(self._hold, fcntl.LOCK_SH)
            self.graph = ox.Store.read_only(str(path / "oxigraph"))
        except (OSError, RuntimeError) as error:  # RuntimeError: files that RocksDB calls corrupt
            self.close()
            raise StoreError(
                f"{path}: this generation of the store cannot be read ({reason(error)}); run kg build again"
            ) from error

    def close(self) -> None:
        """Let go of the generation."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None

    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` in a subprocess, which can be ended; see `View`."""
        request = {
            "store": str(self.path / "oxigraph"),
            "query": text,
            "prefixes": dict(PREFIXES),
            "max_rows": limits.rows,
        }
        return sandbox.run(request, limits.timeout, limits.memory)

    def dataset(self) -> Dataset:
        """An rdflib `Dataset` over the same generation, for whoever lives in rdflib.

        Its default graph is the union of all graphs, each triple once. `Dataset.query` takes the text of a query and
        answers it by Oxigraph: `FROM` and `FROM NAMED` choose among the graphs of the store, and nothing is fetched.
        (With ``use_store_provided=False`` rdflib runs the query itself, and fetches what it names.)
        """
        from kg.store.rdflib_dataset import dataset  # noqa: PLC0415 - 0.1 s that only those pay who live in rdflib

        return dataset(self.graph)

    def derived_files(self) -> Path:
        """Return the folder of this generation."""
        return self.path

    @property
    def name(self) -> str:
        """The path of the generation, for messages."""
        return str(self.path)

    def size(self) -> Size:
        """What went into this generation.

        Raises:
            StoreError: its manifest is missing or damaged.
        """
        try:
            return Size(**json.loads((self.path / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(
                f"{self.path}: the manifest cannot be read ({reason(error)}); run kg build again"
            ) from error


def size_of(graph: ox.Store) -> Size:
    """What `graph` holds, counted on its default graph."""

    def count(pattern: str) -> int:
        # Counted by a query: a quad that becomes a Python object takes twenty times as long.
        return int(next(sparql.select(graph, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["n"].value)

    named = len(graph) - count("?s ?p ?o")
    ontology = count(f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}")
    derived, *kinds = (
        count(f"?s a hx:{name}") for name in ("Derivation", "Organisation", "Link", "Evidence", "Source")
    )
    return Size(named - ontology - derived, *kinds)  # a derivation is a statement each
