"""Whether data conform: the evidence rule, the shapes, and the yield that a catalogue promises.

Everything is found in one run. The shapes are SHACL (``ontology/shapes``), run by pySHACL over the merge of all
graphs; what depends on which graph says a thing, and the yields, are read from the graphs themselves.
"""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING, NamedTuple

import oxrdflib  # noqa: F401 - registers the ox-* parsers, five times as fast as rdflib's own
import pyoxigraph as ox
import pyshacl
from rdflib import SH, BNode, Graph, Literal, URIRef

from kg import graphs
from kg.errors import InputError
from kg.model import Finding, Report
from kg.sparql import construct, select
from kg.terms import ONTOLOGY_GRAPH, PREFIXES, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rdflib.term import Node


class _Rule(NamedTuple):
    """What shapes cannot say, because it depends on where a thing is said.

    Attributes:
        name: of the rule.
        finds: a SELECT of ?s, the node; ?g, the evidence, where there is one; and what the message names.
        message: what is wrong and what to do.
    """

    name: str
    finds: str
    message: str


_HX = PREFIXES["hx"]
_RULES = (
    _Rule(
        "evidence",
        f"""SELECT ?s (MIN(?p) AS ?what) {{
          {{ ?s ?p ?o
            FILTER NOT EXISTS {{ ?s a ?class FILTER(?class IN (hx:Source, hx:Evidence, hx:Judgement, skos:Concept,
              skos:ConceptScheme, dcat:Catalog, dcat:Dataset)) }} }}
          UNION {{ {{ ?s ?p ?o ; a ?class }} UNION {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o ; a ?class }} }}
            FILTER(STRSTARTS(STR(?class), "{_HX}") && ?class NOT IN (hx:Source, hx:Evidence, hx:Judgement)) }}
          UNION {{ {{ SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s ?any ?thing }} FILTER(?g != <{ONTOLOGY_GRAPH}>) }} }}
            {{ ?s ?p ?o }} UNION {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }} }}
        }} GROUP BY ?s ORDER BY ?s""",
        "{what} is stated outside any evidence graph; put the statement into the graph of the evidence that says so "
        "(only sources, evidence, concepts and the catalogue are described outside)",
    ),
    _Rule(
        "evidence",
        f"""SELECT DISTINCT ?s (?s AS ?g) {{ GRAPH ?s {{ ?a ?b ?c }}
          FILTER(?s != <{ONTOLOGY_GRAPH}>) FILTER NOT EXISTS {{ ?s a hx:Evidence }} }} ORDER BY ?s""",
        "this graph is not described as evidence; say outside it of which hx:Source it is (a hx:Evidence)",
    ),
    _Rule(
        "evidence",
        "SELECT ?s (?s AS ?g) { ?s a hx:Evidence FILTER NOT EXISTS { GRAPH ?s { ?a ?b ?c } } } ORDER BY ?s",
        "this evidence supports no statement; put the statements into its graph, or remove it",
    ),
    _Rule(
        "name",
        """SELECT ?g (?g AS ?s) (MIN(?p) AS ?what) { GRAPH ?g { ?a ?p ?b FILTER(ISBLANK(?a) || ISBLANK(?b)) } }
          GROUP BY ?g ORDER BY ?g""",
        "{what} is stated with a blank node, which no other evidence could speak of; give it an IRI",
    ),
    _Rule(
        "term",
        f"""SELECT ?s ?what ?g {{
          {{ {{ ?s ?what ?o }} UNION {{ GRAPH ?g {{ ?s ?what ?o }} }} }} UNION
          {{ {{ ?s a ?what }} UNION {{ GRAPH ?g {{ ?s a ?what }} }} }}
          FILTER(STRSTARTS(STR(?what), "{_HX}")) FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?what a ?kind }} }}
        }} ORDER BY ?s ?what ?g""",
        "{what} is no term of the ontology; look for a spelling mistake",
    ),
    _Rule(
        "derived",
        f"""SELECT ?s ?what ?g {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?what hx:derivedBy ?rule }} GRAPH ?g {{ ?s ?what ?o }}
        }} ORDER BY ?s ?what ?g""",
        "{what} is derived at each build by a rule and never stated by hand; state the link that it follows from",
    ),
    _Rule(
        "class",
        """SELECT ?s ?g { GRAPH ?g { ?s ?p ?o } ?g a hx:Evidence
          FILTER NOT EXISTS { { ?s a ?class } UNION { GRAPH ?in { ?s a ?class } } } } GROUP BY ?s ?g ORDER BY ?s ?g""",
        "nothing says what this is, so no question finds it; state its class, such as hx:Link or hx:Participation",
    ),
    _Rule(
        "dates",
        """SELECT ?g ?s ?what ?first ?other ?then {
          VALUES (?what ?other) { (hx:startEarliest hx:startLatest) (hx:endEarliest hx:endLatest)
            (hx:startEarliest hx:endLatest) (hx:attestedEarliest hx:attestedLatest) }
          GRAPH ?g { ?s ?what ?first ; ?other ?then } FILTER(?first > ?then) } ORDER BY ?s ?what ?other ?g""",
        "{what} is {first} and {other} is {then}, which is before it; one of the two days is wrong",
    ),
)

_STATING = """SELECT DISTINCT ?g { { GRAPH ?g { ?node ?p ?o } FILTER EXISTS { ?g a hx:Evidence } }
  UNION { ?node a hx:Evidence BIND(?node AS ?g) } } ORDER BY ?g"""
_EXPECTED = """SELECT ?set ?name ?links ?actors ?evidence ?sources { ?set a dcat:Dataset ; hx:fileName ?name ;
  hx:expectedLinks ?links ; hx:expectedActors ?actors ; hx:expectedEvidence ?evidence ; hx:expectedSources ?sources }"""


