"""Tasks of a worker of the server: an answer, or a graph, in the format that the client prefers.

The module imports as little as possible, because each new worker waits for the imports. The first part of a reply
begins with its media type and a line break.
"""

import io
import os
from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import LimitError, QueryError, StoreError
from kg.rdf.sparql import refusal
from kg.store.query_tasks import checked, opened
from kg.terms import PREFIXES
from kg.texts import Message
from kg.worker import isolation

RESULTS = {
    "json": (ox.QueryResultsFormat.JSON, b"application/sparql-results+json"),
    "xml": (ox.QueryResultsFormat.XML, b"application/sparql-results+xml"),
    "csv": (ox.QueryResultsFormat.CSV, b"text/csv; charset=utf-8; header=present"),
    "tsv": (ox.QueryResultsFormat.TSV, b"text/tab-separated-values; charset=utf-8"),
}
"""Formats of the answers to SELECT and ASK."""

GRAPHS = {
    "ttl": (ox.RdfFormat.TURTLE, b"text/turtle; charset=utf-8"),
    "nt": (ox.RdfFormat.N_TRIPLES, b"application/n-triples"),
    "rdf": (ox.RdfFormat.RDF_XML, b"application/rdf+xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, b"application/ld+json"),
    "trig": (ox.RdfFormat.TRIG, b"application/trig; charset=utf-8"),
    "nq": (ox.RdfFormat.N_QUADS, b"application/n-quads"),
}
"""Formats of graphs."""

NOT_ACCEPTABLE = b"not acceptable"
"""Media type of a reply to a client that accepts no format of the answer's form; the rest of the reply is empty."""

MISSING = b"missing"
"""Media type of a reply for a graph that the store does not contain; the rest of the reply is empty."""

_PREFIXES = dict(PREFIXES)


class _Answer(io.BytesIO):
    """Bytes of an answer up to a limit."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left = size

    def write(self, part: bytes) -> int:  # type: ignore[override]  # Oxigraph writes bytes only
        """Add `part`; an error ends the serialisation, and the query with it."""
        self._left -= len(part)
        if self._left < 0:
            raise _TooLargeError
        return super().write(part)


class _TooLargeError(Exception):
    """An answer is larger than its limit."""


def ready(store: str, isolate: bool) -> Iterator[bytes]:  # noqa: FBT001 - an argument in JSON
    """Open the store and yield the protections that the kernel does not have, one a line.

    Raises:
        StoreError: the store cannot be opened.
    """
    readable = _readable(os.path.dirname(store))  # noqa: PTH120 - pathlib takes 10 ms
    missing = list(isolation.isolate(readable)) if isolate else []  # first: the threads of the store inherit it
    try:
        opened(store)
    except (OSError, RuntimeError) as error:
        raise StoreError("the statements cannot be read ({error}); run kg store check", error=error) from error
    list(answer(store, "ASK {}", "http://localhost/", ["json", "ttl"], None, 100))  # the first query loads code
    yield "\n".join(missing).encode()


def _readable(folder: str) -> tuple[str, ...]:
    """Return what a worker may read: the folder; beside a public part also the lock and file list."""
    generation, name = os.path.split(folder)
    return (folder, *(f"{generation}/{file}" for file in ("readers", "files.json") if name == "public"))


def answer(
    store: str, query: str, base: str, formats: list[str], graphs: tuple[list[str], list[str]] | None, size: int
) -> Iterator[bytes]:
    """Yield the answer to a query.

    Args:
        store: path of the Oxigraph store.
        query: the query.
        base: the address that relative IRIs are resolved against.
        formats: a name in `RESULTS` and a name in `GRAPHS`; empty if the client accepts none of them.
        graphs: default graphs and named graphs that the protocol selects, if it does.
        size: limit of the answer, in bytes.

    Raises:
        QueryError: the query is refused.
        LimitError: the answer is larger than `size`.
        StoreError: the store is damaged.
    """
    dataset = {} if graphs is None else _dataset(*graphs)
    try:
        result = checked(opened(store), query, _PREFIXES, base, **dataset)
        output = _Answer(size)
        if isinstance(result, ox.QueryTriples):
            kind, media = GRAPHS.get(formats[1], (None, NOT_ACCEPTABLE))
            if kind is not None:
                result.serialize(output, kind)
        else:
            form, media = RESULTS.get(formats[0], (None, NOT_ACCEPTABLE))
            if form is not None:
                result.serialize(output, form)
    except (SyntaxError, ValueError) as error:  # ValueError: an IRI of the protocol that is none
        raise QueryError(refusal(str(error))) from error
    except _TooLargeError as error:
        raise _too_large(size) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: damage, or an unknown function
        raise _failed(error) from error
    yield media + b"\n" + output.getvalue()


def graph(store: str, name: str | None, format_name: str, size: int) -> Iterator[bytes]:
    """Yield the named graph `name`, or the default graph.

    Raises:
        QueryError: the name is not an IRI.
        LimitError: the graph is larger than `size` bytes.
        StoreError: the store is damaged.
    """
    kind, media = GRAPHS[format_name]
    try:
        place = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        output = _Answer(size)
        if name is not None and not opened(store).contains_named_graph(place):
            media = MISSING
        else:
            opened(store).dump(output, kind, from_graph=place, prefixes=_PREFIXES)
    except ValueError as error:
        raise QueryError("graph={name} is not an absolute IRI ({error})", name=name, error=error) from error
    except _TooLargeError as error:
        raise _too_large(size) from error
    except (OSError, RuntimeError) as error:
        raise _failed(error) from error
    yield media + b"\n" + output.getvalue()


def node(store: str, name: str, format_name: str, size: int) -> Iterator[bytes]:
    """Yield the description of a node: the statements about it, those that point to it, and those of its evidence.

    Raises:
        LimitError: the description is larger than `size` bytes.
        StoreError: the store is damaged.
    """
    kind, media = GRAPHS[format_name]
    output = _Answer(size)
    try:
        triples = set(_about(opened(store), ox.NamedNode(name)))
        ox.serialize(sorted(triples, key=str), output, kind, prefixes=_PREFIXES)
    except ValueError:  # the path has characters that an IRI does not allow
        triples = set()
    except _TooLargeError as error:
        raise _too_large(size) from error
    except (OSError, RuntimeError) as error:
        raise _failed(error) from error
    yield (media if triples else MISSING) + b"\n" + output.getvalue()


def _about(graph: ox.Store, name: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield the statements of a description; blank nodes in it are described too."""
    yield from (quad.triple for quad in graph.quads_for_pattern(None, None, name, ox.DefaultGraph()))
    yield from (quad.triple for quad in graph.quads_for_pattern(None, None, None, name))
    left: list[ox.NamedNode | ox.BlankNode] = [name]
    seen = set(left)
    while left:
        for quad in graph.quads_for_pattern(left.pop(), None, None, ox.DefaultGraph()):
            yield quad.triple
            if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                seen.add(quad.object)
                left.append(quad.object)


def _dataset(default: list[str], named: list[str]) -> dict[str, list[ox.NamedNode]]:
    """Return the dataset of a protocol request; without a default graph it is empty, as SPARQL requires."""
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named],
        }
    except ValueError as error:
        raise QueryError("default-graph-uri and named-graph-uri take absolute IRIs ({error})", error=error) from error


def _too_large(size: int) -> LimitError:
    return LimitError(
        "the answer is larger than {size} MB and was ended; narrow the query, or add LIMIT", size=size >> 20
    )


def _failed(error: Exception) -> QueryError | StoreError:
    if "function" in str(error):
        return QueryError(Message("the query is refused: {reason}", reason=error))
    return StoreError("the statements cannot be read ({error}); run kg store check", error=error)
