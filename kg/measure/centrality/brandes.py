"""How many shortest paths pass through each node, exactly: Brandes' sums, for some sources at once.

A step of all searches of a block is one product of the sparse matrix with a dense block, so that the work is done in
compiled loops over rows; on one core that is several times faster than networkit's, which follows each source alone.
Where shortest paths are long, most of each block would be empty, and networkit is called.

A node with one tie lies between nobody, and all its paths go through its neighbour. Such leaves are taken off first and
their neighbours count for them: many actors are in one link only, and of the parties that nobody named all new ones.
Where links are no nodes these are tied to each other, and one stands for all that are alike
(`kg.measure.centrality.structural_equivalence`).

Citation: Brandes 2001, J. Math. Sociology 25, 163-177; as products: Buluç & Gilbert 2011, Int. J. High Perform. Comput.
Appl. 25, 496-509; without leaves: Sarıyüce, Saule, Kaya & Çatalyürek 2013, SIAM Data Mining, 522-530.
"""

import networkit as nk
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.centrality.matrices import graph, run
from kg.measure.centrality.sampled_betweenness import path_bound

LONGEST = 60
"""Shortest paths of more nodes than this are long."""

_BLOCK = 32

Steps = tuple[sp.csr_array, ...]
"""One symmetric matrix, or two that lead from the first side of a two-mode network to the second, and back."""


def passing(steps: Steps, ties: sp.csr_array, sizes: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """For each node v the sum of ``sigma_st(v) / sigma_st`` over all pairs s < t of others.

    Args:
        steps: the 0/1 adjacency, by sides; nodes of the first side come first.
        ties: the same as one symmetric matrix.
        sizes: how many nodes each stands for, all tied to each other and to the same others, so that no shortest path
            passes through them; by default itself alone.
    """
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    if path_bound(ties) > LONGEST and sizes.max(initial=1) == 1:
        # networkit counts a pair of nodes once in each direction.
        return run(nk.centrality.Betweenness(graph(ties), normalized=False)) / 2
    weight, twos, inner = _leafless(ties, sizes)
    kernel, weights = _cut(steps, inner), np.split(weight[inner], [np.count_nonzero(inner[: steps[0].shape[1]])])
    total = [np.zeros(step.shape[1]) for step in kernel]
    for side, step in enumerate(kernel):
        for start in range(0, step.shape[1], _BLOCK):
            block = np.arange(start, min(start + _BLOCK, step.shape[1]))
            for at, sums in enumerate(_dependencies(kernel, side, block, weights)):
                total[at] += sums
    # Leaves of one node reach each other, and all the rest of its component, through it.
    _, component = connected_components(ties, directed=False)
    passed = (weight - sizes) * (np.bincount(component, weights=sizes)[component] - weight) + twos
    passed[inner] += np.concatenate(total) / 2
    return np.where(inner, passed, 0.0)


def _leafless(
    ties: sp.csr_array, sizes: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Without leaves (of a pair neither is one): which nodes are left.

    Returns:
        how many nodes each stands for, its leaves and itself; between how many twos of its leaves it is; whether it is
        left.
    """
    degree = np.diff(ties.indptr)
    ends = np.flatnonzero(degree == 1)
    neighbour = ties.indices[ties.indptr[ends]]
    ends, neighbour = ends[degree[neighbour] > 1], neighbour[degree[neighbour] > 1]
    inner: NDArray[np.bool_] = np.ones(len(degree), np.bool_)
    inner[ends] = False
    leaves, squares = (
        np.bincount(neighbour, weights=each[ends], minlength=len(degree)) for each in (sizes, sizes * sizes)
    )
    return sizes + leaves, (leaves * leaves - squares) / 2, inner


def _cut(steps: Steps, inner: NDArray[np.bool_]) -> Steps:
    """The steps between the nodes that are left."""
    first = inner[: steps[0].shape[1]]
    if len(steps) == 1:
        return (steps[0][first][:, first],)
    there = steps[0][inner[len(first) :]][:, first]
    return there, there.T.tocsr()


def _dependencies(
    steps: Steps, side: int, sources: NDArray[np.int64], weights: list[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """What each node of each side carries of the shortest paths from `sources`, which are on `side`.

    `weights` are how many nodes each one stands for, by sides.
    """
    count, sides = len(sources), len(steps)
    first = np.zeros((steps[side].shape[1], count))
    first[sources, np.arange(count)] = 1.0
    seen = [np.zeros((step.shape[1], count), np.bool_) for step in steps]
    seen[side][sources, np.arange(count)] = True
    levels = [first]  # how many shortest paths lead to each node that is so many steps away; 0 for the others
    while True:
        here = (side + len(levels) - 1) % sides
        there = (here + 1) % sides
        paths = steps[here] @ levels[-1]
        paths[seen[there]] = 0.0
        if not paths.any():
            break
        seen[there] |= paths > 0
        levels.append(paths)
    carried = [np.zeros(shown.shape) for shown in seen]
    for depth in range(len(levels) - 1, 1, -1):
        here = (side + depth) % sides
        shares = np.divide(
            weights[here][:, None] + carried[here],
            levels[depth],
            out=np.zeros_like(levels[depth]),
            where=levels[depth] > 0,
        )
        carried[(here - 1) % sides] += levels[depth - 1] * (steps[here] @ shares)
    return [(sums * weights[side][sources]).sum(axis=1) for sums in carried]
