"""Reasons for suggestions: the shortest paths to a candidate, in words, with their links."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import breadth_first_order

from kg.measure.prediction.neighbourhood import Neighbourhood
from kg.network import ActorNode, LinkNode
from kg.texts import Message, Text

_MAX_PATHS = 3

Reason = tuple[str, tuple[str, ...]]
"""The text, and the IRIs of its links in their order, without duplicates."""


def explain(near: Neighbourhood, actor: int, others: NDArray[np.int64], lang: str) -> Iterator[Reason]:
    """Yield for each of `others` its shortest paths to `actor`; if there are many, the three of most weight.

    If a pair shares several links, the one of smallest declared size is used; among equals, the first by IRI.
    """
    _, before = breadth_first_order(near.ties, actor, directed=False)
    for other in others.tolist():
        chains = _chains(near, actor, other, before)
        paths = [[(_link(near, a, b), b) for a, b in pairwise(chain)] for chain in chains]
        iris = dict.fromkeys(near.network.links[link].record for path in paths for link, _ in path)
        yield Message("; ").join(_text(near, path) for path in paths).localise(lang) or "", tuple(iris)


def _chains(near: Neighbourhood, actor: int, other: int, before: NDArray[np.int32]) -> list[list[int]]:
    """Return the actors on the paths from `other` to `actor`."""
    common = np.intersect1d(near.ties[[actor]].indices, near.ties[[other]].indices)
    if len(common):
        one, two = (near.weights[[row]].toarray()[0][common] for row in (actor, other))
        strongest = common[np.argsort(-(one * two), kind="stable")][:_MAX_PATHS]
        return [[other, middle, actor] for middle in strongest.tolist()]
    chain = [other]
    while chain[-1] != actor:
        chain.append(int(before[chain[-1]]))
    return [chain]


def _link(near: Neighbourhood, one: int, other: int) -> int:
    shared = np.intersect1d(near.participations[[one]].indices, near.participations[[other]].indices)
    return int(shared[np.argmin(near.network.links.declared[shared])])


def _text(near: Neighbourhood, path: list[tuple[int, int]]) -> Text:
    actors, links = near.network.actors, near.network.links
    shared = Message("shares “{link}” with {actor}")
    return Message(", which ").join(
        shared.format(link=_name(links[link]), actor=_name(actors[actor])) for link, actor in path
    )


def _name(node: ActorNode | LinkNode) -> Text | str:
    return node.label if any(node.label.pair) else node.iri
