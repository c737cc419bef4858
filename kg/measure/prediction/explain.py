"""Why somebody is suggested: the shortest paths that lead there, in words, with their links."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import breadth_first_order

from kg.measure.prediction.neighbourhood import Neighbourhood

_MOST = 3
"""How many paths are told of each."""

Reason = tuple[str, tuple[str, ...]]
"""The words, and the IRIs of the links in them, each once, in their order."""


def reasons(made: Neighbourhood, place: int, others: NDArray[np.int64], lang: str) -> Iterator[Reason]:
    """For each of `others` the shortest paths to the actor in `place`; where many, three through the smallest links.

    A pair that shares several links is told of the smallest by declared size; of equals, of the first by its IRI.
    """
    _, before = breadth_first_order(made.ties, place, directed=False)
    for other in others.tolist():
        chains = _chains(made, place, other, before)
        told = [[(_link(made, a, b), b) for a, b in pairwise(chain)] for chain in chains]
        iris = dict.fromkeys(made.network.links[link].iri for steps in told for link, _ in steps)
        yield ("；" if lang == "zh" else "; ").join(_words(made, steps, lang) for steps in told), tuple(iris)


def _chains(made: Neighbourhood, place: int, other: int, before: NDArray[np.int32]) -> list[list[int]]:
    """The actors of the paths, from `other` to `place`."""
    mine, theirs = (made.ties[[row]].indices for row in (place, other))
    common = np.intersect1d(mine, theirs)
    if len(common):
        weights = made.weights
        strength = weights[[place]].toarray()[0][common] * weights[[other]].toarray()[0][common]
        return [[other, middle, place] for middle in common[np.argsort(-strength, kind="stable")][:_MOST].tolist()]
    chain = [other]
    while chain[-1] != place:
        chain.append(int(before[chain[-1]]))
    return [chain]


def _link(made: Neighbourhood, one: int, other: int) -> int:
    shared = np.intersect1d(made.taking[[one]].indices, made.taking[[other]].indices)
    return int(shared[np.argmin(made.network.links.declared[shared])])


def _words(made: Neighbourhood, steps: list[tuple[int, int]], lang: str) -> str:
    actors, links = made.network.actors, made.network.links
    named = [
        (links[link].label.localise(lang) or links[link].iri, actors[actor].label.localise(lang) or actors[actor].iri)
        for link, actor in steps
    ]
    if lang == "zh":
        return "，后者".join(f"与{actor}共同参与“{link}”" for link, actor in named)
    return ", which ".join(f"shares “{link}” with {actor}" for link, actor in named)
