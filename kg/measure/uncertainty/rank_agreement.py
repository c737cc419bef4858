"""Agreement between two rankings of the same items.

A ranking is an array of ranks: 1 is the best, tied items share the best of their ranks, and the next rank follows after
the gap. Ties are not broken.
"""

import numpy as np
from numpy.typing import NDArray

from kg.measure.elementary import power
from kg.measure.linear_algebra import dot

PERSISTENCE = 0.9
"""The persistence of rank-biased overlap, with which the first ten ranks have 86 % of the weight."""

Ranks = NDArray[np.int64]


def tau_b(first: Ranks, second: Ranks) -> float | None:
    """Return Kendall's tau-b, from -1 to 1.

    ``(C - D) / sqrt((P - T1)(P - T2))`` for C concordant and D discordant pairs among all P pairs, of which T1 and T2
    are tied in the first and the second ranking. ``None`` if all items are tied in one of them.

    Citation: Kendall 1945, Biometrika 33, 239-251.
    """
    if _all_tied(first) or _all_tied(second):
        return None
    pairs = len(first) * (len(first) - 1) // 2
    by_pair = first.astype(np.int64) * (int(second.max()) + 1) + second
    tied, other, both = (_tied_pairs(ranks) for ranks in (first, second, by_pair))
    difference = pairs - tied - other + both - 2 * _discordant(first, second)
    return float(np.clip(difference / np.sqrt(pairs - tied) / np.sqrt(pairs - other), -1, 1))


def spearman(first: Ranks, second: Ranks) -> float | None:
    """Return the correlation of ranks, from -1 to 1; tied items have their mean rank. ``None`` as in `tau_b`.

    Citation: Spearman 1904, American Journal of Psychology 15, 72-101.
    """
    if _all_tied(first) or _all_tied(second):
        return None
    one, other = (mean_ranks(ranks) - (len(ranks) + 1) / 2 for ranks in (first, second))
    return float(dot(one, other) / np.sqrt(dot(one, one) * dot(other, other)))


def rbo(first: Ranks, second: Ranks, persistence: float = PERSISTENCE) -> float:
    """Return rank-biased overlap, from 0 to 1: the agreement of the tops, weighted by depth.

    ``(1 - p) sum_{d=1..n} p^(d-1) A_d + p^n A_n``, with ``A_d = 2 |S_d & T_d| / (|S_d| + |T_d|)``. p is the
    `persistence`, the probability that a reader continues to the next rank. S_d and T_d are the items of rank d or
    better, which may be more than d because of ties. Both rankings hold the same n items, so A_n is 1 and depths beyond
    n add nothing. Trap: the value grows with p, so report p.

    Citation: Webber, Moffat & Zobel 2010, ACM Trans. Inf. Syst. 28(4), 20 (with its extrapolation and its ties).
    """
    count = len(first)
    if not count:
        return 1.0
    one, other, both = (_cumulative(ranks, count) for ranks in (first, second, np.maximum(first, second)))
    weights = power(np.array(persistence), np.arange(count + 1))
    agreement = 2 * both / np.maximum(one + other, 1)
    return float((1 - persistence) * (weights[:-1] * agreement).sum() + weights[-1] * agreement[-1])


def overlap(first: Ranks, second: Ranks, depth: int) -> float:
    """Return the share of the items of rank `depth` or better in either ranking that have it in both.

    Citation: Borgatti, Carley & Krackhardt 2006, Social Networks 28, 124-136.
    """
    one, other = first <= depth, second <= depth
    either = int(np.count_nonzero(one | other))
    return float(np.count_nonzero(one & other) / either) if either else 1.0


def mean_ranks(values: NDArray[np.number]) -> NDArray[np.float64]:
    """Return the rank of each value from the lowest up; equal values have the mean of their ranks."""
    _, position, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    ranks: NDArray[np.float64] = ((2 * last - sizes + 1) / 2)[position]
    return ranks


def _all_tied(ranks: Ranks) -> bool:
    return not len(ranks) or bool((ranks == ranks[0]).all())


def _cumulative(ranks: Ranks, count: int) -> NDArray[np.int64]:
    """Return the number of items with rank 1 or better, 2 or better, … `count` or better."""
    return np.cumsum(np.bincount(ranks, minlength=count + 1))[1 : count + 1]


def _tied_pairs(values: NDArray[np.int64]) -> int:
    """Return the number of pairs of equal values."""
    sizes = np.unique(values, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _discordant(first: Ranks, second: Ranks) -> int:
    """Return the number of pairs of items whose order differs; tied pairs are in no order.

    They are the inversions of `second` in the order of `first`. Bit by bit from the highest, the inversions between
    numbers that differ in this bit first are counted, and numbers are parted by it (Knight 1966, J. Am. Stat. Assoc.
    61, 436-439, with a radix sort in place of his merge sort).
    """
    numbers = np.unique(second[np.lexsort((second, first))], return_inverse=True)[1]
    count = 0
    for bit in reversed(range(int(numbers.max(initial=0)).bit_length())):
        group, is_set = numbers >> (bit + 1), (numbers >> bit) & 1
        before = np.cumsum(is_set) - is_set  # numbers with this bit, of this and earlier groups
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        of_group = np.repeat(before[starts], np.diff(starts, append=len(group)))
        count += int((before - of_group)[is_set == 0].sum())
        numbers = numbers[np.argsort(numbers >> bit, kind="stable")]
    return count
