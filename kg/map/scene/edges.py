"""Lines of the map and the links behind them.

A link of two or three parties, all named, is a line between each two of them. A clique of more parties would claim an
agreement between each two and hide other lines. Such a link is a hyperedge instead: a small point with a line to each
named party. A link with one named party has no line. The ring of its unnamed parties is around the hyperedge, or around
the only named party, so that each unnamed party is drawn once.
"""

from collections.abc import Sequence
from itertools import combinations, count

import numpy as np
from numpy.typing import NDArray

from kg.map.scene.model import SceneEdge
from kg.network import Network

HYPEREDGE_FROM = 4
"""Declared parties from which a link with two or more named parties is always a hyperedge."""


def members(network: Network) -> tuple[tuple[int, ...], ...]:
    """Return the ascending indexes of the actors of each link."""
    actors_of: list[list[int]] = [[] for _ in range(len(network.links))]
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        actors_of[link].append(actor)
    return tuple(tuple(sorted(actors)) for actors in actors_of)


def hyperedges(network: Network) -> NDArray[np.bool_]:
    """Return whether each link is a hyperedge: several named parties, and many declared or some unnamed parties."""
    named = np.bincount(network.link_of, minlength=len(network.links))
    declared = network.links.declared
    return np.asarray((named > 1) & ((declared >= HYPEREDGE_FROM) | (declared > named)))


def lines(network: Network, parties: Sequence[Sequence[int]]) -> tuple[tuple[SceneEdge, ...], tuple[int, ...]]:
    """Return the lines, sorted by their points, and the indexes of the links that are hyperedges.

    With n actors, point n + i is the i-th hyperedge. The weight of a line is the sum of `Network.tie_shares` of its
    links, as in the projection. `parties` are the `members`.
    """
    links_of: dict[tuple[int, int], list[int]] = {}
    hyperedge_rows = np.flatnonzero(hyperedges(network)).tolist()
    points = dict(zip(hyperedge_rows, count(len(network.actors)), strict=False))
    for k, named in enumerate(parties):
        point = points.get(k)
        for pair in combinations(named, 2) if point is None else [(actor, point) for actor in named]:
            links_of.setdefault(pair, []).append(k)
    shares, iris = network.tie_shares().tolist(), network.links.table["iri"].to_pylist()
    edges = [
        SceneEdge(*ends, sum([shares[k] for k in links]), tuple([iris[k] for k in links]))
        for ends, links in sorted(links_of.items())
    ]
    return tuple(edges), tuple(hyperedge_rows)
