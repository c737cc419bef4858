"""The store on disk: a row of generations, of which one is current.

::

    STORE/format                     which layout this is
    STORE/lock                       held by the one writer, with its process id
    STORE/current                    the name of the current generation; swapped by one rename
    STORE/generations/g000007/       never changes once it is current
        oxigraph/                    the quads
        incidence/                   the incidence table (kg.incidence), derived from them
        manifest.json                what went in
        readers                      readers hold a shared lock on it while they are at work

A writer builds the next generation aside and swaps it in, so that readers see the old state or the new one, also when
the writer is killed. Old generations go when no reader holds them.

In a generation the **default graph is the merge of all others**: each statement once, however many pieces of evidence
support it. So a query needs no GRAPH to see everything and counts nothing twice, and ``GRAPH ?evidence { … }`` asks
who says so (docs/decisions/0006).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import graphs
from kg.errors import StoreError, why
from kg.view import Generation, Size, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FORMAT = "helix-kg store 1\n"
"""First line of the file ``format``; the number goes up when an older version could misread the layout."""

_KIND = FORMAT.rpartition(" ")[0]
_BEGINNING = {"lock", "format.new"}
"""What a folder may hold that is to become a store: nothing, or what a writer left that was killed at once."""


class Draft:
    """The next generation while it is being made; nobody else sees it."""

    def __init__(self, path: Path) -> None:
        """Start an empty generation in the empty folder `path`."""
        self.path = path
        self.graph = ox.Store(str(path / "oxigraph"))

    def load(self, files: Iterable[Path], graph: str | None = None) -> None:
        """Load RDF files; the format follows the suffix.

        Args:
            files: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.
            graph: IRI of the graph for the triples of files that name none; the default graph without it.

        Raises:
            InputError: a file is missing or broken: which, and the line.
        """
        graphs.load_all(self.graph, files, graph)

    def finish(self, enrich: Callable[[ox.Store], object] | None = None) -> Size:
        """Merge all graphs into the default graph, make the incidence table, and make all of it durable.

        `enrich` may add to the merged graph what follows from it.
        """
        from kg.extract import extract  # noqa: PLC0415 - 0.2 s that only those pay who write

        graphs.merge(self.graph)
        if enrich is not None:
            enrich(self.graph)
        self.graph.optimize()
        extract(self.graph).save(self.path / "incidence")
        size = size_of(self.graph)
        self.graph.flush()
        del self.graph
        (self.path / "manifest.json").write_text(json.dumps(size._asdict(), indent=1) + "\n", encoding="utf-8")
        (self.path / "readers").touch()
        _sync(self.path)
        return size


class Store:
    """A store directory."""

    def __init__(self, path: Path) -> None:
        """A store at `path`, which need not be there yet."""
        self.path = path

    def view(self) -> Generation:
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
                return Generation(self.path / "generations" / name)
            except StoreError:
                if self._current() == name:  # otherwise a writer swapped it away between the two steps
                    raise

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A new generation, made aside; `commit` it before the block ends, or it is thrown away.

        Raises:
            StoreError: another process is writing, the directory is foreign, or the disk is full or read-only.
        """
        try:
            with self._writing():
                home = self.path / "generations"
                for left in home.glob("*.draft"):  # of a writer that was killed: the lock is ours, so nobody uses it
                    shutil.rmtree(left)
                folder = Path(tempfile.mkdtemp(suffix=".draft", dir=home))
                try:
                    yield Draft(folder)
                finally:
                    _discard(folder)
        except OSError as error:
            raise StoreError(
                f"{self.path}: the store cannot be written ({why(error)}); it stays as it was: make room or choose "
                "another place by --store"
            ) from error

    def commit(self, draft: Draft) -> None:
        """Swap `draft`, which is finished, in as the current generation; drop those that no reader holds."""
        home = self.path / "generations"
        numbers = [int(old.name[1:]) for old in home.glob("g*") if old.name[1:].isdigit()]
        name = f"g{max(numbers, default=0) + 1:06d}"
        pointer = _written(self.path / "current", name + "\n")  # what needs room on the disk comes before what moves
        try:
            draft.path.rename(home / name)
            _sync_one(home)
            pointer.replace(self.path / "current")
            _sync_one(self.path)
        finally:
            pointer.unlink(missing_ok=True)
        for old in home.glob("g*"):
            if old.name != name:
                _drop_unless_held(old)

    def _current(self) -> str | None:
        try:
            return (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self.path}: the store cannot be read ({why(error)}); run kg build again") from error

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
                f"{self.path}: the store cannot be read ({why(error)}); name another by --store"
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
    def _writing(self) -> Iterator[None]:
        """Be the one writer; where no generation comes of it, not even a new folder stays behind."""
        self._check()
        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        self.path.mkdir(parents=True, exist_ok=True)
        with self._locked():
            try:
                if not (self.path / "format").exists():
                    _written(self.path / "format", FORMAT).replace(self.path / "format")
                (self.path / "generations").mkdir(exist_ok=True)
                yield
            finally:
                if not (self.path / "current").exists():
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


def _discard(draft: Path) -> None:
    """Remove a draft, if it was not committed, whose RocksDB may still be open and at work in threads of its own."""
    with suppress(OSError):  # under another name no file can be added to it any more
        draft = draft.rename(draft.with_name(f"gone-{draft.name}"))
    shutil.rmtree(draft, ignore_errors=True)


def _written(path: Path, text: str) -> Path:
    """`text` on disk beside `path`, which one rename will replace."""
    fresh = path.with_suffix(".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    return fresh


def _sync(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _sync_one(path)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
