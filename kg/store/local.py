"""The store on disk: a row of generations, of which one is current.

::

    STORE/format                     which layout this is
    STORE/lock                       held by the one writer, with its process id
    STORE/current                    the name of the current generation; swapped by one rename
    STORE/generations/g000007/       never changes once it is current
        oxigraph/                    the quads
        incidence/                   the incidence table (kg.network.incidence.tables), derived from them
        manifest.json                what went in
        ingested                     the sources that came by an ingest, if any (docs/decisions/0017)
        readers                      readers hold a shared lock on it while they are at work
    STORE/generations/*.draft        the next generation while a writer is at work on it (kg.store.writer)
    STORE/generations/*.pending      one that outlives its writer, and waits to be gone on with (docs/decisions/0010)

A writer builds the next generation aside, from nothing or from the current one, and swaps it in, so that readers see
the old state or the new one, also when the writer is killed. Old generations go when no reader holds them.

In a generation the **default graph is the merge of all others**: each statement once, however many pieces of evidence
support it. So a query needs no GRAPH to see everything and counts nothing twice, and ``GRAPH ?evidence { … }`` asks
who says so (docs/decisions/0006).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError, InputError, StoreError, reason
from kg.files import discard, fsync, written
from kg.store.journal import INGESTED, JOURNAL, begin_journal, read_ingested, read_journal
from kg.store.view import Snapshot
from kg.store.writer import StoreWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = "helix-kg store 1\n"
"""First line of the file ``format``; the number goes up when an older version could misread the layout."""

_KIND = FORMAT.rpartition(" ")[0]
_BEGINNING = {"lock", "format.new"}
"""What a folder may hold that is to become a store: nothing, or what a writer left that was killed at once."""


class Store:
    """A store directory."""

    def __init__(self, path: Path) -> None:
        """A store at `path`, which need not be there yet."""
        self.path = path

    def view(self) -> Snapshot:
        """The current generation, opened read-only.

        Raises:
            StoreError: there is no store at the path, or it is of another version or cannot be read.
        """
        self._check()
        while True:
            name = self._current()
            if name is None:
                raise StoreError(f"{self.path}: there is no store here; run kg build first, or name one by --store")
            try:
                return Snapshot(self.path / "generations" / name)
            except StoreError:
                if self._current() == name:  # otherwise a writer swapped it away between the two steps
                    raise

    @contextmanager
    def writer(self, *, amend: bool = False) -> Iterator[StoreWriter]:
        """A new generation, made aside; `commit` it before the block ends, or it is thrown away.

        Args:
            amend: start with what the current generation holds, if there is one, and not with nothing.

        Raises:
            StoreError: another process is writing, the directory is foreign, or the disk is full or read-only.
        """
        with self._writing() as home:
            folder = self._begun(home, self._current() if amend else None)
            try:
                writer = StoreWriter(folder)
                try:
                    yield writer
                finally:
                    writer.close()
            finally:
                discard(folder)

    @contextmanager
    def resume(self, work: str) -> Iterator[StoreWriter]:
        """A draft that amends the current generation and outlives this process until it is committed.

        What was confirmed in it is there again when the same `work` is resumed, however the process ended; unless
        another generation became current meanwhile, which the work then starts from anew. An error of the input ends
        the work: what it had confirmed is thrown away.

        Args:
            work: what is done, such as a reader with the digests of its files: the same work, the same batches.

        Raises:
            StoreError: as `writer`.
        """
        with self._writing() as home:
            base = self._current()
            folder = home / f"{hashlib.sha256(work.encode()).hexdigest()[:16]}.pending"
            if not folder.exists():
                _recover(home, base, folder)
            if folder.exists() and read_journal(folder).base != base:
                discard(folder)
            if not folder.exists():
                fresh = self._begun(home, base)
                begin_journal(fresh, folder.name, base)
                fresh.rename(folder)
            writer = StoreWriter(folder)
            try:
                yield writer
            except (InputError, DataError):
                writer.close()
                discard(folder)
                raise
            finally:
                writer.close()

    def _begun(self, home: Path, base: str | None) -> Path:
        """The folder of a new draft with the quads of the generation `base`, which takes a few milliseconds."""
        for left in home.glob("*.draft"):  # of a writer that was killed: the lock is ours, so nobody uses it
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(suffix=".draft", dir=home))
        if base is not None:
            with Snapshot(home / base) as view:
                view.graph.backup(str(folder / "oxigraph"))
            with suppress(FileNotFoundError):
                shutil.copy(home / base / INGESTED, folder)
        return folder

    def commit(self, writer: StoreWriter) -> None:
        """Swap `draft`, which is finished, in as the current generation; drop those that no reader holds."""
        home = self.path / "generations"
        numbers = [int(old.name[1:]) for old in home.glob("g*") if old.name[1:].isdigit()]
        name = f"g{max(numbers, default=0) + 1:06d}"
        pointer = written(self.path / "current", name + "\n")  # what needs room on the disk comes before what moves
        try:
            writer.path.rename(home / name)
            fsync(home)
            pointer.replace(self.path / "current")
            fsync(self.path)
        finally:
            pointer.unlink(missing_ok=True)
        (home / name / JOURNAL).unlink(missing_ok=True)
        for old in home.glob("g*"):
            if old.name != name:
                _drop_unless_held(old)
        for stale in home.glob("*.pending"):  # they started from a generation that is current no more
            discard(stale)

    def empty(self) -> bool:
        """Whether no generation is current yet."""
        return self._current() is None

    def ingested(self) -> frozenset[str]:
        """The sources (IRIs) of which evidence in the current generation came by an ingest, if there is one."""
        name = self._current()
        return frozenset() if name is None else read_ingested(self.path / "generations" / name)

    def _current(self) -> str | None:
        try:
            return (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self.path}: the store cannot be read ({reason(error)}); run kg build again") from error

    def _check(self) -> None:
        """Refuse a directory that is something else, or a store of another version."""
        try:
            found = self._format()
        except NotADirectoryError as error:
            raise StoreError(
                f"{self.path}: is a file, and a store is a directory; name another place by --store"
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: the store cannot be read ({reason(error)}); name another by --store"
            ) from error
        if found is None:
            raise StoreError(f"{self.path}: is not a store of kg, and is not empty; name another place by --store")
        if found not in {FORMAT, ""}:
            raise StoreError(
                f"{self.path}: this store was written by another version of kg ({found.strip()!r}, this one reads "
                f"{FORMAT.strip()!r}); remove it and run kg build again"
            )

    def _format(self) -> str | None:
        """What the store says of its layout; nothing where it is still to be made, ``None`` where it is no store."""
        try:
            held = {entry.name for entry in self.path.iterdir()}
        except FileNotFoundError:
            return ""
        if held <= _BEGINNING:
            return ""
        try:
            found = (self.path / "format").read_bytes().decode(errors="replace")
        except (FileNotFoundError, IsADirectoryError):
            return None
        return found if found.startswith(_KIND) else None

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        """Be the one writer, in the folder of the generations; what the disk refuses is told in a sentence."""
        try:
            with self._alone():
                yield self.path / "generations"
        except OSError as error:
            raise StoreError(
                f"{self.path}: the store cannot be written ({reason(error)}); it stays as it was: make room or choose "
                "another place by --store"
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the one writer; where nothing comes of it, not even a new folder stays behind."""
        self._check()
        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        self.path.mkdir(parents=True, exist_ok=True)
        with self._locked():
            try:
                if not (self.path / "format").exists():
                    written(self.path / "format", FORMAT).replace(self.path / "format")
                (self.path / "generations").mkdir(exist_ok=True)
                yield
            finally:
                if not (self.path / "current").exists() and not any(self.path.glob("generations/*.pending")):
                    _clear(self.path, missing)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writer's lock; the kernel lets go of it when the process dies, however it dies."""
        place = self.path / "lock"
        with place.open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise StoreError(
                    f"{self.path}: process {lock.read().strip() or 'unknown'} is writing to this store; wait for it"
                ) from error
            if not os.path.samestat(os.fstat(lock.fileno()), place.stat()):  # it was cleared away in between
                raise StoreError(f"{self.path}: another process was writing to this store; run it again")
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield


def _clear(store: Path, made: Iterable[Path]) -> None:
    """Remove what a writer put into `store`, which has no generation, and the folders `made` for it, if empty."""
    shutil.rmtree(store / "generations", ignore_errors=True)
    for name in ("format", "lock"):
        (store / name).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in made:
            folder.rmdir()


def _recover(home: Path, base: str | None, pending: Path) -> None:
    """Where a writer was killed while it swapped in what is to be `pending`, take it back: it is not current yet."""
    for made in home.glob("g*"):
        if made.name > (base or "") and (made / JOURNAL).exists() and read_journal(made).work == pending.name:
            made.rename(pending)


def _drop_unless_held(generation: Path) -> None:
    """Remove a generation on which no reader holds its shared lock."""
    try:
        with (generation / "readers").open("rb") as hold:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(generation)
    except BlockingIOError:
        return  # a reader is at work; the next writer tries again
    except FileNotFoundError:
        shutil.rmtree(generation, ignore_errors=True)  # half removed by a writer that was killed
