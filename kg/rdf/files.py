"""Graph files: discovery under paths, and parsing.

``.trig`` and ``.nq`` files contain evidence; ``.ttl`` files beside them contain concepts and the catalogue.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, reason
from kg.files import check_regular, temporary_folder
from kg.rdf import parse_tasks, resources
from kg.terms import HX, ONTOLOGY_GRAPH, TYPE
from kg.texts import listed
from kg.worker.pool import Pool
from kg.worker.process import EndedError, Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

SUFFIXES = (".trig", ".nq", ".ttl")
"""Suffixes that are read in a folder; a file that is named itself can have any suffix of an RDF format."""

SHIPPED = "shipped"
"""The name of the shipped files, wherever they are installed."""

CATALOG = "catalog.ttl"
"""The file of a folder that declares the content of the others; docs/model.md, "A graph file"."""

_TYPE = ox.NamedNode(TYPE)
_LAST_SEEN = ox.NamedNode(HX.lastSeen)


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Numbers of things that a graph file describes."""

    links: int
    actors: int
    evidence: int
    sources: int


def ontology_files() -> tuple[Path, ...]:
    """Return the files of the shipped ontology without shapes."""
    return tuple(sorted(resources.ontology().glob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """Return the files of the shipped shapes."""
    return tuple(sorted((resources.ontology() / "shapes").glob("*.ttl")))


def discover(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the graph files under `paths`, sorted and each once; the shipped ones if `paths` is empty.

    The path ``shipped`` stands for the folder of the shipped files.

    Raises:
        InputError: a path is missing, unreadable or ambiguous, or a folder contains no graph file.
    """
    paths_seen: dict[Path, None] = {}
    for path in tuple(paths) or (resources.graphs(),):
        try:
            paths_seen.update(dict.fromkeys(_under(path)))
        except OSError as error:
            raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    return tuple(paths_seen)


def _under(path: Path) -> list[Path]:
    if str(path) == SHIPPED:
        if path.exists():
            raise InputError(
                "{path} names the shipped files and a file or folder here; name that by its full path", path=path
            )
        return _under(resources.graphs())
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and _readable(file))
        if not any(file.name != CATALOG for file in files):
            raise InputError(
                "{path}: there is no graph file here ({SUFFIXES}); name another folder",
                path=path,
                SUFFIXES=listed(SUFFIXES),
            )
        return files
    check_regular(path)
    return [path]


def _readable(file: Path) -> bool:
    return file.is_file() or (file.is_symlink() and not file.exists())  # a broken link is reported


def holds_evidence(file: Path) -> bool:
    """Return whether the format of `file` has named graphs, and so can contain evidence."""
    kind = _format(file)
    return kind is not None and kind.supports_datasets


def count(file: Path) -> FileCounts:
    """Return how many links, organisations, pieces of evidence and sources `file` describes.

    Raises:
        InputError: the file is broken; the message contains the place.
    """
    check_regular(file)
    status = file.stat()
    return _counted(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _counted(file: Path, *_: int) -> FileCounts:
    """Return the counts of `file` with this size and time, which a build needs for its catalogue and its table."""
    seen: dict[str, set[str]] = {str(term): set() for term in (HX.Link, HX.Organisation, HX.Evidence, HX.Source)}
    for quad in parse(file):
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value in seen:
            seen[quad.object.value].add(str(quad.subject))
    return FileCounts(*(len(subjects) for subjects in seen.values()))


def locate(wanted: Collection[str], files: Iterable[Path]) -> dict[str, str]:
    """Return the file of each of the IRIs `wanted`, which are evidence or nodes outside evidence.

    Several files are joined by commas. An IRI in none of the files is absent.
    """
    outside = (ox.DefaultGraph(), ox.NamedNode(ONTOLOGY_GRAPH))
    places: dict[str, dict[str, None]] = {}
    for file in files if wanted else ():
        for quad in parse(file):
            place = quad.subject if quad.graph_name in outside else quad.graph_name
            if isinstance(place, ox.NamedNode) and place.value in wanted:
                places.setdefault(place.value, {})[str(file)] = None
    return {iri: ", ".join(paths_seen) for iri, paths_seen in places.items()}


def parse(file: Path, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of `file`.

    Args:
        file: a file in an RDF format, by its suffix.
        base: the base of relative IRIs; without it the file must declare one.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken; the message contains the place.
    """
    yield from _read(file, base)


def load(graph: ox.Store, file: Path, name: str | None = None) -> None:
    """Load `file` into `graph` in bulk; triples without a graph go to `name`, or to the default graph.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken; the message contains the place.
        OSError: `graph` cannot be written.
    """
    load_all(graph, (file,), name)


def load_all(graph: ox.Store, files: Iterable[Path], name: str | None = None) -> None:
    """Load `files` into `graph` in one bulk step, so that a store on disk is synced once and not for each file.

    Raises:
        InputError: a suffix is unknown, or a file is missing or broken; the message contains the place.
        OSError: `graph` cannot be written.
    """
    graph.bulk_extend(parse_all(files, name))


def merge(graph: ox.Store) -> None:
    """Copy the triples of all named graphs of `graph` into its default graph, each triple once.

    This is the simple way, for graphs in memory. `kg.store.writer` records the triples as they arrive, in a third of
    the time.
    """
    graph.bulk_extend(ox.Quad(*quad.triple) for quad in graph if quad.graph_name != ox.DefaultGraph())


@contextmanager
def without_retired(graph: ox.Store) -> Iterator[None]:
    """Remove the content of retired evidence from the unmerged `graph` within the block; its description stays.

    Retired statements may contradict current ones, which is not an error (docs/decisions/0010).
    """
    dated = graph.quads_for_pattern(None, _LAST_SEEN, None, ox.DefaultGraph())
    retired = {quad.subject for quad in dated if isinstance(quad.subject, ox.NamedNode)}
    if not retired:
        yield
        return
    with temporary_folder() as folder:
        aside = ox.Store(str(folder))
        aside.bulk_extend(quad for name in retired for quad in graph.quads_for_pattern(None, None, None, name))
        for name in retired:
            graph.remove_graph(name)
        try:
            yield
        finally:
            graph.bulk_extend(aside)


def parse_all(files: Iterable[Path], name: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of `files` with blank nodes unique to each file; those without a graph are in `name`.

    Raises:
        InputError: a suffix is unknown, or a file is missing or broken; the message contains the place.
    """
    graph = None if name is None else ox.NamedNode(name)
    for file in files:
        for quad in _read(file, None, rename=True):
            if graph is not None and quad.graph_name == ox.DefaultGraph():
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            else:
                yield quad


def _read(file: Path, base: str | None, *, rename: bool = False) -> Iterator[ox.Quad]:
    """Yield the quads of `file`; a worker parses files that are not part of this package."""
    kind = _format(file)
    if kind is None:
        raise InputError(
            "{file}: the suffix {suffix!r} is not RDF format; use .trig, .nq, .ttl, .nt or .jsonld",
            file=file,
            suffix=file.suffix,
        )
    check_regular(file)
    if any(file.is_relative_to(folder) for folder in (resources.ontology(), resources.graphs())):
        yield from parse_tasks.read(str(file), kind, base, rename=rename)
        return
    size = file.stat().st_size
    limits = Limits(
        _SECONDS + size / _BYTES_PER_SECOND, min(_MEMORY + _GROWTH * size, _MOST_MEMORY), _OUTPUT + _GROWTH * size
    )
    arguments = {"path": str(file), "media_type": kind.media_type, "base": base, "rename": rename}
    try:
        with _workers.worker() as worker:
            for lines in worker.call("kg.rdf.parse_tasks:quads", arguments, limits):
                yield from ox.parse(lines, format=ox.RdfFormat.N_QUADS, lenient=True)  # the worker checked the terms
    except EndedError as error:
        raise InputError("{file}: {cause}", file=file, cause=_ENDED.get(error.cause, error.detail)) from error


def _format(file: Path) -> ox.RdfFormat | None:
    return ox.RdfFormat.from_extension(file.suffix.removeprefix("."))


_workers = Pool()
"""Processes that parse graph files."""

_SECONDS, _BYTES_PER_SECOND = 20, 500_000
"""Limit of the time for a file: a constant, and a speed that is a twentieth of the usual one."""

_MEMORY, _OUTPUT, _GROWTH = 256 << 20, 64 << 20, 100
"""Limits of memory and of N-Quads: a constant, and a multiple of the size of the file."""

_MOST_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2

_ENDED = {
    "time": "the file takes too long to parse; flatten deeply nested parts, or divide it",
    "memory": "the file requires too much memory; flatten deeply nested parts, or divide it",
    "size": f"the statements have more than {_GROWTH} times the size of the file; shorten its prefixes and entities",
    "stack": "the file is nested too deeply; flatten it",
}
