"""Interface of stores: a folder on disk (`kg.store.local`) or a SPARQL server (`kg.store.server.store`)."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kg.store.view import View
    from kg.store.writer import StoreWriter


class Store(Protocol):
    """A store: one current state, which readers view and a single writer replaces."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The path or the address of the store, for messages."""

    @abstractmethod
    def view(self) -> View:
        """Open the current state read-only.

        Raises:
            StoreError: the store is missing, of another format, or cannot be read.
        """

    @abstractmethod
    def present(self) -> View | None:
        """Open the whole current state read-only, or return ``None`` if nothing was built yet.

        Raises:
            StoreError: the store is of another format, or cannot be read.
        """

    @abstractmethod
    def writer(self) -> AbstractContextManager[StoreWriter]:
        """Write a new state from nothing; `commit` it before the block ends, or it is deleted.

        Raises:
            StoreError: the store cannot be written.
        """

    @abstractmethod
    def commit(self, writer: StoreWriter) -> None:
        """Replace the current state by that of `writer`, which must be finished.

        Raises:
            StoreError: the store cannot be written; the current state remains.
        """

    @abstractmethod
    def resume(self, work: str) -> AbstractContextManager[StoreWriter]:
        """Amend the current state in a writer that survives its process; the same `work` resumes it.

        Raises:
            StoreError: the store cannot be amended.
        """

    def ingested(self) -> frozenset[str]:
        """Return the sources (IRIs) whose evidence was added by `kg ingest`; a server does not record them."""
        return frozenset()
