"""Constraint and effective size, compared with networkx and igraph, with and without weights."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
from helpers.datasets import one_mode, two_mode
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.measure.centrality import structural_holes
from kg.network import Network, build


def graph(network: Network) -> nx.Graph[int]:
    projected: nx.Graph[int] = nx.from_scipy_sparse_array(network.projection("newman"))
    return projected


def compare(network: Network) -> None:
    ties = graph(network)
    constraint = nx.constraint(ties, weight="weight")
    # Without `nodes`, networkx 3.6 divides by the strongest tie of q instead of that of j.
    size = nx.effective_size(ties, nodes=list(ties), weight="weight")
    tied = [node for node in ties if ties.degree(node)]
    ours = (
        structural_holes.constraint(network, "two-mode").values,
        structural_holes.effective_size(network, "two-mode").values,
    )
    assert [ours[0][node] for node in tied] == pytest.approx([constraint[node] for node in tied])
    assert [ours[1][node] for node in tied] == pytest.approx([size[node] for node in tied])
    other = igraph.Graph(n=len(ties), edges=list(ties.edges)).constraint(
        weights=[tie["weight"] for tie in ties.edges.values()]
    )
    assert [ours[0][node] for node in tied] == pytest.approx([other[node] for node in tied])


@given(random_links(unnamed=3))
@settings(max_examples=15)
def test_scores_of_random_networks_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    compare(build(incidence(links)))


def test_scores_of_southern_women_equal_those_of_networkx() -> None:
    compare(two_mode("southern_women"))


def test_scores_without_weights_equal_those_of_networkx() -> None:
    network = one_mode("nx_florentine")
    ties = graph(network)
    constraint, size = nx.constraint(ties), nx.effective_size(ties)
    assert structural_holes.constraint(network, "one-mode").values == pytest.approx([constraint[node] for node in ties])
    assert structural_holes.effective_size(network, "one-mode").values == pytest.approx([size[node] for node in ties])


def test_scores_by_shared_links_match_values_computed_by_hand() -> None:
    network = build(incidence(TOY))
    counts = network.projection("count")
    names = [actor.iri.removeprefix(ID) for actor in network.actors]
    assert dict(zip(names, structural_holes.constraints(counts).round(4).tolist(), strict=True)) == {
        "G1": 0.6375, "I1": 0.8227, "I2": 0.8044, "I3": 0.5211, "U1": 0.49, "U2": 0.5,
    }  # fmt: skip
    counts.data[:] = 1
    assert dict(zip(names, structural_holes.effective_sizes(counts).round(4).tolist(), strict=True)) == {
        "G1": 2.3333, "I1": 1, "I2": 1, "I3": 2.3333, "U1": 3, "U2": 2,
    }  # fmt: skip


def test_weights_change_constraint() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I2", "c": LinkSpec("U1 I1 I2", declared=9)}))
    unweighted = nx.constraint(graph(network))
    assert structural_holes.constraint(network, "two-mode").values != pytest.approx(list(unweighted.values()))


def test_an_actor_without_a_tie_has_no_score() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U2"}))
    for measure, name in (
        (structural_holes.constraint, "Constraint"),
        (structural_holes.effective_size, "Effective size"),
    ):
        scores = measure(network, "one-mode")
        assert scores.values[2] is None
        assert notes_of(scores) == (f"{name} is not defined for 1 actors without a tie.",)
        assert measure(network, "two-mode") == scores


def test_scores_are_never_nan() -> None:
    network = build(incidence({"a": "U1", "b": "U2"}))
    assert structural_holes.constraint(network, "two-mode").values == (None, None)
    assert np.isfinite(structural_holes.constraints(network.projection("newman"))).all()
