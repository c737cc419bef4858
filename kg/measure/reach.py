"""Reach: how far an actor gets, or how much passes through it. Degree, strength and four centralities.

Each function takes a network and a mode and scores the actors. The two-mode network has actors and links as nodes and
knows who shared which link; the one-mode network is its projection, in which a link of n parties is a clique of n.
For agreements with many parties prefer the two-mode scores (Borgatti & Everett 1997, Social Networks 19, 243-269).

Paths count steps, in both modes: a tie's weight says how strong it is, and is never read as a length. What the unnamed
parties of a link would add is not in a score; `named` and `declared` of a ranking say where they are missing.
"""

import networkit as nk
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.scores import Scores
from kg.network import Mode, Network

DAMPING = 0.85
"""The chance that PageRank's walker goes on along a tie; else it starts again anywhere."""

_CONVERGED = 1e-13
_DENSE = 1500


def degree(network: Network, mode: Mode) -> Scores:
    """In two-mode the number of links of the actor; in one-mode the number of actors it shares one with.

    Counts, not shares of the possible: divide by the number of links (or actors less one) for those.

    Citation: Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997.
    """
    if mode == "one-mode":
        return _scores(np.diff(network.projection("count").indptr))
    return _scores(np.bincount(network.actor_of, minlength=len(network.actors)))


def strength(network: Network, mode: Mode) -> Scores:
    """Links counted by how much of them is the actor's.

    Two-mode: ``sum_k 1 / N_k`` over the links k of the actor, N_k their declared size: fractional counting, in which
    each link has 1 to give and its named parties get all of it only where all are named. One-mode: ``sum_j w_ij``, the
    Newman weights of the actor's ties, which is the number of its links with two parties or more, less what is owed
    to parties nobody named. Where a size is a lower bound the score is an upper one.

    Citation: Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195 (fractional counting);
    Newman 2001, Phys. Rev. E 64, 016132.
    """
    if mode == "one-mode":
        return _scores(network.projection("newman").sum(axis=1))
    return _scores(network.incidence_matrix().T @ (1 / network.sizes()))


def betweenness(network: Network, mode: Mode) -> Scores:
    """The share of shortest paths that pass through the actor.

    ``sum_{s<t} sigma_st(v) / sigma_st``, exact, over the pairs s, t of other nodes, divided by the most that a node of
    its mode can have: (n - 1)(n - 2) / 2 among n actors; for n actors and m links, with s, t = divmod(n - 1, m),
    ``(m^2 (s + 1)^2 + m (s + 1)(2t - s - 1) - t (2s - t + 3)) / 2``. Not defined where that is 0.

    Citation: Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociology 25, 163-177; normalised for two
    modes after Borgatti & Everett 1997.
    """
    actors = len(network.actors)
    most = _most_between(actors, len(network.links)) if mode == "two-mode" else (actors - 1) * (actors - 2) / 2
    if most <= 0:
        return _undefined(network, "Betweenness is not defined where no actor can stand between two others.")
    passing = nk.centrality.Betweenness(_graph(_adjacency(network, mode)), normalized=False)
    # networkit counts a pair of nodes once in each direction.
    return _scores(_run(passing)[:actors] / 2 / most)


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
        return _undefined(network, "Closeness is not defined for one actor alone.")
    adjacency = _adjacency(network, mode)
    near = nk.centrality.Closeness(_graph(adjacency), normalized=True, third=nk.centrality.ClosenessVariant.GENERALIZED)
    score = _run(near)[:actors]
    if mode == "one-mode":
        alone = int(np.count_nonzero(np.diff(adjacency.indptr) == 0))
        note = f"Actors without a tie: {alone}; they reach nobody, and their closeness is 0."
        return _scores(score, *([note] if alone else []))
    _, component = connected_components(adjacency, directed=False)
    others = np.bincount(component)[component][:actors] - 1
    # networkit's score is (r - 1)^2 / (S (n + m - 1)).
    return _scores(score * (links + 2 * (actors - 1)) / others)


def pagerank(network: Network, mode: Mode) -> Scores:
    """How often a walker is at the actor who goes along ties, and now and then starts again anywhere.

    ``x = d (W x + dangling / n) + (1 - d) / n`` with d = 0.85, W the adjacency matrix with its columns scaled to 1, and
    the weight of nodes without ties spread over all. One-mode: ties by Newman weight; the scores sum to 1. Two-mode:
    unweighted; the scores of actors and links together sum to 1.

    Citation: Brin & Page 1998, Computer Networks and ISDN Systems 30, 107-117.
    """
    matrix = _adjacency(network, mode) if mode == "two-mode" else network.projection("newman")
    nodes = matrix.shape[0]
    out = matrix.sum(axis=0)
    dangling = out == 0
    walk = matrix @ sp.diags_array(np.divide(1.0, out, out=np.zeros_like(out), where=~dangling))
    rank = np.full(nodes, 1 / max(nodes, 1))
    change = 1.0
    while change > _CONVERGED and nodes:
        new = DAMPING * (walk @ rank + rank[dangling].sum() / nodes) + (1 - DAMPING) / nodes
        change, rank = float(np.abs(new - rank).sum()), new
    return _scores(rank[: len(network.actors)])


