"""Which line of the map stands for which links.

A link of two or three parties, all named, is a line between each two of them. A link of more would be a clique, which
says more than the source did (that each two of them agreed on something) and hides everybody else: it is drawn as
what it is, one small knot with a line to each named party. A link with one named party has no line. Parties that are
counted and not named are strokes around the knot, or around the one party that is named: each is seen once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.network import Network

KNOT_FROM = 4
"""Declared parties from which a link of two or more named ones is a knot in any case."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points of the map; points from the number of actors on are knots.

    Attributes:
        a, b: indexes of the points, a < b.
        weight: the sum of the `Network.shares` of its links, as in the projection.
        links: indexes of the links that it stands for, ascending.
    """

    a: int
    b: int
    weight: float
    links: tuple[int, ...]


def members(network: Network) -> tuple[tuple[int, ...], ...]:
    """The actors of each link, as indexes, ascending."""
    found: list[list[int]] = [[] for _ in network.links]
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        found[link].append(actor)
    return tuple(tuple(sorted(actors)) for actors in found)


def lines(network: Network, parties: Sequence[Sequence[int]]) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """The lines, sorted by their points, and the links that are knots; `parties` are the `members`.

    With n actors, point n + i is the i-th knot.
    """
    found: dict[tuple[int, int], list[int]] = {}
    knots: list[int] = []
    for k, named in enumerate(parties):
        size = network.links[k].declared
        if len(named) > 1 and (size >= KNOT_FROM or size > len(named)):
            pairs = [(actor, len(network.actors) + len(knots)) for actor in named]
            knots.append(k)
        else:
            pairs = list(combinations(named, 2))
        for pair in pairs:
            found.setdefault(pair, []).append(k)
    shares = network.shares().tolist()
    drawn = (Line(a, b, sum(shares[k] for k in links), tuple(links)) for (a, b), links in sorted(found.items()))
    return tuple(drawn), tuple(knots)
