"""Which points of the map belong together: groups that share more links within than chance would have it.

The modularity of a division is the share of lines within groups less what the degrees alone would give; it is raised
by moving points between groups and merging these, until nothing gains (Blondel et al. 2008, J. Stat. Mech. P10008;
Staudt & Meyerhenke 2016, IEEE TPDS 27, 171-184, doi 10.1109/TPDS.2015.2390633). Trap: groups much smaller than the
square root of the number of lines may be merged (Fortunato & Barthelemy 2007, PNAS 104, 36-41).
"""

import networkit as nk
import numpy as np
from numpy.typing import NDArray


def communities(n: int, pairs: NDArray[np.int64], seed: int = 1) -> NDArray[np.int64]:
    """The group of each of `n` points, from the largest, 0, on; the same each time.

    Args:
        n: how many points there are.
        pairs: the lines as indexes of points, shape (lines, 2).
        seed: of the order in which points are visited.
    """
    if not len(pairs):
        return np.arange(n)
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)  # several threads divide differently each time
    nk.setSeed(seed, useThreadId=False)
    try:
        ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in pairs.T)
        graph = nk.GraphFromCoo((np.ones(len(pairs)), ends), n=n, weighted=False, directed=False)
        found = np.array(nk.community.PLM(graph, refine=True).run().getPartition().getVector(), dtype=np.int64)
    finally:
        nk.setNumberOfThreads(threads)
    _, first, group, sizes = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return np.asarray(place[group])
