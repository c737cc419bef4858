"""Degree, strength and core number.

Each function takes a network and a mode and scores the actors. In the two-mode network, actors and links are nodes. The
one-mode network is its projection, in which a link of n parties is a clique of n; for agreements of many parties prefer
two-mode scores (Borgatti & Everett 1997, Social Networks 19, 243-269). Unnamed parties do not contribute to a score;
`named` and `declared` of a ranking count them. Measures of paths are in `kg.measure.centrality.shortest_paths`, those
of random walks in `kg.measure.centrality.random_walks`.
"""

import numpy as np

from kg.measure.by_engine import strengths, undefined_cores
from kg.measure.centrality.matrices import adjacency, run, to_networkit, to_scores
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.network.engines.arrays import ArraysEngine
from kg.texts import Message


def degree(network: Network, mode: Mode) -> Scores:
    """Return the number of links of each actor (two-mode), or of the actors that share a link with it (one-mode).

    The numbers are counts. Divide them by the number of links, or of the other actors, for shares.

    Citation: Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997.
    """
    if mode == "one-mode":
        return to_scores(np.diff(network.projection("count").indptr))
    return to_scores(np.bincount(network.actor_of, minlength=len(network.actors)))


def strength(network: Network, mode: Mode) -> Scores:
    """Return the weighted degree of each actor, by the weight of the lens.

    Two-mode: ``sum_k 1 / N_k`` over the links k of the actor, with N_k their declared size. This is fractional
    counting: each link has the weight 1, and unnamed parties have a share of it. One-mode: ``sum_j w_ij``, the Newman
    weights of the actor's ties, which is the number of its links with two or more parties, less the weight of ties to
    unnamed parties. If a size is a lower bound, the score is an upper bound; `lower` omits such links. Weighted by
    contribution, the score is money: the actor's in two-mode, that of its ties (`Network.projection`) in one-mode. It
    is then not defined for an actor without a known contribution, in one-mode for one without such a tie.

    Citation: Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195 (fractional counting);
    Newman 2001, Phys. Rev. E 64, 016132.
    """
    if network.lens.weight == "contribution":
        return _contributions(network, mode)
    return strengths(network, mode, ArraysEngine())


def core(network: Network, mode: Mode) -> Scores:
    """Return the core number: the largest k such that the actor is in a subnetwork where all have k neighbours or more.

    One-mode: neighbours are partners. Two-mode: neighbours of an actor are links, and neighbours of a link are its
    named actors; an actor of core k is in k or more links, each with k or more actors of core k. Not defined if no two
    actors are tied. Traps: one agreement of n named parties puts each of them in core n - 1 of the one-mode network;
    many actors have equal numbers, so that they form groups rather than a ranking; unnamed parties lower the number.

    Citation: Seidman 1983, Social Networks 5, 269-287; Batagelj & Zaversnik 2003, arXiv:cs/0310049.
    """
    import networkit as nk  # noqa: PLC0415 - takes 0.5 s, and most measures do not need it

    ties = adjacency(network, mode)
    if not ties.nnz:
        return undefined_cores(network)
    return to_scores(run(nk.centrality.CoreDecomposition(to_networkit(ties)))[: len(network.actors)])


def _contributions(network: Network, mode: Mode) -> Scores:
    amounts = network.incidence_weights()
    known = ~np.isnan(amounts)
    stated, total = np.count_nonzero(known), len(known)
    note = Message("Contributions are known for {stated} of {total} participations.", stated=stated, total=total)
    actors = len(network.actors)
    if mode == "one-mode":
        ties = network.projection()
        return to_scores(np.where(np.diff(ties.indptr) > 0, ties.sum(axis=1), np.nan), note)
    sums = np.bincount(network.actor_of[known], weights=amounts[known], minlength=actors)
    some = np.bincount(network.actor_of[known], minlength=actors) > 0
    return to_scores(np.where(some, sums, np.nan), note)