def eigenvector(network: Network, mode: Mode) -> Scores:
    """Ties to the well tied: ``A x = lambda x`` for the largest lambda, within the largest component.

    One-mode: A is the matrix of Newman weights, and x has length 1. Two-mode: A ties actors and links, unweighted; x
    has length 1 over both, and its actors are the first left singular vector of the incidences. Outside the largest
    component (most nodes; of equals, the one with the first actor) it is not defined: each component has a vector of
    its own, and lengths of different vectors do not compare. Nor is it where no two actors are tied.

    Citation: Bonacich 1972, J. Math. Sociology 2, 113-120; Bonacich 1991, Social Networks 13, 155-168 (two-mode).
    """
    adjacency = _adjacency(network, mode)
    inside = _largest_component(adjacency)[: len(network.actors)]
    if np.count_nonzero(inside) <= 1:
        return _undefined(network, "Eigenvector centrality is not defined where no two actors are tied.")
    if mode == "one-mode":
        vector = _principal(network.projection("newman")[inside][:, inside])
    else:
        incidences = network.incidence_matrix()[:, inside]
        # x of the actors alone has length sqrt(1/2): the links have the other half.
        vector = _principal(sp.csr_array(incidences.T @ incidences)) / np.sqrt(2)
    values: list[float | None] = [None] * len(network.actors)
    for actor, value in zip(np.flatnonzero(inside).tolist(), vector.tolist(), strict=True):
        values[actor] = value
    outside = len(values) - len(vector)
    note = f"Actors outside the largest component: {outside}; eigenvector centrality is not defined there."
    return Scores(tuple(values), (note,) if outside else ())


def _adjacency(network: Network, mode: Mode) -> sp.csr_array:
    """0/1 and symmetric; in two-mode the actors come first, then the links."""
    if mode == "one-mode":
        ties = network.projection("count")
        ties.data[:] = 1
        return ties
    incidences = network.incidence_matrix()
    return sp.csr_array(sp.block_array([[None, incidences.T.tocsr()], [incidences, None]]))


def _graph(adjacency: sp.csr_array) -> nk.Graph:
    upper = sp.triu(adjacency, format="coo")
    # networkit takes the bytes of the ends for those of intp, whatever they are.
    ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in upper.coords)
    return nk.GraphFromCoo((upper.data, ends), n=adjacency.shape[0], weighted=False, directed=False)


def _run(algorithm: nk.base.Algorithm) -> NDArray[np.float64]:
    """The scores of a networkit algorithm, run on one thread: several add up in an order that is never the same."""
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        algorithm.run()
    finally:
        nk.setNumberOfThreads(threads)
    return np.array(algorithm.scores())


def _most_between(actors: int, links: int) -> float:
    """The most that an actor can stand between, by Borgatti & Everett."""
    if not links:
        return 0.0
    s, t = divmod(actors - 1, links)
    return (links**2 * (s + 1) ** 2 + links * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _largest_component(adjacency: sp.csr_array) -> NDArray[np.bool_]:
    """Mask of the component with most nodes; of equals, that of the first node."""
    if not adjacency.shape[0]:
        return np.zeros(0, dtype=np.bool_)
    _, component = connected_components(adjacency, directed=False)
    sizes = np.bincount(component)[component]
    mask: NDArray[np.bool_] = component == component[np.argmax(sizes)]
    return mask


def _principal(matrix: sp.csr_array) -> NDArray[np.float64]:
    """The eigenvector of the largest eigenvalue of a symmetric, connected, non-negative matrix; positive, length 1."""
    if matrix.shape[0] <= _DENSE:
        _, vectors = np.linalg.eigh(matrix.toarray())
        vector = vectors[:, -1]
    else:
        start = np.random.default_rng(0)
        _, vectors = sp.linalg.eigsh(matrix, k=1, which="LA", v0=start.random(matrix.shape[0]), rng=start)
        vector = vectors[:, 0]
    # By Perron and Frobenius it has one sign; which one is the solver's choice.
    positive: NDArray[np.float64] = np.abs(vector)
    return positive


def _scores(values: NDArray[np.number], *notes: str) -> Scores:
    return Scores(tuple(float(value) for value in values), notes)


def _undefined(network: Network, why: str) -> Scores:
    return Scores((None,) * len(network.actors), (why,))
