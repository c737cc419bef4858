"""Backbones: which ties between actors are more than chance?

Two actors with many links each share some by chance. The stochastic degree sequence model (`sdsm`) asks how many, where
each keeps its number of links and each link its number of parties. The disparity filter asks of each actor alone
whether one tie has more of its weight than chance would give it; it knows nothing of links, and does not suit ties that
are a projection of links, as ours are: an agreement of many parties makes many ties at once. It is here to be compared.

With few links, nothing may be significant. That is an answer: the network is then drawn as it is, without a filter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.binomial import probabilities
from kg.measure.elementary import power
from kg.measure.scores import rounded
from kg.measure.significance import benjamini_hochberg
from kg.measure.structure import degree_null_model
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.names import unknown
from kg.network import Network

LEVEL = 0.05

COLUMNS = ("a", "label_a", "b", "label_b", "links", "weight", "expected", "p", "adjusted")


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """The ties of a network with how likely chance is to give as much.

    Attributes:
        a, b: the ends of each tie, a < b.
        links, weight: how many links it stands for, and its Newman weight.
        expected: how many links the two share by chance; nan where the filter does not say.
        p: how often chance gives as much or more.
        adjusted: p corrected for the number of pairs (false discovery rate); nan where the filter does not correct.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    links: NDArray[np.int64]
    weight: NDArray[np.float64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]


