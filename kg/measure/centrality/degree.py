"""Reach at one step: how many links and partners an actor has, and how deep in the network's core it is.

Each function takes a network and a mode and scores the actors. The two-mode network has actors and links as nodes and
knows who shared which link; the one-mode network is its projection, in which a link of n parties is a clique of n.
For agreements with many parties prefer the two-mode scores (Borgatti & Everett 1997, Social Networks 19, 243-269).
What the unnamed parties of a link would add is not in a score; `named` and `declared` of a ranking say where they are
missing. Reach by paths is in `kg.measure.centrality.shortest_paths`, by walks in `kg.measure.centrality.random_walks`.
"""

import networkit as nk
import numpy as np

from kg.measure.centrality.matrices import adjacency, graph, run, scores, undefined
from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network


def degree(network: Network, mode: Mode) -> Scores:
    """In two-mode the number of links of the actor; in one-mode the number of actors it shares one with.

    Counts, not shares of the possible: divide by the number of links (or actors less one) for those.

    Citation: Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997.
    """
    if mode == "one-mode":
        return scores(np.diff(network.projection("count").indptr))
    return scores(np.bincount(network.actor_of, minlength=len(network.actors)))


def strength(network: Network, mode: Mode) -> Scores:
    """Links counted by how much of them is the actor's, as the lens weighs.

    Two-mode: ``sum_k 1 / N_k`` over the links k of the actor, N_k their declared size: fractional counting, in which
    each link has 1 to give and its named parties get all of it only where all are named. One-mode: ``sum_j w_ij``, the
    Newman weights of the actor's ties, which is the number of its links with two parties or more, less what is owed
    to parties nobody named. Where a size is a lower bound the score is an upper one: `lower` is what is left where such
    links have nothing to give. Weighed by contribution it is money: that of the actor in two-mode, that of its ties
    (`Network.projection`) in one-mode; not defined for an actor of whom, or of whose ties, none is known.

    Citation: Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195 (fractional counting);
    Newman 2001, Phys. Rev. E 64, 016132.
    """
    actors = len(network.actors)
    if network.lens.weight == "contribution":
        return _money(network, mode)
    if mode == "one-mode":
        upper = network.projection().sum(axis=1)
        lower = network.projection(lower=True).sum(axis=1) if network.links.is_lower_bound.any() else upper
    else:
        upper, lower = (
            np.bincount(network.actor_of, weights=network.incidence_weights(lower=least), minlength=actors)
            for least in (False, True)
        )
    found = scores(upper)
    return Scores(found.values, lower=tuple(lower.tolist()), upper=found.values)


def core(network: Network, mode: Mode) -> Scores:
    """The core number: the largest k such that the actor is in a part of the network where all have k neighbours.

    One-mode: neighbours are partners. Two-mode: those of an actor are links and those of a link its named actors, so
    an actor of core k is in k links or more, each with k actors or more of the same kind. Not defined where nobody has
    a neighbour. Traps: one agreement of n named parties alone puts each of them in core n - 1 of the one-mode network;
    many actors share a number, so that it is a grouping rather than a ranking; parties nobody named lower it.

    Citation: Seidman 1983, Social Networks 5, 269-287; Batagelj & Zaversnik 2003, arXiv:cs/0310049.
    """
    ties = adjacency(network, mode)
    if not ties.nnz:
        return undefined(
            network,
            Text("Core numbers are not defined where no two actors are tied.", "没有任何两个行动者相连，核数无定义。"),
        )
    return scores(run(nk.centrality.CoreDecomposition(graph(ties)))[: len(network.actors)])


def _money(network: Network, mode: Mode) -> Scores:
    amounts = network.incidence_weights()
    known = ~np.isnan(amounts)
    told, all_ = np.count_nonzero(known), len(known)
    note = Text(
        f"Contributions are known for {told} of {all_} participations.", f"{all_}项参与中有{told}项的投入已知。"
    )
    actors = len(network.actors)
    if mode == "one-mode":
        ties = network.projection()
        return scores(np.where(np.diff(ties.indptr) > 0, ties.sum(axis=1), np.nan), note)
    sums = np.bincount(network.actor_of[known], weights=amounts[known], minlength=actors)
    some = np.bincount(network.actor_of[known], minlength=actors) > 0
    return scores(np.where(some, sums, np.nan), note)
