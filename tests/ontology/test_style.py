"""The ontology follows its style, and each rule of the style finds its violation."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from helpers.ontology_lint import ROOT, Breach, breaches, shipped, small, style, terms
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kg.rdf import files as graph_files
from kg.terms import PREFIXES, SCHEME

HX = Namespace(PREFIXES["hx"])

LONGEST = 180
"""Longest readable message on a terminal, in characters."""
PART = f"<{PREFIXES['hx'].rstrip('#')}/part>"
WHOLE = f"<{PREFIXES['hx'].rstrip('#')}>"
KIND = f"<{SCHEME}count-kind>"
EXACT = f"<{SCHEME}count-kind/exact>"


def test_the_ontology_follows_its_style() -> None:
    assert breaches(shipped()) == set()


def test_the_small_ontology_follows_the_style() -> None:
    assert breaches(small()) == set()


class Wrong(NamedTuple):
    """One violation in the small ontology, and the beginning of its messages."""

    update: str
    said: tuple[str, ...]


def without(subject: str, predicate: str, language: str | None = None) -> str:
    """Return an update that removes the values, in all languages or in one."""
    only = f'FILTER(LANG(?o) = "{language}")' if language else ""
    return f"DELETE {{ {subject} {predicate} ?o }} WHERE {{ {subject} {predicate} ?o {only} }}"


def also(*triples: str) -> str:
    return f"INSERT DATA {{ {' . '.join(triples)} }}"


def instead(subject: str, predicate: str, values: str) -> str:
    return f"{without(subject, predicate)} ; {also(f'{subject} {predicate} {values}')}"


def renamed(before: str, after: str) -> str:
    return (
        f"DELETE {{ {before} ?p ?o }} INSERT {{ {after} ?p ?o }} WHERE {{ {before} ?p ?o }} ;"
        f"DELETE {{ ?s ?p {before} }} INSERT {{ ?s ?p {after} }} WHERE {{ ?s ?p {before} }}"
    )


CASES = {
    "class in lower case": Wrong(renamed("hx:Firm", "hx:firm"), ("write the name of a class",)),
    "class in capitals": Wrong(renamed("hx:Firm", "hx:FIRM"), ("write the name of a class",)),
    "property in upper case": Wrong(renamed("hx:city", "hx:City"), ("write the name of a property",)),
    "property with an underscore": Wrong(renamed("hx:city", "hx:home_city"), ("write the name of a property",)),
    "property with has": Wrong(renamed("hx:city", "hx:hasCity"), ("name a property by what its value is",)),
    "no Chinese label": Wrong(without("hx:city", "rdfs:label", "zh"), ("give the term one label",)),
    "two English labels": Wrong(also('hx:city rdfs:label "town"@en'), ("give the term one label",)),
    "label in German": Wrong(also('hx:city rdfs:label "Stadt"@de'), ("give the term one label",)),
    "label in no language": Wrong(instead("hx:city", "rdfs:label", '"city" , "城市"@zh'), ("give the term one label",)),
    "no definition": Wrong(without("hx:Firm", "skos:definition"), ("give the term one definition",)),
    "two definitions": Wrong(also('hx:Firm skos:definition "It trades."@en'), ("give the term one definition",)),
    "definition without an end": Wrong(
        instead("hx:Firm", "skos:definition", '"it trades"@en , "经营性的行动者。"@zh'), ("end the definition",)
    ),
    "definition that is the label": Wrong(
        instead("hx:Firm", "skos:definition", '"Firm."@en , "经营性的行动者。"@zh'), ("the definition repeats",)
    ),
    "label of another class": Wrong(
        instead("hx:Firm", "rdfs:label", '"actor"@en , "企业"@zh'), ("another term has this label",)
    ),
    "scope note in one language": Wrong(without("hx:Firm", "skos:scopeNote", "zh"), ("give a scope note once in",)),
    "scope note without an example": Wrong(without("hx:Firm", "skos:example"), ("a term with a scope note",)),
    "example in one language": Wrong(also('hx:city skos:example "Ulm"@en'), ("give an example once in",)),
    "no module": Wrong(without("hx:city", "rdfs:isDefinedBy"), ("a term needs its module",)),
    "module without a header": Wrong(
        instead("hx:city", "rdfs:isDefinedBy", "<https://w3id.org/helix-kg/ontology/other>"),
        ("a term needs its module",),
    ),
    "class under nothing": Wrong(without("hx:Link", "rdfs:subClassOf"), ("a class needs a superclass",)),
    "class under another's": Wrong(instead("hx:Firm", "rdfs:subClassOf", "prov:Agent"), ("put the class under",)),
    "class under what is none": Wrong(instead("hx:Firm", "rdfs:subClassOf", "hx:Body"), ("put the class under",)),
    "no domain": Wrong(without("hx:city", "rdfs:domain"), ("a property needs a domain",)),
    "no range": Wrong(without("hx:participant", "rdfs:range"), ("a property needs a range",)),
    "two domains": Wrong(also("hx:city rdfs:domain hx:Link"), ("two domains mean both",)),
    "two ranges": Wrong(also("hx:participant rdfs:range hx:Firm"), ("two ranges mean both",)),
    "domain that is no class": Wrong(instead("hx:city", "rdfs:domain", "hx:Town"), ("a domain or range of ours",)),
    "inverse": Wrong(also("hx:participant owl:inverseOf hx:participation"), ("no inverse properties",)),
    "direct tie": Wrong(
        instead("hx:cooperatesWith", "skos:definition", '"Works with the other."@en , "与对方合作。"@zh'),
        ("a tie of two actors is a hx:Link",),
    ),
    "node property with literals": Wrong(
        instead("hx:participant", "rdfs:range", "xsd:string"), ("an object property leads to nodes",)
    ),
    "literal property with nodes": Wrong(
        instead("hx:city", "rdfs:range", "hx:Actor"), ("a datatype property has one of these ranges",)
    ),
    "literal property with years": Wrong(
        instead("hx:city", "rdfs:range", "xsd:gYear"), ("a datatype property has one of these ranges",)
    ),
    "deprecated false": Wrong(
        also("hx:city owl:deprecated false", 'hx:city skos:changeNote "Never."@en , "从未。"@zh'),
        ("owl:deprecated is true",),
    ),
    "deprecated without a word": Wrong(also("hx:city owl:deprecated true"), ("a deprecated term needs",)),
    "scheme in capitals": Wrong(
        renamed(KIND, f"<{SCHEME}CountKind>"), ("a scheme is named in lower case", "the IRI of a concept is")
    ),
    "scheme without a Chinese name": Wrong(without(KIND, "skos:prefLabel", "zh"), ("name the scheme",)),
    "scheme of nothing": Wrong(
        also(f'<{SCHEME}empty> a skos:ConceptScheme ; skos:prefLabel "empty"@en , "空"@zh'),
        ("a scheme needs concepts",),
    ),
    "concept without an English name": Wrong(without(EXACT, "skos:prefLabel", "en"), ("name the concept",)),
    "concept without a notation": Wrong(without(EXACT, "skos:notation"), ("give the concept one notation",)),
    "notation with spaces": Wrong(
        instead(EXACT, "skos:notation", '"not less"'), ("give the concept one notation", "the IRI of a concept is")
    ),
    "notation of another concept": Wrong(
        instead(EXACT, "skos:notation", '"at-least"'),
        ("another concept of the scheme has this notation", "the IRI of a concept is"),
    ),
    "name of another concept": Wrong(
        instead(EXACT, "skos:prefLabel", '"at least"@en , "恰好"@zh'), ("another concept of the scheme has this name",)
    ),
    "concept without a scheme": Wrong(without(EXACT, "skos:inScheme"), ("a concept is in one scheme",)),
    "no English title": Wrong(without(PART, "dct:title", "en"), ("a header has one title",)),
    "no description": Wrong(without(PART, "dct:description"), ("a header has one description",)),
    "no licence": Wrong(without(PART, "dct:license"), ("a header names one licence",)),
    "licence in words": Wrong(instead(PART, "dct:license", '"CC BY 4.0"'), ("a header names one licence",)),
    "no creator": Wrong(without(PART, "dct:creator"), ("a header names its creator",)),
    "created in a year": Wrong(instead(PART, "dct:created", '"2026"'), ("a header gives its day",)),
    "version in words": Wrong(
        f"{instead(PART, 'owl:versionInfo', chr(34) + 'new' + chr(34))} ;"
        f"{instead(PART, 'owl:versionIRI', '<https://w3id.org/helix-kg/ontology/part/new>')}",
        ("a header gives its version as three numbers", "a module has the version"),
    ),
    "no version IRI": Wrong(without(PART, "owl:versionIRI"), ("a header has one owl:versionIRI",)),
    "version IRI of another version": Wrong(
        instead(PART, "owl:versionIRI", "<https://w3id.org/helix-kg/ontology/part/9.9.9>"), ("the version IRI is",)
    ),
    "module that does not know its whole": Wrong(without(PART, "dct:isPartOf"), ("a module and the whole",)),
    "whole that does not know its module": Wrong(without(WHOLE, "dct:hasPart"), ("a module and the whole",)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_violations_of_the_style_are_found(case: Wrong) -> None:
    actual = breaches(small(case.update))
    assert sorted({message for _, message in actual if not message.startswith(case.said)}) == []
    for start in case.said:
        assert any(message.startswith(start) for _, message in actual), start


def test_a_violation_names_the_term() -> None:
    actual = breaches(small(CASES["label of another class"].update))
    assert {node for node, _ in actual} == {"hx:Actor", "hx:Firm"}
    assert breaches(small(without("hx:city", "rdfs:domain"))) == {
        Breach("hx:city", "a property needs a domain: rdfs:domain for one class, schema:domainIncludes for several")
    }


def test_each_message_has_a_case_and_both_languages() -> None:
    starts = {start for case in CASES.values() for start in case.said}
    for rule in set(style().subjects(SH.message)):
        texts = {
            str(text.language): str(text) for text in style().objects(rule, SH.message) if isinstance(text, Literal)
        }
        assert set(texts) == {"en", "zh"}
        assert max(map(len, texts.values())) <= LONGEST
        assert any(texts["en"].startswith(start) for start in starts), texts["en"]


def test_the_top_classes_are_those_that_the_style_guide_names() -> None:
    guide = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    paragraph = next(text for text in guide.split("\n\n") if text.startswith("**The top classes**"))
    lists = [Collection(style(), one) for one in style().objects(None, SH["in"])]
    top = next({str(term) for term in one} for one in lists if HX.Link in one)
    assert {HX + name for name in re.findall(r"`hx:(\w+)`", paragraph)} == top
    ours = {str(term) for term in terms()}
    under = {str(s) for s, o in shipped().subject_objects(RDFS.subClassOf) if str(o) in ours}
    classes = {str(term) for term in shipped().subjects(RDF.type, OWL.Class)}
    assert top == classes - under


def test_a_term_is_declared_in_the_file_of_its_module() -> None:
    for file in graph_files.ontology_files():
        graph = Graph().parse(file)
        headers = set(graph.subjects(RDF.type, OWL.Ontology))
        assert set(graph.objects(None, RDFS.isDefinedBy)) <= headers, file.name
        assert URIRef(f"{PREFIXES['hx'].rstrip('#')}/{file.stem}") in headers, file.name


def test_there_are_no_blank_nodes() -> None:
    assert [triple for triple in shipped() if any(isinstance(node, BNode) for node in triple)] == []
