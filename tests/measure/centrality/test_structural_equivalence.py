"""Classes of equivalent actors: their ties, and measures computed from one representative of each."""

import networkx as nx
import numpy as np
import pytest
from helpers.networks import TOY, LinkSpec, incidence, random_links
from hypothesis import given, settings

from kg.measure.centrality import shortest_paths, structural_holes
from kg.measure.centrality.structural_equivalence import equivalence_classes
from kg.network import Lens, Network, Weight, build

LARGE: dict[str, str | LinkSpec] = {
    "a": "U1 U2 " + " ".join(f"I{n}" for n in range(12)),
    "b": LinkSpec("U1 I0 " + " ".join(f"G{n}" for n in range(4)), declared=20),
    "c": "U2 G0",
    "d": "U2 U3 U4",
}
"""Links with many parties in one link only, of several sectors."""
LENSES = (Lens(), Lens(between=("university", "firm")), Lens(between=("firm", "firm")))


@given(random_links(unnamed=3))
@settings(max_examples=10)
def test_ties_of_classes_equal_those_of_their_actors(links: dict[str, str | LinkSpec]) -> None:
    participations = incidence(links | LARGE)
    for lens in LENSES:
        network = build(participations, lens)
        classes = equivalence_classes(network)
        weights: tuple[Weight, ...] = ("newman", "newman-named", "count")
        for weight in weights:
            spread = classes.projection(weight).toarray()[classes.class_of][:, classes.class_of]
            np.fill_diagonal(spread, 0)
            assert spread == pytest.approx(network.projection(weight).toarray())


def test_actors_of_one_sector_in_one_link_form_a_class() -> None:
    classes = equivalence_classes(build(incidence(LARGE)))
    # U1, U2, I0 and G0 are in two links. Classes are U3 with U4, eleven firms of "a" and three departments of "b".
    assert sorted(classes.sizes.tolist()) == [1, 1, 1, 1, 2, 3, 11]
    assert classes.class_of[classes.representatives].tolist() == list(range(7))


def graph(network: Network) -> "nx.Graph[int]":
    projected: nx.Graph[int] = nx.from_scipy_sparse_array(network.projection("newman"))
    return projected


@pytest.mark.parametrize("lens", LENSES)
def test_measures_from_representatives_equal_those_of_all_actors(lens: Lens, monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence(LARGE), lens)
    ties = graph(network)
    expected_betweenness = nx.betweenness_centrality(ties)
    assert shortest_paths.betweenness(network, "one-mode").values == pytest.approx(list(expected_betweenness.values()))
    tied = [node for node in ties if ties.degree(node)]
    for _ in range(2):  # in one block, then in blocks of two rows
        for measure, oracle in (
            (structural_holes.constraint, nx.constraint),
            (structural_holes.effective_size, nx.effective_size),
        ):
            expected = oracle(ties, nodes=tied, weight="weight")
            values = measure(network, "one-mode").values
            assert [values[node] for node in tied] == pytest.approx([expected[node] for node in tied])
        monkeypatch.setattr(structural_holes, "_ROWS", 2)


def test_the_toy_network_has_no_equivalent_actors() -> None:
    network = build(incidence(TOY))
    assert len(equivalence_classes(network).sizes) == len(network.actors)
