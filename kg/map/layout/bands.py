"""Layouts of two other views: actors with all links, and one band per sector."""

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from kg.map.layout.stress import positions
from kg.map.scene.communities import communities
from kg.map.scene.model import HYPEREDGE_SIZE, SceneView
from kg.map.scene.styles import SECTORS
from kg.network import Network

Points = NDArray[np.float64]

ORDER = ("government", "university", "firm", "institute", "intermediary", "")
"""The bands from the top: sectors with many common links are adjacent; the last band contains all other sectors."""

_STEP = 56.0  # distance between two points of a band, map units
_BETWEEN = 270.0  # distance between two bands, map units
_WIDE = 4.0  # aspect ratio of the bands of a page or of a wide picture
_FULL_WIDTH = 300  # width in print from which bands are that wide, millimetres
_SWEEPS = 12


def two_mode(network: Network, actor_radii: Sequence[float]) -> SceneView:
    """Return actors and links as points with one line per participation; `actor_radii` are in map units."""
    n = len(network.actors)
    pairs = np.stack([network.actor_of, n + network.link_of], axis=1).astype(np.int64).reshape(-1, 2)
    radii = np.r_[np.array(actor_radii, dtype=np.float64), np.full(len(network.links), HYPEREDGE_SIZE)]
    points = positions(pairs, radii, communities(len(radii), pairs))
    links = {link.iri: _pair(points[n + k]) for k, link in enumerate(network.links)}
    return SceneView("two-mode", tuple(map(_pair, points[:n])), links)


def aspect(width: int | None) -> float:
    """Return the aspect ratio of the bands of a picture of this width in print (millimetres), or of a page."""
    return _WIDE if width is None else _WIDE * min(max(width / _FULL_WIDTH, 0.3), 1.0)


def bands(network: Network, start: Points, hyperedges: Sequence[int], wide: float = _WIDE) -> SceneView:
    """Return one band of rows per sector, in which actors are near those with common links.

    The order in a band is computed by the barycentre heuristic, from the positions of the map (Sugiyama, Tagawa & Toda
    1981, IEEE Trans. SMC 11, 109-125).

    Args:
        network: the network.
        start: positions of the actors on the map, shape (n, 2).
        hyperedges: indexes of the links that are points; each is placed at the mean of its actors.
        wide: aspect ratio.
    """
    sectors = [actor.sector if actor.sector in SECTORS else "" for actor in network.actors]
    groups = {name: np.flatnonzero(np.array(sectors) == name) for name in ORDER}
    groups = {name: group for name, group in groups.items() if len(group)}
    columns = max(ceil(sqrt(len(sectors) * wide * (1 + len(groups) / 3))), 2)
    ties = network.projection("count")
    x, y = start[:, 0].copy(), np.zeros(len(sectors))
    for _ in range(_SWEEPS):
        for group in groups.values():
            weight = np.asarray(ties[group].sum(axis=1)).ravel()
            mean = np.divide(ties[group] @ x, weight, out=x[group].copy(), where=weight > 0)
            x[group] = _spread(mean, columns)
    top, extents = 0.0, []
    for name, group in groups.items():
        order = group[np.lexsort((group, x[group]))]
        rows = ceil(len(group) / columns)
        turn = np.arange(len(group))
        x[order] = (turn // rows - (ceil(len(group) / rows) - 1) / 2) * _STEP + turn % rows % 2 * _STEP / 2
        y[order] = top + turn % rows * _STEP
        extents.append((name, top, top + (rows - 1) * _STEP))
        top += (rows - 1) * _STEP + _BETWEEN
    points = np.round(np.stack([x, y], axis=1), 1)
    middle = {network.links[k].iri: points[network.actor_of[network.link_of == k]].mean(axis=0) for k in hyperedges}
    return SceneView(
        "bands",
        tuple(map(_pair, points)),
        {iri: _pair(np.round(place, 1)) for iri, place in middle.items()},
        tuple(extents),
    )


def _spread(means: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
    """Return positions in the same order, evenly spaced over the width of the bands."""
    rank = np.empty(len(means))
    rank[np.argsort(means, kind="stable")] = np.arange(len(means))
    return np.asarray((rank + 0.5) / len(means) * columns * _STEP - columns * _STEP / 2)


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
