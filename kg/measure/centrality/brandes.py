"""Exact betweenness by Brandes' accumulation, for blocks of sources at once.

One step of all searches of a block is a product of the sparse matrix with a dense block, so that the work is done in
compiled loops over rows. On one core this is several times faster than networkit, which follows each source alone. If
shortest paths are long, most of each block would be empty, and networkit is used.

A node with one tie is never an inner node, and all its paths pass through its neighbour. Such leaves are removed first,
and their neighbours count for them, until only cycles remain and what connects them. Many actors are in one link only,
and so are all imputed new actors. If links are not nodes, these actors are tied to each other, and one of them
represents all that are structurally equivalent (`kg.measure.centrality.structural_equivalence`).

Citation: Brandes 2001, J. Math. Sociology 25, 163-177; as products: Buluç & Gilbert 2011, Int. J. High Perform. Comput.
Appl. 25, 496-509; without leaves: Sarıyüce, Saule, Kaya & Çatalyürek 2013, SIAM Data Mining, 522-530.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.centrality.matrices import run, to_networkit
from kg.measure.centrality.sampled_betweenness import path_length_bound

MAX_PATH_NODES = 60
"""The bound of nodes on a shortest path above which networkit is used."""

_BLOCK = 32

Steps = tuple[sp.csr_array, ...]
"""One symmetric matrix, or two that lead from the first side of a two-mode network to the second and back."""


def betweenness_sums(steps: Steps, ties: sp.csr_array, sizes: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return for each node v the sum of ``sigma_st(v) / sigma_st`` over all pairs s < t of other nodes.

    Args:
        steps: the 0/1 adjacency by sides; nodes of the first side come first.
        ties: the same as one symmetric matrix.
        sizes: the number of equivalent nodes that each node represents. They are tied to each other and to the same
            nodes, so that no shortest path passes through them. By default each node represents itself.
    """
    import networkit as nk  # noqa: PLC0415 - takes 0.5 s, and most measures do not need it

    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    if path_length_bound(ties) > MAX_PATH_NODES and sizes.max(initial=1) == 1:
        # networkit counts each pair once in each direction.
        return run(nk.centrality.Betweenness(to_networkit(ties), normalized=False)) / 2
    weight, tree_pairs, inner = _remove_leaves(ties, sizes)
    kernel, weights = _restrict(steps, inner), np.split(weight[inner], [np.count_nonzero(inner[: steps[0].shape[1]])])
    totals = [np.zeros(step.shape[1]) for step in kernel]
    for side, step in enumerate(kernel):
        for start in range(0, step.shape[1], _BLOCK):
            block = np.arange(start, min(start + _BLOCK, step.shape[1]))
            for number, sums in enumerate(_dependencies(kernel, side, block, weights)):
                totals[number] += sums
    # The trees behind a node reach each other, and the rest of its component, through it.
    _, component = connected_components(ties, directed=False)
    passed = (weight - sizes) * (np.bincount(component, weights=sizes)[component] - weight) + tree_pairs
    passed[inner] += np.concatenate(totals) / 2
    return passed


def _remove_leaves(
    ties: sp.csr_array, sizes: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return the network without leaves, and without nodes that become leaves; one node or pair of each tree remains.

    Returns:
        the number of nodes that each node represents, with the trees removed behind it; the number of pairs of nodes of
        different such trees; a mask of the nodes that remain.
    """
    count = ties.shape[0]
    degree = np.diff(ties.indptr).astype(np.int64)
    # The sum of the neighbours that remain is the one neighbour of a leaf.
    neighbours = np.bincount(np.repeat(np.arange(count), degree), weights=ties.indices, minlength=count)
    weight, pairs = sizes.astype(np.float64), np.zeros(count)
    inner: NDArray[np.bool_] = np.ones(count, np.bool_)
    while True:
        ends = np.flatnonzero(degree == 1)
        behind = neighbours[ends].astype(np.int64)
        ends, behind = ends[degree[behind] > 1], behind[degree[behind] > 1]
        if not len(ends):
            return weight, pairs, inner
        trees, squares = (
            np.bincount(behind, weights=each, minlength=count) for each in (weight[ends], weight[ends] ** 2)
        )
        pairs += (weight - sizes) * trees + (trees * trees - squares) / 2
        weight += trees
        inner[ends], degree[ends] = False, 0
        degree -= np.bincount(behind, minlength=count)
        neighbours -= np.bincount(behind, weights=ends, minlength=count)


def _restrict(steps: Steps, inner: NDArray[np.bool_]) -> Steps:
    """Return the steps between the nodes of the mask `inner`."""
    first = inner[: steps[0].shape[1]]
    if len(steps) == 1:
        return (steps[0][first][:, first],)
    forward = steps[0][inner[len(first) :]][:, first]
    return forward, forward.T.tocsr()


def _dependencies(
    steps: Steps, side: int, sources: NDArray[np.int64], weights: list[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """Return Brandes' dependencies of `sources`, which are on `side`, on each node of each side.

    `weights` are the numbers of nodes that each node represents, by sides.
    """
    count, sides = len(sources), len(steps)
    first = np.zeros((steps[side].shape[1], count))
    first[sources, np.arange(count)] = 1.0
    unseen = [np.ones((step.shape[1], count)) for step in steps]  # factors, because masks take longer
    unseen[side][sources, np.arange(count)] = 0.0
    levels = [first]  # by distance, the number of shortest paths to each node; 0 for nodes at other distances
    while True:
        here = (side + len(levels) - 1) % sides
        there = (here + 1) % sides
        paths = steps[here] @ levels[-1]
        paths *= unseen[there]
        if not paths.any():
            break
        unseen[there][paths > 0] = 0.0
        levels.append(paths)
    dependencies = [np.zeros(each.shape) for each in unseen]
    for depth in range(len(levels) - 1, 1, -1):
        here = (side + depth) % sides
        reached = np.where(levels[depth] > 0, levels[depth], np.inf)  # a node at another distance has no share
        shares = (weights[here][:, None] + dependencies[here]) / reached
        dependencies[(here - 1) % sides] += levels[depth - 1] * (steps[here] @ shares)
    return [(sums * weights[side][sources]).sum(axis=1) for sums in dependencies]