def sdsm(network: Network) -> Tested:
    """Significance of each tie in the stochastic degree sequence model.

    Actor i is in link k with the chance ``p_ik`` of `kg.measure.structure.degree_null_model`, independently, so that
    the links that i and j share are a Poisson-binomial number with the chances ``p_ik p_jk``; p is the exact chance
    of as many as are seen. All pairs of actors are tests: pairs that share no link have p = 1, and count in the
    correction.

    Citation: Neal 2014, Social Networks 39, 84-97; Saracco et al. 2017, New J. Phys. 19, 053022; Neal, Domagalski &
    Sagan 2021, Sci. Rep. 11, 23929.
    """
    matrix = network.incidence_matrix()
    chances = degree_null_model.fit(
        matrix.sum(axis=0).astype(np.int64), matrix.sum(axis=1).astype(np.int64)
    )  # actors are its rows
    a, b, links, weight = _ties(network)
    ends = np.sort(np.stack([chances.row_class[a], chances.row_class[b]]), axis=0)
    classes, which = np.unique(ends, axis=1, return_inverse=True)
    shared = chances.chance[classes[0]] * chances.chance[classes[1]]
    sizes = chances.column_sizes()
    p, expected = _tails_at(shared, sizes, which, links), (shared * sizes).sum(axis=1)[which]
    actors = len(network.actors)
    return Tested(a, b, links, weight, expected, p, benjamini_hochberg(p, actors * (actors - 1) // 2))


def disparity(network: Network) -> Tested:
    """Significance of each tie within the ties of its ends, by Newman weight; the smaller one of the two ends.

    ``alpha_ij = (1 - w_ij / s_i)^(k_i - 1)`` for an actor with k ties of the sum s. An end with one tie says nothing
    (alpha = 1), so that the other end decides; two actors tied to each other alone are never significant. Not corrected
    for the number of ties, as its authors do not. Trap: not meant for projections; see `sdsm`.

    Citation: Serrano, Boguñá & Vespignani 2009, PNAS 106, 6483-6488.
    """
    a, b, links, weight = _ties(network)
    ties = network.projection("newman")
    strength, degree = ties.sum(axis=1), np.diff(ties.indptr)
    # Rounding must not make the share of an only tie larger than 1.
    alphas = [power(np.maximum(1 - weight / strength[end], 0.0), degree[end] - 1) for end in (a, b)]
    silent = np.full(len(a), np.nan)
    return Tested(a, b, links, weight, silent, np.minimum(*alphas), silent)


FILTERS = MappingProxyType({"sdsm": sdsm, "disparity": disparity})
"""The filters by name."""


def upper_tails(chances: NDArray[np.float64], sizes: NDArray[np.int64], most: int) -> NDArray[np.float64]:
    """The chance of s successes or more, for s = 0 to `most`, of independent trials in classes of equal chance.

    `chances` is cases x classes and `sizes` says how many trials a class has. Convolved class by class, with one place
    for all that is `most` or more: sums of positive terms alone, so that small p are as exact as large ones.

    Returns:
        cases x (most + 1).
    """
    states = np.zeros((len(chances), most + 1))
    states[:, 0] = 1
    for column, size in enumerate(sizes.tolist()):
        exactly, or_more = probabilities(size, chances[:, column], most)
        moved = np.zeros_like(states)
        for already in range(most):
            room = most - already
            moved[:, already:most] += states[:, already][:, None] * exactly[:, :room]
            moved[:, most] += states[:, already] * or_more[:, room]
        moved[:, most] += states[:, most]
        states = moved
    return np.cumsum(states[:, ::-1], axis=1)[:, ::-1]


def _tails_at(
    chances: NDArray[np.float64], sizes: NDArray[np.int64], which: NDArray[np.int64], links: NDArray[np.int64]
) -> NDArray[np.float64]:
    """For each tie the chance of as many `links` or more, of the case `which`; cases of like counts go together."""
    most = np.zeros(len(chances), dtype=np.int64)
    np.maximum.at(most, which, links)
    found = np.empty(len(links))
    # What a case costs grows with the square of its count, so that one large count must not be that of all.
    for digits in np.unique(np.frexp(most)[1]).tolist():
        together = np.flatnonzero(np.frexp(most)[1] == digits)
        tails = upper_tails(chances[together], sizes, int(most[together].max()))
        ties = np.flatnonzero(np.isin(which, together))
        found[ties] = tails[np.searchsorted(together, which[ties]), links[ties]]
    return found


def table(network: Network, name: str = "sdsm", level: float = LEVEL, lang: str = "en") -> Table:
    """The ties that are more than chance at `level`, by the filter `name`, most significant first.

    Raises:
        UsageError: no such filter, or `level` is not between 0 and 1.
    """
    if name not in FILTERS:
        raise unknown("filter", name, FILTERS)
    if not 0 < level < 1:
        raise UsageError(f"the level must be between 0 and 1, not {level}")
    found = FILTERS[name](network)
    judged = found.p if name == "disparity" else found.adjusted
    kept = np.flatnonzero(judged < level)
    rows = []
    for place in kept[np.lexsort((found.b[kept], found.a[kept], found.p[kept]))].tolist():
        ends = [network.actors[int(end[place])] for end in (found.a, found.b)]
        names = (word for actor in ends for word in (actor.iri, actor.label.localise(lang)))
        numbers = (found.weight, found.expected, found.p, found.adjusted)
        cells = (None if np.isnan(one[place]) else rounded(float(one[place])) for one in numbers)
        rows.append((*names, int(found.links[place]), *cells))
    return Table(COLUMNS, tuple(rows), (*summary_notes(network), *_NOTES[name](network, found, len(rows), level)))


def _ties(
    network: Network,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    counts, weights = network.projection("count").tocoo(), network.projection("newman").tocoo()
    a, b = (axis.astype(np.int64) for axis in counts.coords)
    once = a < b
    return a[once], b[once], counts.data[once].astype(np.int64), weights.data[once]


_NOTHING = Text(
    "Nothing is significant here. With so few links, draw the network without a filter.",
    "此处没有任何显著的连接。联系如此之少，请不加过滤地绘制网络。",
)


def _about_sdsm(network: Network, found: Tested, kept: int, level: float) -> Iterator[Text]:
    actors = len(network.actors)
    twos, tied = actors * (actors - 1) // 2, len(found.p)
    yield Text(f"Of {twos} pairs of actors, {tied} share a link.", f"{twos}对行动者中有{tied}对有共同联系。")
    yield Text(
        f"Kept: {kept} ties with an adjusted p below {level:g} (false discovery rate).",
        f"保留：校正后p小于{level:g}（错误发现率）的连接{kept}条。",
    )
    if not kept and tied:
        p, corrected = found.p.min(), found.adjusted.min()
        yield Text(
            f"The smallest p is {p:.3g}, {corrected:.3g} when corrected.",
            f"最小的p为{p:.3g}，校正后为{corrected:.3g}。",
        )
    if not kept:
        yield _NOTHING


def _about_disparity(network: Network, found: Tested, kept: int, level: float) -> Iterator[Text]:
    del network
    yield Text(
        f"Kept: {kept} of {len(found.p)} ties with p below {level:g} at either end; an end with one tie says nothing.",
        f"保留：{len(found.p)}条连接中任一端p小于{level:g}者{kept}条；只有一条连接的一端不能说明什么。",
    )
    yield Text(
        "The disparity filter is not meant for ties that are a projection of links; prefer sdsm.",
        "disparity过滤不适用于由联系投影而成的连接；宜用sdsm。",
    )
    if not kept:
        yield _NOTHING


_NOTES: MappingProxyType[str, Callable[[Network, Tested, int, float], Iterator[Text]]] = MappingProxyType(
    {"sdsm": _about_sdsm, "disparity": _about_disparity}
)
