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
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import graphs
from kg.errors import StoreError
from kg.extract import extract
from kg.sparql import construct
from kg.view import Size, View, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = "helix-kg store 1\n"
"""First line of the file ``format``; the number goes up when an older version could misread the layout."""


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
        for file in files:
            graphs.load(self.graph, file, graph)

    def finish(self) -> Size:
        """Merge all graphs into the default graph, derive the incidence table, and make all of it durable."""
        _merge(self.graph, self.path)
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

    def view(self) -> View:
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
                return View(self.path / "generations" / name)
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
                    shutil.rmtree(folder, ignore_errors=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                f"{self.path}: the store cannot be written ({reason}); it stays as it was: make room or choose another "
                "place by --store"
            ) from error

    def commit(self, draft: Draft) -> None:
        """Swap `draft`, which is finished, in as the current generation; drop those that no reader holds."""
        home = self.path / "generations"
        numbers = [int(old.name[1:]) for old in home.glob("g*") if old.name[1:].isdigit()]
        name = f"g{max(numbers, default=0) + 1:06d}"
        draft.path.rename(home / name)
        _write_durably(self.path / "current", name + "\n")
        for old in home.glob("g*"):
            if old.name != name:
                _drop_unless_held(old)

    def _current(self) -> str | None:
        try:
            return (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self.path}: the store cannot be read ({error})") from error

    def _check(self) -> None:
        """Refuse a directory that is something else, or a store of another version."""
        mark = self.path / "format"
        if not self.path.exists():
            return
        if not self.path.is_dir():
            raise StoreError(f"{self.path}: is a file, and a store is a directory; name another place by --store")
        if mark.is_file():
            found = mark.read_text(encoding="utf-8", errors="replace")
            if found != FORMAT:
                raise StoreError(
                    f"{self.path}: this store was written by another version of kg ({found.strip()!r}, this one reads "
                    f"{FORMAT.strip()!r}); remove it and run kg build again"
                )
        elif any(entry.name != "lock" for entry in self.path.iterdir()):
            raise StoreError(f"{self.path}: is not a store of kg, and is not empty; name another place by --store")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the writer's lock; the kernel lets go of it when the process dies, however it dies."""
        self._check()
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise StoreError(
                    f"{self.path}: process {lock.read().strip() or 'unknown'} is writing to this store; wait for it"
                ) from error
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            (self.path / "generations").mkdir(exist_ok=True)
            if not (self.path / "format").exists():
                _write_durably(self.path / "format", FORMAT)
            yield


def _merge(graph: ox.Store, folder: Path) -> None:
    """Copy the triples of all named graphs into the default graph, through a file: rows never become Python objects."""
    spill = folder / "merge.nt"
    triples = construct(graph, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    triples.serialize(str(spill), format=ox.RdfFormat.N_TRIPLES)
    graph.bulk_load(path=str(spill), format=ox.RdfFormat.N_TRIPLES)
    spill.unlink()


def _write_durably(path: Path, text: str) -> None:
    """Replace the file at `path` by one rename, on disk before it is seen."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync_one(path.parent)


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
