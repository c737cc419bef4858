"""Where the points of the map lie: computed once, before the page is written, and the same each time.

Each connected component is laid out by stress majorisation: the positions minimise

    sum over pairs i < j of  d_ij^-2 (|x_i - x_j| - d_ij)^2

where d_ij is the length of the shortest path (Gansner, Koren & North 2005, Graph Drawing 2004, LNCS 3383,
doi 10.1007/978-3-540-31843-9_25). A line is the longer the fewer neighbours its ends share, which gives hubs their
room. It starts from the scaling of the distances to some pivots (Brandes & Pich 2007, LNCS 4372,
doi 10.1007/978-3-540-70904-6_6), moved a little by a seeded generator so that twins part. Points are then pushed off
each other, and the components are packed around the largest.

Limits: time and memory grow with the square of a component's size. Beyond `DENSE_LIMIT` points a component is laid
out by the terms of its lines and of `PIVOTS` pivots alone (`kg.map.layout.sparse_stress`), which is quick and coarser.
Communities lie apart because a line between two of them wants to be longer.

A last bit grows here until points lie elsewhere. So nothing is left to BLAS, to LAPACK or to the C library: sums have a
fixed order, and what rounds is addition, multiplication, division and the square root (docs/decisions/0021).
"""

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
_GAP = 9.0  # map units kept free between two points
_LINE = 28.0  # length of a line between two points of one neighbour each, without their radii
_ACROSS = 1.7  # how much longer a line between two communities wants to be
_AT_REST = 0.2  # map units; a figure of which no point moves more has settled
_SETTLED = 0.05  # map units; two points that lack less are apart
_NOISE = 0.05 * 3**0.5  # of the typical distance, what points may be moved by along each axis before they settle
_TURNS = 40  # rounds in which the plane of the start is looked for
_TINY = 1e-9  # two points nearer than this are at one place
_FULL = 2.0  # room that points may take, by the square of how far they are spread; beyond, the figure grows
_PUSHES = 2e5  # points that may be pushed off each other, summed over the rounds
_WORK = 3e7  # pairs of points that majorisation may visit, summed over its rounds


