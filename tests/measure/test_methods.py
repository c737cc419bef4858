"""Every method is explained in both languages, and cited."""

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
def test_a_method_is_told_in_both_languages_and_cited(method: Method | Measure) -> None:
    told = method.explain()
    assert told
    assert re.search("[\u4e00-\u9fff]", told.zh)
    assert method.citation


def test_names_are_one_each() -> None:
    names = [method.name for method in METHODS]
    assert len(set(names)) == len(names)


def test_every_indicator_has_a_method() -> None:
    known = {method.name for method in METHODS}
    network = build(incidence({**TOY, "a6": "G1"}))
    found = {one.name for one in (*helix.helix(network), *helix.decomposed(network), *mixing.mixing(network))}
    told = {name: notes_of(methods.explain(Table((), ()), [name])) for name in found}
    assert [name for name, notes in told.items() if len(notes) != 1] == []
    assert found - known == {"assortativity-weighted", "ei-index-rescaled", "synergy-between-kinds"}


def test_explained_adds_a_note_for_each_and_none_twice() -> None:
    table = methods.explain(Table(("x",), (), ("first",)), ["nodf", "nodf", "unheard-of"])
    assert len(notes_of(table)) == 2
    assert notes_of(table)[1].startswith("nodf: ")
    assert notes_of(table)[1].endswith("Nat. Commun. 5, 4114]")
