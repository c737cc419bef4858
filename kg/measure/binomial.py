"""The binomial distribution, with the same bits on every processor."""

import numpy as np
from numpy.typing import NDArray

from kg.measure.elementary import exp, log, log_factorial

Numbers = NDArray[np.float64]

_LOST = 1e-17  # of a sum; what adds nothing to it any more


def probabilities(trials: int, chance: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """Return how likely s successes are for s below `most`, and s or more for s up to `most`.

    ``P(s) = C(n, s) q^s (1 - q)^(n - s)``. Tails are sums of positive terms, so that small ones keep their digits.

    Args:
        trials: n, 1 or more.
        chance: q of each case, from 0 to 1.
        most: 1 or more.

    Returns:
        Shapes (cases, most) and (cases, most + 1).
    """
    terms = _terms(trials, chance, most)
    tail = np.where(chance * trials < most, _tail(trials, chance, terms), 1 - terms[:, :most].sum(axis=1))
    or_more = np.cumsum(np.column_stack([tail, terms[:, most - 1 :: -1]]), axis=1)[:, ::-1]
    return terms[:, :most], np.minimum(or_more, 1.0)


def _terms(trials: int, chance: Numbers, most: int) -> Numbers:
    """Return how likely 0 to `most` successes are, shape (cases, most + 1)."""
    s = np.arange(most + 1)
    possible = s <= trials
    rest = np.maximum(trials - s, 0)
    total, chosen, left = log_factorial(np.stack([np.full_like(s, trials), s, rest]))
    inside = (chance > 0) & (chance < 1)
    q = np.where(inside, chance, 0.5)[:, None]
    terms = np.where(possible, exp(total - chosen - left + s * log(q) + rest * log(1 - q)), 0.0)
    certain = s == np.where(chance > 0, trials, 0)[:, None]
    return np.where(inside[:, None], terms, certain)


def _tail(trials: int, chance: Numbers, terms: Numbers) -> Numbers:
    """Return the probability of at least as many successes as the last of `terms`, if the mean is below that."""
    least = terms.shape[1] - 1
    term, tail = terms[:, least], terms[:, least].copy()
    odds = np.divide(chance, 1 - chance, out=np.zeros_like(chance), where=(chance < 1) & (chance * trials < least))
    for s in range(least, trials):
        term = term * ((trials - s) / (s + 1)) * odds
        if not (term > _LOST * tail).any():
            break
        tail += term
    return tail
