"""The ontology and the code agree, and the ontology follows its style."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg import terms as terms_of_code
from kg.rdf import files as graph_files
from kg.terms import PREFIXES, SCHEME

HX = Namespace(PREFIXES["hx"])

ROOT = Path(__file__).resolve().parents[1]
LANGS = ["en", "zh"]
CODE = sorted(path for path in (ROOT / "kg").rglob("*") if path.suffix in {".py", ".rq"})


@cache
def ontology() -> Graph:
    graph = Graph()
    for file in graph_files.ontology_files():
        graph.parse(file)
    return graph


def terms() -> list[URIRef]:
    """Return every term that the ontology defines in our namespace."""
    ours = {term for term in ontology().subjects(RDF.type) if str(term).startswith(HX)}
    return sorted(term for term in ours if isinstance(term, URIRef))


def concepts() -> list[URIRef]:
    return sorted(term for term in ontology().subjects(RDF.type, SKOS.Concept) if isinstance(term, URIRef))


def languages(subject: URIRef, predicate: URIRef) -> list[str | None]:
    actual = [text.language for text in ontology().objects(subject, predicate) if isinstance(text, Literal)]
    return sorted(actual, key=str)


def used(text: str) -> set[str]:
    return set(re.findall(r"\bhx:(\w+)", text))


def test_the_terms_of_the_code_are_those_of_the_ontology() -> None:
    assert sorted(terms_of_code.HX.__annotations__) == sorted(term.removeprefix(HX) for term in terms())


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.removeprefix(HX))
def test_a_term_has_one_label_and_one_definition_in_each_language(term: URIRef) -> None:
    assert languages(term, RDFS.label) == LANGS
    assert languages(term, SKOS.definition) == LANGS
    assert languages(term, SKOS.scopeNote) in ([], LANGS)


def test_classes_start_with_a_capital_and_properties_do_not() -> None:
    for term in terms():
        kinds = set(ontology().objects(term, RDF.type))
        if RDFS.Datatype in kinds:
            continue  # the type of an identifier, written as its property
        assert len(kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}) == 1, term
        assert term.removeprefix(HX)[0].isupper() == (OWL.Class in kinds), term


def test_names_of_classes_and_properties_are_unique() -> None:
    for lang in LANGS:
        for large in (True, False):
            labels = Counter(
                str(text)
                for term in terms()
                if term.removeprefix(HX)[0].isupper() == large
                for text in ontology().objects(term, RDFS.label)
                if isinstance(text, Literal) and text.language == lang
            )
            assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("concept", concepts(), ids=lambda concept: concept.removeprefix(SCHEME))
def test_a_concept_has_a_notation_a_scheme_and_a_name_in_each_language(concept: URIRef) -> None:
    schemes = list(ontology().objects(concept, SKOS.inScheme))
    notations = list(ontology().objects(concept, SKOS.notation))
    assert [f"{scheme}/{notation}" for scheme in schemes for notation in notations] == [str(concept)]
    assert languages(concept, SKOS.prefLabel) == LANGS


def test_schemes_have_names_and_their_concepts_different_ones() -> None:
    schemes = set(ontology().subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == set(ontology().objects(None, SKOS.inScheme))
    for scheme in schemes:
        assert isinstance(scheme, URIRef)
        assert languages(scheme, SKOS.prefLabel) == LANGS
        names = Counter(
            name
            for concept in ontology().subjects(SKOS.inScheme, scheme)
            for name in ontology().objects(concept, SKOS.prefLabel)
        )
        assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(("link", "scheme"), [(HX.sectorOfClass, "sector"), (HX.layer, "layer")])
def test_sectors_of_classes_and_layers_of_roles_are_concepts(link: URIRef, scheme: str) -> None:
    pointed = set(ontology().objects(None, link))
    assert pointed
    assert pointed <= set(ontology().subjects(SKOS.inScheme, URIRef(SCHEME + scheme)))


def test_every_role_except_the_witness_ties_in_one_layer() -> None:
    layers = {
        str(role).rpartition("/")[2]: len(set(ontology().objects(role, HX.layer)))
        for role in ontology().subjects(SKOS.inScheme, URIRef(SCHEME + "role"))
    }
    assert {layers.pop(role) for role in ("contact", "signatory", "witness")} == {0}
    assert set(layers.values()) == {1}


def test_each_kind_names_forms_of_link_and_each_form_has_a_kind() -> None:
    forms = set(ontology().subjects(RDFS.subClassOf, HX.Link))
    kinds = set(ontology().subjects(SKOS.inScheme, URIRef(SCHEME + "kind")))
    named = {kind: set(ontology().objects(kind, HX.formOfKind)) for kind in kinds}
    assert [kind for kind, of in named.items() if not of or of - forms] == []
    assert set().union(*named.values()) == forms


def test_organisation_classes_have_sectors_except_units_and_others() -> None:
    kinds = set(ontology().subjects(RDFS.subClassOf, HX.Organisation))
    without = {HX.Unit, HX.OtherOrganisation}
    assert kinds - set(ontology().subjects(HX.sectorOfClass)) == without
    for kind in kinds - without:
        assert len(set(ontology().objects(kind, HX.sectorOfClass))) == 1


def test_layers_and_stages_declare_their_place_in_the_default_lens() -> None:
    for scheme in ("layer", "stage"):
        for concept in ontology().subjects(SKOS.inScheme, URIRef(SCHEME + scheme)):
            assert len(set(ontology().objects(concept, HX.inDefaultLens))) == 1, concept
    lens = {
        str(concept).removeprefix(SCHEME)
        for concept in ontology().subjects(HX.inDefaultLens, Literal(lexical_or_value=True))
    }
    assert lens == {
        *(f"layer/{name}" for name in ("cooperates", "co-builds", "joins", "funds", "supports")),
        *(f"stage/{name}" for name in ("announced", "approved", "founded", "unveiled", "signed", "effective", "ended")),
        "stage/published",
    }


def test_domains_ranges_and_parents_of_ours_are_defined() -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, OWL.disjointWith):
        for subject, value in ontology().subject_objects(predicate):
            if str(value).startswith(HX):
                assert value in terms(), (subject, predicate, value)


def test_no_term_is_equivalent_to_a_foreign_one() -> None:
    assert list(ontology().subject_objects(OWL.equivalentClass)) == []
    assert list(ontology().subject_objects(OWL.equivalentProperty)) == []


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_terms_in_queries_are_in_the_ontology(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert used(text) - {term.removeprefix(HX) for term in terms()} == set()
    concept = set(re.findall(rf"{re.escape(SCHEME)}([\w-]+/[\w-]+)", text))
    assert concept - {str(term).removeprefix(SCHEME) for term in concepts()} == set()


@pytest.mark.parametrize("file", [*graph_files.shape_files(), *graph_files.discover([])], ids=lambda file: file.name)
def test_terms_in_shapes_and_shipped_graphs_are_in_the_ontology(file: Path) -> None:
    ours = {str(term) for term in terms()}
    for quad in graph_files.parse(file):
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(HX):
                assert term.value in ours, quad


def test_the_documentation_of_the_model_uses_terms_of_the_ontology() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert used(text) - {term.removeprefix(HX) for term in terms()} == set()


def test_the_prefixes_of_the_ontology_are_those_of_the_code() -> None:
    for file in (*graph_files.ontology_files(), *graph_files.shape_files()):
        for prefix, iri in re.findall(r"^@prefix (\w+): <([^>]+)>", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert PREFIXES.get(prefix, iri) == iri, file
