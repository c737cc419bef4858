"""Positions of the points of the map by stress majorisation; deterministic.

In each connected component the positions minimise

    sum over pairs i < j of  d_ij^-2 (|x_i - x_j| - d_ij)^2

where d_ij is the length of the shortest path (Gansner, Koren & North 2005, Graph Drawing 2004, LNCS 3383,
doi 10.1007/978-3-540-31843-9_25). Lines between ends with few common neighbours are longer, so that hubs have space.
Lines between communities are longer, so that communities separate. The start is the scaling of the distances to some
pivots (Brandes & Pich 2007, LNCS 4372, doi 10.1007/978-3-540-70904-6_6), with seeded noise that separates structurally
equivalent points. Finally overlaps are removed, and the components are packed around the largest.

Time and memory grow with the square of the size of a component. Above `DENSE_LIMIT` points, a component is laid out
with the terms of its lines and of `PIVOTS` pivots only (`kg.map.layout.sparse_stress`), which is faster and coarser.

A difference in the last bit grows until points have visibly different positions. The code therefore avoids BLAS, LAPACK
and functions of the C library. Sums have a fixed order, and only addition, multiplication, division and square root
round (docs/decisions/0021).
"""

from itertools import chain
from math import copysign, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from kg.map.layout.packing import Part, outline, pack
from kg.map.layout.sparse_stress import norms, settle
from kg.measure.elementary import exp, log
from kg.measure.linear_algebra import dot, inverse, length

Points = NDArray[np.float64]

DENSE_LIMIT = 400
PIVOTS = 64
_GAP = 9.0  # minimum distance between two points, map units
_LINE = 28.0  # length of a line between two points with one neighbour each, without their radii
_ACROSS = 1.7  # factor for the length of lines between communities
_AT_REST = 0.2  # iteration stops if no point moves farther, map units
_SETTLED = 0.05  # tolerated overlap of two points, map units
_NOISE = 0.05 * 3**0.5  # maximum noise along each axis, relative to the mean distance
_TURNS = 40  # orthogonal iterations for the plane of the start
_TINY = 1e-9  # smaller distances are treated as zero
_FULL = 2.0  # maximum area of the points relative to their squared spread; beyond, the layout is enlarged
_PUSHES = 2e5  # maximum number of points times rounds in the removal of overlaps
_WORK = 3e7  # maximum number of pairs times rounds in majorisation


def positions(
    pairs: NDArray[np.int64], radii: NDArray[np.float64], groups: NDArray[np.int64] | None = None, seed: int = 1
) -> Points:
    """Return a position for each point.

    Args:
        pairs: the lines as indexes of points, shape (lines, 2).
        radii: radius of each point, map units, shape (n,).
        groups: the community of each point, shape (n,); by default all points are one community.
        seed: seed of the noise.

    Returns:
        Shape (n, 2), map units, rounded to a tenth; no two rows are equal.
    """
    n = len(radii)
    if n == 0:
        return np.zeros((0, 2))
    graph = _lengths(pairs, radii, np.zeros(n, dtype=np.int64) if groups is None else groups)
    count, component = connected_components(graph, directed=False)
    members = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component, minlength=count))[:-1])
    members.sort(key=lambda group: (-len(group), int(group[0])))
    placed = np.zeros((n, 2))
    parts = []
    for group in members:
        inner = csr_array(graph[group][:, group])
        placed[group] = _component(inner, radii[group], seed)
        lines = np.stack(inner.nonzero(), axis=1).astype(np.int64)
        parts.append(Part(group, outline(placed[group], radii[group], lines[lines[:, 0] < lines[:, 1]])))
    return _distinct(np.round(pack(placed, parts), 1))


