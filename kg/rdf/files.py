"""Graph files: which there are under a path, and what is in one.

``.trig`` and ``.nq`` files hold evidence; ``.ttl`` files beside them hold concepts and the catalogue.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, reason
from kg.rdf import resources
from kg.terms import HX, ONTOLOGY_GRAPH, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

SUFFIXES = (".trig", ".nq", ".ttl")
"""Which files of a folder are read; a file that is named itself may have any suffix of an RDF format."""

CATALOG = "catalog.ttl"
"""The file of a folder that says what the others hold; docs/model.md, "A graph file"."""

_PLACE = re.compile(r"^Parser error .*?: ")
_REMOTE = "the document names a remote @context, and nothing is fetched; write the context into the document"
_NOWHERE = "relative://nowhere/"
_TYPE = ox.NamedNode(TYPE)
_LAST_SEEN = ox.NamedNode(str(HX.lastSeen))


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Numbers of things that a graph file describes."""

    links: int
    actors: int
    evidence: int
    sources: int


def ontology_files() -> tuple[Path, ...]:
    """The files of the shipped ontology, shapes left out."""
    return tuple(sorted(resources.ontology().glob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """The files of the shipped shapes."""
    return tuple(sorted((resources.ontology() / "shapes").glob("*.ttl")))


def discover(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The graph files under `paths`, in order and each once; the shipped ones where there is no path.

    Raises:
        InputError: a path is missing or cannot be looked into, or a folder has no graph file.
    """
    found: dict[Path, None] = {}
    for path in tuple(paths) or (resources.graphs(),):
        try:
            found.update(dict.fromkeys(_under(path)))
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({reason(error)})") from error
    return tuple(found)


def _under(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and _readable(file))
        if not any(file.name != CATALOG for file in files):
            raise InputError(f"{path}: there is no graph file here ({', '.join(SUFFIXES)}); name another folder")
        return files
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    return [path]


def _readable(file: Path) -> bool:
    return file.is_file() or (file.is_symlink() and not file.exists())  # a link to nothing is told, not passed over


def holds_evidence(file: Path) -> bool:
    """Whether the format of `file` has named graphs, in which evidence stands."""
    kind = _format(file)
    return kind is not None and kind.supports_datasets


def count(file: Path) -> FileCounts:
    """How many links, organisations, pieces of evidence and sources `file` describes.

    Raises:
        InputError: the file is broken: where.
    """
    seen: dict[str, set[str]] = {str(term): set() for term in (HX.Link, HX.Organisation, HX.Evidence, HX.Source)}
    for quad in parse(file):
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value in seen:
            seen[quad.object.value].add(str(quad.subject))
    return FileCounts(*(len(subjects) for subjects in seen.values()))


def locate(wanted: Collection[str], files: Iterable[Path]) -> dict[str, str]:
    """In which of `files` each of the IRIs `wanted` stands, as a piece of evidence or as a node outside evidence.

    Several files are told with commas between them; what stands in none is absent.
    """
    outside = (ox.DefaultGraph(), ox.NamedNode(ONTOLOGY_GRAPH))
    places: dict[str, dict[str, None]] = {}
    for file in files if wanted else ():
        for quad in parse(file):
            place = quad.subject if quad.graph_name in outside else quad.graph_name
            if isinstance(place, ox.NamedNode) and place.value in wanted:
                places.setdefault(place.value, {})[str(file)] = None
    return {iri: ", ".join(found) for iri, found in places.items()}


def parse(file: Path, base: str | None = None) -> Iterator[ox.Quad]:
    """The quads of `file`, read as they are asked for.

    Args:
        file: of an RDF format, by its suffix.
        base: what relative IRIs are relative to; without it the file must say so itself.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken: where.
    """
    with _explained(file) as kind:
        yield from _read(file, kind, base)


def load(graph: ox.Store, file: Path, name: str | None = None) -> None:
    """Load `file` into `graph` in bulk; triples that name no graph go to `name`, or to the default graph.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken: where.
        OSError: `graph` cannot be written.
    """
    load_all(graph, (file,), name)


def load_all(graph: ox.Store, files: Iterable[Path], name: str | None = None) -> None:
    """Load `files` into `graph` as `load` does, at one stroke: a store on disk is synced once, not once for each file.

    Raises:
        InputError: the suffix of one is unknown, or it is missing or broken: where.
        OSError: `graph` cannot be written.
    """
    graph.bulk_extend(placed(files, name))


def merge(graph: ox.Store) -> None:
    """Copy the triples of all named graphs of `graph` into its default graph, where each then stands once.

    The simple way, for graphs in memory: `kg.store.writer` keeps the triples as they come, which takes a third of the
    time.
    """
    graph.bulk_extend(ox.Quad(*quad.triple) for quad in graph if quad.graph_name != ox.DefaultGraph())


@contextmanager
def without_retired(graph: ox.Store) -> Iterator[None]:
    """Within the block `graph`, which is not merged, lacks what retired evidence says; its description stays.

    What a source says no more may well differ from what it says now, and is no error (docs/decisions/0010).
    """
    dated = graph.quads_for_pattern(None, _LAST_SEEN, None, ox.DefaultGraph())
    retired = {quad.subject for quad in dated if isinstance(quad.subject, ox.NamedNode)}
    if not retired:
        yield
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        aside = ox.Store(folder)
        aside.bulk_extend(quad for name in retired for quad in graph.quads_for_pattern(None, None, None, name))
        for name in retired:
            graph.remove_graph(name)
        try:
            yield
        finally:
            graph.bulk_extend(aside)


def placed(files: Iterable[Path], name: str | None = None) -> Iterator[ox.Quad]:
    """The quads of `files`, with blank nodes that are in one file only; those that name no graph are in `name`.

    Raises:
        InputError: the suffix of a file is unknown, or it is missing or broken: where.
    """
    graph = None if name is None else ox.NamedNode(name)
    for file in files:
        with _explained(file) as kind:
            for quad in _read(file, kind, None, rename=True):
                if graph is not None and quad.graph_name == ox.DefaultGraph():
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                else:
                    yield quad


def _read(file: Path, kind: ox.RdfFormat, base: str | None, *, rename: bool = False) -> Iterator[ox.Quad]:
    """The quads of `file`; where JSON-LD would drop what has a relative IRI and no base, it is refused instead."""
    strict = base is None and kind == ox.RdfFormat.JSON_LD
    for quad in ox.parse(path=str(file), format=kind, base_iri=_NOWHERE if strict else base, rename_blank_nodes=rename):
        for node in quad if strict else ():
            if isinstance(node, ox.NamedNode) and node.value.startswith(_NOWHERE):
                name = node.value.removeprefix(_NOWHERE)
                raise InputError(f"{file}: the IRI {name!r} is relative, and nothing says to what; write it in full")
        yield quad


def _format(file: Path) -> ox.RdfFormat | None:
    return ox.RdfFormat.from_extension(file.suffix.removeprefix("."))


@contextmanager
def _explained(file: Path) -> Iterator[ox.RdfFormat]:
    """The format of `file`; what goes wrong with the file within the block leaves it as one sentence."""
    kind = _format(file)
    if kind is None:
        raise InputError(f"{file}: the suffix {file.suffix!r} is no RDF format; use .trig, .nq, .ttl, .nt or .jsonld")
    try:
        with file.open("rb"):  # so that an OSError further down is never about the file
            pass
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({reason(error)})") from error
    try:
        yield kind
    except SyntaxError as error:
        message = _REMOTE if "LoadDocumentCallback" in error.msg else _PLACE.sub("", error.msg)
        raise InputError(f"{file}:{error.lineno or 1}:{error.offset or 1}: {message}") from error
