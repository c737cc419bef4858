"""The pitfalls of OOPS! that can be detected offline, with their numbers; each test also detects a planted one.

OOPS! is the catalogue of Poveda-Villalón, Gómez-Pérez and Suárez-Figueroa: OOPS! (OntOlogy Pitfall Scanner!), 2014,
https://doi.org/10.4018/ijswis.2014040102. Its other pitfalls concern meaning or need the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from helpers.ontology_lint import ROOT, shipped, small
from helpers.shacl_oracle import to_store
from helpers.terms import value_of

from kg.rdf.sparql import select
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from rdflib import Graph

PREFIXES = """
PREFIX hx: <https://w3id.org/helix-kg/ontology#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
OURS = 'STRSTARTS(STR(?found), "https://w3id.org/helix-kg/ontology#")'
ENDS = "rdfs:domain|rdfs:range|schema:domainIncludes|schema:rangeIncludes"
NAME = 'BIND(STRAFTER(STR(?found), "#") AS ?name)'


class Pitfall(NamedTuple):
    """A query for a pitfall (`?found` is the fault), an update that plants one, and the planted fault."""

    asks: str
    falls: str
    seen: set[str]


PITFALLS = {
    "P04 unconnected elements": Pitfall(
        f"""SELECT ?found {{ {{ ?found a owl:Class
              FILTER NOT EXISTS {{ ?property {ENDS} ?found }} FILTER NOT EXISTS {{ ?part rdfs:subClassOf ?found }}
              FILTER NOT EXISTS {{ ?found rdfs:subClassOf ?whole . ?whole a owl:Class }} }}
            UNION {{ ?found a ?kind FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
              FILTER NOT EXISTS {{ ?found {ENDS} ?end }} }} }}""",
        "INSERT DATA { hx:Island a owl:Class }",
        {"Island"},
    ),
    "P06 cycles in a class hierarchy": Pitfall(
        "SELECT ?found { ?found rdfs:subClassOf+ ?found }",
        "INSERT DATA { hx:Actor rdfs:subClassOf hx:Firm }",
        {"Actor", "Firm"},
    ),
    "P08 missing annotations": Pitfall(
        f"""SELECT ?found {{ ?found a ?kind FILTER({OURS})
              FILTER NOT EXISTS {{ ?found rdfs:label ?label ; skos:definition ?text }} }}""",
        "DELETE WHERE { hx:city skos:definition ?text }",
        {"city"},
    ),
    # The forms of a link are deliberately not disjoint; docs/ontology.md, "Disjoint classes".
    "P10 missing disjointness": Pitfall(
        """SELECT DISTINCT ?found { ?one rdfs:subClassOf ?found . ?other rdfs:subClassOf ?found . ?found a owl:Class
              FILTER(?one != ?other && ?found != hx:Link)
              FILTER NOT EXISTS { ?left rdfs:subClassOf ?found ; owl:disjointWith ?right . ?right rdfs:subClassOf ?found
            } }""",
        "INSERT DATA { hx:University rdfs:subClassOf hx:Actor }",
        {"Actor"},
    ),
    "P11 missing domain or range": Pitfall(
        """SELECT ?found { ?found a ?kind FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
              FILTER(NOT EXISTS { ?found rdfs:domain|schema:domainIncludes ?of }
                || NOT EXISTS { ?found rdfs:range|schema:rangeIncludes ?is }) }""",
        "DELETE WHERE { hx:city rdfs:range ?is }",
        {"city"},
    ),
    # The policy is to declare no inverses (docs/ontology.md), so an inverse is the fault here.
    "P13 inverse relationships": Pitfall(
        "SELECT ?found { ?found owl:inverseOf ?other }",
        "INSERT DATA { hx:participant owl:inverseOf hx:participantOf }",
        {"participant"},
    ),
    "P19 multiple domains or ranges": Pitfall(
        """SELECT DISTINCT ?found { ?found ?end ?one , ?other
              FILTER(?end IN (rdfs:domain, rdfs:range) && ?one != ?other) }""",
        "INSERT DATA { hx:city rdfs:domain hx:Link }",
        {"city"},
    ),
    "P22 different naming conventions": Pitfall(
        f"""SELECT ?found {{ ?found a ?kind FILTER({OURS}) {NAME}
              FILTER(REGEX(?name, "[^A-Za-z]|[A-Z]{{2}}") || REGEX(?name, "^[A-Z]") != (?kind = owl:Class)) }}""",
        "INSERT DATA { hx:research_institute a owl:Class }",
        {"research_institute"},
    ),
    "P32 several classes with the same label": Pitfall(
        """SELECT ?found { ?found a owl:Class ; rdfs:label ?label . ?other a owl:Class ; rdfs:label ?label
              FILTER(?found != ?other) }""",
        'INSERT DATA { hx:Firm rdfs:label "actor"@en }',
        {"Actor", "Firm"},
    ),
    "P34 untyped class": Pitfall(
        f"""SELECT DISTINCT ?found {{ ?any a|rdfs:subClassOf|owl:disjointWith|{ENDS} ?found FILTER({OURS})
              FILTER NOT EXISTS {{ ?found a owl:Class }} }}""",
        "INSERT DATA { hx:participant schema:rangeIncludes hx:Person }",
        {"Person"},
    ),
    "P35 untyped property": Pitfall(
        f"""SELECT DISTINCT ?found {{ ?any ?found ?thing FILTER({OURS}) FILTER NOT EXISTS {{ ?found a ?kind
              FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }} }}""",
        "INSERT DATA { hx:Firm hx:sectorOfClass <https://w3id.org/helix-kg/scheme/sector/firm> }",
        {"sectorOfClass"},
    ),
    "P38 no ontology declaration": Pitfall(
        """SELECT ?found { BIND("no owl:Ontology" AS ?found) FILTER NOT EXISTS { ?any a owl:Ontology } }""",
        "DELETE WHERE { ?any a owl:Ontology }",
        {"no owl:Ontology"},
    ),
    "P41 no licence": Pitfall(
        "SELECT ?found { ?found a owl:Ontology FILTER NOT EXISTS { ?found dct:license ?licence } }",
        "DELETE WHERE { ?any dct:license ?licence }",
        {"https://w3id.org/helix-kg/ontology", "https://w3id.org/helix-kg/ontology/part"},
    ),
}


def found(graph: Graph, pitfall: Pitfall) -> set[str]:
    rows = select(to_store(graph), PREFIXES + pitfall.asks)
    return {value_of(row["found"]).removeprefix(f"{ONTOLOGY_GRAPH}#") for row in rows}


@pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS.keys())
def test_the_ontology_avoids_the_pitfall(pitfall: Pitfall) -> None:
    assert found(shipped(), pitfall) == set()


@pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS.keys())
def test_the_pitfall_is_detected(pitfall: Pitfall) -> None:
    assert found(small(), pitfall) == set()
    assert found(small(pitfall.falls), pitfall) == pitfall.seen


def test_the_policy_on_inverses_is_documented() -> None:
    guide = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert "owl:inverseOf" in guide
    assert "P13" in guide
