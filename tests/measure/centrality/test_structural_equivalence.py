"""One actor stands for all that are alike: their ties are those of each, and measures of the few are those of all."""

import networkx as nx
import numpy as np
import pytest
from helpers.networks import TOY, LinkSpec, incidence, random_links
from hypothesis import given, settings

from kg.measure.centrality import shortest_paths, structural_holes
from kg.measure.centrality.structural_equivalence import alike
from kg.network import Lens, Network, Weight, build

LARGE = {
    "a": "U1 U2 " + " ".join(f"I{n}" for n in range(12)),
    "b": LinkSpec("U1 I0 " + " ".join(f"G{n}" for n in range(4)), declared=20),
    "c": "U2 G0",
    "d": "U2 U3 U4",
}
"""Links of many who are in no other one, of several sectors."""
LENSES = (Lens(), Lens(between=("university", "firm")), Lens(between=("firm", "firm")))


@given(random_links(unnamed=3))
@settings(max_examples=25)
def test_ties_of_classes_are_those_of_their_actors(links: dict[str, str | LinkSpec]) -> None:
    told = incidence(links | LARGE)
    for lens in LENSES:
        network = build(told, lens)
        few = alike(network)
        weights: tuple[Weight, ...] = ("newman", "newman-named", "count")
        for weight in weights:
            spread = few.projection(weight).toarray()[few.of][:, few.of]
            np.fill_diagonal(spread, 0)
            assert spread == pytest.approx(network.projection(weight).toarray())


def test_those_in_one_link_and_of_one_sector_are_one_class() -> None:
    few = alike(build(incidence(LARGE)))
    # U1, U2 and I0 are in two links; U3 and U4 alike, the other firms of "a", three of the departments of "b".
    assert sorted(few.sizes.tolist()) == [1, 1, 1, 1, 2, 3, 11]
    assert few.of[few.first].tolist() == list(range(7))


def graph(network: Network) -> "nx.Graph[int]":
    return nx.from_scipy_sparse_array(network.projection("newman"))


@pytest.mark.parametrize("lens", LENSES)
def test_measures_of_the_few_are_those_of_all(lens: Lens, monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence(LARGE), lens)
    ties = graph(network)
    between = nx.betweenness_centrality(ties)
    assert shortest_paths.betweenness(network, "one-mode").values == pytest.approx(list(between.values()))
    tied = [node for node in ties if ties.degree(node)]
    for _ in range(2):  # at once, and a few rows at a time
        for measure, oracle in (
            (structural_holes.constraint, nx.constraint),
            (structural_holes.effective_size, nx.effective_size),
        ):
            expected = oracle(ties, nodes=tied, weight="weight")
            values = measure(network, "one-mode").values
            assert [values[node] for node in tied] == pytest.approx([expected[node] for node in tied])
        monkeypatch.setattr(structural_holes, "_CHUNK", 2)


def test_nobody_is_alike_in_the_toy_but_the_partner_of_one_link() -> None:
    network = build(incidence(TOY))
    assert len(alike(network).sizes) == len(network.actors)
