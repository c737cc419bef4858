"""Every term is used in a graph, a shape, a question, a rule or the code, besides its declaration."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpers.ontology_lint import ROOT, shipped, terms
from helpers.terms import value_of
from rdflib import OWL, Literal, Namespace, URIRef

from kg.rdf import files as graph_files
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

HX = Namespace(PREFIXES["hx"])
UNUSED: dict[str, str] = {}
"""Unused terms, each with the reason for its existence."""

DECLARING = ROOT / "kg" / "terms.py"


def asking() -> list[Path]:
    """Return code, questions and rules, which use terms as hx:… or HX.…"""
    code = [file for file in (ROOT / "kg").rglob("*") if file.suffix in {".py", ".rq"} and file != DECLARING]
    return sorted([*code, *(ROOT / "ontology" / "rules").glob("*.rq")])


@cache
def stated() -> frozenset[str]:
    """Return the terms in shipped graphs and in shapes: as property, class, value or type of a literal.

    The ontology also uses its own terms, where a layer names the property of its ties.
    """
    actual = {str(term) for triple in shipped() if str(triple[1]).startswith(HX) for term in triple[1:]}
    for file in (*graph_files.discover([]), *graph_files.shape_files()):
        for quad in graph_files.parse(file):
            kind = getattr(quad.object, "datatype", None)
            actual.update(value_of(node) for node in (quad.predicate, quad.object, kind) if node is not None)
    return frozenset(term.removeprefix(HX) for term in actual if term.startswith(str(HX)))


@cache
def asked() -> frozenset[str]:
    """Return the terms in code, questions and rules, outside comments."""
    lines = [line for file in asking() for line in file.read_text(encoding="utf-8").splitlines()]
    code = [line for line in lines if not line.lstrip().startswith("#")]
    return frozenset(re.findall(r"\b(?:hx:|HX\.)(\w+)", "\n".join(code)))


def deprecated() -> set[str]:
    actual = shipped().subjects(OWL.deprecated, Literal(lexical_or_value=True))
    return {term.removeprefix(HX) for term in actual if isinstance(term, URIRef)}


def names() -> set[str]:
    return {term.removeprefix(HX) for term in terms()}


def test_every_term_is_used() -> None:
    assert sorted(names() - stated() - asked() - UNUSED.keys() - deprecated()) == []


def test_deprecated_terms_are_unused() -> None:
    assert sorted((stated() | asked()) & deprecated()) == []


def test_every_exception_is_a_term_and_has_a_reason() -> None:
    assert UNUSED.keys() <= names() - stated() - asked()
    assert all(len(reason.split()) > 3 for reason in UNUSED.values())


def test_uses_are_detected() -> None:
    assert {"Link", "participant", "moeCode"} <= stated()  # a class, a property, the type of an identifier
    assert {"inDefaultLens", "coBuiltWith"} <= asked()  # of code, of a rule
    assert not {"Lnik", "terms"} & (stated() | asked())
