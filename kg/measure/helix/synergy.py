"""Mutual information of two to four helices, and a null model for the sampling frame.

A case is a link, and a helix is a binary variable: does a named party of this sector take part? The functions take
cases and cell counts rather than networks, so they apply to any binary variables.
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from kg.measure.elementary import LN_2, exp, log, log2, log_factorial
from kg.measure.significance import DRAWS, SEED

HELICES = range(2, 5)


def cells(presence: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of cases of each pattern; `presence` is cases x helices, and helix h is the bit 2^h."""
    helices = presence.shape[1]
    return np.bincount(presence @ (1 << np.arange(helices)), minlength=1 << helices)


def entropies(counts: NDArray[np.int64]) -> dict[tuple[int, ...], NDArray[np.float64]]:
    """Return the entropy ``H = -sum p log2 p`` of each set of helices, in bits; `counts` is cells, or draws x cells.

    Citation: Shannon 1948, Bell Syst. Tech. J. 27, 379-423.
    """
    counts = np.atleast_2d(counts)
    helices = counts.shape[1].bit_length() - 1
    patterns = np.arange(counts.shape[1])
    entropy_of = {}
    for size in range(1, helices + 1):
        for chosen in combinations(range(helices), size):
            margin_of = sum((patterns >> helix & 1) << bit for bit, helix in enumerate(chosen))
            margin = np.stack([counts[:, margin_of == cell].sum(axis=1) for cell in range(1 << size)], axis=1)
            entropy_of[chosen] = _entropy(margin)
    return entropy_of


