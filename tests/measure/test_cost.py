"""Measures and samples that are computed unasked, by the size of the network."""

import pytest
from helpers.networks import TOY, incidence

from kg.measure import MEASURES, find
from kg.measure.cost import MAX_NODES, SAMPLED_MEASURES, SAMPLES, affordable, default_samples
from kg.measure.scores import Cost
from kg.network import Network, build


def path(nodes: int) -> Network:
    """Return a network with this even number of nodes: half of them actors, half links."""
    half = nodes // 2
    return build(incidence({f"a{n:05}": f"U{n} U{(n + 1) % half}" for n in range(half)}))


def test_all_measures_are_affordable_on_small_networks() -> None:
    assert affordable(build(incidence(TOY))) == MEASURES


@pytest.mark.parametrize("cost", ["paths", "distances"])
def test_measures_are_omitted_above_the_limit_of_their_cost(cost: Cost) -> None:
    limit = dict(MAX_NODES)[cost]
    within, beyond = (affordable(path(nodes)) for nodes in (limit, limit + 2))
    assert {measure.cost for measure in within} - {measure.cost for measure in beyond} == {cost}
    assert set(beyond) == {measure for measure in within if measure.cost != cost}


def test_closeness_and_harmonic_have_the_same_cost() -> None:
    assert find("closeness").cost == find("harmonic").cost == "distances"
    assert find("betweenness").cost == "paths"


def test_large_networks_have_no_default_samples() -> None:
    assert [default_samples(path(nodes)) for nodes in (1000, 1002)] == [SAMPLES, 0]


def test_sampled_measures_are_linear() -> None:
    assert {find(name).cost for name in SAMPLED_MEASURES} == {"linear"}
