"""Partners, weights and the bipartite operator of a network, computed once for all suggestions."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.matrices import BipartiteOperator, normalised_incidences
from kg.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """The matrices that methods of link prediction use.

    Attributes:
        ties: actors x actors, 1 for two actors that share a link, with an empty diagonal.
        weights: the same with Newman weights by declared size.
        partners: the number of partners of each actor.
        links: the number of links of each actor.
        sector: the sector of each actor as a number.
        participations: actors x links, 1 where the actor takes part.
        walk: the normalised incidences, for walks over both modes.
    """

    network: Network
    ties: sp.csr_array
    weights: sp.csr_array
    partners: NDArray[np.float64]
    links: NDArray[np.float64]
    sector: NDArray[np.int64]
    participations: sp.csr_array
    walk: BipartiteOperator


def neighbourhood(network: Network) -> Neighbourhood:
    """Return the matrices of `network`; actors that share a link are partners whatever sectors the lens ties."""
    incidences = network.incidence_matrix()
    participations = incidences.T.tocsr()
    weights = sp.csr_array(participations @ (sp.diags_array(network.tie_shares()) @ incidences))
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
        links=np.diff(participations.indptr).astype(np.float64),
        sector=encoded.indices.to_numpy().astype(np.int64),
        participations=participations,
        walk=normalised_incidences(incidences),
    )
