"""Backbones: ties that are stronger than a null model predicts.

Two actors with many links each share some by chance. The stochastic degree sequence model (`sdsm`) fixes the number of
links of each actor and the number of parties of each link. The disparity filter compares each tie with the other ties
of its ends. It ignores links and does not suit projections such as ours, because an agreement of many parties creates
many ties at once; it is included for comparison.

With few links, no tie may be significant. This is a valid result: show the network without a filter.
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
from kg.measure.summary_notes import framed_notes
from kg.model import Table, Text
from kg.names import unknown
from kg.network import Network
from kg.texts import Message

LEVEL = 0.05

COLUMNS = ("a", "label_a", "b", "label_b", "links", "weight", "expected", "p", "adjusted")


@dataclass(frozen=True, slots=True, eq=False)
class TieSignificance:
    """The ties of a network with their significance.

    Attributes:
        a, b: the ends of each tie, a < b.
        links, weight: the number of its links, and its Newman weight.
        expected: the expected number of shared links; nan for a filter without one.
        p: the probability of as many links, or as much weight, under the null model.
        adjusted: p adjusted for the number of pairs (false discovery rate); nan for a filter without adjustment.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    links: NDArray[np.int64]
    weight: NDArray[np.float64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]


def sdsm(network: Network) -> TieSignificance:
    """Return the significance of each tie in the stochastic degree sequence model.

    Actor i is in link k with the probability ``p_ik`` of `kg.measure.structure.degree_null_model`, independently. The
    number of links that i and j share is then Poisson-binomial with the probabilities ``p_ik p_jk``, and p is the exact
    probability of the observed number or more. All pairs of actors are tests: pairs without a shared link have p = 1
    and count in the adjustment.

    Citation: Neal 2014, Social Networks 39, 84-97; Saracco et al. 2017, New J. Phys. 19, 053022; Neal, Domagalski &
    Sagan 2021, Sci. Rep. 11, 23929.
    """
    matrix = network.incidence_matrix()
    actor_degrees, link_degrees = (matrix.sum(axis=axis).astype(np.int64) for axis in (0, 1))
    model = degree_null_model.fit(actor_degrees, link_degrees)
    a, b, links, weight = _ties(network)
    ends = np.sort(np.stack([model.row_class[a], model.row_class[b]]), axis=0)
    classes, case = np.unique(ends, axis=1, return_inverse=True)
    shared = model.probability[classes[0]] * model.probability[classes[1]]
    sizes = model.column_sizes()
    p, expected = _tail_probabilities(shared, sizes, case, links), (shared * sizes).sum(axis=1)[case]
    actors = len(network.actors)
    return TieSignificance(a, b, links, weight, expected, p, benjamini_hochberg(p, actors * (actors - 1) // 2))


def disparity(network: Network) -> TieSignificance:
    """Return the significance of each tie among the ties of its ends, by Newman weight: the smaller p of both ends.

    ``alpha_ij = (1 - w_ij / s_i)^(k_i - 1)`` for an actor with k ties of total weight s. At an end with one tie, alpha
    is 1, so that the other end decides; two actors that are tied to each other only are never significant. Like its
    authors, we do not adjust for the number of ties. Trap: the filter is not suited to projections; see `sdsm`.

    Citation: Serrano, Boguñá & Vespignani 2009, PNAS 106, 6483-6488.
    """
    a, b, links, weight = _ties(network)
    ties = network.projection("newman")
    strength, degree = ties.sum(axis=1), np.diff(ties.indptr)
    # Rounding can make the share of an only tie slightly larger than 1.
    alphas = [power(np.maximum(1 - weight / strength[end], 0.0), degree[end] - 1) for end in (a, b)]
    missing = np.full(len(a), np.nan)
    return TieSignificance(a, b, links, weight, missing, np.minimum(*alphas), missing)


FILTERS = MappingProxyType({"sdsm": sdsm, "disparity": disparity})
"""The filters by name."""


def upper_tails(chances: NDArray[np.float64], sizes: NDArray[np.int64], most: int) -> NDArray[np.float64]:
    """Return the probability of s or more successes, for s = 0 to `most`, of independent trials in classes.

    `chances` is the success probability of each class, as cases x classes, and `sizes` the number of trials of each
    class. The distribution is convolved class by class, with one state for `most` or more. All sums have positive
    terms, so that small probabilities are as exact as large ones.

    Returns:
        cases x (most + 1).
    """
    states = np.zeros((len(chances), most + 1))
    states[:, 0] = 1
    for column, size in enumerate(sizes.tolist()):
        exactly, or_more = probabilities(size, chances[:, column], most)
        updated = np.zeros_like(states)
        for already in range(most):
            room = most - already
            updated[:, already:most] += states[:, already][:, None] * exactly[:, :room]
            updated[:, most] += states[:, already] * or_more[:, room]
        updated[:, most] += states[:, most]
        states = updated
    return np.cumsum(states[:, ::-1], axis=1)[:, ::-1]


def _tail_probabilities(
    chances: NDArray[np.float64], sizes: NDArray[np.int64], case: NDArray[np.int64], links: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return for each tie the probability of as many `links` or more in its `case`."""
    most = np.zeros(len(chances), dtype=np.int64)
    np.maximum.at(most, case, links)
    p = np.empty(len(links))
    # The time of a case grows with the square of its count, so cases are grouped by the size of their counts.
    for digits in np.unique(np.frexp(most)[1]).tolist():
        group = np.flatnonzero(np.frexp(most)[1] == digits)
        tails = upper_tails(chances[group], sizes, int(most[group].max()))
        ties = np.flatnonzero(np.isin(case, group))
        p[ties] = tails[np.searchsorted(group, case[ties]), links[ties]]
    return p


def table(network: Network, name: str = "sdsm", level: float = LEVEL, lang: str = "en") -> Table:
    """Return the ties that are significant at `level` by the filter `name`, most significant first.

    Raises:
        UsageError: the filter does not exist, or `level` is not between 0 and 1.
    """
    if name not in FILTERS:
        raise unknown(Message("filter"), name, FILTERS)
    if not 0 < level < 1:
        raise UsageError("the level must be between 0 and 1, not {level}", level=level)
    ties = FILTERS[name](network)
    p = ties.p if name == "disparity" else ties.adjusted
    kept = np.flatnonzero(p < level)
    rows = []
    for tie in kept[np.lexsort((ties.b[kept], ties.a[kept], ties.p[kept]))].tolist():
        ends = [network.actors[int(end[tie])] for end in (ties.a, ties.b)]
        names = (text for actor in ends for text in (actor.iri, actor.label.localise(lang)))
        numbers = (ties.weight, ties.expected, ties.p, ties.adjusted)
        cells = (None if np.isnan(one[tie]) else rounded(float(one[tie])) for one in numbers)
        rows.append((*names, int(ties.links[tie]), *cells))
    return Table(COLUMNS, tuple(rows), (*framed_notes(network), *_NOTES[name](network, ties, len(rows), level)))


def _ties(
    network: Network,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    counts, weights = network.projection("count").tocoo(), network.projection("newman").tocoo()
    a, b = (axis.astype(np.int64) for axis in counts.coords)
    upper = a < b
    return a[upper], b[upper], counts.data[upper].astype(np.int64), weights.data[upper]


_NONE = Message("No tie is significant. With few links this is a valid result; show the network without a filter.")


def _sdsm_notes(network: Network, ties: TieSignificance, kept: int, level: float) -> Iterator[Text]:
    actors = len(network.actors)
    pairs, tied = actors * (actors - 1) // 2, len(ties.p)
    yield Message("Of {pairs} pairs of actors, {tied} share a link.", pairs=pairs, tied=tied)
    yield Message(
        "Kept: {kept} ties with an adjusted p below {level:g} (false discovery rate).", kept=kept, level=level
    )
    if not kept and tied:
        p, adjusted = ties.p.min(), ties.adjusted.min()
        yield Message("The smallest p is {p:.3g}, {adjusted:.3g} after adjustment.", p=p, adjusted=adjusted)
    if not kept:
        yield _NONE


def _disparity_notes(network: Network, ties: TieSignificance, kept: int, level: float) -> Iterator[Text]:
    del network
    yield Message(
        "Kept: {kept} of {p} ties with p below {level:g} at either end; an end with one tie has p = 1.",
        kept=kept,
        p=len(ties.p),
        level=level,
    )
    yield Message("The disparity filter is not suited to ties that are projected from links; prefer sdsm.")
    if not kept:
        yield _NONE


_NOTES: MappingProxyType[str, Callable[[Network, TieSignificance, int, float], Iterator[Text]]] = MappingProxyType(
    {"sdsm": _sdsm_notes, "disparity": _disparity_notes}
)
