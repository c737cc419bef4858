"""What the ontology names is known by its notation, and called in Chinese."""

from __future__ import annotations

from kg.rdf.ontology import classes, in_chinese, notations


def test_notations_are_those_of_one_scheme() -> None:
    assert notations("arity") == {"bilateral", "bundle", "multilateral", "unstated"}
    assert notations("nothing") == frozenset()


def test_classes_are_those_right_under_one() -> None:
    assert {"Agreement", "CoConstruction"} <= classes("Link")
    assert "Link" not in classes("Link")


def test_concepts_and_classes_are_called_in_chinese_in_the_order_of_their_names() -> None:
    assert in_chinese("sector", "university", "firm") == "企业、高校"
    assert in_chinese("", "Agreement") == "协议"
    assert in_chinese("sector") == ""


def test_what_the_ontology_does_not_know_keeps_its_name() -> None:
    assert in_chinese("sector", "guild of bakers") == "guild of bakers"
