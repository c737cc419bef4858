"""Copy of a server's content in a folder on this machine, in which a write prepares the next state and can resume.

::

    FOLDER/content    digest of the content of the server that the copy contains
    FOLDER/store/     the copy: a store on disk, with the unfinished write (docs/decisions/0010)

The content is read again whenever a write starts or resumes. If it has changed, the copy and the unfinished write are
deleted, because the write would be based on a state that does not exist any longer.
"""

from __future__ import annotations

import shutil
from hashlib import blake2b
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError, reason
from kg.files import atomic_write
from kg.rdf import sparql
from kg.store.local import LocalStore
from kg.store.server.visible import VISIBLE, statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.server.client import SparqlClient

_CONTENT = f"""SELECT ?g ?s ?p ?o {{ {{ {statements(VISIBLE)} }}
  UNION {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({VISIBLE}) }} }} }}"""
"""Each statement with its named graph, or without a graph if it is in none."""


def prepare(server: SparqlClient, folder: Path) -> LocalStore:
    """Return a store in `folder` with the content of `server`; an unfinished write stays if the content is the same.

    Raises:
        StoreError: the server cannot be read, or the folder cannot be written.
    """
    recorded, store = folder / "content", LocalStore(folder / "store")
    if recorded.is_file() and recorded.read_bytes() == _digest(server).encode():
        return store
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            "{folder}: the copy of the server cannot be written ({error}); set XDG_CACHE_HOME to another folder",
            folder=folder,
            error=reason(error),
        ) from error
    sums = _Sums()
    with store.writer() as writer:
        writer.add(sums.watch(_quads(server)))
        if sums.count:
            writer.finish()
            store.commit(writer)
    atomic_write(recorded, sums.digest(), durable=True)
    return store


def _quads(server: SparqlClient) -> Iterator[ox.Quad]:
    """Yield the statements of the server, without the merge and the graphs of an unfinished load."""
    for row in sparql.select(server, _CONTENT):
        graph = ox.DefaultGraph() if row["g"] is None else row["g"]
        yield ox.Quad(row["s"], row["p"], row["o"], graph)


def _digest(server: SparqlClient) -> str:
    """Return the digest of the content of the server."""
    sums = _Sums()
    for _ in sums.watch(_quads(server)):
        pass
    return sums.digest()


class _Sums:
    """A digest of statements that does not depend on their order, because a server has none.

    Attributes:
        count: number of statements.
    """

    def __init__(self) -> None:
        self.count = self._sum = 0

    def watch(self, quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield `quads`, and add each to the digest."""
        for quad in quads:
            self.count += 1
            self._sum += int.from_bytes(blake2b(str(quad).encode(), digest_size=16).digest(), "big")
            yield quad

    def digest(self) -> str:
        """Return the digest of the statements that were yielded."""
        return f"{self.count} {self._sum:x}"