def validate(data: ox.Store, files: Sequence[Path], lang: str = "en") -> Report:
    """Everything in `data` that does not conform.

    Args:
        data: the graphs as their files have them (not yet merged), with the ontology in its own graph.
        files: where they were read from, to say where a finding stands and to hold yields against the catalogue.
        lang: of the messages of shapes, ``en`` or ``zh``; what is said of graphs and files is in English.
    """
    found = [*_by_rules(data), *_shapes(data, lang), *_yields(files)]
    places = graphs.locate({_place(finding) for finding in found}, files)
    return Report(tuple(replace(finding, file=finding.file or places.get(_place(finding))) for finding in found))


def _place(finding: Finding) -> str:
    """What to look for in the files: the evidence, or a node that is described outside evidence."""
    return finding.evidence[0] if finding.evidence else finding.node


def _by_rules(data: ox.Store) -> Iterator[Finding]:
    """What `_RULES` find: statements outside evidence, and what else depends on where a thing is said."""
    for rule in _RULES:
        found = select(data, rule.finds)
        names = [variable.value for variable in found.variables]
        for row in found:
            said = {name: _text(term) for name, term in zip(names, row, strict=True) if term is not None}
            message = rule.message.format_map({name: shorten(text) for name, text in said.items()})
            yield Finding(rule.name, said["s"], message, (said["g"],) if "g" in said else ())


def _shapes(data: ox.Store, lang: str) -> Iterator[Finding]:
    shapes = Graph()
    for file in graphs.shape_files():
        shapes.parse(file, format="ox-turtle")
    triples = construct(data, "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    merged = Graph().parse(triples.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", format="ox-nt")
    _, results, _ = pyshacl.validate(merged, shacl_graph=_flat(shapes), inference="none")
    if not isinstance(results, Graph):
        raise InputError(f"the shapes of this installation cannot be read ({results}); install helix-kg again")
    found = {_finding(results, result, shapes, data, lang) for result in results.objects(None, SH.result)}
    yield from sorted(found, key=lambda finding: (finding.node, finding.rule, finding.message))


def _flat(shapes: Graph) -> Graph:
    """`shapes` with the targets of each node shape handed on to its property shapes.

    The findings are the same; but pySHACL then looks at all nodes of a class at once and not at one after the other,
    and needs a third of the time.
    """
    flat = Graph() + shapes
    for target in (SH.targetClass, SH.targetSubjectsOf):
        for shape, term in shapes.subject_objects(target):
            for rule in shapes.objects(shape, SH.property):
                flat.remove((shape, SH.property, rule)).add((rule, target, term))
    return flat


def _finding(results: Graph, result: Node, shapes: Graph, data: ox.Store, lang: str) -> Finding:
    node = results.value(result, SH.focusNode)
    value = results.value(result, SH.value)
    rule = results.value(result, SH.sourceConstraint) or results.value(result, SH.sourceShape)
    message = _message(shapes.objects(rule, SH.message), lang)
    if value is not None and value != node and not isinstance(value, BNode):
        message += f" (found: {shorten(str(value))})"
    name = _rule(results.value(result, SH.sourceShape), shapes)
    if not isinstance(node, URIRef):
        return Finding(name, "[]", message)  # a blank node; that is a finding of its own, which tells the evidence
    stating = select(data, _STATING, {"node": ox.NamedNode(str(node))})
    return Finding(name, str(node), message, tuple(_text(row["g"]) for row in stating))


def _message(messages: Iterable[Node], lang: str) -> str:
    """The message in `lang`; each rule of our shapes has it in English and Chinese."""
    return next(str(text) for text in messages if isinstance(text, Literal) and text.language == lang)


def _rule(shape: Node | None, shapes: Graph) -> str:
    """``Link/stage`` for the property shape of ``hx:stage`` in the node shape ``Link``."""
    path: list[str] = []
    while isinstance(shape, BNode):
        step = shapes.value(shape, SH.path)
        path[:0] = [str(step).rpartition("/")[2].rpartition("#")[2]] if isinstance(step, URIRef) else []
        shape = next(shapes.subjects(None, shape), None)
    return "/".join([str(shape).rpartition("/")[2], *path])


def _yields(files: Sequence[Path]) -> Iterator[Finding]:
    """Files against what a catalogue beside them says that they hold."""
    for catalog in (file for file in files if file.name == graphs.CATALOG):
        beside = {str(file.relative_to(catalog.parent)): file for file in files if file.is_relative_to(catalog.parent)}
        del beside[catalog.name]
        listing = ox.Store()
        graphs.load(listing, catalog)
        listed = {row["name"].value: row for row in select(listing, _EXPECTED)}
        for name in sorted(beside.keys() - listed.keys()):
            message = "the catalogue does not say what this file holds, or not all of it; add it"
            yield Finding("catalog", name, message, (), str(catalog))
        for name, row in sorted(listed.items()):
            if name not in beside:
                message = f"the catalogue lists {name}, and there is no such file beside it"
                yield Finding("catalog", _text(row["set"]), message, (), str(catalog))
                continue
            expected = [row[column].value for column in ("links", "actors", "evidence", "sources")]
            counted = [str(number) for number in astuple(graphs.count(beside[name]))]
            if counted != expected:
                message = f"{name} holds {_words(counted)}, and the catalogue promises {_words(expected)}"
                yield Finding("catalog", _text(row["set"]), message, (), str(beside[name]))


def _words(size: Sequence[str]) -> str:
    links, actors, evidence, sources = size
    return f"{links} links, {actors} organisations, {evidence} pieces of evidence and {sources} sources"


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
