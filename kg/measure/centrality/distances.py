"""Numbers of nodes by distance, from breadth-first searches that run in parallel in the bits of a word.

A row of bits contains, for one node, the searches that have reached it. One step of all searches is the bitwise or of
the rows of a node's neighbours, so that 64 searches cost as much as one. Networks with very long paths need as many
rounds as the paths have steps.

Citation: Then, Kaufmann, Chirigati et al. 2014, Proc. VLDB Endow. 8, 449-460.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.matrices import adjacency
from kg.network import Mode, Network

_WORDS = 8
"""The number of 64-bit words in a row, with one search a bit."""


def distance_counts(network: Network, mode: Mode) -> NDArray[np.int64]:
    """Return the number of other nodes of the mode at each distance from each actor, as distances (from 1) x actors.

    Actors of one link have distance 1 in one-mode and 2 in two-mode.
    """
    actors = len(network.actors)
    if mode == "two-mode" or network.lens.across:
        ties = adjacency(network, mode)
        return count_reached(ties, np.arange(ties.shape[0]))[:, :actors]
    # A search over links visits fewer edges than one over ties.
    return count_reached(adjacency(network, "two-mode"), np.arange(actors))[1::2, :actors]


def count_reached(ties: sp.csr_array, sources: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of `sources` at distance 1, 2, … from each node, as distances x nodes; `ties` is symmetric."""
    nodes = ties.shape[0]
    tied = np.flatnonzero(np.diff(ties.indptr))
    starts = ties.indptr[tied]
    counts: list[NDArray[np.int64]] = []
    for block in range(0, len(sources), 64 * _WORDS):
        chosen = sources[block : block + 64 * _WORDS]
        word, bit = np.divmod(np.arange(len(chosen)), 64)
        seen = np.zeros((nodes, _WORDS), np.uint64)
        seen[chosen, word] = np.uint64(1) << bit.astype(np.uint64)
        last, steps = seen, 0
        while True:
            new = np.zeros_like(seen)
            if len(tied):
                new[tied] = np.bitwise_or.reduceat(last[ties.indices], starts, axis=0) & ~seen[tied]
            count = np.bitwise_count(new).sum(axis=1, dtype=np.int64)
            if not count.any():
                break
            if steps == len(counts):
                counts.append(np.zeros(nodes, np.int64))
            counts[steps] += count
            seen, last, steps = seen | new, new, steps + 1
    return np.array(counts, dtype=np.int64).reshape(len(counts), nodes)
