"""The checks of FOOPS! that work offline, for findable and reusable ontologies.

FOOPS! is the validator of Garijo, Corcho and Poveda-Villalón: FOOPS!: An Ontology Pitfall Scanner for the FAIR
Principles, ISWC 2021. Its checks of a server (content negotiation, a registered prefix, a resolving version IRI) need
a published ontology. These tests cover the checks of files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.ontology_lint import ROOT, shipped, style
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, Graph, Literal, Namespace, URIRef

from kg.rdf import files as graph_files
from kg.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from rdflib.namespace import DefinedNamespace

HX = Namespace(PREFIXES["hx"])
WHOLE = URIRef(PREFIXES["hx"].removesuffix("#"))
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
VOCABULARIES: tuple[type[DefinedNamespace], ...] = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN)


def headers() -> list[URIRef]:
    return sorted(one for one in shipped().subjects(RDF.type, OWL.Ontology) if isinstance(one, URIRef))


def text(subject: URIRef, predicate: URIRef, language: str | None = None) -> str:
    """Return the one value of `predicate`, in `language`."""
    (actual,) = (one for one in shipped().objects(subject, predicate) if getattr(one, "language", None) == language)
    return str(actual)


def test_the_namespace_is_persistent_and_that_of_the_ontology() -> None:
    assert BASE.startswith("https://w3id.org/")
    assert f"{WHOLE}#" == HX
    assert all(one == WHOLE or str(one).startswith(f"{WHOLE}/") for one in headers())


@pytest.mark.parametrize("header", headers(), ids=lambda one: one.rpartition("/")[2])
def test_a_header_describes_its_file_completely(header: URIRef) -> None:
    for language in ("en", "zh"):
        assert text(header, DCTERMS.title, language)
        assert text(header, DCTERMS.description, language).endswith((".", "。"))
    assert text(header, DCTERMS.license) == str(LICENCE)
    assert text(header, DCTERMS.creator) == BASE
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", text(header, DCTERMS.created))
    assert text(header, OWL.versionIRI) == f"{header}/{text(header, OWL.versionInfo)}"


def test_every_header_that_defines_terms_has_the_preferred_prefix_and_namespace() -> None:
    defining = set(shipped().objects(None, RDFS.isDefinedBy)) | {WHOLE}
    for header in defining:
        assert isinstance(header, URIRef)
        assert text(header, VANN.preferredNamespacePrefix) == "hx"
        assert text(header, VANN.preferredNamespaceUri) == HX


def test_the_ontology_has_publisher_citation_and_parts() -> None:
    assert text(WHOLE, DCTERMS.publisher) == BASE
    assert (URIRef(BASE), FOAF.name, Literal("Helix KG")) in shipped()
    citation = text(WHOLE, DCTERMS.bibliographicCitation, "en")
    assert text(WHOLE, OWL.versionInfo) in citation
    assert text(WHOLE, OWL.versionIRI) in citation
    assert sorted(map(str, shipped().objects(WHOLE, DCTERMS.hasPart))) == [
        str(one) for one in headers() if one != WHOLE
    ]
    assert len(headers()) == len(graph_files.ontology_files()) + 1  # a header for each file, and one for the whole


def test_the_licence_in_the_headers_is_that_of_the_folder() -> None:
    assert str(LICENCE).removesuffix("/") in (ROOT / "ontology" / "LICENSE.md").read_text(encoding="utf-8")


def test_other_vocabularies_are_reused() -> None:
    nodes = {str(node) for triple in shipped() for node in triple if isinstance(node, URIRef)}
    parents = {str(one) for one in shipped().objects(None, RDFS.subClassOf)}
    for spine in (ORG, PROV):
        assert any(one.startswith(str(spine)) for one in parents), spine
    for words in (DCTERMS, SKOS, VANN, FOAF):
        assert any(one.startswith(str(words)) for one in nodes), words


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: str(one).rpartition("/")[2])
def test_every_borrowed_term_exists(vocabulary: type[DefinedNamespace]) -> None:
    assert strangers(shipped(), vocabulary) == set()
    assert strangers(style(), vocabulary) == set()


def test_a_misspelled_borrowed_term_is_detected() -> None:
    wrong = Graph().parse(data=f"<{HX}Unit> <{RDFS.subClassOf}> <{ORG}OrganisationalUnit> .", format="turtle")
    assert strangers(wrong, ORG) == {f"{ORG}OrganisationalUnit"}


def strangers(graph: Graph, vocabulary: type[DefinedNamespace]) -> set[str]:
    """Return the terms of `vocabulary` that `graph` uses and `vocabulary` lacks."""
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    taken = {str(node) for node in nodes if node.startswith(str(vocabulary)) and node != URIRef(str(vocabulary))}
    return {one for one in taken if one.removeprefix(str(vocabulary)) not in vocabulary}
