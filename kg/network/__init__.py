"""Networks of participations, seen through a lens.

::

    Incidence + Lens --build--> Network (two-mode: actors x links)
                                   |-- incidence_matrix, projection    arrays, for measures
                                   '-- edges, to_networkx              objects and networkx

The two-mode network comes first; ties between actors exist only as its projection. The ontology states, together with
the participation tables, which roles tie in which layer. Everything that a lens leaves out is counted.
"""

from kg.network.build import build
from kg.network.incidence.load import load_incidence
from kg.network.lens import Lens, Weight
from kg.network.network import Mode, Network, Tie
from kg.network.nodes import ActorNode, LinkNode

__all__ = ["ActorNode", "Lens", "LinkNode", "Mode", "Network", "Tie", "Weight", "build", "load_incidence"]
