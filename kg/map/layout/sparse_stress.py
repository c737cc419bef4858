"""Stress of large components by a few of its terms, in time that grows with the lines and not with their square.

A point keeps its distance to its neighbours and to some pivots. A pivot stands for the points nearest to it: the
weight of its term is multiplied by how many of them lie at most half as far from it as the point does
(Ortmann, Klimenta & Brandes 2016, Graph Drawing, LNCS 9801, doi 10.1007/978-3-319-50106-2_2).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Points = NDArray[np.float64]

_TINY = 1e-9
_ROUNDS = 40


def settle(points: Points, graph: csr_array, pivots: NDArray[np.int64], distances: NDArray[np.float64]) -> Points:
    """The points after some rounds in which each moves to where its terms want it.

    Args:
        points: where they begin, shape (n, 2).
        graph: wanted lengths of lines, symmetric, shape (n, n).
        pivots: which points are pivots, shape (k,).
        distances: from each pivot to each point, shape (k, n).
    """
    n = len(points)
    a, b = (axis.astype(np.int64) for axis in graph.nonzero())
    wanted = np.asarray(graph[a, b]).ravel()
    near = 1 / (wanted * wanted)
    far = _weights(distances)
    reach = np.where(distances > _TINY, distances, 1.0)
    whole = np.bincount(a, near, minlength=n) + far.sum(axis=0)
    for _ in range(_ROUNDS):
        target = np.zeros_like(points)
        for axis, step in enumerate(_steps(points, points[b], a, wanted).T):
            target[:, axis] = np.bincount(a, near * step, minlength=n)
        for pivot, weight, length in zip(pivots, far, reach, strict=True):
            way = points - points[pivot]
            between = np.maximum(norms(way), _TINY)
            target += (weight / between * length)[:, None] * way + weight[:, None] * points[pivot]
        points = target / whole[:, None]
    return points


def norms(ways: Points) -> NDArray[np.float64]:
    """Return how long each way is, shape (n,); unlike ``hypot`` of the C library it is rounded in one way only."""
    return np.sqrt(ways[:, 0] * ways[:, 0] + ways[:, 1] * ways[:, 1])


def _steps(points: Points, others: Points, a: NDArray[np.int64], wanted: NDArray[np.float64]) -> Points:
    """Where each line wants its first end: on the way from the other end, at the wanted length."""
    way = points[a] - others
    between = np.maximum(norms(way), _TINY)
    return np.asarray(others + way * (wanted / between)[:, None])


def _weights(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weight of the term of each pivot and point, shape (k, n); 0 between a pivot and itself."""
    nearest = np.argmin(distances, axis=0)
    weights = np.zeros_like(distances)
    for pivot, row in enumerate(distances):
        region = np.sort(row[nearest == pivot])
        inside = np.searchsorted(region, row / 2, side="right")
        weights[pivot] = np.divide(np.maximum(inside, 1), row * row, out=np.zeros_like(row), where=row > _TINY)
    return weights
