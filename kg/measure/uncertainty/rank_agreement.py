"""How far two orders of the same things agree.

An order is its ranks: 1 is the best, equals share the best rank of theirs and the next one follows after the gap. Ties
stay ties, so that no order of names decides.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from kg.measure.elementary import power
from kg.measure.linear_algebra import dot

PERSISTENCE = 0.9
"""Of rank-biased overlap: the first ten ranks have 86 % of the weight."""

Ranks = NDArray[np.int64]


def tau_b(first: Ranks, second: Ranks) -> float | None:
    """Pairs in the same order less pairs in opposite order, of those that neither ties: from -1 to 1.

    ``(C - D) / sqrt((P - T1)(P - T2))`` for P pairs, of which T1 and T2 are tied in the one and the other. ``None``
    where all are tied in one of them.

    Citation: Kendall 1945, Biometrika 33, 239-251.
    """
    if _level(first) or _level(second):
        return None
    return float(stats.kendalltau(first, second, variant="b").statistic)


def spearman(first: Ranks, second: Ranks) -> float | None:
    """The correlation of ranks, tied ones at the mean of theirs: from -1 to 1. ``None`` as in `tau_b`.

    Citation: Spearman 1904, American Journal of Psychology 15, 72-101.
    """
    if _level(first) or _level(second):
        return None
    one, other = (stats.rankdata(ranks) - (len(ranks) + 1) / 2 for ranks in (first, second))
    return float(dot(one, other) / np.sqrt(dot(one, one) * dot(other, other)))


def rbo(first: Ranks, second: Ranks, persistence: float = PERSISTENCE) -> float:
    """Rank-biased overlap: how much the tops have in common, a reader going one rank deeper with chance `persistence`.

    ``(1 - p) sum_{d=1..n} p^(d-1) A_d + p^n A_n``, with ``A_d = 2 |S_d & T_d| / (|S_d| + |T_d|)`` and S_d, T_d those
    of rank d or better, which with ties may be more than d. Both orders hold the same n things, so A_n is 1 and what is
    below them adds nothing new. From 0 to 1. Traps: it grows with p, so state p.

    Citation: Webber, Moffat & Zobel 2010, ACM Trans. Inf. Syst. 28(4), 20 (with the extrapolation and the ties of it).
    """
    count = len(first)
    if not count:
        return 1.0
    one, other, both = (_reached(ranks, count) for ranks in (first, second, np.maximum(first, second)))
    weights = power(np.array(persistence), np.arange(count + 1))
    agreement = 2 * both / np.maximum(one + other, 1)
    return float((1 - persistence) * (weights[:-1] * agreement).sum() + weights[-1] * agreement[-1])


def overlap(first: Ranks, second: Ranks, depth: int) -> float:
    """Of those of rank `depth` or better in either order, the share that is so in both.

    Citation: Borgatti, Carley & Krackhardt 2006, Social Networks 28, 124-136.
    """
    one, other = first <= depth, second <= depth
    either = int(np.count_nonzero(one | other))
    return float(np.count_nonzero(one & other) / either) if either else 1.0


def _level(ranks: Ranks) -> bool:
    return not len(ranks) or bool((ranks == ranks[0]).all())


def _reached(ranks: Ranks, count: int) -> NDArray[np.int64]:
    """How many have rank 1 or better, 2 or better, … `count` or better."""
    return np.cumsum(np.bincount(ranks, minlength=count + 1))[1 : count + 1]
