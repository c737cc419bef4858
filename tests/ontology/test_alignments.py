"""Each alignment leads to a recorded term of the same kind, and no reasoner turns a term into a concept."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import pytest
from helpers.ontology_lint import axioms, shipped
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, Namespace, URIRef

from kg.rdf import resources
from kg.terms import BASE, PREFIXES

HX = Namespace(PREFIXES["hx"])

FOLDER = resources.ontology() / "alignments"
RELATIONS = {
    HX.closeTerm: "skos:closeMatch",
    HX.broaderTerm: "skos:broadMatch",
    HX.narrowerTerm: "skos:narrowMatch",
    HX.relatedTerm: "skos:relatedMatch",
}
KINDS = {
    OWL.Class: {"class"},
    OWL.ObjectProperty: {"objectProperty", "property"},  # rdf:Property alone leaves the kind of its values open
    OWL.DatatypeProperty: {"datatypeProperty", "property"},
}
UNBORROWED = ("http://www.w3.org/2001/XMLSchema#", str(RDF), str(RDFS), str(OWL), str(SKOS), BASE)


class Target(NamedTuple):
    """A row of the recorded list: a term of another vocabulary, and the file that declares it."""

    iri: str
    kind: str
    vocabulary: str
    version: str
    read_in: str


@cache
def targets() -> dict[str, Target]:
    with (FOLDER / "targets.tsv").open(encoding="utf-8", newline="") as file:
        rows = [Target(**row) for row in csv.DictReader(file, delimiter="\t")]
    assert [row.iri for row in rows] == sorted({row.iri for row in rows})
    return {row.iri: row for row in rows}


@cache
def sssom() -> tuple[dict[str, str], list[dict[str, str]]]:
    """Read the prefixes and the rows of the mapping set."""
    lines = (FOLDER / "alignments.sssom.tsv").read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix("# ") for line in lines if line.startswith("#")]
    prefixes = dict(line.strip().split(": ", 1) for line in head[head.index("curie_map:") + 1 :])
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return prefixes, list(rows)


def mappings(graph: Graph) -> list[tuple[URIRef, URIRef, URIRef]]:
    """Return the mappings of `graph`, including `rdfs:seeAlso` of our terms."""
    return sorted(
        (subject, predicate, target)
        for predicate in (*RELATIONS, RDFS.seeAlso)
        for subject, target in graph.subject_objects(predicate)
        if isinstance(subject, URIRef) and isinstance(target, URIRef) and subject.startswith(HX)
    )


def faults(graph: Graph) -> list[str]:
    """Return the faults of the mappings of `graph`."""
    actual = []
    for subject, predicate, target in mappings(graph):
        if predicate == RDFS.seeAlso:
            continue
        row = targets().get(str(target))
        kinds = {kind for form in graph.objects(subject, RDF.type) for kind in KINDS.get(URIRef(str(form)), ())}
        if row is None:
            actual.append(f"{target} is not recorded")
        elif row.kind not in kinds:
            actual.append(f"{subject} and {target} are of different kinds")
    return actual


def test_each_target_is_recorded_and_of_the_same_kind() -> None:
    assert faults(shipped()) == []


@pytest.mark.parametrize(
    ("triple", "fault"),
    [
        (f"<{HX.Project}> <{HX.closeTerm}> <http://purl.org/cerif/frapo/Project>", "is not recorded"),
        (f"<{HX.Project}> <{HX.closeTerm}> <http://www.w3.org/ns/org#role>", "are of different kinds"),
        (f"<{HX.role}> <{HX.closeTerm}> <http://www.w3.org/ns/dcat#startDate>", "are of different kinds"),
    ],
)
def test_missing_and_mismatched_targets_are_found(triple: str, fault: str) -> None:
    wrong = shipped() + Graph().parse(data=f"{triple} .", format="turtle")
    (message,) = faults(wrong)
    assert message.endswith(fault)


def test_foreign_superclasses_are_recorded_too() -> None:
    ends = (RDFS.subClassOf, RDFS.domain, RDFS.range, SDO.domainIncludes, SDO.rangeIncludes)
    borrowed = {str(value) for predicate in ends for value in shipped().objects(None, predicate)}
    assert {iri for iri in borrowed if not iri.startswith(UNBORROWED)} <= targets().keys()


def test_each_recorded_target_is_used_and_names_its_file_and_version() -> None:
    used = {str(value) for value in shipped().objects()}
    assert targets().keys() - used == set()
    assert all(all(row) for row in targets().values())
    assert {row.kind for row in targets().values()} <= {"class", "objectProperty", "datatypeProperty", "property"}


def test_the_sssom_file_has_the_mappings_of_the_ontology() -> None:
    prefixes, rows = sssom()

    def expand(curie: str) -> str:
        prefix, _, name = curie.partition(":")
        return prefixes[prefix] + name

    names = {**RELATIONS, RDFS.seeAlso: "rdfs:seeAlso"}
    wanted = {(str(subject), names[predicate], str(target)) for subject, predicate, target in mappings(shipped())}
    assert {(expand(row["subject_id"]), row["predicate_id"], expand(row["object_id"])) for row in rows} == wanted
    assert len(rows) == len(wanted)
    for row in rows:
        target = targets().get(expand(row["object_id"]))
        label = {str(text) for text in shipped().objects(URIRef(expand(row["subject_id"])), RDFS.label)}
        assert row["subject_label"] in label
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert (row["object_source"], row["object_source_version"]) == (
            (target.vocabulary, target.version) if target else ("", "")
        )
        assert row["comment"] or row["predicate_id"] == "skos:closeMatch"


def concepts(graph: Graph) -> set[object]:
    """Return the classes and properties that become concepts under the domains and ranges of SKOS."""
    skos = f"""
        <{SKOS.closeMatch}> <{RDFS.subPropertyOf}> <{SKOS.mappingRelation}> .
        <{SKOS.mappingRelation}> <{RDFS.subPropertyOf}> <{SKOS.semanticRelation}> .
        <{SKOS.semanticRelation}> <{RDFS.domain}> <{SKOS.Concept}> ; <{RDFS.range}> <{SKOS.Concept}> .
    """
    terms = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    closed = graph + Graph().parse(data=skos, format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    return {term for term in terms if (term, RDF.type, SKOS.Concept) in closed}


def test_no_class_or_property_becomes_a_concept() -> None:
    assert concepts(axioms()) == set()
    former = f"<{HX.Firm}> a <{OWL.Class}> ; <{SKOS.closeMatch}> <{SDO.Corporation}> ."
    assert concepts(Graph().parse(data=former, format="turtle")) == {HX.Firm}
