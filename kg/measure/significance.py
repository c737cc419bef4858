"""Null models, p-values and corrections for multiple tests.

All draws are seeded, so that a network always has the same p. A p-value from draws is ``(1 + as extreme) / (1 +
draws)``, which is never 0 and keeps the test exact. Citation: Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9,
39.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
"""The number of draws from a null model; the smallest p is 1/1001."""

SEED = 20140616


def permutations(labels: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED) -> Iterator[NDArray[np.int64]]:
    """Yield `labels` in `draws` random orders."""
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        yield rng.permutation(labels)


def curveball(matrix: NDArray[np.bool_], draws: int = DRAWS, seed: int = SEED) -> Iterator[NDArray[np.bool_]]:
    """Yield random matrices with the row and column sums of `matrix`.

    All such matrices are equally likely asymptotically. In a trade, two random rows pool the columns that only one of
    them has, and redistribute them at random; each row keeps its sum. There are as many trades between two draws as
    rows, and 20 times as many before the first draw. (Matrices whose sums hold only on average would have empty rows,
    which a network never has.)

    Citation: Strona, Nappo, Boccacci, Fattorini & San-Miguel-Ayanz 2014, Nat. Commun. 5, 4114.
    """
    rng = np.random.default_rng(seed)
    rows = [set(np.flatnonzero(row).tolist()) for row in matrix]
    count = len(rows)
    for number in range(draws):
        trades = (1 if number else 20) * count
        one, step = rng.integers(count, size=trades), rng.integers(1, count, size=trades)
        for a, b in zip(one.tolist(), ((one + step) % count).tolist(), strict=True):
            only_a, only_b = rows[a] - rows[b], rows[b] - rows[a]
            if only_a and only_b:
                pool = rng.permutation(sorted(only_a | only_b)).tolist()
                both = rows[a] & rows[b]
                rows[a], rows[b] = both | set(pool[: len(only_a)]), both | set(pool[len(only_a) :])
        sample = np.zeros(matrix.shape, dtype=np.bool_)
        for row, cells in enumerate(rows):
            sample[row, list(cells)] = True
        yield sample


def upper_p(observed: float, draws: NDArray[np.number]) -> float:
    """Return the p-value of a value as large as `observed` or larger."""
    return _share(np.count_nonzero(draws >= observed - _tolerance(observed)), len(draws))


def lower_p(observed: float, draws: NDArray[np.number]) -> float:
    """Return the p-value of a value as small as `observed` or smaller."""
    return _share(np.count_nonzero(draws <= observed + _tolerance(observed)), len(draws))


def two_sided_p(observed: float, draws: NDArray[np.number]) -> float:
    """Return twice the smaller one-sided p-value, at most 1."""
    return min(1.0, 2 * min(upper_p(observed, draws), lower_p(observed, draws)))


def benjamini_hochberg(p: Sequence[float] | NDArray[np.float64], tests: int) -> NDArray[np.float64]:
    """Return p-values adjusted for the false discovery rate.

    ``q_(i) = min_{j >= i} p_(j) m / j`` over the sorted p, with m = `tests`; tests that are not in `p` have p = 1. If
    the results with q up to a level are accepted, the expected share of false ones among them is below that level.

    Citation: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289-300.
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * tests / np.arange(1, len(values) + 1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def _tolerance(observed: float) -> float:
    """Return the summation error within which two values count as equal."""
    return 1e-12 * max(1.0, abs(observed))


def _share(extreme: np.integer | int, draws: int) -> float:
    return (1 + int(extreme)) / (1 + draws)
