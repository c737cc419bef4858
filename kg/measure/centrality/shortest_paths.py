"""Reach by shortest paths: how near the others are, and how much passes through an actor.

Paths count steps, in both modes: a tie's weight says how strong it is, and is never read as a length. See
`kg.measure.centrality.degree` for the two modes.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.brandes import passing
from kg.measure.centrality.distances import distances
from kg.measure.centrality.matrices import adjacency, scores, undefined
from kg.measure.centrality.sampled_betweenness import between_by_sample
from kg.measure.centrality.structural_equivalence import alike
from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network

EXACT = 3e8
"""Betweenness is exact while nodes x (nodes + edges) is at most this: half a minute to a minute on one core."""

ERROR, DOUBT, SEED = 0.02, 0.1, 1
"""Above that size it is sampled: no score is off by more than `ERROR` of all pairs of nodes, but for `DOUBT`."""

_NOWHERE = Text(
    "Betweenness is not defined where no actor can stand between two others.",
    "没有行动者能处于另外两者之间，中介中心性无定义。",
)


def betweenness(network: Network, mode: Mode) -> Scores:
    """The share of shortest paths that pass through the actor: exact, or sampled where that would take too long.

    See `exact_betweenness` and `sampled_betweenness`; `EXACT` says above which size it is sampled, and a note that it
    was, and by how much a score may be off.
    """
    ties = adjacency(network, mode)
    nodes, edges = ties.shape[0], ties.nnz // 2
    if nodes * (nodes + edges) <= EXACT:
        return exact_betweenness(network, mode, ties)
    return sampled_betweenness(network, mode)


def exact_betweenness(network: Network, mode: Mode, ties: sp.csr_array | None = None) -> Scores:
    """The share of shortest paths that pass through the actor, over all pairs of others.

    ``sum_{s<t} sigma_st(v) / sigma_st`` over the pairs s, t of other nodes, divided by the most that a node of
    its mode can have: (n - 1)(n - 2) / 2 among n actors; for n actors and m links, with s, t = divmod(n - 1, m),
    ``(m^2 (s + 1)^2 + m (s + 1)(2t - s - 1) - t (2s - t + 3)) / 2``. Not defined where that is 0. `ties` is the
    network's adjacency, where that is at hand.

    Citation: Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociology 25, 163-177; normalised for two
    modes after Borgatti & Everett 1997.
    """
    most = _most_between(network, mode)
    if most <= 0:
        return undefined(network, _NOWHERE)
    if mode == "one-mode" and not network.lens.across:
        few = alike(network)
        ties = _unweighted(few.projection("count"))
        return scores(passing((ties,), ties, few.sizes)[few.of] / most)
    ties = adjacency(network, mode) if ties is None else ties
    incidences = network.incidence_matrix()
    steps = (ties,) if mode == "one-mode" else (incidences, incidences.T.tocsr())
    return scores(passing(steps, ties)[: len(network.actors)] / most)


def sampled_betweenness(
    network: Network, mode: Mode, error: float = ERROR, doubt: float = DOUBT, seed: int = SEED
) -> Scores:
    """Return betweenness from a sample of shortest paths between random pairs of nodes.

    With probability 1 - `doubt`, all scores at once are off by at most `error` x N(N - 1) / 2 / most, for N nodes and
    the most of `exact_betweenness`. Traps: actors whose score is below that cannot be told apart.
    """
    most = _most_between(network, mode)
    if most <= 0:
        return undefined(network, _NOWHERE)
    ties = adjacency(network, mode)
    nodes = ties.shape[0]
    share, paths = between_by_sample(ties, error, doubt, seed)
    scale = nodes * (nodes - 1) / 2 / most
    note = Text(
        f"Sampled from {paths} shortest paths (seed {seed}): with probability {1 - doubt:g} no score is off by more "
        f"than {error * scale:.2g}; do not tell apart actors that are nearer to each other than that.",
        f"由{paths}条最短路径抽样估计（种子{seed}）：各得分误差同时不超过{error * scale:.2g}的概率为{1 - doubt:g}；"
        "得分相差小于此值者不可区分。",
    )
    return scores(share[: len(network.actors)] * scale, note)


def closeness(network: Network, mode: Mode) -> Scores:
    """How near the others are, in steps, and how many of them can be reached at all.

    Among n nodes, of which r - 1 others are reached by S steps in sum, one-mode: ``(r - 1) / S * (r - 1) / (n - 1)``.
    Two-mode, with m links among the n + m nodes: ``(m + 2 (n - 1)) / S * (r - 1) / (n + m - 1)``, so that an actor in
    every link has 1. The second factor makes scores of several components comparable; an actor that reaches nobody
    has 0 by it. Not defined in one-mode for one actor alone.

    Citation: Freeman 1978, Social Networks 1, 215-239; Wasserman & Faust 1994, p. 201 (the second factor);
    Borgatti & Everett 1997.
    """
    actors, links = len(network.actors), len(network.links)
    if mode == "one-mode" and actors == 1:
        return undefined(
            network, Text("Closeness is not defined for one actor alone.", "只有一个行动者，接近中心性无定义。")
        )
    near = distances(network, mode)
    others, sums = near.sum(axis=0), np.arange(1, len(near) + 1) @ near
    if mode == "one-mode":
        return scores(others**2 / np.maximum(sums, 1) / (actors - 1), *_lonely(others, Text("closeness", "接近中心性")))
    return scores((links + 2 * (actors - 1)) * others / np.maximum(sums, 1) / (actors + links - 1))


def harmonic(network: Network, mode: Mode) -> Scores:
    """How near the others are, each counted by one over the steps to it, so that who is out of reach counts 0.

    ``sum_j 1 / d_ij`` over all other nodes, divided by the most there can be: n - 1 among n actors; with m links in
    two-mode ``m + (n - 1) / 2``, which an actor in every link has. Unlike closeness it needs no second factor for
    networks in several parts. Not defined in one-mode for one actor alone.

    Citation: Marchiori & Latora 2000, Physica A 285, 539-546; Boldi & Vigna 2014, Internet Mathematics 10, 222-262;
    the most in two modes by the reasoning of Borgatti & Everett 1997.
    """
    actors, links = len(network.actors), len(network.links)
    if mode == "one-mode" and actors == 1:
        return undefined(
            network,
            Text("Harmonic closeness is not defined for one actor alone.", "只有一个行动者，调和接近中心性无定义。"),
        )
    most = actors - 1 if mode == "one-mode" else links + (actors - 1) / 2
    near = distances(network, mode)
    found = (near / np.arange(1, len(near) + 1)[:, None]).sum(axis=0) / max(most, 1)
    what = Text("harmonic closeness", "调和接近中心性")
    return scores(found, *(_lonely(near.sum(axis=0), what) if mode == "one-mode" else ()))


def _unweighted(ties: sp.csr_array) -> sp.csr_array:
    """Whether two are tied, for two who are not the same."""
    ties.setdiag(0)
    ties.eliminate_zeros()
    ties.data[:] = 1
    return ties


def _lonely(others: NDArray[np.int64], what: Text) -> tuple[Text, ...]:
    alone = int(np.count_nonzero(others == 0))
    note = Text(
        "Actors without a tie: {alone}; they reach nobody, and their {what} is 0.",
        "{alone}个行动者无任何连接，到达不了任何人，其{what}为0。",
    ).format(alone=alone, what=what)
    return (note,) if alone else ()


def _most_between(network: Network, mode: Mode) -> float:
    """The most that an actor can stand between, by Borgatti & Everett in two-mode."""
    actors, links = len(network.actors), len(network.links)
    if mode == "one-mode":
        return (actors - 1) * (actors - 2) / 2
    if not links:
        return 0.0
    s, t = divmod(actors - 1, links)
    return (links**2 * (s + 1) ** 2 + links * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
