"""Read-only views of a store: a snapshot of a generation on disk, or a server (`kg.store.server.store`)."""

from __future__ import annotations

import fcntl
import json
from abc import ABC, abstractmethod
from functools import cached_property
from typing import IO, TYPE_CHECKING, NamedTuple, Self

import pyoxigraph as ox

from kg.errors import StoreError, reason
from kg.files import open_plain
from kg.rdf import sparql
from kg.store import inventory
from kg.terms import ONTOLOGY_GRAPH, PREFIXES
from kg.worker.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rdflib import Dataset

    from kg.rdf.sparql import Endpoint, Term
    from kg.store.query_result import QueryResult
    from kg.store.sandbox import Limits
    from kg.texts import Text


class Size(NamedTuple):
    """Number of quads in evidence graphs, of actors, links, pieces of evidence and sources in a view."""

    statements: int
    actors: int
    links: int
    evidence: int
    sources: int


class View(ABC):
    """A read-only view; the same questions have the same answers in each kind of store.

    Attributes:
        graph: the endpoint that answers internal queries.
        workers: processes that answer the queries of users.
        internal: whether the view contains internal evidence.
    """

    graph: Endpoint

    internal = False

    def __init__(self) -> None:
        """Create a view without a worker."""
        self.workers = Pool()

    @property
    @abstractmethod
    def name(self) -> str:
        """The path or the address of the view, for messages."""

    def __enter__(self) -> Self:
        """Return the view."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the view."""
        self.close()

    def close(self) -> None:
        """Release the store; the view cannot be used afterwards."""
        self.workers.close()

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Return the solutions of the SELECT `query`.

        Runs in process without a timeout; for internal queries only. `kg.query.run` runs the queries of users. The
        prefixes of `kg.terms.PREFIXES` are declared; `bindings` are values of variables (`kg.rdf.sparql.bound`).

        Raises:
            TypeError: `query` is not a SELECT.
        """
        return sparql.select(self.graph, query, bindings)

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the result of the ASK `query`; see `select`."""
        return sparql.ask(self.graph, query, bindings)

    @abstractmethod
    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` of a user in a worker process, within `limits`.

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
        """Return the size of the content.

        Raises:
            StoreError: the size cannot be determined.
        """


PUBLIC = "public"
"""Folder in a generation with internal evidence: the same generation without it (docs/decisions/0027)."""


def folder_of(generation: Path, *, internal: bool) -> Path:
    """Return the folder of a generation that is read: with internal evidence only if that is asked for."""
    public = generation / PUBLIC
    return public if public.is_dir() and not internal else generation


class Snapshot(View):
    """A generation of a store on disk.

    Attributes:
        generation: folder of the generation.
        path: folder that is read, of the whole generation or of its public part.
    """

    def __init__(self, path: Path, *, internal: bool = False) -> None:
        """Open the generation at `path` and protect it from deletion until `close`.

        Args:
            path: folder of the generation.
            internal: whether the view contains internal evidence.

        Raises:
            StoreError: the generation is missing or cannot be read.
        """
        super().__init__()
        self.generation = path
        self.path = folder_of(path, internal=internal)
        self.internal = internal and (path / PUBLIC).is_dir()
        self._lock: IO[bytes] | None = None
        try:
            self._lock = _shared(path)
            inventory.check_sizes(path)
        except StoreError:
            self.close()
            raise

    @cached_property
    def graph(self) -> ox.Store:  # type: ignore[override]
        """The Oxigraph store, opened read-only at the first use, so that writing raises an error.

        RocksDB starts 180 threads to open it, and a command that reads the tables alone never does.

        Raises:
            StoreError: the statements are damaged.
        """
        remedy = inventory.RESTORE if self.path == self.generation else inventory.REPAIR
        return open_statements(self.path, remedy)

    def close(self) -> None:
        """Allow the generation to be deleted."""
        super().close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def answer(self, text: str, limits: Limits) -> QueryResult:
        """Run the query `text` in a worker process, which can be ended; see `View`."""
        arguments = {"store": str(self.path / "oxigraph"), "query": text, "prefixes": dict(PREFIXES)}
        from kg.store import sandbox  # noqa: PLC0415 - takes 8 ms, and only queries of users need it

        return sandbox.run(self.workers, "on_disk", arguments, limits)

    def dataset(self) -> Dataset:
        """Return this snapshot as an rdflib `Dataset`.

        Its default graph is the union of all graphs, each triple once. `Dataset.query` requires the text of a query and
        runs it in Oxigraph: `FROM` and `FROM NAMED` select graphs of the store, and nothing is fetched. (With
        ``use_store_provided=False`` rdflib runs the query itself and fetches the IRIs in it.)
        """
        from kg.store.rdflib_dataset import dataset  # noqa: PLC0415 - takes 0.1 s, and only rdflib users need it

        return dataset(self.graph)

    def derived_files(self) -> Path:
        """Return the folder that is read."""
        return self.path

    @property
    def name(self) -> str:
        """The path of the generation, for messages."""
        return str(self.path)

    def size(self) -> Size:
        """Return the size that the build recorded.

        Raises:
            StoreError: the manifest is missing or damaged.
        """
        try:
            return Size(**json.loads((self.path / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(
                "{path}: the manifest cannot be read ({error}); run kg store repair",
                path=self.path,
                error=reason(error),
            ) from error


def _shared(generation: Path) -> IO[bytes]:
    """Return the lock file of readers, locked."""
    try:
        lock = open_plain(generation / "readers")
    except OSError as error:
        raise StoreError(
            "{path}: this generation of the store cannot be read ({error}); run kg store repair",
            path=generation,
            error=reason(error),
        ) from error
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def open_statements(generation: Path, remedy: Text = inventory.RESTORE) -> ox.Store:
    """Open the quads of a generation read-only; `remedy` is that of damage.

    Raises:
        StoreError: they are damaged or missing.
    """
    try:
        return ox.Store.read_only(str(generation / "oxigraph"))
    except (OSError, RuntimeError) as error:  # RuntimeError: files that RocksDB calls corrupt
        raise StoreError(
            "{path}: the statements cannot be read ({error}); {remedy}",
            path=generation,
            error=reason(error),
            remedy=remedy,
        ) from error


def size_of_merged(graph: ox.Store) -> Size:
    """Return the size of `graph`, whose default graph is merged."""
    in_named_graphs = len(graph) - sparql.count(graph, "?s ?p ?o")
    return size_of(graph, in_named_graphs - sparql.count(graph, f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}"))


def size_of(graph: Endpoint, in_named_graphs: int) -> Size:
    """Return the size of `graph`, which contains `in_named_graphs` quads in graphs of evidence and derivations."""
    derived, *sizes = (
        sparql.count(graph, f"?s a hx:{name}") for name in ("Derivation", "Organisation", "Link", "Evidence", "Source")
    )
    return Size(in_named_graphs - derived, *sizes)  # the graph of a derivation contains one statement
