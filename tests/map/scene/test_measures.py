"""Measures of a scene: which are computed, and how their values are shortened."""

import pytest
from helpers.networks import ID, incidence

from kg.map.scene import measures
from kg.map.scene.measures import scene_measures, shortened
from kg.measure import MEASURES, Scores, cost
from kg.network import build


def test_first_measure_is_exact_and_others_have_four_digits() -> None:
    network = build(incidence({"a": "U1 I1"}))
    scores = {"degree": Scores((None, 0.123456)), "strength": Scores((None, 0.123456))}
    derived = scene_measures(network, network, scores, {})
    assert [(one.name, one.values) for one in derived] == [("degree", (None, 0.123456)), ("strength", (None, 0.1235))]


@pytest.mark.parametrize("undefined", [None, float("nan"), float("inf")])
def test_values_that_are_not_finite_are_undefined(undefined: float | None) -> None:
    network = build(incidence({"a": "U1 I1"}))
    (degree,) = scene_measures(network, network, {"degree": Scores((undefined, 1.0))}, {})
    assert degree.values == (None, 1.0)


def test_scores_bounds_and_ranks_are_those_of_the_whole_network() -> None:
    whole = build(incidence({"a": "U1 I1", "b": "U2 I2"}))
    part = whole.subnetwork(whole.link_of == 1)
    iris = [actor.iri for actor in whole.actors]
    values = tuple(float(row) for row in range(len(iris)))
    scores = {"degree": Scores(values, lower=values, upper=tuple(value + 1.00001 for value in values))}
    ranks = {"degree": [(row, row + 1) for row in range(len(iris))]}
    (degree,) = scene_measures(whole, part, scores, ranks)
    rows = [iris.index(actor.iri) for actor in part.actors]
    assert {actor.iri for actor in part.actors} == {ID + "U2", ID + "I2"}
    assert degree.values == tuple(float(row) for row in rows)
    assert degree.upper == tuple(row + 1.0 for row in rows)
    assert degree.rank_intervals == tuple((row, row + 1) for row in rows)


def test_shortened_values_keep_their_order() -> None:
    assert shortened((0.1, 0.123456788, None, 0.123456789)) == (0.1, 0.123456788, None, 0.123456789)
    assert shortened((0.1, 0.123000001, None, 0.123000001)) == (0.1, 0.123, None, 0.123)


def test_slow_measures_are_skipped_in_large_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence({"a": "U1 I1 G1"}))
    assert set(measures.compute(network, "degree", "two-mode", every=True)) == {one.name for one in MEASURES}
    monkeypatch.setattr(cost, "MAX_NODES", {one.cost: 3 for one in MEASURES})
    assert "closeness" not in measures.compute(network, "degree", "two-mode", every=True)
    assert next(iter(measures.compute(network, "closeness", "two-mode", every=True))) == "closeness"
    assert list(measures.compute(network, "core", "two-mode", every=False)) == ["core"]
