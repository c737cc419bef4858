"""A shapes graph with an unsupported constraint is refused by name."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.errors import InputError
from kg.validate import shapes

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://x/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def read(text: str) -> tuple[shapes.Shape, ...]:
    return shapes.read(Graph().parse(data=HEAD + text))


REFUSED = {
    "words for a number": (
        "sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:maxCount 'two' ]",
        "sh:maxCount takes a whole number",
    ),
    "half a length": ("sh:targetClass ex:A ; sh:minLength 1.5", "sh:minLength takes a whole number"),
    "text for a class": ("sh:targetClass ex:A ; sh:class 'A'", "sh:class takes an IRI"),
    "text for a target": ("sh:targetClass 'A'", "sh:targetClass takes an IRI"),
    "unknown kind of node": ("sh:targetClass ex:A ; sh:nodeKind ex:Any", "http://x/Any is not a sh:nodeKind"),
    "script": ("sh:targetClass ex:A ; sh:js []", "sh:js is not supported"),
    "unknown demand": ("sh:targetClass ex:A ; sh:minimum 3", "sh:minimum is not supported"),
    "deep in it": (
        "sh:targetClass ex:A ; sh:or ( [ sh:not [ sh:path ex:p ; sh:expression [] ] ] )",
        "sh:expression is not supported",
    ),
    "target by query": ("sh:target [ sh:select '' ]", "targets by SPARQL or script (sh:target) are not supported"),
    "rule": ("sh:targetClass ex:A ; sh:rule []", "rules (sh:rule) are not supported"),
    "blank target": ("sh:targetNode []", "it refers to a blank node, which a query cannot name"),
    "blank value": ("sh:targetClass ex:A ; sh:in ( ex:a [] )", "it refers to a blank node, which a query cannot name"),
    "recursion": (
        "sh:targetClass ex:A ; sh:node ex:B . ex:B sh:property [ sh:path ex:p ; sh:node ex:S ]",
        "recursion is not supported",
    ),
    "count without a path": ("sh:targetClass ex:A ; sh:minCount 1", "sh:minCount requires a sh:path"),
    "no path": ("sh:targetClass ex:A ; sh:property [ sh:path [ ex:p ex:q ] ; sh:minCount 1 ]", "this is not a sh:path"),
    "derived type": ("sh:targetClass ex:A ; sh:datatype xsd:unsignedByte", "is stored as the type"),
    "look-ahead": ("sh:targetClass ex:A ; sh:pattern '^(?=a)'", "the engine does not accept the pattern ^(?=a)"),
    "unknown flag": (
        "sh:targetClass ex:A ; sh:pattern 'a' ; sh:flags 'y'",
        "the engine does not accept the pattern a",
    ),
    "no select": ("sh:targetClass ex:A ; sh:sparql [ sh:ask 'ASK {}' ]", "its sh:sparql has no sh:select"),
    "no SPARQL": (
        "sh:targetClass ex:A ; sh:sparql [ sh:select 'SELECT $this { $this }' ]",
        "its sh:select does not parse",
    ),
    "undeclared prefix": (
        "sh:targetClass ex:A ; sh:sparql [ sh:select 'SELECT $this { $this hx:p 1 }' ]",
        "its sh:select does not parse",
    ),
    "MINUS": (
        "sh:targetClass ex:A ; sh:sparql [ sh:select 'SELECT $this { $this ?p 1 minus { $this ?p 2 } }' ]",
        "has MINUS",
    ),
    "SERVICE": (
        "sh:targetClass ex:A ; sh:sparql [ sh:select 'SELECT $this { SERVICE <http://x/> { $this ?p 1 } }' ]",
        "has SERVICE",
    ),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_unsupported_constraints_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as raised:
        read(f"ex:S a sh:NodeShape ; {text} .")
    assert reason in str(raised.value)
    assert str(raised.value).endswith("; docs/validation.md lists the supported shapes")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "sh:name 'A'@en ; sh:description 'B'@en ; sh:order 1 ; sh:group ex:g ; sh:message 'C'@en",
        "sh:deactivated true ; sh:js []",
        "rdfs:comment 'anything else' ; ex:owner ex:me",
        "sh:sparql [ sh:select 'SELECT $this { $this ?p ?values # MINUS\\n FILTER(STR(?p) != \"SERVICE\") }' ]",
    ],
    ids=["words", "switched off", "other vocabularies", "forbidden words in comments and strings"],
)
def test_elements_without_constraints_are_accepted(text: str) -> None:
    (shape,) = read(f"ex:S a sh:NodeShape ; sh:targetClass ex:A ; {text} .")
    assert [constraint.kind for constraint in shape.constraints] in ([], ["sparql"])


def test_unused_shapes_are_ignored() -> None:
    assert read("ex:S a sh:NodeShape ; sh:js [] .") == ()
