"""Distances from parallel searches, compared with networkx."""

from collections import Counter

import networkx as nx
import pytest
from helpers.networks import LinkSpec, incidence, random_links
from hypothesis import given, settings

from kg.measure.centrality import distances, shortest_paths
from kg.measure.centrality.matrices import adjacency
from kg.network import Lens, Mode, build

MODES: tuple[Mode, ...] = ("two-mode", "one-mode")
LENSES = (Lens(), Lens(between=("university", "firm")))


@given(random_links())
@settings(max_examples=12)
def test_counts_by_distance_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    for lens in LENSES:
        network = build(incidence(links | {"z": "U1 I1 I2"}), lens)
        for mode in MODES:
            counts = distances.distance_counts(network, mode)
            ties = nx.from_scipy_sparse_array(adjacency(network, mode))
            for actor in range(len(network.actors)):
                lengths = Counter(nx.single_source_shortest_path_length(ties, actor).values())
                assert counts[:, actor].tolist() == [lengths[steps] for steps in range(1, len(counts) + 1)]


@pytest.mark.parametrize("mode", MODES)
def test_long_paths_and_several_blocks_of_searches(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence({f"a{n:03}": f"U{n} U{n + 1}" for n in range(150)}))
    whole = distances.distance_counts(network, mode)
    assert len(whole) == (300 if mode == "two-mode" else 150)
    monkeypatch.setattr(distances, "_WORDS", 1)
    assert distances.distance_counts(network, mode).tolist() == whole.tolist()
    score = shortest_paths.harmonic(network, mode).values[0]
    maximum = 150 if mode == "one-mode" else 150 + 150 / 2
    assert score == pytest.approx(sum(1 / n for n in range(1, len(whole) + 1)) / maximum)
