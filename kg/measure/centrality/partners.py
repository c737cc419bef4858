"""Partners: whom an actor works with, how often again, and how many kinds of them.

They look at actors that share a link, which is the same whether links are nodes (two-mode) or ties (one-mode); only
heterogeneity has a version for each. What unnamed partners would change is not in a score.
"""

import numpy as np
from numpy.typing import NDArray

from kg.measure.scores import Scores
from kg.model import Text
from kg.network import Mode, Network


def heterogeneity(network: Network, mode: Mode) -> Scores:
    """Of how many sectors the partners are: Blau's ``1 - sum_s p_s^2``, p_s the share of sector s among them.

    0 where all are of one sector, ``1 - 1/k`` where k sectors have equal shares. Two-mode: a partner counts once for
    each link shared; one-mode: once. Partners of no known sector are left out. Not defined without any other.

    Citation: Blau 1977, Inequality and Heterogeneity, Free Press.
    """
    ties = network.projection("count")
    if mode == "one-mode":
        ties.data[:] = 1
    names = sorted({actor.sector for actor in network.actors if actor.sector})
    of = np.array([[actor.sector == name for name in names] for actor in network.actors], dtype=float)
    counts = ties @ of.reshape(len(network.actors), len(names))
    total = counts.sum(axis=1)
    squares = (counts**2).sum(axis=1) / np.maximum(total, 1) ** 2
    return _where(total > 0, 1 - squares, Text("Heterogeneity", "异质性"))


def intensity(network: Network, mode: Mode) -> Scores:
    """UIC intensity: the share of a university's links that have a firm as a named party; the same in both modes.

    Not defined for other sectors. Unnamed parties may be firms: a low share of poorly known links says little.

    Citation: Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24 (of publications with a firm).
    """
    del mode
    matrix = network.incidence_matrix()
    of = np.array([actor.sector or "" for actor in network.actors])
    with_firm = (matrix @ (of == "firm").astype(float) > 0).astype(float)
    share = (matrix.T @ with_firm) / np.maximum(matrix.sum(axis=0), 1)
    universities = (of == "university").tolist()
    values = tuple(value if is_one else None for value, is_one in zip(share.tolist(), universities, strict=True))
    others = len(values) - sum(universities)
    note = Text(
        f"UIC intensity is a share of a university's links; not defined for {others} other actors.",
        f"校企合作强度是高校联系中的比例；对其余{others}个行动者无定义。",
    )
    return Scores(values, (note,) if others else ())


def concentration(network: Network, mode: Mode) -> Scores:
    """Partner concentration: ``sum_j s_j^2`` over the partners j, s_j the share of j in all shared links.

    1 for one partner only, 1/n for n partners alike; the same in both modes. Not defined where nobody else is named.

    Citation: Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761 (who made the index).
    """
    del mode
    ties = network.projection("count")
    total = ties.sum(axis=1)
    squares = ties.power(2).sum(axis=1)
    return _where(total > 0, squares / np.maximum(total, 1) ** 2, Text("Partner concentration", "伙伴集中度"))


def repeat_rate(network: Network, mode: Mode) -> Scores:
    """The share of an actor's partners with whom it has two links or more; the same in both modes.

    Not defined where nobody else is named. Trap: it grows with the length of the time looked at.

    Citation: Gulati 1995, Acad. Manage. J. 38, 85-112 (repeated ties between firms).
    """
    del mode
    ties = network.projection("count")
    partners = np.diff(ties.indptr)
    again = (ties > 1).sum(axis=1)
    return _where(partners > 0, again / np.maximum(partners, 1), Text("Repeat rate", "重复合作率"))


def _where(defined: NDArray[np.bool_], values: NDArray[np.float64], what: Text) -> Scores:
    found = tuple(float(one) if there else None for one, there in zip(values, defined.tolist(), strict=True))
    alone = len(found) - int(np.count_nonzero(defined))
    note = Text(
        "{what} is not defined for {alone} actors without a named partner.",
        "{alone}个行动者无具名伙伴，其{what}无定义。",
    ).format(what=what, alone=alone)
    return Scores(found, (note,) if alone else ())
