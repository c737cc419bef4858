"""Notations, subclasses and Chinese labels of the ontology."""

from __future__ import annotations

from kg.rdf.ontology import Concept, classes, notations


def test_notations_belong_to_one_scheme() -> None:
    assert notations("arity") == {"bilateral", "bundle", "multilateral", "unstated"}
    assert notations("nothing") == frozenset()


def test_classes_are_direct_subclasses() -> None:
    assert {"Agreement", "CoConstruction"} <= classes("Link")
    assert "Link" not in classes("Link")


def test_a_concept_has_its_notation_and_its_chinese_label() -> None:
    assert Concept("sector", "firm").pair == ("firm", "企业")
    assert Concept("", "Agreement").pair == ("Agreement", "协议")


def test_an_unknown_notation_is_its_own_label() -> None:
    assert Concept("sector", "guild of bakers").zh == "guild of bakers"
