"""Communities: known partitions of known graphs, numbered by size, deterministic."""

import networkx as nx
import numpy as np

from kg.map.scene.communities import communities


def test_cliques_in_a_ring_are_communities() -> None:
    graph = nx.ring_of_cliques(5, 6)
    groups = communities(30, np.array(graph.edges))
    assert [set(groups[6 * i : 6 * i + 6].tolist()) for i in range(5)] == [{i} for i in range(5)]


def test_communities_are_numbered_by_size_and_isolated_points_are_separate() -> None:
    pairs = np.array([(0, 1), (2, 3), (2, 4), (3, 4)])
    assert communities(6, pairs).tolist() == [1, 1, 0, 0, 0, 2]
    assert communities(3, np.zeros((0, 2), dtype=np.int64)).tolist() == [0, 1, 2]


def test_communities_are_deterministic_and_close_to_the_optimum() -> None:
    graph = nx.karate_club_graph()
    pairs = np.array(graph.edges)
    labels = communities(34, pairs)
    assert labels.tolist() == communities(34, pairs).tolist()
    groups = [set(np.flatnonzero(labels == i).tolist()) for i in range(labels.max() + 1)]
    # 0.4198 is the maximum (Brandes et al. 2008, IEEE TKDE 20, 172-188).
    assert nx.community.modularity(graph, groups, weight=None) > 0.41
