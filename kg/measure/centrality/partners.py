"""Measures of an actor's partners: their sectors, concentration and repeated links.

Partners are actors that share a link, which is the same in both modes; only heterogeneity depends on the mode. Unnamed
partners do not contribute to a score.
"""

import numpy as np
from numpy.typing import NDArray

from kg.measure.centrality.matrices import to_scores
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Message, Text


def number(network: Network, mode: Mode) -> Scores:
    """Return the number of named partners of each actor, ``k_i = |{j != i : j shares a link with i}|``, in both modes.

    Trap: a link of n parties gives each of them n - 1 partners, so large consortia have many.

    Citation: Freeman 1978, Social Networks 1, 215-239 (degree of the projection).
    """
    del mode
    return to_scores(np.diff(network.projection("count").indptr))


def heterogeneity(network: Network, mode: Mode) -> Scores:
    """Return Blau's index ``1 - sum_s p_s^2`` of each actor, with p_s the share of sector s among its partners.

    The index is 0 if all partners are of one sector, and ``1 - 1/k`` for k sectors with equal shares. In two-mode a
    partner counts once for each shared link, in one-mode once. Partners of unknown sector are left out. Not defined
    without a partner of known sector.

    Citation: Blau 1977, Inequality and Heterogeneity, Free Press.
    """
    ties = network.projection("count")
    if mode == "one-mode":
        ties.data[:] = 1
    names = sorted({actor.sector for actor in network.actors if actor.sector})
    membership = np.array([[actor.sector == name for name in names] for actor in network.actors], dtype=float)
    counts = ties @ membership.reshape(len(network.actors), len(names))
    total = counts.sum(axis=1)
    squares = (counts**2).sum(axis=1) / np.maximum(total, 1) ** 2
    return _defined_scores(total > 0, 1 - squares, Message("Heterogeneity"))


def uic_intensity(network: Network, mode: Mode) -> Scores:
    """Return the share of a university's links of two parties or more in which a firm is a named party.

    It is the same in both modes. A link of one party, named and declared, such as an entry in a list, cannot include a
    firm and does not count. Not defined for other sectors, or without a link of two parties. Trap: unnamed parties may
    be firms, so a low share of poorly covered links is weak evidence.

    Citation: Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24 (for publications with a firm).
    """
    del mode
    matrix = network.incidence_matrix()
    sector = np.array([actor.sector or "" for actor in network.actors])
    several = network.links.of_several().astype(float)
    with_firm = (matrix @ (sector == "firm").astype(float) > 0).astype(float)
    total = matrix.T @ several
    share = (matrix.T @ (with_firm * several)) / np.maximum(total, 1)
    defined = ((sector == "university") & (total > 0)).tolist()
    values = tuple(value if is_one else None for value, is_one in zip(share.tolist(), defined, strict=True))
    others = len(values) - sum(defined)
    note = Message(
        "UIC intensity is a share of a university's links of two parties or more; not defined for {others} actors.",
        others=others,
    )
    return Scores(values, (note,) if others else ())


def concentration(network: Network, mode: Mode) -> Scores:
    """Return ``sum_j s_j^2`` over the partners j of each actor, with s_j the share of j in its shared links.

    The index is 1 for a single partner and 1/n for n equal ones; it is the same in both modes. Not defined without a
    named partner.

    Citation: Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761 (on the origin of the index).
    """
    del mode
    ties = network.projection("count")
    total = ties.sum(axis=1)
    squares = ties.power(2).sum(axis=1)
    return _defined_scores(total > 0, squares / np.maximum(total, 1) ** 2, Message("Partner concentration"))


def repeat_rate(network: Network, mode: Mode) -> Scores:
    """Return the share of an actor's partners with which it has two or more links; the same in both modes.

    Not defined without a named partner. Trap: the rate grows with the length of the period.

    Citation: Gulati 1995, Acad. Manage. J. 38, 85-112 (repeated ties between firms).
    """
    del mode
    ties = network.projection("count")
    partners = np.diff(ties.indptr)
    repeated = (ties > 1).sum(axis=1)
    return _defined_scores(partners > 0, repeated / np.maximum(partners, 1), Message("Repeat rate"))


def _defined_scores(defined: NDArray[np.bool_], values: NDArray[np.float64], measure: Text) -> Scores:
    scores = tuple(float(one) if is_one else None for one, is_one in zip(values, defined.tolist(), strict=True))
    alone = len(scores) - int(np.count_nonzero(defined))
    note = Message("{measure} is not defined for {alone} actors without a named partner.", measure=measure, alone=alone)
    return Scores(scores, (note,) if alone else ())