def _lengths(pairs: NDArray[np.int64], radii: NDArray[np.float64], groups: NDArray[np.int64]) -> csr_array:
    """Return the desired length of each line, as a symmetric sparse matrix of shape (n, n)."""
    n = len(radii)
    a, b = pairs.reshape(-1, 2).T
    ones = np.ones(len(a))
    near = csr_array(coo_array((np.r_[ones, ones], (np.r_[a, b], np.r_[b, a])), shape=(n, n)))
    degree = np.asarray(near.sum(axis=1)).ravel()
    shared = np.asarray((near[a] * near[b]).sum(axis=1)).ravel() if len(a) else np.zeros(0)
    apart = degree[a] + degree[b] - 2 * shared - 1
    across = np.where(groups[a] == groups[b], 1.0, _ACROSS)
    desired = radii[a] + radii[b] + _LINE * across * exp(0.4 * log(np.maximum(apart, 1.0)))
    return csr_array(coo_array((np.r_[desired, desired], (np.r_[a, b], np.r_[b, a])), shape=(n, n)))


def _component(graph: csr_array, radii: NDArray[np.float64], seed: int) -> Points:
    """Return the positions of one component, with the centroid at the origin."""
    n = graph.shape[0]
    if n <= 2:  # noqa: PLR2004 - one point, or two points on a line
        return np.array([[(i - (n - 1) / 2) * float(graph.max()), 0.0] for i in range(n)])
    pivots = np.arange(n) if n <= DENSE_LIMIT else _spread(graph, min(PIVOTS, n))
    distances = dijkstra(graph, directed=False, indices=pivots)
    some = np.unique(np.linspace(0, len(distances) - 1, PIVOTS).astype(int))
    start = _scaling(distances[some].T, seed)
    points = _majorise(start, distances) if n <= DENSE_LIMIT else settle(start, graph, pivots, distances)
    points = _apart(_upright(points), radii)
    return np.asarray(points - points.mean(axis=0))


def _spread(graph: csr_array, count: int) -> NDArray[np.int64]:
    """Return pivots by farthest-point sampling."""
    chosen = np.zeros(count, dtype=np.int64)
    nearest = np.full(graph.shape[0], np.inf)
    for i in range(1, count):
        nearest = np.minimum(nearest, dijkstra(graph, directed=False, indices=chosen[i - 1 : i])[0])
        chosen[i] = np.argmax(nearest)
    return chosen


def _scaling(distances: NDArray[np.float64], seed: int) -> Points:
    """Return the classical scaling of the distances to the pivots, shape (n, pivots), to the plane."""
    squared = distances**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    rng = np.random.default_rng(seed)
    products = np.stack([(centred * column[:, None]).sum(axis=0) for column in centred.T])
    projected = np.stack([(centred * axis).sum(axis=1) for axis in _plane(products, rng)], axis=1)
    typical = float(distances.mean())
    noise = (2 * rng.random(projected.shape) - 1) * (_NOISE * typical)
    return np.asarray(projected / max(float(np.abs(projected).max()), _TINY) * typical + noise)


