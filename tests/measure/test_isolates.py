"""Networks with actors without a tie, as statisticians hand them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.measure import MEASURES, Measure, find
from kg.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

ALONE = ("x", "y", "z")
TIES = (("a", "b"), ("b", "c"), ("c", "d"), ("b", "d"))


def network(*alone: str) -> Network:
    graph = nx.Graph(TIES)
    graph.add_nodes_from(alone)
    return Network.from_networkx(graph)


def scores(measure: Measure, *alone: str) -> dict[str, float | None]:
    of = network(*alone)
    return dict(zip((actor.iri for actor in of.actors), measure.function(of, "one-mode").values, strict=True))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
def test_every_measure_has_a_value_or_a_reason_for_isolates(measure: Measure, mode: str) -> None:
    found = measure.function(network(*ALONE), mode)  # type: ignore[arg-type]
    assert len(found.values) == 7
    assert all(value is None or value >= 0 for value in found.values)


@pytest.mark.parametrize("name", ["degree", "strength", "core", "constraint", "effective-size", "brokerage"])
def test_isolates_leave_local_measures_of_others_unchanged(name: str) -> None:
    alone, with_isolates = scores(find(name)), scores(find(name), *ALONE)
    assert {actor: with_isolates[actor] for actor in alone} == alone


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("betweenness", nx.betweenness_centrality),
        ("pagerank", lambda graph: nx.pagerank(graph, alpha=0.85, tol=1e-12)),
        ("harmonic", lambda graph: {v: x / (len(graph) - 1) for v, x in nx.harmonic_centrality(graph).items()}),
    ],
    ids=["betweenness", "pagerank", "harmonic"],
)
def test_isolates_count_in_the_size_of_the_network(
    name: str, oracle: Callable[[nx.Graph[str]], dict[str, float]]
) -> None:
    graph: nx.Graph[str] = nx.Graph(TIES)
    graph.add_nodes_from(ALONE)
    assert scores(find(name), *ALONE) == pytest.approx(oracle(graph), abs=1e-9)
