"""Betweenness of networks with trees at their edges, compared with networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp

from kg.measure.centrality.brandes import betweenness_sums


def _tree_behind_a_ring() -> nx.Graph[int]:
    graph = nx.cycle_graph(5)
    graph.add_edges_from([(0, 5), (5, 6), (6, 7), (6, 8), (5, 9), (2, 10), (10, 11), (12, 13)])
    return graph


@pytest.mark.parametrize(
    "graph",
    [
        _tree_behind_a_ring(),
        nx.path_graph(7),
        nx.star_graph(4),
        nx.balanced_tree(2, 3),
        *(nx.gnp_random_graph(40, 0.05, seed=seed) for seed in range(5)),
    ],
    ids=str,
)
def test_trees_at_the_edge_count_as_in_the_whole_network(graph: nx.Graph[int]) -> None:
    ties = sp.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=float))
    expected = nx.betweenness_centrality(graph, normalized=False)
    np.testing.assert_allclose(betweenness_sums((ties,), ties), [expected[node] for node in sorted(graph)], atol=1e-12)
