"""Classes of structurally equivalent actors: those in one link alone and of one sector have the same ties.

Most actors of a large network, and all imputed new actors, are in one link only. The ties of a link grow with the
square of its parties, but the ties between representatives of classes stay few.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.network import Network, Weight


@dataclass(frozen=True, slots=True, eq=False)
class EquivalenceClasses:
    """A partition of actors into classes of structurally equivalent ones.

    Attributes:
        class_of: the class of each actor.
        representatives: the first actor of each class, in the order of actors.
        sizes: the number of actors of each class.
    """

    network: Network
    class_of: NDArray[np.int64]
    representatives: NDArray[np.int64]
    sizes: NDArray[np.float64]

    def projection(self, weight: Weight) -> sp.csr_array:
        """Return the ties between different actors of two classes, as classes x classes.

        The diagonal contains the tie between two actors of one class; it is empty for classes of one actor, and where
        such actors are not tied.
        """
        reduced = self.network.subnetwork(
            np.isin(self.network.actor_of, self.representatives), actors=self.representatives
        )
        ties = reduced.projection(weight)
        if self.network.lens.across:
            return ties
        several = np.flatnonzero(self.sizes > 1)
        link = np.zeros(len(self.sizes), np.int64)
        link[reduced.actor_of] = reduced.link_of  # read below for actors of one link only
        within = np.zeros(len(self.sizes))
        within[several] = reduced.tie_shares(weight)[link[several]]
        return sp.csr_array(ties + sp.diags_array(within))


def equivalence_classes(network: Network) -> EquivalenceClasses:
    """Return the classes of the actors of `network` by links and sector; contributions in money are ignored."""
    count = len(network.actors)
    sector = network.actors.table["sector"].combine_chunks().dictionary_encode(null_encoding="encode")
    link = np.full(count, -1, np.int64)
    link[network.actor_of] = network.link_of
    single = np.bincount(network.actor_of, minlength=count) == 1
    key = link * (len(sector.dictionary) + 1) + sector.indices.to_numpy()
    key = np.where(single, key, key.max(initial=0) + 1 + np.arange(count))
    _, first, number, sizes = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    return EquivalenceClasses(network, position[number], first[order], sizes[order].astype(np.float64))
