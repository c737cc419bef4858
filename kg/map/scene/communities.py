"""Communities of the points and lines that are drawn."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.structure import communities as structure

_RUNS = 5
"""Number of random orders; the best partition is drawn."""


def communities(n: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the community of each of `n` points, numbered from the largest; deterministic.

    Args:
        n: number of points.
        pairs: the lines as indexes of points, shape (lines, 2), without duplicates.
    """
    a, b = pairs.T
    ends = np.concatenate((a, b)), np.concatenate((b, a))
    ties = sp.csr_array((np.ones(2 * len(pairs)), ends), shape=(n, n))
    return structure.best(ties, [structure.detect(ties, "louvain", seed) for seed in range(_RUNS)])
