"""Exact sums of 64-bit integers in groups, also where a sum exceeds 64 bits."""

import numpy as np
from numpy.typing import NDArray

_LIMIT = 2.0**62
_HALF = 31


def group_sums(values: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64] | NDArray[np.object_]:
    """Return the sum of each group of non-negative `values`; a group reaches from its start to the next one.

    Returns:
        64-bit integers, or Python integers if a sum could exceed 64 bits.
    """
    if not len(starts):
        return np.zeros(0, np.int64)
    longest = int(np.diff(starts, append=len(values)).max())
    if longest * float(values.max(initial=0)) < _LIMIT:
        return np.add.reduceat(values, starts)
    high, low = (np.add.reduceat(half, starts).astype(object) for half in (values >> _HALF, values & (2**_HALF - 1)))
    whole: NDArray[np.object_] = high * 2**_HALF + low
    return whole
