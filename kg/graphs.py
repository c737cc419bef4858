"""Graph files: which there are under a path, and what is in one.

``.trig`` and ``.nq`` files hold evidence; ``.ttl`` files beside them hold concepts and the catalogue.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources
from kg.errors import InputError
from kg.model import Yield
from kg.terms import HX, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

SUFFIXES = (".trig", ".nq", ".ttl")
"""Which files of a folder are read; a file that is named itself may have any suffix of an RDF format."""

CATALOG = "catalog.ttl"
"""The file of a folder that says what the others hold; docs/model.md, "A graph file"."""


def ontology_files() -> tuple[Path, ...]:
    """The files of the shipped ontology, shapes left out."""
    return tuple(sorted(resources.ontology().glob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """The files of the shipped shapes."""
    return tuple(sorted((resources.ontology() / "shapes").glob("*.ttl")))


def discover(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The graph files under `paths`, in order and each once; the shipped ones where there is no path.

    Raises:
        InputError: a path is missing, or a folder has no graph file.
    """
    found: dict[Path, None] = {}
    for path in tuple(paths) or (resources.graphs(),):
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
            if not any(file.name != CATALOG for file in files):
                raise InputError(f"{path}: there is no graph file here ({', '.join(SUFFIXES)}); name another folder")
            found.update(dict.fromkeys(files))
        elif path.exists():
            found[path] = None
        else:
            raise InputError(f"{path}: there is no such file or folder")
    return tuple(found)


def count(file: Path) -> Yield:
    """How many links, organisations, pieces of evidence and sources `file` describes.

    Raises:
        InputError: the file is broken: where.
    """
    seen: dict[str, set[str]] = {str(term): set() for term in (HX.Link, HX.Organisation, HX.Evidence, HX.Source)}
    for quad in parse(file):
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value in seen:
            seen[quad.object.value].add(str(quad.subject))
    return Yield(*(len(subjects) for subjects in seen.values()))


def locate(graphs: Collection[str], files: Iterable[Path]) -> dict[str, str]:
    """In which of `files` each of `graphs` stands; those that stand in none are absent."""
    wanted = set(graphs)
    places: dict[str, str] = {}
    for file in files:
        if wanted <= places.keys():
            break
        for quad in parse(file):
            if not isinstance(quad.graph_name, ox.DefaultGraph) and quad.graph_name.value in wanted:
                places.setdefault(quad.graph_name.value, str(file))
    return places


def parse(file: Path) -> Iterator[ox.Quad]:
    """The quads of `file`, read as they are asked for.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken: where.
    """
    with _explained(file) as kind:
        yield from ox.parse(path=str(file), format=kind)


def load(graph: ox.Store, file: Path, name: str | None = None) -> None:
    """Load `file` into `graph` in bulk; triples that name no graph go to `name`, or to the default graph.

    Raises:
        InputError: the suffix is unknown, or the file is missing or broken: where.
        OSError: `graph` cannot be written.
    """
    with _explained(file) as kind:
        graph.bulk_load(path=str(file), format=kind, to_graph=None if name is None else ox.NamedNode(name))


@contextmanager
def _explained(file: Path) -> Iterator[ox.RdfFormat]:
    """The format of `file`; what goes wrong with the file within the block leaves it as one sentence."""
    kind = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if kind is None:
        raise InputError(f"{file}: the suffix {file.suffix!r} is no RDF format; use .trig, .nq, .ttl, .nt or .jsonld")
    try:
        with file.open("rb"):  # so that an OSError further down is never about the file
            pass
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error
    try:
        yield kind
    except SyntaxError as error:
        raise InputError(f"{file}:{error.lineno or 1}:{error.offset or 1}: {error.msg}") from error


_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
