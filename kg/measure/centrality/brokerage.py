"""Brokerage: two actors who share no link, and a third who shares one with each; by the sectors of the three.

Ties have no direction here, so each pair of ends is counted once, and gatekeeper and representative (the same three
seen from two sides) are one role. Programs that take a symmetric matrix for a directed network count every pair twice;
some also disagree on which letters stand for which of the two, so roles have names here and no letters. Ends that share
any link are tied: nobody brokers inside an agreement, however large the clique that it projects to.

Citation: Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.structural_equivalence import alike
from kg.measure.indicators import sector_pairs, sectors
from kg.measure.scores import Scores, rounded
from kg.measure.significance import DRAWS, SEED, permutations
from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table, Text
from kg.network import Mode, Network

ROLES = ("coordinator", "itinerant", "gatekeeper/representative", "liaison")
"""All three of one sector; both ends of another one; one end of the broker's own; three sectors."""

_CHUNK = 4096
_MOST = 5_000_000

COLUMNS = ("rank", "actor", "label", "sector", "role", "sector_pair", "pairs", "expected", "sd", "permuted_mean", "p")


def standing(
    ties: sp.csr_array, of: NDArray[np.int64], names: int, sizes: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Between how many actors of each two sectors, who are not tied, each actor stands.

    All pairs of partners, less those who are tied: a product of sparse matrices, without looking at any pair.

    Args:
        ties: symmetric; weights do not matter.
        of: the sector of each actor, 0 to `names` - 1; a negative one is no end.
        names: how many sectors there are.
        sizes: how many actors alike each stands for (`kg.measure.centrality.structural_equivalence`), with a tie on
        the diagonal where several are
            tied to each other; by default itself, and the diagonal is empty.

    Returns:
        actors x pairs of sectors, in the order of `kg.measure.indicators.pairs`.
    """
    known = _unweighted(ties)
    sizes, own = np.ones(len(of)) if sizes is None else sizes, known.diagonal()
    is_of = (of[:, None] == np.arange(names)) * sizes[:, None]
    near = known @ is_of
    themselves = known @ (is_of * own[:, None])  # an end is no other end of itself
    tied = np.zeros((names, len(of), names))
    for start in range(0, len(of), _CHUNK):
        some = known[start : start + _CHUNK]
        for one in range(names):
            tied[one, start : start + _CHUNK] = (some @ sp.diags_array(is_of[:, one]) @ known).multiply(some) @ is_of
    counts = [
        (near[:, a] * (near[:, a] - 1) - tied[a, :, a] + themselves[:, a]) / 2
        if a == b
        else near[:, a] * near[:, b] - tied[a, :, b]
        for a, b in sector_pairs(names)
    ]
    # Those tied to each other and to the same others stand between nobody.
    return np.asarray(np.rint(counts).reshape(len(counts), len(of)).T * (own == 0)[:, None], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Triads:
    """Every open triad once: `broker` shares a link with each of `a` < `b`, and these two share none."""

    broker: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]


def triads(ties: sp.csr_array) -> Triads:
    """The open triads of a symmetric matrix with an empty diagonal."""
    known = _unweighted(ties)
    brokers, ones, others = [], [], []
    for broker, (start, stop) in enumerate(zip(known.indptr[:-1].tolist(), known.indptr[1:].tolist(), strict=True)):
        around = np.sort(known.indices[start:stop]).astype(np.int64)
        first, second = np.triu_indices(len(around), k=1)
        tied = known[around][:, around].toarray()[first, second] > 0
        ones.append(around[first[~tied]])
        others.append(around[second[~tied]])
        brokers.append(np.full(len(ones[-1]), broker, dtype=np.int64))
    none = np.zeros(0, dtype=np.int64)
    return Triads(*(np.concatenate([none, *parts]) for parts in (brokers, ones, others)))


def role(broker: int, a: int, b: int) -> str:
    """The role of a broker of a sector between ends of two sectors."""
    if a == b:
        return ROLES[0] if broker == a else ROLES[1]
    return ROLES[2] if broker in {a, b} else ROLES[3]


def expectation(one: int, other: int | None, density: float) -> tuple[float, float]:
    """Mean and variance of the pairs that an actor brokers when ties fall at random (Bernoulli graphs).

    The pairs are those among `one` actors, or, with `other`, those of one of the `one` and one of the `other`; the
    broker is none of them. With d the density, a pair is brokered with the chance ``k = d^2 (1 - d)``, M pairs have the
    mean M k, and pairs that share an end share its tie to the broker: ``Var = M k (1 - k) + S d^3 (1 - d)^3``, with S
    the number of such twos of pairs, in each order.

    Citation: Gould & Fernandez 1989, whose formulas for directed ties these are for undirected ones.
    """
    if other is None:
        m, twos = one * (one - 1) / 2, one * (one - 1) * (one - 2)
    else:
        m, twos = one * other, one * other * (one + other - 2)
    spread = density * (1 - density)
    k = density * spread
    return m * k, m * k * (1 - k) + twos * (spread * spread * spread)


def brokerage(network: Network, mode: Mode) -> Scores:
    """How many pairs only this actor, or this actor too, ties together.

    One-mode: pairs of actors that share no link, each of which shares one with the actor (others may broker them as
    well). Two-mode: pairs of the actor's links that have no other named actor in common: an agreement counts once, be
    it of two parties or of 58, and who works with the same partner again and again brokers nothing. Not divided by the
    possible: it grows with size. Unnamed parties may tie what looks open here.

    Citation: Gould & Fernandez 1989; two-mode after Jasny & Lubell 2015, Social Networks 41, 36-47.
    """
    if mode == "one-mode":
        return _whole(_standing(network, np.zeros(len(network.actors), dtype=np.int64), 1)[:, 0])
    matrix = network.incidence_matrix()
    degree = matrix.sum(axis=0)
    closed = np.zeros_like(degree)
    for start in range(0, matrix.shape[0], _CHUNK):
        some = matrix[start : start + _CHUNK]
        closed += (((some @ matrix.T) > 1).astype(np.float64) @ matrix).multiply(some).sum(axis=0)
    # A link of two actors or more is closed with itself, which is no pair.
    closed -= matrix.T @ (matrix.sum(axis=1) > 1)
    return _whole((degree * (degree - 1) - closed) / 2)


def coordinator(network: Network, mode: Mode) -> Scores:
    """Pairs of actors of its own sector between which the actor stands; the same in both modes."""
    return _role(network, mode, ROLES[0])


def itinerant(network: Network, mode: Mode) -> Scores:
    """Pairs of actors of one other sector between which the actor stands; the same in both modes."""
    return _role(network, mode, ROLES[1])


def gatekeeper(network: Network, mode: Mode) -> Scores:
    """Pairs of one actor of its own sector and one of another between which it stands; the same in both modes."""
    return _role(network, mode, ROLES[2])


def liaison(network: Network, mode: Mode) -> Scores:
    """Pairs of actors of two other sectors between which the actor stands; the same in both modes."""
    return _role(network, mode, ROLES[3])


def table(network: Network, sector: str | None = None, asked: str | None = None, lang: str = "en") -> Table:
    """Who brokers between which sectors, most pairs first, with what chance gives.

    A row for each actor and each two sectors that it stands between. `expected` and `sd` are those of random ties
    (`expectation`); `permuted_mean` is the mean, and `p` the share, of `DRAWS` networks in which the ties stay and the
    sectors are dealt to the actors anew, in which it stands between as many pairs of these sectors or more. `sector`
    and `asked` (a role of `ROLES`) choose rows; ranks count the rows that are left. Beyond five million open triads
    `permuted_mean` and `p` are left out.
    """
    names = sectors(network)
    of = _places(network, names)
    ties = network.projection("count")
    density = ties.nnz / max(len(of) * (len(of) - 1), 1)
    counts = _standing(network, of, len(names)) * (of >= 0)[:, None]
    few = int(counts.sum()) <= _MOST
    by_chance = _by_chance(_known(triads(ties), of), of, counts) if few else None
    rows = []
    for cell, (a, b) in enumerate(sector_pairs(len(names))):
        for broker in np.flatnonzero(counts[:, cell]).tolist():
            actor, its = network.actors[broker], role(of[broker], a, b)
            if (sector is None or actor.sector == sector) and (asked is None or its == asked):
                told = (None, None) if by_chance is None else (float(one[broker, cell]) for one in by_chance)
                numbers = (rounded(one) for one in (*_random(of, broker, (a, b), density), *told))
                who = actor.iri, actor.label.localise(lang), actor.sector, its, f"{names[a]}-{names[b]}"
                count = int(counts[broker, cell])
                rows.append((count, (*who, count, *numbers)))
    rows.sort(key=lambda row: (-row[0], str(row[1][0]), str(row[1][4])))
    return Table(COLUMNS, tuple(_ranked(rows)), (*summary_notes(network), *_notes(of, few=few)))


def _ranked(rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> Iterator[tuple[Cell, ...]]:
    place, last = 0, None
    for position, (count, cells) in enumerate(rows, start=1):
        if count != last:
            place, last = position, count
        yield place, *cells


def _notes(of: NDArray[np.int64], *, few: bool) -> Iterator[Text]:
    yield Text(
        "pairs: two actors that share no link, each of which shares one with the broker; each two once.",
        "pairs：彼此无共同联系、但各与中间者有共同联系的两个行动者，每对只计一次。",
    )
    yield Text("Actors and sectors without such a pair are left out.", "没有这种对的行动者与部门不列出。")
    yield Text(
        f"expected, sd: with ties at random; permuted_mean, p: sectors dealt anew, {DRAWS} times, each p by itself.",
        f"expected、sd：连接随机的情形；permuted_mean、p：部门重新随机分配{DRAWS}次，各p分别计算。",
    )
    if not few:
        yield Text(
            f"permuted_mean and p are left out: there are more than {_MOST} such pairs.",
            f"这种对超过{_MOST}个，不计permuted_mean与p。",
        )
    if unknown := int(np.count_nonzero(of < 0)):
        yield Text(f"Left out: {unknown} actors of no known sector.", f"未计入：{unknown}个部门未知的行动者。")


def _role(network: Network, mode: Mode, wanted: str) -> Scores:
    del mode
    names = sectors(network)
    of = _places(network, names)
    counts = _standing(network, of, len(names))
    its = [[role(v, a, b) == wanted for a, b in sector_pairs(len(names))] for v in range(len(names))]
    mine = np.array([*its, [False] * counts.shape[1]], dtype=np.bool_)[of]
    counts = (counts * mine).sum(axis=1)
    values = tuple(float(n) if place >= 0 else None for n, place in zip(counts.tolist(), of.tolist(), strict=True))
    unknown = values.count(None)
    note = Text(f"Not defined for {unknown} actors of no known sector.", f"对{unknown}个部门未知的行动者无定义。")
    return Scores(values, (note,) if unknown else ())


def _standing(network: Network, of: NDArray[np.int64], names: int) -> NDArray[np.int64]:
    """`standing` of all actors, whose sectors are `of`, or who are all of one."""
    few = alike(network)
    return standing(few.projection("count"), of[few.first], names, few.sizes)[few.of]


def _places(network: Network, names: tuple[str, ...]) -> NDArray[np.int64]:
    place = {name: number for number, name in enumerate(names)}
    return np.array([place.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)


def _known(found: Triads, of: NDArray[np.int64]) -> Triads:
    """The triads of which all three have a sector."""
    kept = (of[found.broker] >= 0) & (of[found.a] >= 0) & (of[found.b] >= 0)
    return Triads(found.broker[kept], found.a[kept], found.b[kept])


def _codes(names: int) -> NDArray[np.int64]:
    """The number of an unordered pair of sectors, by its two places."""
    codes = np.zeros((names, names), dtype=np.int64)
    for code, (a, b) in enumerate(sector_pairs(names)):
        codes[a, b] = codes[b, a] = code
    return codes


def _counts(found: Triads, of: NDArray[np.int64], names: int) -> NDArray[np.int64]:
    """How often each actor stands between each two sectors: actors x pairs of sectors."""
    cells = names * (names + 1) // 2
    codes = _codes(names)[of[found.a], of[found.b]]
    return np.bincount(found.broker * cells + codes, minlength=len(of) * cells).reshape(len(of), cells)


def _by_chance(
    found: Triads, of: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean of `counts`, and p of as many or more, with the sectors dealt to all actors anew."""
    known = np.flatnonzero(of >= 0)
    names = int(of.max(initial=-1)) + 1
    dealt = of.copy()
    total, reached = np.zeros(counts.shape), np.zeros(counts.shape)
    for labels in permutations(of[known], DRAWS, SEED):
        dealt[known] = labels
        drawn = _counts(found, dealt, names)
        total += drawn
        reached += drawn >= counts
    return total / DRAWS, (1 + reached) / (1 + DRAWS)


def _random(of: NDArray[np.int64], broker: int, ends: tuple[int, int], density: float) -> tuple[float, float]:
    """Mean and standard deviation of the pairs of these sectors that an actor brokers where ties fall at random."""
    one, other = (int(np.count_nonzero(of == end)) - int(of[broker] == end) for end in ends)
    mean, variance = expectation(one, None if ends[0] == ends[1] else other, density)
    return mean, sqrt(variance)


def _unweighted(ties: sp.csr_array) -> sp.csr_array:
    return sp.csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)


def _whole(counts: NDArray[np.number]) -> Scores:
    return Scores(tuple(float(count) for count in counts))