def positions(
    pairs: NDArray[np.int64], radii: NDArray[np.float64], groups: NDArray[np.int64] | None = None, seed: int = 1
) -> Points:
    """A place for each point.

    Args:
        pairs: the lines as indexes of points, shape (lines, 2).
        radii: how much room each point takes, map units, shape (n,).
        groups: the community of each point, shape (n,); without them no line crosses a border.
        seed: of the generator that parts twins.

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
    """The wanted length of each line, as a symmetric sparse matrix of shape (n, n)."""
    n = len(radii)
    a, b = pairs.reshape(-1, 2).T
    ones = np.ones(len(a))
    near = csr_array(coo_array((np.r_[ones, ones], (np.r_[a, b], np.r_[b, a])), shape=(n, n)))
    degree = np.asarray(near.sum(axis=1)).ravel()
    shared = np.asarray((near[a] * near[b]).sum(axis=1)).ravel() if len(a) else np.zeros(0)
    apart = degree[a] + degree[b] - 2 * shared - 1
    across = np.where(groups[a] == groups[b], 1.0, _ACROSS)
    wanted = radii[a] + radii[b] + _LINE * across * exp(0.4 * log(np.maximum(apart, 1.0)))
    return csr_array(coo_array((np.r_[wanted, wanted], (np.r_[a, b], np.r_[b, a])), shape=(n, n)))


def _component(graph: csr_array, radii: NDArray[np.float64], seed: int) -> Points:
    """Places within one component, its centre of gravity at the origin."""
    n = graph.shape[0]
    if n <= 2:  # noqa: PLR2004 - one point, or two in a line
        return np.array([[(i - (n - 1) / 2) * float(graph.max()), 0.0] for i in range(n)])
    pivots = np.arange(n) if n <= DENSE_LIMIT else _spread(graph, min(PIVOTS, n))
    distances = dijkstra(graph, directed=False, indices=pivots)
    some = np.unique(np.linspace(0, len(distances) - 1, PIVOTS).astype(int))
    start = _scaling(distances[some].T, seed)
    points = _majorise(start, distances) if n <= DENSE_LIMIT else settle(start, graph, pivots, distances)
    points = _apart(_upright(points), radii)
    return np.asarray(points - points.mean(axis=0))


def _spread(graph: csr_array, count: int) -> NDArray[np.int64]:
    """Pivots far from each other: each next one is the farthest from those already chosen."""
    chosen = np.zeros(count, dtype=np.int64)
    nearest = np.full(graph.shape[0], np.inf)
    for i in range(1, count):
        nearest = np.minimum(nearest, dijkstra(graph, directed=False, indices=chosen[i - 1 : i])[0])
        chosen[i] = np.argmax(nearest)
    return chosen


def _scaling(distances: NDArray[np.float64], seed: int) -> Points:
    """Classical scaling of the distances to the pivots, shape (n, pivots), to the plane."""
    squared = distances**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    rng = np.random.default_rng(seed)
    products = np.stack([(centred * column[:, None]).sum(axis=0) for column in centred.T])
    found = np.stack([(centred * axis).sum(axis=1) for axis in _plane(products, rng)], axis=1)
    typical = float(distances.mean())
    noise = (2 * rng.random(found.shape) - 1) * (_NOISE * typical)
    return np.asarray(found / max(float(np.abs(found).max()), _TINY) * typical + noise)


def _plane(matrix: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return two orthonormal vectors in the plane that a symmetric matrix stretches most, near enough for a start.

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
    """Stress majorisation (SMACOF): each round solves a linear system with a constant matrix."""
    n = len(points)
    off = ~np.eye(n, dtype=bool)
    weights = np.zeros((n, n))
    weights[off] = 1 / (distances[off] * distances[off])
    laplacian = np.diag(weights.sum(axis=1)) - weights
    solution = inverse(laplacian[1:, 1:])  # the first point is held, which makes the matrix definite
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
    """Return what pulls each point along each axis, shape (2, n).

    Args:
        points: shape (n, 2).
        pull: of each two points, by the distance between them, shape (n, n).
        room: for what is computed on the way, shape (3, n, n); rounds that make arrays of their own take twice as long.
    """
    across, along, ratio = room
    for axis, way in enumerate((across, along)):
        np.subtract(points[:, axis, None], points[:, axis], out=way)
    np.multiply(across, across, out=ratio)
    ratio += along * along
    np.maximum(np.sqrt(ratio, out=ratio), _TINY, out=ratio)
    np.divide(pull, ratio, out=ratio)
    across *= ratio
    along *= ratio
    return np.stack([across.sum(axis=1), along.sum(axis=1)])


def _upright(points: Points) -> Points:
    """The same figure turned so that it is widest from left to right, as screens are."""
    x, y = (points - points.mean(axis=0)).T
    # Its axis is the first eigenvector of the matrix of squares and products, which is of two rows.
    half, product = float((x * x).sum() - (y * y).sum()) / 2, float((x * y).sum())
    longer = abs(half) + sqrt(half * half + product * product)
    if not longer:
        return np.stack([x, y], axis=1)
    right, up = (longer, product) if half >= 0 else (abs(product), copysign(longer, product))
    long = sqrt(right * right + up * up)
    right, up = right / long, up / long
    # The second axis is at a right angle to it, and goes to the right as well, for the sign of neither is given.
    side = copysign(1.0, up)
    return np.stack([right * x + up * y, side * (up * x - right * y)], axis=1)


def _apart(points: Points, radii: NDArray[np.float64]) -> Points:
    """Points moved as little as it takes for each two to keep their radii and a gap between them."""
    n = len(points)
    spread = float(np.sqrt(np.prod(points.std(axis=0)))) or 1.0
    points = points * max(1.0, float(np.sqrt(((radii + _GAP) ** 2).sum() / _FULL)) / spread)
    for _ in range(int(np.clip(_PUSHES / n, 10, 120))):
        a, b = _near(points, radii).T
        way = points[b] - points[a]
        between = np.maximum(norms(way), _TINY)
        lacking = radii[a] + radii[b] + _GAP - between
        close = lacking > _SETTLED
        if not close.any():
            break
        push = way[close] / between[close, None] * (0.5 * lacking[close, None])
        for axis in (0, 1):
            points[:, axis] += np.bincount(b[close], push[:, axis], n) - np.bincount(a[close], push[:, axis], n)
    return points


def _near(points: Points, radii: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pairs of points that may be too close, in order; the few large ones are looked at one by one."""
    large = radii > 2 * np.median(radii)
    small = np.flatnonzero(~large)
    reach = 2 * float(radii[small].max()) + _GAP
    found = [small[cKDTree(points[small]).query_pairs(reach, output_type="ndarray")]]
    if large.any():
        tree, top = cKDTree(points), float(radii.max())
        centres = np.flatnonzero(large)
        near = tree.query_ball_point(points[centres], radii[centres] + top + _GAP)
        pairs = np.array([(i, j) for i, others in zip(centres.tolist(), near, strict=True) for j in others])
        pairs = pairs[(pairs[:, 0] != pairs[:, 1]) & (~large[pairs[:, 1]] | (pairs[:, 0] < pairs[:, 1]))]
        found.append(np.sort(pairs, axis=1))
    pairs = np.concatenate(found)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _distinct(points: Points) -> Points:
    """The same points, those that rounding put on an earlier one moved aside by a tenth until they are alone."""
    taken: set[tuple[float, float]] = set()
    for row in points:
        while (float(row[0]), float(row[1])) in taken:
            row[0] = np.round(row[0] + 0.1, 1)
        taken.add((float(row[0]), float(row[1])))
    return points
