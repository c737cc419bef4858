"""Which points of the map belong together: communities as they are measured, of the points and lines that are drawn."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.structure import communities as structure

_RUNS = 5
"""So many orders of visiting points are tried, and the best of them is drawn."""


def communities(n: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The group of each of `n` points, from the largest, 0, on; the same each time.

    Args:
        n: how many points there are.
        pairs: the lines as indexes of points, shape (lines, 2), each once.
    """
    a, b = pairs.T
    ends = np.concatenate((a, b)), np.concatenate((b, a))
    ties = sp.csr_array((np.ones(2 * len(pairs)), ends), shape=(n, n))
    return structure.best(ties, [structure.communities(ties, "louvain", seed) for seed in range(_RUNS)])
