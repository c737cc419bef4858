"""Who takes part in what, as a network seen through a lens.

::

    Incidence + Lens --build--> Network (two-mode: actors x links)
                                   |-- incidence_matrix, projection    arrays, for measures
                                   '-- ties, graph                     objects and networkx, at the border

The two-mode network comes first; ties between actors exist only as its projection. Which roles make a tie, and in
which layer, comes from the ontology with the incidence. What a lens leaves out is counted, never dropped in silence.
"""

from kg.network.build import build
from kg.network.incidence.load import load_incidence
from kg.network.lens import Lens, Weight
from kg.network.network import Mode, Network, Tie
from kg.network.nodes import ActorNode, LinkNode

__all__ = ["ActorNode", "Lens", "LinkNode", "Mode", "Network", "Tie", "Weight", "build", "load_incidence"]
