"""Execution of the shapes over a store, with readable findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import oxrdflib  # noqa: F401 - registers the ox-* parsers, which are five times as fast as rdflib's own
import pyoxigraph as ox
from rdflib import SH, BNode, Graph, Literal, URIRef

from kg.rdf import files as graph_files
from kg.rdf.sparql import select, select_in_all
from kg.terms import PREFIXES, readable
from kg.validate import compile as compiler
from kg.validate import shapes as reader
from kg.validate.report import BLANK, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from kg.validate.compile import Query
    from kg.validate.shapes import Shape

Progress = Callable[[Iterable[int]], Iterable[int]]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_STATING = """SELECT DISTINCT ?g { { GRAPH ?g { ?node ?p ?o } FILTER EXISTS { ?g a hx:Evidence } }
  UNION { ?node a hx:Evidence BIND(?node AS ?g) } } ORDER BY ?g"""


@dataclass(frozen=True, slots=True)
class Result:
    """A violation of one constraint.

    Attributes:
        focus: the node that does not conform.
        value: the wrong value, if it is a single one.
        shape, kind: the shape of the constraint, and the name of its parameter.
        path: the property, if the shape itself names none (a closed shape, or a sh:sparql that returns it).
        constraint: the node of a sh:sparql.
    """

    focus: Term
    value: Term | None
    shape: Shape
    kind: str
    path: Term | None = None
    constraint: Node | None = None


def results(data: ox.Store, shapes: Graph) -> Iterator[Result]:
    """Yield the violations of `shapes` in `data`, the union of all graphs, one query after the other.

    Raises:
        InputError: a shape contains an unsupported constraint; the message names both.
    """
    return _results(data, reader.read(shapes), iter)


def _results(data: ox.Store, shapes: tuple[Shape, ...], progress: Progress) -> Iterator[Result]:
    """Yield the violations in the order of the queries, two of which run at a time: Oxigraph needs no interpreter."""

    @cache
    def narrower(kind: str) -> tuple[str, ...]:
        below = sorted(term.value for term in _below(data, kind) if isinstance(term, ox.NamedNode) and _has(data, term))
        return tuple(sorted(below, key=kind.__ne__))  # most nodes state the requested class itself, so it is first

    @cache
    def stated(name: str) -> bool:
        return next(data.quads_for_pattern(None, ox.NamedNode(name), None), None) is not None

    with ThreadPoolExecutor(2) as executor:
        found = [executor.submit(_violations, data, query) for query in compiler.queries(shapes, narrower, stated)]
        for number in progress(range(len(found))):
            yield from found[number].result()


def _below(data: ox.Store, kind: str) -> set[Term]:
    """Return the class `kind` and all its subclasses."""
    known: set[Term] = {ox.NamedNode(kind)}
    left = list(known)
    while left:
        subclasses = {quad.subject for quad in data.quads_for_pattern(None, _SUBCLASS, left.pop())} - known
        known |= subclasses
        left += subclasses
    return known


def _has(data: ox.Store, kind: ox.NamedNode) -> bool:
    """Return whether a node states the class `kind`."""
    return next(data.quads_for_pattern(None, _TYPE, kind), None) is not None


def _violations(data: ox.Store, query: Query) -> list[Result]:
    rows = select_in_all(data, query.text)
    names = {variable.value for variable in rows.variables}
    results = []
    for row in rows:
        value, path = (row[name] if name in names else None for name in ("value", "path"))
        results.append(Result(row["this"], value, query.shape, query.kind, path, query.constraint))
    return results


def check_shapes(data: ox.Store, lang: str, progress: Progress = iter) -> Iterator[Finding]:
    """Yield the violations of the shipped shapes by node, with messages in `lang`.

    `progress` wraps the numbers of the queries, for a progress bar.
    """
    graph, shapes = _shipped()
    findings = {_finding(result, graph, data, lang) for result in _results(data, shapes, progress)}
    yield from sorted(findings, key=lambda finding: (finding.node, finding.rule, finding.message))


@cache
def _shipped() -> tuple[Graph, tuple[Shape, ...]]:
    """Return the graph of the shipped shapes, and the shapes; reading takes as long as validating a small file."""
    graph = Graph()
    for file in graph_files.shape_files():
        graph.parse(file, format="ox-turtle")
    return graph, reader.read(graph)


def _finding(result: Result, shapes: Graph, data: ox.Store, lang: str) -> Finding:
    node, value = result.focus, result.value
    message = _message(shapes.objects(result.constraint or result.shape.node, SH.message), lang)
    if value is not None and value != node and not isinstance(value, ox.BlankNode):
        message += f" (found: {readable(text(value))})"
    name = _rule(result.shape.node, shapes)
    if not isinstance(node, ox.NamedNode):
        return Finding(name, BLANK, message)  # a blank node has a finding of its own, which contains the evidence
    stating = select(data, _STATING, {"node": node})
    return Finding(name, node.value, message, tuple(text(row["g"]) for row in stating))


def _message(messages: Iterable[Node], lang: str) -> str:
    """Return the message in `lang`; each rule of our shapes has one in English and in Chinese."""
    return next(str(text) for text in messages if isinstance(text, Literal) and text.language == lang)


def _rule(shape: Node | None, shapes: Graph) -> str:
    """Return the name of a rule: ``Link/stage`` for the property shape of ``hx:stage`` in the node shape ``Link``."""
    path: list[str] = []
    while isinstance(shape, BNode):
        step = shapes.value(shape, SH.path)
        path[:0] = [str(step).rpartition("/")[2].rpartition("#")[2]] if isinstance(step, URIRef) else []
        shape = next(shapes.subjects(None, shape), None)
    return "/".join([str(shape).rpartition("/")[2], *path])


def text(term: Term) -> str:
    """Return `term` for a table: an IRI or the text of a literal, unchanged."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