def _plane(matrix: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return two orthonormal vectors close to the plane of the two largest eigenvalues of a symmetric matrix.

    Orthogonal iteration: Golub & Van Loan 2013, Matrix Computations, 4th ed., 8.2.
    """
    axes = rng.random((2, len(matrix)))
    for _ in range(_TURNS):
        axes = (axes[:, None, :] * matrix).sum(axis=2)
        axes[0] /= max(length(axes[0]), _TINY)
        axes[1] -= dot(axes[0], axes[1]) * axes[0]
        axes[1] /= max(length(axes[1]), _TINY)
    return axes


def _majorise(points: Points, distances: NDArray[np.float64]) -> Points:
    """Return the points after stress majorisation (SMACOF): each round solves a system with a constant matrix."""
    n = len(points)
    off = ~np.eye(n, dtype=bool)
    weights = np.zeros((n, n))
    weights[off] = 1 / (distances[off] * distances[off])
    laplacian = np.diag(weights.sum(axis=1)) - weights
    solution = inverse(laplacian[1:, 1:])  # fixing the first point makes the matrix definite
    pull, room = weights * distances, np.empty((3, n, n))
    for _ in range(int(np.clip(_WORK / n**2, 20, 300))):
        moved = np.zeros_like(points)
        for axis, target in enumerate(_targets(points, pull, room)):
            moved[1:, axis] = np.multiply(solution, target[1:], out=room[0, 1:, 1:]).sum(axis=1)
        step = float(np.abs((moved - moved.mean(axis=0)) - (points - points.mean(axis=0))).max())
        points = moved
        if step < _AT_REST:
            break
    return points


def _targets(points: Points, pull: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the right-hand side of each axis, shape (2, n).

    Args:
        points: shape (n, 2).
        pull: weight times desired distance of each two points, shape (n, n).
        room: buffer, shape (3, n, n); allocating it in each round would double the time.
    """
    across, along, ratio = room
    for axis, offset in enumerate((across, along)):
        np.subtract(points[:, axis, None], points[:, axis], out=offset)
    np.multiply(across, across, out=ratio)
    ratio += along * along
    np.maximum(np.sqrt(ratio, out=ratio), _TINY, out=ratio)
    np.divide(pull, ratio, out=ratio)
    across *= ratio
    along *= ratio
    return np.stack([across.sum(axis=1), along.sum(axis=1)])


def _upright(points: Points) -> Points:
    """Return the points rotated so that the layout is widest horizontally, like a screen."""
    x, y = (points - points.mean(axis=0)).T
    # The axis is the first eigenvector of the 2 x 2 covariance matrix.
    half, product = float((x * x).sum() - (y * y).sum()) / 2, float((x * y).sum())
    longer = abs(half) + sqrt(half * half + product * product)
    if not longer:
        return np.stack([x, y], axis=1)
    right, up = (longer, product) if half >= 0 else (abs(product), copysign(longer, product))
    long = sqrt(right * right + up * up)
    right, up = right / long, up / long
    # The second axis is orthogonal and also points to the right, because eigenvectors have no sign.
    side = copysign(1.0, up)
    return np.stack([right * x + up * y, side * (up * x - right * y)], axis=1)


def _apart(points: Points, radii: NDArray[np.float64]) -> Points:
    """Return the points moved as little as necessary to keep their radii and a gap between each two."""
    n = len(points)
    spread = float(np.sqrt(np.prod(points.std(axis=0)))) or 1.0
    points = points * max(1.0, float(np.sqrt(((radii + _GAP) ** 2).sum() / _FULL)) / spread)
    for _ in range(int(np.clip(_PUSHES / n, 10, 120))):
        a, b, overlap = _overlaps(points, radii)
        if not len(overlap):
            break
        offset = points[b] - points[a]
        push = offset / np.maximum(norms(offset), _TINY)[:, None] * (0.5 * overlap[:, None])
        for axis in (0, 1):
            points[:, axis] += np.bincount(b, push[:, axis], n) - np.bincount(a, push[:, axis], n)
    return points


def _overlaps(
    points: Points, radii: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the first and the second point of each two that overlap, in ascending order, and by how much."""
    pairs = _near(points, radii)
    a, b = pairs.min(axis=1), pairs.max(axis=1)
    overlap = radii[a] + radii[b] + _GAP - np.maximum(norms(points[b] - points[a]), _TINY)
    close = np.flatnonzero(overlap > _SETTLED)
    order = close[np.argsort(a[close] * len(points) + b[close])]
    return a[order], b[order], overlap[order]


def _near(points: Points, radii: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the pairs of points that may overlap, each once; large points are queried separately."""
    is_large = radii > 2 * np.median(radii)
    small, large = np.flatnonzero(~is_large), np.flatnonzero(is_large)
    most, tree = float(radii[small].max()), cKDTree(points[small])
    pairs = [small[tree.query_pairs(2 * most + _GAP, output_type="ndarray")]]
    if len(large):
        near = tree.query_ball_point(points[large], radii[large] + most + _GAP)
        counts = np.fromiter(map(len, near), np.int64, len(large))
        others = np.fromiter(chain.from_iterable(near), np.int64, counts.sum())
        pairs.append(np.stack([np.repeat(large, counts), small[others]], axis=1))
        reach = 2 * float(radii[large].max()) + _GAP
        pairs.append(large[cKDTree(points[large]).query_pairs(reach, output_type="ndarray")])
    return np.concatenate(pairs)


def _distinct(points: Points) -> Points:
    """Return the points, with each one that rounding placed on an earlier one moved aside by multiples of 0.1."""
    taken: set[tuple[float, float]] = set()
    for row in points:
        while (float(row[0]), float(row[1])) in taken:
            row[0] = np.round(row[0] + 0.1, 1)
        taken.add((float(row[0]), float(row[1])))
    return points
