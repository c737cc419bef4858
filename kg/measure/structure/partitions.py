"""Partitions of actors: numbering, modularity and agreement."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


def number_by_size(classes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `classes` numbered by size, largest first; equal ones are sorted by their first members."""
    _, first, which, sizes = np.unique(classes, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbered: NDArray[np.int64] = rank[which]
    return numbered


def modularity(ties: sp.csr_array, classes: NDArray[np.int64], resolution: float = 1.0) -> float | None:
    """Return ``Q = sum_c (W_c / W - resolution (S_c / 2W)^2)``, the internal weight beyond its expected value.

    W is the weight of all ties, W_c that within community c, and S_c the sum of its actors' strengths. ``None`` without
    ties. Traps: random networks also have communities of high Q; communities below the resolution limit are merged.

    Citation: Newman & Girvan 2004, Phys. Rev. E 69, 026113; Fortunato & Barthélemy 2007, PNAS 104, 36-41 (the limit).
    """
    total = ties.sum()
    if not total:
        return None
    entries = ties.tocoo()
    a, b = entries.coords
    within = entries.data[classes[a] == classes[b]].sum() / total
    strength = np.bincount(classes, weights=ties.sum(axis=1)) / total
    return float(within - resolution * (strength**2).sum())


def adjusted_rand_index(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the agreement of two partitions on pairs of actors: 1 if they are equal, about 0 by chance.

    ``(sum_ij C(n_ij, 2) - E) / ((A + B) / 2 - E)`` with n_ij actors in class i of one and class j of the other, A and B
    pairs within the classes of each, and ``E = A B / C(n, 2)``. Two equal trivial partitions have 1.

    Citation: Hubert & Arabie 1985, J. Classification 2, 193-218.
    """
    table = np.zeros((int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1))
    np.add.at(table, (one, other), 1)
    both, a, b, pairs = (
        float((counts * (counts - 1) / 2).sum())
        for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([len(one)], dtype=float))
    )
    expected = a * b / pairs if pairs else 0.0
    maximum = (a + b) / 2
    return 1.0 if maximum == expected else (both - expected) / (maximum - expected)


def stability(partitions: Sequence[NDArray[np.int64]]) -> float:
    """Return the mean adjusted Rand index of all pairs of partitions."""
    return float(np.mean([adjusted_rand_index(one, other) for one, other in combinations(partitions, 2)]))
