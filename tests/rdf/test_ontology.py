"""Notations, subclasses and Chinese labels of the ontology."""

from __future__ import annotations

from kg.rdf.ontology import classes, in_chinese, notations


def test_notations_belong_to_one_scheme() -> None:
    assert notations("arity") == {"bilateral", "bundle", "multilateral", "unstated"}
    assert notations("nothing") == frozenset()


def test_classes_are_direct_subclasses() -> None:
    assert {"Agreement", "CoConstruction"} <= classes("Link")
    assert "Link" not in classes("Link")


def test_chinese_labels_follow_the_order_of_notations() -> None:
    assert in_chinese("sector", "university", "firm") == "企业、高校"
    assert in_chinese("", "Agreement") == "协议"
    assert in_chinese("sector") == ""


def test_an_unknown_notation_is_unchanged() -> None:
    assert in_chinese("sector", "guild of bakers") == "guild of bakers"
