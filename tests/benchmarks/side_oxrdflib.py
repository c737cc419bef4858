"""rdflib over an Oxigraph store on disk: loaded by its own parsers, or queried on the store of `kg`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
from benchmarks import side_rdflib
from benchmarks.questions import PREFIXES
from benchmarks.task import ONTOLOGY_GRAPH
from helpers.terms import solutions
from networkx.algorithms import bipartite
from oxrdflib import OxigraphStore
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

if TYPE_CHECKING:
    from benchmarks.task import Answer, Task, Watch
    from rdflib import Node

QUERY = """
SELECT DISTINCT ?link ?root {
  ?link a hx:Link ; hx:participation ?part .
  OPTIONAL { ?link hx:stage ?stage }
  FILTER(!BOUND(?stage) || EXISTS { ?stage hx:inDefaultLens true })
  ?part hx:participant ?actor ; hx:role ?role .
  ?role hx:layer ?layer . ?layer hx:inDefaultLens true .
  ?actor a hx:Organisation ; org:unitOf* ?root .
  FILTER NOT EXISTS { ?root org:unitOf ?host }
}
"""


class Side:
    """A dataset with a store on disk, opened once for queries."""

    def __init__(self) -> None:
        self._opened: Dataset | None = None

    def load(self, task: Task, watch: Watch) -> Answer:
        with watch:
            data = Dataset(store="Oxigraph")
            data.open(task.store, create=True)
            for name in task.ontology:
                data.graph(URIRef(ONTOLOGY_GRAPH)).parse(name, format="turtle")
            for name in task.files:
                data.parse(name, format=side_rdflib.FORMATS[Path(name).suffix])
            data.commit()
        named = sum(1 for *_, graph in data.quads() if graph not in {None, DATASET_DEFAULT_GRAPH_ID})
        data.close()
        return [(str(named),)]

    def project(self, task: Task, watch: Watch) -> Answer:
        if self._opened is None:
            (place,) = Path(task.store).glob("generations/g*/oxigraph")
            self._opened = Dataset(store=OxigraphStore(store=ox.Store.read_only(str(place))))
        with watch:
            network: nx.Graph[Node] = nx.Graph()
            for link, actor in solutions(self._opened.query(QUERY, initNs=PREFIXES)):
                network.add_node(link, bipartite=1)
                network.add_node(actor, bipartite=0)
                network.add_edge(actor, link)
            actors = [node for node, of in network.nodes.items() if of["bipartite"] == 0]
            ties = bipartite.weighted_projected_graph(network, actors)
        return [(str(ties.number_of_edges()), str(round(ties.size(weight="weight"))))]
