"""Two oracles of the compiled shapes: pySHACL, and the expected reports of the W3C test suite.

Their results and ours are sets of `Breach`, which omit only the names of blank nodes, because these differ between two
readings of one file.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

import oxrdflib  # noqa: F401 - registers the ox-* parsers
import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import SH, BNode, Graph, Literal, URIRef

from kg.validate import run

if TYPE_CHECKING:
    from rdflib.term import Node

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Breach(NamedTuple):
    """One result: the focus node, the value, the property (or ``path``), the component, the shape, the severity."""

    focus: str
    value: str
    path: str
    component: str
    shape: str
    severity: str


def ours(data: ox.Store, shapes: Graph) -> set[Breach]:
    """Return the results of the compiled shapes for `data`."""
    return {_ours(result) for result in run.results(data, shapes)}


def by_pyshacl(data: Graph, shapes: Graph) -> set[Breach]:
    """Return the results of pySHACL for `data`."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it logs a traceback for each ill-typed literal
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph), report
    return reported(report, report)


def reported(report: Graph, place: Graph, node: Node | None = None) -> set[Breach]:
    """Return the results of the `report` about `node` (or all nodes), with names from `place`."""
    return {_theirs(place, result) for result in report.objects(node, SH.result)}


def flat(shapes: Graph) -> Graph:
    """Return `shapes` with their targets copied to their property shapes, which makes pySHACL three times as fast."""
    graph = Graph() + shapes
    for target in (SH.targetClass, SH.targetSubjectsOf):
        for shape, term in shapes.subject_objects(target):
            for rule in shapes.objects(shape, SH.property):
                graph.remove((shape, SH.property, rule)).add((rule, target, term))
    return graph


def merged(data: ox.Store) -> Graph:
    """Return all graphs of `data` as one rdflib graph."""
    triples = data.query(_EVERYTHING).serialize(format=ox.RdfFormat.N_TRIPLES)
    return parsed(data=triples or b"", format="ox-nt")


def parsed(**source: object) -> Graph:
    """Return the graph of `source` with unchanged literals, which rdflib would normalise."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return Graph().parse(**source)
    finally:
        rdflib.NORMALIZE_LITERALS = before


def stored(data: Graph) -> ox.Store:
    """Return a store with `data`."""
    store = ox.Store()
    store.extend(ox.Quad(*(_term(term) for term in triple)) for triple in data)
    return store


def _ours(result: run.Result) -> Breach:
    shape = result.shape
    path = "" if shape.path is None else shape.path.property or "path"
    path = result.path.value if isinstance(result.path, ox.NamedNode) else path
    name = "SPARQL" if result.kind == "sparql" else result.kind[0].upper() + result.kind[1:]
    component = f"{SH}{name}ConstraintComponent"
    value = "" if result.value is None else _key(result.value)
    if result.kind == "sparql" and result.value is None and shape.path is None:
        value = _key(result.focus)
    return Breach(_key(result.focus), value, path, component, str(shape.node), shape.severity)


def _theirs(graph: Graph, result: Node) -> Breach:
    def told(term: URIRef) -> str:
        value = graph.value(result, term)
        return "" if value is None else _key(_term(value))

    path = graph.value(result, SH.resultPath)
    return Breach(
        focus=told(SH.focusNode),
        value=told(SH.value),
        path="" if path is None else str(path) if isinstance(path, URIRef) else "path",
        component=str(graph.value(result, SH.sourceConstraintComponent)),
        shape=str(graph.value(result, SH.sourceShape)),
        severity=str(graph.value(result, SH.resultSeverity)),
    )


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
    """Return `term` as a store keeps it (``01`` is 1)."""
    if isinstance(term, ox.BlankNode):
        return "_"
    if isinstance(term, ox.Literal):
        store, node = ox.Store(), ox.NamedNode("urn:x")
        store.add(ox.Quad(node, node, term))
        (quad,) = store
        return str(quad.object)
    return str(term)