def mutual_information(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return ``T = sum_S (-1)^(|S|+1) H_S`` over the sets S of helices, in bits, for each row of `counts`.

    Three helices: ``T = H_u + H_i + H_g - H_ui - H_ug - H_ig + H_uig``. Below 0 the helices together reduce
    uncertainty (synergy); above 0 they are redundant. The parity of exclusive or has -1, and three copies of one coin
    +1. For two helices it is their mutual information, which is never below 0.

    Traps: if a helix is in all cases or in none, T is 0 whatever the others do (`constant`). Few cases resemble
    synergy: independent helices have about ``-1 / (2 N ln 2)``. So do samples in which each case has at least one
    helix, because other links are not reported; compare T with `draw`, not with 0.

    Citation: McGill 1954, Psychometrika 19, 97-116; Leydesdorff 2003, Scientometrics 58, 445-467.
    """
    parts = entropies(counts)
    total: NDArray[np.float64] = np.sum([(-1) ** (len(s) + 1) * h for s, h in parts.items()], axis=0)
    return total


def bias(helices: int, cases: int, *, framed: bool) -> float:
    """Return the mean error of the mutual information that is estimated from a number of cases.

    The entropy of m possible patterns is underestimated by about ``(m - 1) / (2 N ln 2)``, and the mutual information
    of three helices by ``1 / (2 N ln 2)``. If cases without any helix are impossible (`framed`), the parts cancel and
    the bias is 0; values below 0 are then an effect of the frame.

    Citation: Miller 1955, in Quastler (ed.), Information Theory in Psychology, 95-100.
    """
    parts = [(1 if size % 2 else -1) * comb(helices, size) * ((1 << size) - 1) for size in range(1, helices + 1)]
    missing = (1 if helices % 2 == 0 else -1) if framed else 0
    return -(sum(parts) + missing) / (2 * cases * LN_2)


def constant(counts: NDArray[np.int64]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the helices that are in all cases of `counts`, and those that are in none."""
    helices = len(counts).bit_length() - 1
    total = int(counts.sum())
    sizes = [int(counts[np.arange(len(counts)) >> helix & 1 == 1].sum()) for helix in range(helices)]
    always = tuple(helix for helix, size in enumerate(sizes) if size == total)
    return always, tuple(helix for helix, size in enumerate(sizes) if size == 0 and total)


def draw(counts: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """Return random cells in the frame of `counts`, as draws x cells; draws are exact and independent.

    Each helix is in as many cases as in `counts`, and each case has at least one helix; all such assignments of
    helices to cases are equally likely. Helices are assigned one after another. The number t of cases that a helix
    takes from the z cases without one has the weight ``C(z, t) C(n - z, N - t)`` times the number of completions. Its
    other cases follow the multivariate hypergeometric distribution over the existing patterns.

    Raises:
        ValueError: a case of `counts` has no helix, so that it is outside the frame.
    """
    if counts[0]:
        raise ValueError("a case without any helix is outside the frame")
    helices, total = len(counts).bit_length() - 1, int(counts.sum())
    sizes = [int(counts[np.arange(len(counts)) >> helix & 1 == 1].sum()) for helix in range(helices)]
    rng = np.random.default_rng(seed)
    samples = np.zeros((draws, 1 << helices), dtype=np.int64)
    samples[:, 0] = total
    for helix, probabilities in enumerate(_step_probabilities(sizes, total)):
        empty = samples[:, 0].copy()
        for z in np.unique(empty).tolist():
            rows = np.flatnonzero(empty == z)
            t = rng.choice(len(probabilities[z]), size=len(rows), p=probabilities[z])
            samples[rows, 0] -= t
            # The other cases of the helix have another helix already.
            existing = samples[rows, 1 : 1 << helix]
            moved = _hypergeometric(rng, existing, sizes[helix] - t) if helix else existing
            samples[rows, 1 : 1 << helix] -= moved
            samples[rows, (1 << helix) + 1 : 2 << helix] = moved
            samples[rows, 1 << helix] = t
    return samples


def _hypergeometric(
    rng: np.random.Generator, existing: NDArray[np.int64], size: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the number of cases of each pattern among `size` cases drawn without replacement, row by row."""
    left, total = size.copy(), existing.sum(axis=1)
    drawn = np.zeros_like(existing)
    for column in range(existing.shape[1]):
        total = total - existing[:, column]
        drawn[:, column] = rng.hypergeometric(existing[:, column], total, left)
        left -= drawn[:, column]
    return drawn


def _step_probabilities(sizes: Sequence[int], total: int) -> list[dict[int, NDArray[np.float64]]]:
    """Return, for each helix and number z of cases without one, the probability of each number t that it takes."""
    after = np.where(np.arange(total + 1) == 0, 0.0, -np.inf)
    steps: list[dict[int, NDArray[np.float64]]] = []
    reach, factorials = _reachable(sizes, total), log_factorial(np.arange(total + 1))
    for helix in range(len(sizes) - 1, -1, -1):
        before = np.full(total + 1, -np.inf)
        step = {}
        for z in reach[helix]:
            t = np.arange(z + 1)
            others = _log_choose(factorials, total - z, sizes[helix] - t)
            weights = _log_choose(factorials, z, t) + others + after[z - t]
            top = weights.max()
            if np.isfinite(top):
                chances = exp(weights - top)
                before[z] = top + log(chances.sum(keepdims=True))[0]
                step[z] = chances / chances.sum()
        after = before
        steps.append(step)
    return steps[::-1]


def _reachable(sizes: Sequence[int], total: int) -> list[range]:
    """Return the possible numbers of cases without a helix before each helix is assigned."""
    ranges, most, least = [], total, total
    for size in sizes:
        ranges.append(range(least, most + 1))
        most, least = min(most, total - size), max(least - size, 0)
    return ranges


def _log_choose(factorials: NDArray[np.float64], n: int, k: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the logarithms of ``C(n, k)``; `factorials` are those of the factorials of 0, 1 and so on."""
    inside = (k >= 0) & (k <= n)
    safe = np.where(inside, k, 0)
    logarithm: NDArray[np.float64] = np.where(inside, factorials[n] - factorials[safe] - factorials[n - safe], -np.inf)
    return logarithm


def _entropy(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    total = counts.sum(axis=1, keepdims=True)
    share = counts / np.maximum(total, 1)
    bits: NDArray[np.float64] = -(share * log2(np.where(share > 0, share, 1.0))).sum(axis=1)
    return bits
