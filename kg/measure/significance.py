"""What chance alone would do: labels dealt out anew, p-values, and corrections for many tests at once.

Everything is seeded: the same network has the same p. A p from draws is ``(1 + as extreme) / (1 + draws)``, which is
never 0 and keeps the size of the test exact. Citation: Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9, 39.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
"""How often chance is asked; the smallest p is then 1/1001."""

SEED = 20140616


def shuffled(labels: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED) -> Iterator[NDArray[np.int64]]:
    """`labels` in a random order, `draws` times."""
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        yield rng.permutation(labels)


def rewired(matrix: NDArray[np.bool_], draws: int = DRAWS, seed: int = SEED) -> Iterator[NDArray[np.bool_]]:
    """Matrices with the row and column sums of `matrix`, all such matrices equally likely in the long run.

    Two rows at random put what only one of them has on one heap and deal it out again, each as many as it had. Between
    two matrices there are as many such trades as rows, and twenty times as many before the first. (Matrices whose
    sums hold only on average would have empty rows, which no network shows: a frame of its own, as in helix.)

    Citation: Strona, Nappo, Boccacci, Fattorini & San-Miguel-Ayanz 2014, Nat. Commun. 5, 4114.
    """
    rng = np.random.default_rng(seed)
    rows = [set(np.flatnonzero(row).tolist()) for row in matrix]
    count = len(rows)
    for number in range(draws):
        trades = (1 if number else 20) * count
        one, step = rng.integers(count, size=trades), rng.integers(1, count, size=trades)
        for a, b in zip(one.tolist(), ((one + step) % count).tolist(), strict=True):
            mine, theirs = rows[a] - rows[b], rows[b] - rows[a]
            if mine and theirs:
                heap = rng.permutation(sorted(mine | theirs)).tolist()
                both = rows[a] & rows[b]
                rows[a], rows[b] = both | set(heap[: len(mine)]), both | set(heap[len(mine) :])
        drawn = np.zeros(matrix.shape, dtype=np.bool_)
        for row, cells in enumerate(rows):
            drawn[row, list(cells)] = True
        yield drawn


def at_least(observed: float, drawn: NDArray[np.number]) -> float:
    """The p of a value as large as `observed` or larger."""
    return _share(np.count_nonzero(drawn >= observed - _slack(observed)), len(drawn))


def at_most(observed: float, drawn: NDArray[np.number]) -> float:
    """The p of a value as small as `observed` or smaller."""
    return _share(np.count_nonzero(drawn <= observed + _slack(observed)), len(drawn))


def two_sided(observed: float, drawn: NDArray[np.number]) -> float:
    """Twice the smaller of both one-sided p, at most 1."""
    return min(1.0, 2 * min(at_least(observed, drawn), at_most(observed, drawn)))


def false_discovery(p: Sequence[float] | NDArray[np.float64], tests: int) -> NDArray[np.float64]:
    """Adjusted p-values: keeping those up to a level keeps the expected share of false ones below that level.

    ``q_(i) = min_{j >= i} p_(j) m / j`` over the p in order, with m = `tests`; those of them not in `p` have p = 1.

    Citation: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289-300.
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * tests / np.arange(1, len(values) + 1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def _slack(observed: float) -> float:
    """Digits left over from adding up must not tell two equal values apart."""
    return 1e-12 * max(1.0, abs(observed))


def _share(extreme: np.integer | int, draws: int) -> float:
    return (1 + int(extreme)) / (1 + draws)
