"""Ontology and graphs are consistent (OWL 2 RL), and contradictions are refused in plain words.

Two checks find contradictions. OWL infers from statements and never from their absence: it detects a firm that is a
ministry, and would treat two hosts of a unit as one. The shapes check the graph as it is: they detect the two hosts
too, and explain them to the author. So a shape alone requires one host. owl:FunctionalProperty would be an axiom
about a term of the W3C and would identify two universities.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.ontology_lint import axioms, shipped
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, Graph, Literal, Node, URIRef

from kg.ingest import build
from kg.rdf import files as graph_files
from kg.terms import BASE, ID, PREFIXES

if TYPE_CHECKING:
    from kg.validate.report import Finding

BACKGROUND = Path(__file__).resolve().parents[1] / "shapes" / "background.trig"
HEADER = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())


def contradictions(data: Graph) -> list[str]:
    """Return the contradictions of `data` and the ontology under OWL 2 RL; `data` is closed in place."""
    reasoner = OWLRL_Semantics(data, axioms=False, daxioms=False, rdfs=False)
    reasoner.closure()
    return [str(message) for message in reasoner.error_messages]


def readable() -> Graph:
    """Return the shipped graphs as one, without texts, which no axiom concerns and which cost a quarter of the time."""
    spoken = {str(term) for term in shipped().subjects()}
    triples = {
        ox.Triple(*quad.triple)
        for file in graph_files.discover([])
        for quad in graph_files.parse(file)
        if quad.predicate.value in spoken or not isinstance(quad.object, ox.Literal)
    }
    return Graph().parse(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="ox-nt")


def image(data: Graph, ontology: Graph) -> Graph:
    """Return `data` with one node for all nodes whose classes and properties, in both directions, one of them has.

    A rule of OWL 2 RL infers from statements alone, so what it derives of `data`, a contradiction too, it derives of
    this image. Literals of one type become one, because no axiom compares them. The image has a twentieth of the
    statements.
    """
    known = set(ontology.all_nodes()) | set(ontology.predicates())
    name = _representatives({node: has for node, has in features(data).items() if node not in known})
    result = Graph()
    for subject, predicate, value in data:
        result.add((name.get(subject, subject), predicate, name.get(value, value)))
    return result


def features(data: Graph) -> dict[Node, set[object]]:
    """Return the classes and properties of each node, and the type of each valid literal."""
    features = defaultdict[Node, set[object]](set)
    for subject, predicate, value in data:
        features[subject].add((predicate, value) if predicate == RDF.type else predicate)
        if not isinstance(value, Literal):
            features[value].add((None, predicate))
        elif not value.ill_typed:
            features[value].add((value.datatype, value.language))
    return features


def _representatives(features: dict[Node, set[object]]) -> dict[Node, Node]:
    """Return for each node one with at least its features, and as few nodes as possible."""
    first: dict[frozenset[object], Node] = {}
    name = {}
    for node, has in sorted(features.items(), key=lambda item: -len(item[1])):
        same = frozenset(has)
        if same not in first:
            first[same] = next((other for larger, other in first.items() if same < larger), node)
        name[node] = first[same]
    return name


def test_ontology_and_shipped_graphs_are_consistent() -> None:
    assert contradictions(image(readable(), axioms()) + axioms()) == []


def test_no_axiom_compares_literals() -> None:
    comparing = {OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.hasKey, OWL.hasValue, OWL.sameAs}
    comparing |= {OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.oneOf, OWL.NegativePropertyAssertion}
    assert comparing.isdisjoint((*axioms().predicates(), *axioms().objects()))


CANNOT_BE = {
    "firm-and-ministry": "a hx:Firm , hx:GovernmentDepartment",
    "firm-and-person": "a hx:Firm , hx:Person",
    "university-and-alliance": "a hx:University , hx:Alliance",
    "counted-and-firm": "a hx:PartyGroup , hx:Firm",  # unknown is not zero, nor an invented firm
    "role-and-tie": "a hx:Participation , hx:Agreement",  # a role is not a tie
    "claim-and-link": "a hx:Claim , hx:Partnership",  # a claim is not an act
    "government-and-province": "a hx:GovernmentDepartment , hx:Place",
    "who-has-a-post": "hx:post id:mayor ; a hx:Actor",  # the domain of the property excludes actors
}


def test_reasoning_finds_contradictions() -> None:
    text = "\n".join(f"id:{name} {what} ." for name, what in CANNOT_BE.items())
    fine = "id:unit a hx:Unit ; org:unitOf id:one , id:other . id:one a hx:University . id:other a hx:Firm ."
    data = image(Graph().parse(data=f"{HEADER}\n{text}\n{fine}", format="turtle"), axioms()) + axioms()
    found = contradictions(data)
    assert {name for name in CANNOT_BE if any(ID + name in message for message in found)} == set(CANNOT_BE)
    assert not any(ID + "unit" in message for message in found)  # two hosts: consistent under OWL
    assert (URIRef(ID + "one"), OWL.sameAs, URIRef(ID + "other")) not in data


LINK = 'a hx:Link , hx:Partnership ; skos:prefLabel "x"@en ; hx:kind <scheme/kind/Partnership>'
PARTY = "<id/x/1> a hx:Participation ; hx:participant <id/uni> ; hx:role <scheme/role/party> ."

REFUSED = {
    "a unit with two hosts": (
        'a hx:Actor , hx:Organisation , hx:Unit ; skos:prefLabel "x"@en ; org:unitOf <id/uni> , <id/firm> .',
        "a unit has at most one host, an organisation; state other builders as co-builders of a co-construction",
    ),
    "a firm that is a ministry": (
        'a hx:Actor , hx:Organisation , hx:Firm , hx:GovernmentDepartment ; skos:prefLabel "x"@en .',
        (
            "an organisation is exactly one of these: university, vocational college, firm, research institute, "
            "government department, association, alliance, unit, other organisation"
        ),
    ),
    "an end before its start": (
        (
            f'{LINK} ; hx:startEarliest "2025-11-08"^^xsd:date ; hx:endLatest "2024-12-31"^^xsd:date ; '
            f"hx:participation <id/x/1> . {PARTY}"
        ),
        ("hx:startEarliest (2025-11-08) is after hx:endLatest (2024-12-31); correct one of the two dates"),
    ),
    "more named than declared": (
        (
            "a hx:CountedGroup ; hx:count 1 ; hx:countKind <scheme/count-kind/exact> ; "
            "hx:countedThing <scheme/counted-thing/organisations> ; hx:namedMember <id/uni> , <id/firm> ."
        ),
        "more are named than were declared; correct the count or the named members (found: 2)",
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """The findings of one run about REFUSED, whose nodes are ``id/x0`` and so on, each in a file of its own."""
    folder = tmp_path_factory.mktemp("refused")
    files = [folder / f"x{number}.trig" for number in range(len(REFUSED))]
    for file, (expected, _) in zip(files, REFUSED.values(), strict=True):
        text = f"<evidence/paper/1> {{ <id/x> {expected} }}".replace("<id/x", f"<id/{file.stem}")
        file.write_text(f"@base <{BASE}> .\n{HEADER}\n{text}", encoding="utf-8")
    return build.check([BACKGROUND, *files]).findings


@pytest.mark.parametrize("what", REFUSED)
def test_contradictions_are_refused_with_a_clear_message(what: str, found: tuple[Finding, ...]) -> None:
    name = f"x{list(REFUSED).index(what)}"
    (finding,) = (one for one in found if one.node == ID + name)
    assert finding.message == REFUSED[what][1]
    assert f"{name}.trig" in str(finding.file)


def test_nothing_but_contradictions_is_refused(found: tuple[Finding, ...]) -> None:
    assert len(found) == len(REFUSED)
