"""The mutual information of two to four helices, and what chance gives in the same frame.

A link is a case, a helix is a yes or no: does a named party of this sector take part? The functions know cases and
cells and no network, so that anything that can be told by yes and no can be measured.
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
    """How many cases have each pattern: `presence` is cases x helices; helix h sets the bit 2^h of the pattern."""
    helices = presence.shape[1]
    return np.bincount(presence @ (1 << np.arange(helices)), minlength=1 << helices)


def entropies(counts: NDArray[np.int64]) -> dict[tuple[int, ...], NDArray[np.float64]]:
    """The entropy in bits of each set of helices, ``H = -sum p log2 p``; `counts` is cells, or draws x cells.

    Citation: Shannon 1948, Bell Syst. Tech. J. 27, 379-423.
    """
    counts = np.atleast_2d(counts)
    helices = counts.shape[1].bit_length() - 1
    patterns = np.arange(counts.shape[1])
    found = {}
    for size in range(1, helices + 1):
        for chosen in combinations(range(helices), size):
            place = sum((patterns >> helix & 1) << bit for bit, helix in enumerate(chosen))
            margin = np.stack([counts[:, place == cell].sum(axis=1) for cell in range(1 << size)], axis=1)
            found[chosen] = _entropy(margin)
    return found


def mutual_information(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """``T = sum_S (-1)^(|S|+1) H_S`` over the sets S of helices, in bits, for each row of `counts`.

    Three helices: ``T = H_u + H_i + H_g - H_ui - H_ug - H_ig + H_uig``. Below 0 the helices together reduce the
    uncertainty (synergy), above 0 they repeat each other (redundancy); the parity of exclusive or has -1, three copies
    of one coin +1. Of two helices it is what one tells of the other, and never below 0.

    Traps: where a helix is in all cases, or in none, T is 0 whatever the others do (`constant`). Few cases look like
    synergy: independent helices have about ``-1 / (2 N ln 2)``. So do cases that have at least one helix because
    nobody would report them else: judge T against `draw`, not against 0.

    Citation: McGill 1954, Psychometrika 19, 97-116; Leydesdorff 2003, Scientometrics 58, 445-467.
    """
    parts = entropies(counts)
    total: NDArray[np.float64] = np.sum([(-1) ** (len(s) + 1) * h for s, h in parts.items()], axis=0)
    return total


def bias(helices: int, cases: int, *, framed: bool) -> float:
    """How far mutual information is off, on average, for being estimated from so many cases.

    An entropy of m possible patterns is too small by about ``(m - 1) / (2 N ln 2)``; put together, the mutual
    information of three helices by ``1 / (2 N ln 2)``. Where a case without any helix is not possible (`framed`), the
    parts cancel: the bias is 0, and what lies below 0 by chance is the frame's doing.

    Citation: Miller 1955, in Quastler (ed.), Information Theory in Psychology, 95-100.
    """
    parts = [(1 if size % 2 else -1) * comb(helices, size) * ((1 << size) - 1) for size in range(1, helices + 1)]
    missing = (1 if helices % 2 == 0 else -1) if framed else 0
    return -(sum(parts) + missing) / (2 * cases * LN_2)


def constant(counts: NDArray[np.int64]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The helices that are in all cases of `counts`, and those that are in none."""
    helices = len(counts).bit_length() - 1
    total = int(counts.sum())
    of = [int(counts[np.arange(len(counts)) >> helix & 1 == 1].sum()) for helix in range(helices)]
    everywhere = tuple(helix for helix, count in enumerate(of) if count == total)
    return everywhere, tuple(helix for helix, count in enumerate(of) if count == 0 and total)


def draw(counts: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """Cells that chance gives in the frame of `counts`: draws x cells, exact and independent of each other.

    Each helix is in as many cases as before, and each case has at least one helix; all such ways of dealing helices to
    cases are equally likely. Helix after helix is dealt: how many of its t go to cases that have none yet (z of them)
    has the weight ``C(z, t) C(n - z, N - t)`` times the ways of finishing from there; the others go to the patterns at
    hand by the multivariate hypergeometric distribution.

    Raises:
        ValueError: a case of `counts` has no helix, so that the frame does not hold.
    """
    if counts[0]:
        raise ValueError("a case without any helix is outside the frame")
    helices, total = len(counts).bit_length() - 1, int(counts.sum())
    of = [int(counts[np.arange(len(counts)) >> helix & 1 == 1].sum()) for helix in range(helices)]
    rng = np.random.default_rng(seed)
    found = np.zeros((draws, 1 << helices), dtype=np.int64)
    found[:, 0] = total
    for helix, ways in enumerate(_ways(of, total)):
        empty = found[:, 0].copy()
        for z in np.unique(empty).tolist():
            rows = np.flatnonzero(empty == z)
            t = rng.choice(len(ways[z]), size=len(rows), p=ways[z])
            found[rows, 0] -= t
            # What the helix adds to cases that have another already.
            there = found[rows, 1 : 1 << helix]
            more = _dealt(rng, there, of[helix] - t) if helix else there
            found[rows, 1 : 1 << helix] -= more
            found[rows, (1 << helix) + 1 : 2 << helix] = more
            found[rows, 1 << helix] = t
    return found


def _dealt(rng: np.random.Generator, there: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of each pattern are among `wanted` cases, drawn without putting back, row by row."""
    left, total = wanted.copy(), there.sum(axis=1)
    more = np.zeros_like(there)
    for place in range(there.shape[1]):
        total = total - there[:, place]
        more[:, place] = rng.hypergeometric(there[:, place], total, left)
        left -= more[:, place]
    return more


def _ways(of: Sequence[int], total: int) -> list[dict[int, NDArray[np.float64]]]:
    """For each helix and each number z of cases without one: the chance of each t, how many of those it takes."""
    after = np.where(np.arange(total + 1) == 0, 0.0, -np.inf)
    steps: list[dict[int, NDArray[np.float64]]] = []
    reach = _reachable(of, total)
    for helix in range(len(of) - 1, -1, -1):
        before = np.full(total + 1, -np.inf)
        step = {}
        for z in reach[helix]:
            t = np.arange(z + 1)
            weights = _log_choose(z, t) + _log_choose(total - z, of[helix] - t) + after[z - t]
            top = weights.max()
            if np.isfinite(top):
                chances = exp(weights - top)
                before[z] = top + log(chances.sum(keepdims=True))[0]
                step[z] = chances / chances.sum()
        after = before
        steps.append(step)
    return steps[::-1]


def _reachable(of: Sequence[int], total: int) -> list[range]:
    """How many cases can be without a helix before each helix is dealt."""
    found, most, least = [], total, total
    for number in of:
        found.append(range(least, most + 1))
        most, least = min(most, total - number), max(least - number, 0)
    return found


def _log_choose(n: int, k: NDArray[np.int64]) -> NDArray[np.float64]:
    inside = (k >= 0) & (k <= n)
    safe = np.where(inside, k, 0)
    found: NDArray[np.float64] = np.where(
        inside, log_factorial(np.array([n])) - log_factorial(safe) - log_factorial(n - safe), -np.inf
    )
    return found


def _entropy(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    total = counts.sum(axis=1, keepdims=True)
    share = counts / np.maximum(total, 1)
    bits: NDArray[np.float64] = -(share * log2(np.where(share > 0, share, 1.0))).sum(axis=1)
    return bits
