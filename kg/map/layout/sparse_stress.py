"""Sparse stress model for large components, in time linear in the number of lines.

Only the distances to neighbours and to some pivots are kept. A pivot represents the points nearest to it: the weight of
its term is multiplied by the number of those that are at most half as far from it as the point
(Ortmann, Klimenta & Brandes 2016, Graph Drawing, LNCS 9801, doi 10.1007/978-3-319-50106-2_2).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Points = NDArray[np.float64]

_TINY = 1e-9
_ROUNDS = 40


def settle(points: Points, graph: csr_array, pivots: NDArray[np.int64], distances: NDArray[np.float64]) -> Points:
    """Return the points after some rounds in which each moves to the mean of its targets.

    Args:
        points: initial positions, shape (n, 2).
        graph: desired lengths of lines, symmetric, shape (n, n).
        pivots: indexes of the pivots, shape (k,).
        distances: distance from each pivot to each point, shape (k, n).
    """
    n = len(points)
    a, b = (axis.astype(np.int64) for axis in graph.nonzero())
    desired = np.asarray(graph[a, b]).ravel()
    near = 1 / (desired * desired)
    far = _weights(distances)
    reach = np.where(distances > _TINY, distances, 1.0)
    whole = np.bincount(a, near, minlength=n) + far.sum(axis=0)
    for _ in range(_ROUNDS):
        target = np.zeros_like(points)
        for axis, step in enumerate(_steps(points, points[b], a, desired).T):
            target[:, axis] = np.bincount(a, near * step, minlength=n)
        for pivot, weight, length in zip(pivots, far, reach, strict=True):
            offset = points - points[pivot]
            distance = np.maximum(norms(offset), _TINY)
            target += (weight / distance * length)[:, None] * offset + weight[:, None] * points[pivot]
        points = target / whole[:, None]
    return points


def norms(vectors: Points) -> NDArray[np.float64]:
    """Return the length of each vector, shape (n,); unlike ``hypot`` of the C library, its rounding is specified."""
    return np.sqrt(vectors[:, 0] * vectors[:, 0] + vectors[:, 1] * vectors[:, 1])


def _steps(points: Points, others: Points, a: NDArray[np.int64], desired: NDArray[np.float64]) -> Points:
    """Return the target of the first end of each line: in its direction, at the desired length from the other end."""
    offset = points[a] - others
    distance = np.maximum(norms(offset), _TINY)
    return np.asarray(others + offset * (desired / distance)[:, None])


def _weights(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weight of each pivot and point, shape (k, n); 0 between a pivot and itself."""
    nearest = np.argmin(distances, axis=0)
    weights = np.zeros_like(distances)
    for pivot, row in enumerate(distances):
        region = np.sort(row[nearest == pivot])
        inside = np.searchsorted(region, row / 2, side="right")
        weights[pivot] = np.divide(np.maximum(inside, 1), row * row, out=np.zeros_like(row), where=row > _TINY)
    return weights
