"""Explanations and citations of methods."""

from __future__ import annotations

import re

import pytest
from helpers.networks import TOY, incidence
from helpers.texts import notes_of

from kg.measure import MEASURES, Measure, methods
from kg.measure.helix import helix
from kg.measure.methods import METHODS, Method
from kg.measure.structure import mixing
from kg.model import Table
from kg.network import build

NEW = [measure for measure in MEASURES if measure.function.__module__ != "kg.measure.centrality.degree"]


@pytest.mark.parametrize("method", [*METHODS, *NEW], ids=lambda method: method.name)
def test_a_method_has_an_explanation_in_both_languages_and_a_citation(method: Method | Measure) -> None:
    explanation = method.explain()
    assert explanation.en
    assert re.search("[\u4e00-\u9fff]", str(explanation.zh))
    assert method.citation


def test_names_are_unique() -> None:
    names = [method.name for method in METHODS]
    assert len(set(names)) == len(names)


def test_every_indicator_has_a_method() -> None:
    known = {method.name for method in METHODS}
    network = build(incidence({**TOY, "a6": "G1"}))
    names = {one.name for one in (*helix.helix(network), *helix.decompose(network), *mixing.mixing(network))}
    explanations = {name: notes_of(methods.explain(Table((), ()), [name])) for name in names}
    assert [name for name, notes in explanations.items() if len(notes) != 1] == []
    assert names - known == {"assortativity-weighted", "ei-index-rescaled", "synergy-between-kinds"}


def test_explain_adds_one_note_for_each_known_method() -> None:
    table = methods.explain(Table(("x",), (), ("first",)), ["nodf", "nodf", "unheard-of"])
    assert len(notes_of(table)) == 2
    assert notes_of(table)[1].startswith("nodf: ")
    assert notes_of(table)[1].endswith("Nat. Commun. 5, 4114]")
