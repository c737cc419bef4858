"""Store on disk: a sequence of generations, one of which is current.

::

    STORE/format                     version of this layout
    STORE/lock                       lock of the writer, with its process id
    STORE/current                    name of the current generation; replaced by one rename
    STORE/forgotten                  record of removals, without their content (kg.store.forgotten)
    STORE/generations/g000007/       a generation; immutable once it is current
        oxigraph/                    the quads
        incidence/                   the participation tables derived from them (kg.network.incidence.tables)
        manifest.json                sizes
        files.json                   inventory: size and SHA-256 of each file (kg.store.inventory)
        public/                      the same without internal evidence, if there is any (docs/decisions/0027)
        ingested                     sources whose evidence was added by an ingest, if any (docs/decisions/0017)
        readers                      lock file that readers share while they read
        removal                      what kg forget removed, until it is in STORE/forgotten
    STORE/generations/*.draft        the next generation while it is written (kg.store.writer)
    STORE/generations/*.pending      an interrupted write that can be resumed (docs/decisions/0010)

A writer creates the next generation aside, from nothing or from the current one, and then makes it current. Readers
therefore see the old state or the new one, even if the writer is killed. Old generations are deleted when no reader
uses them.

The **default graph of a generation is the merge of all named graphs**: each statement once, regardless of the number of
named graphs that contain it. A query without GRAPH sees everything and counts nothing twice, and
``GRAPH ?evidence { … }`` returns the evidence of a statement (docs/decisions/0006).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import DataError, InputError, StoreError, reason
from kg.files import atomic_stream, discard, fsync, is_temporary
from kg.store import forgotten, inventory
from kg.store.base import Store
from kg.store.generations import clean, copy_generation, open_writer, recover
from kg.store.journal import JOURNAL, begin_journal, read_ingested, read_journal
from kg.store.layout import FORMAT, check_format, complete, current, read_format
from kg.store.mend import clear, mend, remove
from kg.store.view import Snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kg.store.writer import StoreWriter


class LocalStore(Store):
    """A store in a folder."""

    def __init__(self, path: Path, *, internal: bool = False) -> None:
        """Create a handle of the store at `path`, which need not exist yet; `internal` is for its views."""
        self.path, self._internal = path, internal

    @property
    def name(self) -> str:
        """The path of the store, for messages."""
        return str(self.path)

    def view(self) -> Snapshot:
        """Open the current generation read-only.

        Raises:
            StoreError: the store is missing, of another version, or cannot be read.
        """
        return self._view(internal=self._internal)

    def _view(self, *, internal: bool) -> Snapshot:
        check_format(self.path)
        while True:
            name = current(self.path)
            if name is None:
                raise StoreError(
                    "{path}: the store does not exist; run kg build first, or choose it with --store", path=self.path
                )
            try:
                return Snapshot(self.path / "generations" / name, internal=internal)
            except StoreError:
                if current(self.path) == name:  # otherwise a writer replaced it between the two steps
                    raise

    def present(self) -> Snapshot | None:
        """Open the whole current generation read-only, for a writer; ``None`` if there is none."""
        return None if current(self.path) is None else self._view(internal=True)

    @contextmanager
    def writer(self, *, amend: bool = False) -> Iterator[StoreWriter]:
        """Write a new generation; `commit` it before the block ends, or it is deleted.

        Args:
            amend: start from the current generation, if one exists, and not from nothing.

        Raises:
            StoreError: another process writes, the folder is not a store, or the disk is full or read-only.
        """
        with self.writing() as home:
            folder = self.draft(home, current(self.path) if amend else None)
            try:
                writer = open_writer(folder)
                try:
                    yield writer
                finally:
                    writer.close()
            finally:
                discard(folder)

    @contextmanager
    def resume(self, work: str) -> Iterator[StoreWriter]:
        """Amend the current generation in a writer that survives its process until it is committed.

        The same `work` continues after its last checkpoint, regardless of how the process ended. If another generation
        has become current, the work starts again from that one. An error of the input deletes all checkpoints.

        Args:
            work: a key of the work, such as a reader and the digests of its files: the same work, the same batches.

        Raises:
            StoreError: as for `writer`.
        """
        with self.writing() as home:
            base = current(self.path)
            folder = home / f"{hashlib.sha256(work.encode()).hexdigest()[:16]}.pending"
            if not folder.exists():
                recover(home, base, folder)
            if folder.exists() and read_journal(folder).base != base:
                discard(folder)
            if not folder.exists():
                fresh = self.draft(home, base)
                begin_journal(fresh, folder.name, base)
                fresh.rename(folder)
            writer = open_writer(folder)
            try:
                yield writer
            except (InputError, DataError):
                writer.close()
                discard(folder)
                raise
            finally:
                writer.close()

    def draft(self, home: Path, base: str | None) -> Path:
        """Create the folder of a new generation with the quads of the generation `base`; takes a few milliseconds."""
        for left in home.glob("*.draft"):  # left by a writer that was killed; the lock is ours, so it is unused
            remove(left)
        folder = home / f"{os.urandom(16).hex()}.draft"
        folder.mkdir()  # with the permissions of the umask, so that a shared store can be read
        if base is not None:
            inventory.check_sizes(home / base)
            copy_generation(home / base, folder)
        return folder

    def commit(self, writer: StoreWriter) -> None:
        """Make the finished generation of `writer` current, and delete generations that no reader uses."""
        self.publish(writer.path)

    def publish(self, draft: Path) -> None:
        """Make the complete generation in the folder `draft` current, as `commit` does."""
        home = self.path / "generations"
        name = f"g{max((int(old.name[1:]) for old in home.glob('g*') if old.name[1:].isdigit()), default=0) + 1:06d}"
        with atomic_stream(self.path / "current", durable=True) as pointer:
            pointer.write(f"{name}\n".encode())
            pointer.flush()
            os.fsync(pointer.fileno())  # a full disk must fail before the rename
            draft.rename(home / name)
            fsync(home)
        (home / name / JOURNAL).unlink(missing_ok=True)
        clean(home, name)
        for stale in home.glob("*.pending"):  # they amend a generation that is not current any longer
            discard(stale)

    def clean(self) -> list[str]:
        """Delete old generations, and return the names of those that another process reads."""
        return clean(self.path / "generations", current(self.path))

    def ingested(self) -> frozenset[str]:
        """Return the sources (IRIs) whose evidence was added to the current generation by an ingest."""
        return frozenset() if (name := current(self.path)) is None else read_ingested(self.path / "generations" / name)

    @contextmanager
    def writing(self, accepted: Collection[str] = ()) -> Iterator[Path]:
        """Hold the write lock of a store of this format or those `accepted`, and yield the folder of the generations.

        Raises:
            StoreError: another process writes, the folder is not such a store, or the disk is full or read-only.
        """
        try:
            with self._exclusive(accepted):
                yield self.path / "generations"
        except OSError as error:
            if str(error).startswith("IO error: No such file"):  # the prefix of RocksDB's message
                raise StoreError(
                    "{path}: a file of the store is missing; run kg store repair", path=self.path
                ) from error
            raise StoreError(
                "{path}: the store cannot be written ({error}) and is unchanged; free some space, or choose another "
                "with --store",
                path=self.path,
                error=reason(error),
            ) from error
        except RuntimeError as error:
            if not str(error).startswith("Corruption"):  # the prefix of RocksDB's message
                raise
            raise StoreError(
                "{path}: the statements are damaged ({error}); run kg store repair", path=self.path, error=error
            ) from error

    @contextmanager
    def _exclusive(self, accepted: Collection[str]) -> Iterator[None]:
        """Hold the write lock. If the write fails, remove any folder it created."""
        check_format(self.path, accepted)
        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        self.path.mkdir(parents=True, exist_ok=True)
        lock = self.path / "lock"
        if lock.exists() and not lock.is_file() and complete(self.path):
            remove(lock)
        with self._locked():
            try:
                for left in filter(is_temporary, self.path.iterdir()):
                    remove(left)
                mend(self.path, read_format(self.path) or FORMAT)
                forgotten.settle(self.path)
                (self.path / "generations").mkdir(exist_ok=True)
                yield
            finally:
                kept = (*self.path.glob("generations/*.pending"), *self.path.glob("generations/g[0-9]*"))
                if not (self.path / "current").exists() and not kept:
                    clear(self.path, missing)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock file; the kernel releases it when the process ends, in whatever way."""
        place = self.path / "lock"
        with place.open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise StoreError(
                    "{path}: process {lock} is writing to this store; wait for it",
                    path=self.path,
                    lock=lock.read().strip() or "unknown",
                ) from error
            if not os.path.samestat(os.fstat(lock.fileno()), place.stat()):  # `clear` removed it in between
                raise StoreError(
                    "{path}: another process was writing to this store; run the command again", path=self.path
                )
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield
