"""Quality of a layout: three scores that readers care about, independent of scale."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from scipy.spatial.distance import pdist, squareform

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]


def crossings(points: Points, pairs: Pairs) -> int:
    """Return the number of crossing pairs of lines; lines that share an end do not cross."""
    a, b = points[pairs[:, 0]], points[pairs[:, 1]]
    i, j = np.triu_indices(len(pairs), 1)
    apart = (pairs[i][:, :, None] != pairs[j][:, None, :]).all(axis=(1, 2))
    i, j = i[apart], j[apart]

    def side(p: Points, q: Points, r: Points) -> NDArray[np.float64]:
        return np.sign((q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0]))

    one = side(a[i], b[i], a[j]) * side(a[i], b[i], b[j])
    other = side(a[j], b[j], a[i]) * side(a[j], b[j], b[i])
    return int(((one < 0) & (other < 0)).sum())


def preservation(points: Points, pairs: Pairs) -> float:
    """Return the mean share of an actor's k neighbours among its k nearest points (Jaccard, 1 is best)."""
    near: list[set[int]] = [set() for _ in points]
    for a, b in pairs.tolist():
        near[a].add(b)
        near[b].add(a)
    tree = cKDTree(points)
    actual = []
    for i, own in enumerate(near):
        if own:
            _, nearest = tree.query(points[i], k=len(own) + 1)
            seen = set(np.atleast_1d(nearest).tolist()) - {i}
            actual.append(len(own & seen) / len(own | seen))
    return float(np.mean(actual))


def stress(points: Points, pairs: Pairs) -> float:
    """Return the mean of ``((|x_i - x_j| - d_ij) / d_ij)^2`` in steps d_ij, at the best scale (0 is best)."""
    n = len(points)
    graph = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    wanted = squareform(dijkstra(graph, directed=False), checks=False)
    there = np.isfinite(wanted)
    ratio = pdist(points)[there] / wanted[there]
    return float(((ratio * ratio.sum() / (ratio**2).sum() - 1) ** 2).mean())


def largest(n: int, pairs: Pairs) -> tuple[NDArray[np.int64], Pairs]:
    """Return the points of the largest component, and its lines between their indexes."""
    graph: nx.Graph[int] = nx.Graph(pairs.tolist())
    graph.add_nodes_from(range(n))
    components: list[set[int]] = list(nx.connected_components(graph))
    largest_one = max(components, key=len)
    actual = np.array(sorted(largest_one))
    inside = pairs[np.isin(pairs, actual).all(axis=1)]
    return actual, np.searchsorted(actual, inside)
