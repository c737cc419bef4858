"""Actors who are alike: those in one link alone, of one sector, have the same ties, so that one stands for all of them.

Most actors of a large network, and all new ones among the parties that nobody named, are in one link only. With as many
parties as it has, ties grow with the square of these; the ties of those who stand for the others stay few.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.network import Network, Weight


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """The classes of actors that are alike.

    Attributes:
        of: the class of each actor.
        first: of each class, the first of its actors, in their order.
        sizes: how many each class has.
    """

    network: Network
    of: NDArray[np.int64]
    first: NDArray[np.int64]
    sizes: NDArray[np.float64]

    def projection(self, weight: Weight) -> sp.csr_array:
        """Classes x classes: the tie of an actor of one with an actor of the other, who are two.

        So on the diagonal is the tie of two of one class; nothing where there is one only, or none such is tied.
        """
        few = self.network.subnetwork(np.isin(self.network.actor_of, self.first))
        ties = few.projection(weight)
        if self.network.lens.across:
            return ties
        several = np.flatnonzero(self.sizes > 1)
        link = np.zeros(len(self.sizes), np.int64)
        link[few.actor_of] = few.link_of  # those of one link are all that matter here
        own = np.zeros(len(self.sizes))
        own[several] = few.tie_shares(weight)[link[several]]
        return sp.csr_array(ties + sp.diags_array(own))


def alike(network: Network) -> Alike:
    """Whom each actor of `network` is like, by links and sector; contributions in money are not looked at."""
    count = len(network.actors)
    sector = network.actors.table["sector"].combine_chunks().dictionary_encode(null_encoding="encode")
    link = np.full(count, -1, np.int64)
    link[network.actor_of] = network.link_of
    single = np.bincount(network.actor_of, minlength=count) == 1
    key = link * (len(sector.dictionary) + 1) + sector.indices.to_numpy()
    key = np.where(single, key, key.max(initial=0) + 1 + np.arange(count))
    _, first, of, sizes = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Alike(network, place[of], first[order], sizes[order].astype(np.float64))
