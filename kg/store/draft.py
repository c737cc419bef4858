"""Statements of a generation that is being written: in memory while it is new and small, otherwise on disk.

Queries, such as those of the validation, take a third of the time in memory. A generation that amends another one, or
can be resumed, is on disk from the start. A generation in memory can be written to disk while it is validated.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError, reason
from kg.store import bulk_load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

MEMORY = 160 << 20
"""Bytes of serialised statements up to which a generation stays in memory, where they take three times as much."""

_PART = 250_000
"""Statements that are written to disk at once; the writing needs about 500 bytes of memory for each."""


class Draft:
    """The statements of a generation that is being written.

    Attributes:
        graph: the statements; another object after they have moved to disk.
    """

    def __init__(self, folder: Path, *, resumable: bool) -> None:
        """Open the statements in `folder`; a resumable draft is on disk.

        Raises:
            StoreError: they are damaged.
        """
        self._folder = folder / "oxigraph"
        self.in_memory = not resumable and not self._folder.exists()
        self._bytes = 0
        self._executor = ThreadPoolExecutor(1)  # Oxigraph writes without the interpreter
        self._written: Future[ox.Store] | None = None
        self.graph = ox.Store() if self.in_memory else _opened(self._folder)

    def load(self, texts: Iterable[bytes], kind: ox.RdfFormat) -> None:
        """Load lines that kg serialised in bulk, without checking their terms again.

        Raises:
            OSError: the disk cannot be written.
        """
        rest = self._load_in_memory(iter(texts), kind) if self.in_memory else texts
        bulk_load.load(rest, lambda part: self.graph.bulk_load(part, format=kind, lenient=True))

    def extend(self, quads: Sequence[ox.Quad]) -> None:
        """Add `quads`, which may contain blank nodes."""
        self.graph.bulk_extend(quads)
        self._write_too(lambda store: store.bulk_extend(quads))

    def write_ahead(self) -> None:
        """Begin to write the statements in memory to disk; those that `load` and `extend` add follow them.

        A statement that is removed later stays on disk.
        """
        if self.in_memory and self._written is None:
            self._written = self._executor.submit(self._write)

    def _write_too(self, change: Callable[[ox.Store], None]) -> None:
        """Apply `change` to the statements on disk, after all former changes, if they are being written."""
        if (before := self._written) is not None:

            def changed() -> ox.Store:
                change(store := before.result())
                return store

            self._written = self._executor.submit(changed)

    def _load_in_memory(self, texts: Iterator[bytes], kind: ox.RdfFormat) -> Iterable[bytes]:
        """Load `texts`; once they are too large, move all statements to disk and return the other texts."""
        for part in bulk_load.parts(texts):
            self._bytes += len(part)
            if self._bytes > MEMORY:
                self.graph = self._write() if self._written is None else self._written.result()
                self.in_memory, self._written = False, None
                return chain((part,), texts)
            self.graph.bulk_load(part, format=kind, lenient=True)
            self._write_too(partial(ox.Store.bulk_load, input=part, format=kind, lenient=True))
        return ()

    @contextmanager
    def completed(self, quads: Iterable[ox.Quad]) -> Iterator[None]:
        """Add the last `quads` and make all statements durable; those in memory are written during the block.

        Statements in memory stay there too, for queries.

        Raises:
            OSError: the disk cannot be written.
        """
        if not self.in_memory:
            self.graph.bulk_extend(quads)
            _settle(self.graph)
            yield
            return
        self.write_ahead()
        self.extend(list(quads))
        self._write_too(_settle)
        yield
        if self._written is not None:
            self._written.result()
            self._written = None  # the store on disk closes with its last reference

    def _write(self) -> ox.Store:
        """Write the statements in memory to disk, and return them there; those added meanwhile may be among them."""
        written, rest = _opened(self._folder), iter(self.graph)
        try:
            for _ in range(0, len(self.graph), _PART):
                written.bulk_extend(islice(rest, _PART))
        finally:
            del rest  # Oxigraph requires that the thread of an iterator deletes it, and a traceback would keep it
        return written

    def close(self) -> None:
        """Release the statements; the draft cannot be used afterwards."""
        self._executor.shutdown()
        self.__dict__.pop("graph", None)  # RocksDB releases its lock with the last reference
        self._written = None


def _settle(graph: ox.Store) -> None:
    """Make the statements of `graph` on disk durable, in order."""
    graph.optimize()
    graph.flush()


def _opened(folder: Path) -> ox.Store:
    try:
        return ox.Store(str(folder))
    except (FileNotFoundError, RuntimeError) as error:  # RuntimeError: files that RocksDB calls corrupt
        raise StoreError(
            "{path}: the statements cannot be read ({error}); run kg store repair",
            path=folder.parent,
            error=reason(error),
        ) from error
