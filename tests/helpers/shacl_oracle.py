"""Oracles for the compiled shapes: pySHACL, and the expected reports of the W3C test suite.

All results are sets of `Violation`, which omit the names of blank nodes, because those differ between two parses.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import oxrdflib  # noqa: F401 - registers the ox-* parsers
import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from kg.validate import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Identifier, Node

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Violation(NamedTuple):
    """A result: the focus node, the value, the property (or ``path``), the component, the shape, the severity."""

    focus: str
    value: str
    path: str
    component: str
    shape: str
    severity: str


def run_compiled(data: ox.Store, shapes: Graph) -> set[Violation]:
    """Return the violations that the compiled shapes find in `data`."""
    return {_ours(result) for result in run.results(data, shapes)}


def run_pyshacl(data: Graph, shapes: Graph) -> set[Violation]:
    """Return the violations that pySHACL finds in `data`."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # rdflib logs a traceback for each invalid literal
    with mock.patch.object(SPARQLProcessor, "query", _query):
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph), report
    return read_report(report, report)


_answer = SPARQLProcessor.query


def _query(
    self: SPARQLProcessor,
    query: str | Query,
    bindings: Mapping[str, Identifier] | None = None,
    namespaces: Mapping[str, Any] | None = None,
    base: str | None = None,
    debug: bool = False,  # noqa: FBT002 - likewise
) -> Mapping[str, Any]:
    """Answer a query that is parsed once; pySHACL asks it for each node, and parsing takes most of its time."""
    if isinstance(query, str):
        query = _parsed(query, tuple(sorted((namespaces or {}).items())), base)
    return _answer(self, query, bindings or {}, namespaces or {}, base, debug)


@cache
def _parsed(query: str, namespaces: tuple[tuple[str, Any], ...], base: str | None) -> Query:
    return prepareQuery(query, dict(namespaces), base)


def read_report(report: Graph, place: Graph, node: Node | None = None) -> set[Violation]:
    """Return the results of `report` for `node` (default: all), as `place` describes them."""
    return {_theirs(place, result) for result in report.objects(node, SH.result)}


def flatten(shapes: Graph) -> Graph:
    """Return `shapes` with targets moved to the property shapes, which makes pySHACL three times as fast."""
    graph = Graph() + shapes
    for target in (SH.targetClass, SH.targetSubjectsOf):
        for shape, term in shapes.subject_objects(target):
            for rule in shapes.objects(shape, SH.property):
                graph.remove((shape, SH.property, rule)).add((rule, target, term))
    return graph


def merge(data: ox.Store) -> Graph:
    """Return the union of all graphs of `data` as rdflib parses it."""
    triples = data.query(_EVERYTHING)
    assert isinstance(triples, ox.QueryTriples)
    text = triples.serialize(format=ox.RdfFormat.N_TRIPLES)
    return parse(data=text or b"", format="ox-nt")


def parse(
    source: Path | None = None,
    format: str | None = None,  # noqa: A002 - the name of rdflib
    *,
    data: bytes | None = None,
    publicID: str | None = None,  # noqa: N803 - the name of rdflib
) -> Graph:
    """Return the graph of a file or of `data` without normalising its literals."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return Graph().parse(source, publicID, format, data=data)
    finally:
        rdflib.NORMALIZE_LITERALS = before


def to_store(data: Graph) -> ox.Store:
    """Return a store with the triples of `data`."""
    store = ox.Store()
    store.extend(ox.Quad(_resource(s), ox.NamedNode(str(p)), _term(o)) for s, p, o in data)
    return store


def _ours(result: run.Result) -> Violation:
    shape = result.shape
    path = "" if shape.path is None else shape.path.property or "path"
    path = result.path.value if isinstance(result.path, ox.NamedNode) else path
    name = "SPARQL" if result.kind == "sparql" else result.kind[0].upper() + result.kind[1:]
    component = f"{SH}{name}ConstraintComponent"
    value = "" if result.value is None else _key(result.value)
    if result.kind == "sparql" and result.value is None and shape.path is None:
        value = _key(result.focus)
    return Violation(_key(result.focus), value, path, component, str(shape.node), shape.severity)


def _theirs(graph: Graph, result: Node) -> Violation:
    def key_of(term: URIRef) -> str:
        value = graph.value(result, term)
        return "" if value is None else _key(_term(value))

    path = graph.value(result, SH.resultPath)
    return Violation(
        focus=key_of(SH.focusNode),
        value=key_of(SH.value),
        path="" if path is None else str(path) if isinstance(path, URIRef) else "path",
        component=str(graph.value(result, SH.sourceConstraintComponent)),
        shape=str(graph.value(result, SH.sourceShape)),
        severity=str(graph.value(result, SH.resultSeverity)),
    )


def _resource(term: Node) -> ox.NamedNode | ox.BlankNode:
    resource = _term(term)
    assert not isinstance(resource, ox.Literal)
    return resource


def _term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def _key(term: run.Term) -> str:
    """Return `term` as a store serialises it (``01`` becomes 1)."""
    if isinstance(term, ox.BlankNode):
        return "_"
    if isinstance(term, ox.Literal):
        store, node = ox.Store(), ox.NamedNode("urn:x")
        store.add(ox.Quad(node, node, term))
        (quad,) = store
        return str(quad.object)
    return str(term)
