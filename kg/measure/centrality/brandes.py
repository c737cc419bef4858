"""Exact betweenness by Brandes' accumulation, for blocks of sources at once.

One step of all searches of a block is a product of the sparse matrix with a dense block, so that the work is done in
compiled loops over rows. On one core this is several times faster than networkit, which follows each source alone. If
shortest paths are long, most of each block would be empty, and networkit is used.

A node with one tie is never an inner node, and all its paths pass through its neighbour. Such leaves are removed first,
and their neighbours count for them, until only cycles remain and what connects them. Many actors are in one link only,
and so are all imputed new actors. If links are not nodes, these actors are tied to each other, and one of them
represents all that are structurally equivalent (`kg.measure.centrality.structural_equivalence`). Nodes of the rest with
the same neighbours, such as several links of two actors, are also counted as one: with equally many shortest paths
through each of them.

Citation: Brandes 2001, J. Math. Sociology 25, 163-177; as products: Buluç & Gilbert 2011, Int. J. High Perform. Comput.
Appl. 25, 496-509; without leaves: Sarıyüce, Saule, Kaya & Çatalyürek 2013, SIAM Data Mining, 522-530.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.centrality.matrices import run, to_networkit
from kg.measure.centrality.sampled_betweenness import path_length_bound

MAX_PATH_NODES = 60
"""The bound of nodes on a shortest path above which networkit is used."""

_BLOCK = 64

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
    sizes = np.ones(ties.shape[0]) if sizes is None else sizes
    if path_length_bound(ties) > MAX_PATH_NODES and sizes.max(initial=1) == 1:
        import networkit as nk  # noqa: PLC0415 - takes 0.5 s, and few networks need it

        # networkit counts each pair once in each direction.
        return run(nk.centrality.Betweenness(to_networkit(ties), normalized=False)) / 2
    weight, tree_pairs, inner = _remove_leaves(ties, sizes)
    kernel, classes = _reduce(_restrict(steps, inner), weight[inner])
    totals = _between_equals(kernel, classes)
    for side, step in enumerate(kernel):
        for start in range(0, step.shape[1], _BLOCK):
            block = np.arange(start, min(start + _BLOCK, step.shape[1]))
            for number, sums in enumerate(_dependencies(kernel, side, block, classes)):
                totals[number] += sums
    # The trees behind a node reach each other, and the rest of its component, through it.
    _, component = connected_components(ties, directed=False)
    passed = (weight - sizes) * (np.bincount(component, weights=sizes)[component] - weight) + tree_pairs
    passed[inner] += np.concatenate([sums[each.class_of] for sums, each in zip(totals, classes, strict=True)]) / 2
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


@dataclass(frozen=True, slots=True, eq=False)
class _Classes:
    """The nodes of one side, by their sets of neighbours.

    Attributes:
        first: the first node of each class.
        class_of: the class of each node.
        counts: the number of nodes of each class.
        weights: the number of nodes that the nodes of each class represent.
        pairs: the pairs of nodes that different nodes of a class represent.
    """

    first: NDArray[np.int64]
    class_of: NDArray[np.int64]
    counts: NDArray[np.float64]
    weights: NDArray[np.float64]
    pairs: NDArray[np.float64]


def _reduce(steps: Steps, weight: NDArray[np.float64]) -> tuple[Steps, list[_Classes]]:
    """Return the steps between classes of nodes with the same neighbours, and the classes of each side."""
    sides = len(steps)
    by_side = np.split(weight, np.cumsum([step.shape[1] for step in steps])[:-1])
    classes = [_classes(steps[side - 1], own) for side, own in enumerate(by_side)]
    reduced = tuple(step[classes[(side + 1) % sides].first][:, classes[side].first] for side, step in enumerate(steps))
    return reduced, classes


def _classes(neighbours: sp.csr_array, weight: NDArray[np.float64]) -> _Classes:
    """Return the classes of the rows of `neighbours`, of which each has a weight."""
    neighbours.sort_indices()
    ends = neighbours.indptr.tolist()
    numbers: dict[bytes, int] = {}
    class_of = np.array(
        [numbers.setdefault(neighbours.indices[start:end].tobytes(), len(numbers)) for start, end in pairwise(ends)],
        dtype=np.int64,
    )
    first = np.unique(class_of, return_index=True)[1]
    counts, weights, squares = (
        np.bincount(class_of, each, len(numbers)).astype(np.float64)
        for each in (np.ones(len(weight)), weight, weight * weight)
    )
    return _Classes(first, class_of, counts, weights, (weights * weights - squares) / 2)


def _between_equals(steps: Steps, classes: list[_Classes]) -> list[NDArray[np.float64]]:
    """Return for each class of each side twice the dependencies of pairs of nodes with the same neighbours.

    The shortest paths between such nodes lead through each of their neighbours.
    """
    sums = [np.zeros(step.shape[1]) for step in steps]
    for side, (step, own) in enumerate(zip(steps, classes, strict=True)):
        degree = steps[side - 1] @ classes[side - 1].counts
        shares = np.divide(2 * own.pairs, degree, out=np.zeros(len(degree)), where=degree > 0)
        sums[(side + 1) % len(steps)] += step @ shares
    return sums


def _dependencies(
    steps: Steps, side: int, sources: NDArray[np.int64], classes: list[_Classes]
) -> list[NDArray[np.float64]]:
    """Return Brandes' dependencies of the classes `sources`, which are on `side`, on a node of each class by sides."""
    count, sides = len(sources), len(steps)
    first = np.zeros((steps[side].shape[1], count))
    first[sources, np.arange(count)] = 1.0
    unseen = [np.ones((step.shape[1], count)) for step in steps]  # factors, because masks take longer
    unseen[side][sources, np.arange(count)] = 0.0
    # By distance, the number of shortest paths to one node of each class, 0 for classes at other distances, and to all.
    levels, totals = [first], [first]
    while True:
        here = (side + len(levels) - 1) % sides
        there = (here + 1) % sides
        paths = steps[here] @ totals[-1]
        paths *= unseen[there]
        reached = paths > 0
        if not reached.any():
            break
        np.putmask(unseen[there], reached, 0.0)
        levels.append(paths)
        totals.append(paths * classes[there].counts[:, None])
    dependencies = [np.zeros(each.shape) for each in unseen]  # on all nodes of each class
    for depth in range(len(levels) - 1, 1, -1):
        here = (side + depth) % sides
        paths = levels[depth]
        np.putmask(paths, paths == 0, np.inf)  # a node at another distance has no share
        shares = classes[here].weights[:, None] + dependencies[here]
        shares /= paths
        passed = steps[here] @ shares
        passed *= totals[depth - 1]
        dependencies[(here - 1) % sides] += passed
    own = classes[side].weights[sources]
    return [(sums * own).sum(axis=1) / each.counts for sums, each in zip(dependencies, classes, strict=True)]
