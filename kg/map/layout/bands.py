"""Other ways to lay out what the map shows: actors with all their links, and a band for each sector."""

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
"""The bands from the top: those that are tied most lie beside each other; the last is of all other sectors."""

_STEP = 56.0  # map units between two points of a band
_BETWEEN = 168.0  # map units between two bands
_WIDE = 1.2  # width over height of the bands
_SWEEPS = 12


def two_mode(network: Network, rooms: Sequence[float]) -> SceneView:
    """Actors and links as points, a line for each participation; `rooms` are the radii of the actors' shapes."""
    n = len(network.actors)
    pairs = np.stack([network.actor_of, n + network.link_of], axis=1).astype(np.int64).reshape(-1, 2)
    radii = np.r_[np.array(rooms, dtype=np.float64), np.full(len(network.links), HYPEREDGE_SIZE)]
    points = positions(pairs, radii, communities(len(radii), pairs))
    links = {link.iri: _pair(points[n + k]) for k, link in enumerate(network.links)}
    return SceneView("two-mode", tuple(map(_pair, points[:n])), links)


def bands(network: Network, start: Points, hyperedges: Sequence[int]) -> SceneView:
    """A band of rows for each sector; within a band, actors stand near those that they share links with.

    The order in a band comes from the mean place of an actor's partners, taken again and again (the barycentre
    heuristic: Sugiyama, Tagawa & Toda 1981, IEEE Trans. SMC 11, 109-125), from the places of the map on.

    Args:
        network: what is drawn.
        start: places of the actors on the map, shape (n, 2).
        hyperedges: indexes of the links that are points; each lies in the middle of its actors.
    """
    sectors = [actor.sector if actor.sector in SECTORS else "" for actor in network.actors]
    groups = {name: np.flatnonzero(np.array(sectors) == name) for name in ORDER}
    groups = {name: group for name, group in groups.items() if len(group)}
    columns = max(ceil(sqrt(len(sectors) * _WIDE * (1 + len(groups) / 3))), 2)
    ties = network.projection("count")
    x, y = start[:, 0].copy(), np.zeros(len(sectors))
    for _ in range(_SWEEPS):
        for group in groups.values():
            weight = np.asarray(ties[group].sum(axis=1)).ravel()
            mean = np.divide(ties[group] @ x, weight, out=x[group].copy(), where=weight > 0)
            x[group] = _spread(mean, columns)
    top, drawn = 0.0, []
    for name, group in groups.items():
        order = group[np.lexsort((group, x[group]))]
        rows = ceil(len(group) / columns)
        turn = np.arange(len(group))
        x[order] = (turn // rows - (ceil(len(group) / rows) - 1) / 2) * _STEP + turn % rows % 2 * _STEP / 2
        y[order] = top + turn % rows * _STEP
        drawn.append((name, top, top + (rows - 1) * _STEP))
        top += (rows - 1) * _STEP + _BETWEEN
    points = np.round(np.stack([x, y], axis=1), 1)
    middle = {network.links[k].iri: points[network.actor_of[network.link_of == k]].mean(axis=0) for k in hyperedges}
    return SceneView(
        "bands",
        tuple(map(_pair, points)),
        {iri: _pair(np.round(place, 1)) for iri, place in middle.items()},
        tuple(drawn),
    )


def _spread(wanted: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
    """The same order, evenly spread over the width of the bands."""
    rank = np.empty(len(wanted))
    rank[np.argsort(wanted, kind="stable")] = np.arange(len(wanted))
    return np.asarray((rank + 0.5) / len(wanted) * columns * _STEP - columns * _STEP / 2)


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
