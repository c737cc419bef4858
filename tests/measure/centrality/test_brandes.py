"""Betweenness of networks with trees and with nodes of the same neighbours, compared with networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp

from kg.measure.centrality.brandes import betweenness_sums


def _tree_behind_a_ring() -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.cycle_graph(5)
    graph.add_edges_from([(0, 5), (5, 6), (6, 7), (6, 8), (5, 9), (2, 10), (10, 11), (12, 13)])
    return graph


def _twins_with_trees() -> nx.Graph[int]:
    """Return a graph with three classes of nodes of the same neighbours, some with trees behind them."""
    graph: nx.Graph[int] = nx.complete_bipartite_graph(2, 3)
    graph.add_edges_from([(0, 5), (1, 6), (5, 7), (6, 7), (5, 8), (6, 8), (2, 9), (9, 10), (7, 11), (7, 12)])
    return graph


@pytest.mark.parametrize(
    "graph",
    [
        _tree_behind_a_ring(),
        _twins_with_trees(),
        nx.complete_bipartite_graph(3, 5),
        nx.cycle_graph(4),
        nx.path_graph(7),
        nx.star_graph(4),
        nx.balanced_tree(2, 3),
        *(nx.gnp_random_graph(40, 0.05, seed=seed) for seed in range(5)),
    ],
    ids=str,
)
def test_trees_and_twins_count_as_in_the_whole_network(graph: nx.Graph[int]) -> None:
    ties = sp.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=np.dtype(float)))
    expected = nx.betweenness_centrality(graph, normalized=False)
    np.testing.assert_allclose(betweenness_sums((ties,), ties), [expected[node] for node in sorted(graph)], atol=1e-12)


def test_links_of_the_same_actors_count_as_several() -> None:
    incidences = sp.csr_array(np.array([[1.0, 1, 0], [1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 0, 1]]))
    ties = sp.csr_array(sp.block_array([[None, incidences.T.tocsr()], [incidences, None]]))
    expected = nx.betweenness_centrality(nx.from_scipy_sparse_array(ties), normalized=False)
    sums = betweenness_sums((incidences, incidences.T.tocsr()), ties)
    np.testing.assert_allclose(sums, [expected[node] for node in sorted(expected)], atol=1e-12)
