"""rdflib with its memory store and parsers, and networkx: the usual solution."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
from benchmarks.questions import PREFIXES
from benchmarks.task import ONTOLOGY_GRAPH, Answer, Task, Watch, best
from helpers.terms import solutions
from networkx.algorithms import bipartite
from rdflib import ORG, RDF, XSD, Dataset, Literal, Namespace, Node, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

HX = Namespace(PREFIXES["hx"])
FORMATS = {".nq": "nquads", ".trig": "trig", ".ttl": "turtle"}


class Side:
    """A dataset in memory whose default graph is the union; it is read before the first question."""

    def __init__(self) -> None:
        self._loaded: Dataset | None = None

    def load(self, task: Task, watch: Watch) -> Answer:
        with watch:
            data = Dataset(default_union=True)
            for name in task.ontology:
                data.graph(URIRef(ONTOLOGY_GRAPH)).parse(name, format="turtle")
            for name in task.files:
                data.parse(name, format=FORMATS[Path(name).suffix])
        self._loaded = data
        named = sum(1 for *_, graph in data.quads() if graph not in {None, DATASET_DEFAULT_GRAPH_ID})
        return [(str(named),)]

    def ask(self, task: Task, watch: Watch) -> Answer:
        data = self._data(task)
        with watch:
            rows: list[tuple[Node | None, ...]] = [
                tuple(row) for row in solutions(data.query(task.text(), initNs=PREFIXES))
            ]
        return [tuple("" if term is None else str(term) for term in row) for row in rows]

    def project(self, task: Task, watch: Watch) -> Answer:
        data = self._data(task)
        with watch:
            network, actors = two_mode(data)
            ties = bipartite.weighted_projected_graph(network, actors)
        return [(str(ties.number_of_edges()), str(round(ties.size(weight="weight"))))]

    def between(self, task: Task, watch: Watch) -> Answer:
        network, actors = two_mode(self._data(task))
        with watch:
            scores = bipartite.betweenness_centrality(network, actors)
        return best({str(actor): scores[actor] for actor in actors})

    def _data(self, task: Task) -> Dataset:
        if self._loaded is None:
            self.load(task, Watch())
            assert self._loaded is not None
        return self._loaded


def two_mode(data: Dataset) -> tuple[nx.Graph[Node], list[Node]]:
    """Return actors and links of the default lens: layers and stages of the ontology, units aggregated to hosts."""
    visible = set(data.subjects(HX.inDefaultLens, Literal("true", datatype=XSD.boolean)))
    ties = {role for role, layer in data.subject_objects(HX.layer) if layer in visible}
    network: nx.Graph[Node] = nx.Graph()
    for link in data.subjects(RDF.type, HX.Link):
        stage = data.value(link, HX.stage)
        if stage is not None and stage not in visible:
            continue
        for part in data.objects(link, HX.participation):
            actor = data.value(part, HX.participant)
            if actor is None or data.value(part, HX.role) not in ties:
                continue
            if (actor, RDF.type, HX.Organisation) in data:
                while host := data.value(actor, ORG.unitOf):
                    actor = host
                network.add_node(link, bipartite=1)
                network.add_node(actor, bipartite=0)
                network.add_edge(actor, link)
    return network, [node for node, of in network.nodes.items() if of["bipartite"] == 0]
