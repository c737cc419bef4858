"""How many others are how many steps away from each node: searches from many nodes at once, a bit for each of them.

A row of bits says of a node which searches have seen it, and one step of all of them is the bitwise or of the rows of
its neighbours. So 64 searches cost what one would; only a network of very long paths takes as many rounds as these have
steps.

Citation: Then, Kaufmann, Chirigati et al. 2014, Proc. VLDB Endow. 8, 449-460.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.matrices import adjacency
from kg.network import Mode, Network

_WORDS = 8
"""So many words of 64 bits, each a search, are taken at a time."""


def distances(network: Network, mode: Mode) -> NDArray[np.int64]:
    """How many other nodes of the mode are so many steps away from each actor: a row a distance, from 1 on.

    Actors of one link are one step apart in one-mode, and two in two-mode.
    """
    actors = len(network.actors)
    if mode == "two-mode" or network.lens.across:
        ties = adjacency(network, mode)
        return reached(ties, np.arange(ties.shape[0]))[:, :actors]
    # Over links rather than ties, which are many more.
    return reached(adjacency(network, "two-mode"), np.arange(actors))[1::2, :actors]


def reached(ties: sp.csr_array, sources: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of `sources` are 1, 2, … steps away from each node, as distances x nodes; `ties` is symmetric."""
    nodes = ties.shape[0]
    tied = np.flatnonzero(np.diff(ties.indptr))
    starts = ties.indptr[tied]
    found: list[NDArray[np.int64]] = []
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
            if steps == len(found):
                found.append(np.zeros(nodes, np.int64))
            found[steps] += count
            seen, last, steps = seen | new, new, steps + 1
    return np.array(found, dtype=np.int64).reshape(len(found), nodes)
