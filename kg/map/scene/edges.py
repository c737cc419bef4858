"""Which line of the map stands for which links.

A link of two or three parties, all named, is a line between each two of them. A link of more would be a clique, which
says more than the source did (that each two of them agreed on something) and hides everybody else: it is drawn as
what it is, one small point with a line to each named party. A link with one named party has no line. Parties that are
counted and not named are strokes around the hyperedge, or around the one party that is named: each is seen once.
"""

from collections.abc import Sequence
from itertools import combinations, count

import numpy as np
from numpy.typing import NDArray

from kg.map.scene.model import SceneEdge
from kg.network import Network

HYPEREDGE_FROM = 4
"""Declared parties from which a link of two or more named ones is a hyperedge in any case."""


def members(network: Network) -> tuple[tuple[int, ...], ...]:
    """The actors of each link, as indexes, ascending."""
    found: list[list[int]] = [[] for _ in range(len(network.links))]
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        found[link].append(actor)
    return tuple(tuple(sorted(actors)) for actors in found)


def hyperedges(network: Network) -> NDArray[np.bool_]:
    """Which links are hyperedges: of several named parties, and of many declared or of some that nobody named."""
    named = np.bincount(network.link_of, minlength=len(network.links))
    declared = network.links.declared
    return np.asarray((named > 1) & ((declared >= HYPEREDGE_FROM) | (declared > named)))


def lines(network: Network, parties: Sequence[Sequence[int]]) -> tuple[tuple[SceneEdge, ...], tuple[int, ...]]:
    """The lines, sorted by their points, and the links that are hyperedges; `parties` are the `members`.

    With n actors, point n + i is the i-th hyperedge. A line weighs the sum of the `Network.shares` of its links, as in
    the projection.
    """
    found: dict[tuple[int, int], list[int]] = {}
    many = np.flatnonzero(hyperedges(network)).tolist()
    points = dict(zip(many, count(len(network.actors)), strict=False))
    for k, named in enumerate(parties):
        point = points.get(k)
        for pair in combinations(named, 2) if point is None else [(actor, point) for actor in named]:
            found.setdefault(pair, []).append(k)
    shares, iris = network.tie_shares().tolist(), network.links.table["iri"].to_pylist()
    drawn = [
        SceneEdge(*ends, sum([shares[k] for k in links]), tuple([iris[k] for k in links]))
        for ends, links in sorted(found.items())
    ]
    return tuple(drawn), tuple(many)
