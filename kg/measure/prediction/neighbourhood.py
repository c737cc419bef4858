"""What suggestions look at: who is whose partner, over which links, and how a walk over both modes goes."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.matrices import BipartiteOperator, normalised_incidences
from kg.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """A network with what is computed of it once, for all actors.

    Attributes:
        ties: actors x actors, 1 where two share a link, with an empty diagonal.
        weights: the same with Newman's weights by declared size.
        partners: how many partners each actor has.
        links: how many links.
        sector: the sector of each as a number.
        taking: actors x links, 1 where the actor takes part.
        both: actors and links, scaled for walks over both modes.
    """

    network: Network
    ties: sp.csr_array
    weights: sp.csr_array
    partners: NDArray[np.float64]
    links: NDArray[np.float64]
    sector: NDArray[np.int64]
    taking: sp.csr_array
    both: BipartiteOperator


def neighbourhood(network: Network) -> Neighbourhood:
    """All that methods ask of `network`, whatever sectors its lens ties: any two who share a link are partners."""
    incidences = network.incidence_matrix()
    taking = incidences.T.tocsr()
    weights = sp.csr_array(taking @ (sp.diags_array(network.tie_shares()) @ incidences))
    weights.setdiag(0)
    weights.eliminate_zeros()
    weights.sort_indices()
    ties = weights.copy()
    ties.data[:] = 1
    encoded = network.actors.table["sector"].combine_chunks().dictionary_encode(null_encoding="encode")
    return Neighbourhood(
        network=network,
        ties=ties,
        weights=weights,
        partners=np.diff(ties.indptr).astype(np.float64),
        links=np.diff(taking.indptr).astype(np.float64),
        sector=encoded.indices.to_numpy().astype(np.int64),
        taking=taking,
        both=normalised_incidences(incidences),
    )
