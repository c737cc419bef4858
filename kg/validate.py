"""Whether data conform: the evidence rule, the shapes, and the yield that a catalogue promises.

Everything is found in one run. The shapes are SHACL (``ontology/shapes``), run by pySHACL over the merge of all
graphs; the evidence rule and the yields are read from the graphs themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import oxrdflib  # noqa: F401 - registers the ox-* parsers, five times as fast as rdflib's own
import pyoxigraph as ox
import pyshacl
from rdflib import SH, BNode, Graph, Literal, URIRef

from kg import graphs
from kg.errors import InputError
from kg.model import Finding, Report, Yield
from kg.sparql import construct, select
from kg.terms import ONTOLOGY_GRAPH, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rdflib.term import Node

_DESCRIBED = "hx:Source, hx:Evidence, skos:Concept, skos:ConceptScheme, dcat:Catalog, dcat:Dataset"
_STRAYS = f"""SELECT ?s (MIN(?p) AS ?property) {{ ?s ?p ?o
  FILTER NOT EXISTS {{ ?s a ?class FILTER(?class IN ({_DESCRIBED})) }} }} GROUP BY ?s ORDER BY ?s"""
_UNDESCRIBED = f"""SELECT DISTINCT ?s {{ GRAPH ?s {{ ?a ?b ?c }}
  FILTER(?s != <{ONTOLOGY_GRAPH}>) FILTER NOT EXISTS {{ ?s a hx:Evidence }} }} ORDER BY ?s"""
_EMPTY = "SELECT ?s { ?s a hx:Evidence FILTER NOT EXISTS { GRAPH ?s { ?a ?b ?c } } } ORDER BY ?s"
_STATING = "SELECT DISTINCT ?g { GRAPH ?g { ?node ?p ?o } } ORDER BY ?g"
_EXPECTED = """SELECT ?set ?name ?links ?actors ?evidence ?sources { ?set a dcat:Dataset ; hx:fileName ?name ;
  hx:expectedLinks ?links ; hx:expectedActors ?actors ; hx:expectedEvidence ?evidence ; hx:expectedSources ?sources }"""


def validate(data: ox.Store, files: Sequence[Path]) -> Report:
    """Everything in `data` that does not conform.

    Args:
        data: the graphs as their files have them (not yet merged), with the ontology in its own graph.
        files: where they were read from, to say where a finding stands and to hold yields against the catalogue.
    """
    found = [*_evidence_rule(data), *_shapes(data), *_yields(data, files)]
    places = graphs.locate({iri for finding in found for iri in finding.evidence[:1]}, files)
    return Report(tuple(_placed(finding, places) for finding in found))


def _placed(finding: Finding, places: dict[str, str]) -> Finding:
    file = finding.file or next((places[iri] for iri in finding.evidence if iri in places), None)
    return Finding(finding.rule, finding.node, finding.message, finding.evidence, file)


def _evidence_rule(data: ox.Store) -> Iterator[Finding]:
    """No statement about an actor or a link outside evidence; no evidence without a description or a statement."""
    for solution in select(data, _STRAYS):
        message = (
            f"{shorten(solution['property'].value)} is stated outside any evidence graph; put the statement into the "
            "graph of the evidence that says so (only sources, evidence, concepts and the catalogue are described "
            "outside)"
        )
        yield Finding("evidence", _text(solution["s"]), message)
    for solution in select(data, _UNDESCRIBED):
        iri = _text(solution["s"])
        message = "this graph is not described as evidence; say outside it of which hx:Source it is (a hx:Evidence)"
        yield Finding("evidence", iri, message, (iri,))
    for solution in select(data, _EMPTY):
        message = "this evidence supports no statement; put the statements into its graph, or remove it"
        yield Finding("evidence", _text(solution["s"]), message)


def _shapes(data: ox.Store) -> Iterator[Finding]:
    shapes = Graph()
    for file in graphs.shape_files():
        shapes.parse(file, format="ox-turtle")
    triples = construct(data, "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    merged = Graph().parse(triples.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", format="ox-nt")
    _, results, _ = pyshacl.validate(merged, shacl_graph=shapes, inference="none", allow_warnings=False)
    if not isinstance(results, Graph):
        raise InputError(f"the shapes of this installation cannot be read ({results}); install helix-kg again")
    found = [_finding(results, result, shapes, data) for result in results.subjects(None, SH.ValidationResult)]
    yield from sorted(found, key=lambda finding: (finding.node, finding.rule, finding.message))


def _finding(results: Graph, result: Node, shapes: Graph, data: ox.Store) -> Finding:
    node = results.value(result, SH.focusNode)
    value = results.value(result, SH.value)
    message = _message(results.objects(result, SH.resultMessage))
    if value is not None and value != node and not isinstance(value, BNode):
        message += f" (found: {shorten(str(value))})"
    evidence: tuple[str, ...] = ()
    if isinstance(node, URIRef):
        stating = select(data, _STATING, {"node": ox.NamedNode(str(node))})
        evidence = tuple(_text(solution["g"]) for solution in stating)
    return Finding(_rule(results.value(result, SH.sourceShape), shapes), str(node), message, evidence)


def _message(messages: Iterable[Node]) -> str:
    """The message in English; shapes carry each in several languages."""
    texts = [text for text in messages if isinstance(text, Literal)]
    return str(next((text for text in texts if text.language == "en"), texts[0]))


def _rule(shape: Node | None, shapes: Graph) -> str:
    """``Link/stage`` for the property shape of ``hx:stage`` in the node shape ``Link``."""
    path: list[str] = []
    while isinstance(shape, BNode):
        step = shapes.value(shape, SH.path)
        path[:0] = [str(step).rpartition("/")[2].rpartition("#")[2]] if isinstance(step, URIRef) else []
        shape = next(shapes.subjects(None, shape), None)
    return "/".join([str(shape).rpartition("/")[2], *path])


def _yields(data: ox.Store, files: Sequence[Path]) -> Iterator[Finding]:
    """Files against what a catalogue beside them says that they hold."""
    for catalog in (file for file in files if file.name == graphs.CATALOG):
        beside = {str(file.relative_to(catalog.parent)): file for file in files if file.is_relative_to(catalog.parent)}
        del beside[catalog.name]
        listed = {row["name"].value: row for row in select(data, _EXPECTED)}
        for name in sorted(beside.keys() - listed.keys()):
            yield Finding("catalog", name, "the catalogue does not say what this file holds; add it", (), str(catalog))
        for name, row in sorted(listed.items()):
            if name not in beside:
                message = f"the catalogue lists {name}, and there is no such file beside it"
                yield Finding("catalog", _text(row["set"]), message, (), str(catalog))
                continue
            expected = Yield(*(int(row[column].value) for column in ("links", "actors", "evidence", "sources")))
            counted = graphs.count(beside[name])
            if counted != expected:
                message = f"{name} holds {_words(counted)}, and the catalogue promises {_words(expected)}"
                yield Finding("catalog", _text(row["set"]), message, (), str(beside[name]))


def _words(size: Yield) -> str:
    found = f"{size.links} links, {size.actors} organisations"
    return f"{found}, {size.evidence} pieces of evidence and {size.sources} sources"


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
