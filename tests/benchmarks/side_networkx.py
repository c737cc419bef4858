"""networkx on a graph of its own, made beforehand."""

from __future__ import annotations

import networkx as nx
from benchmarks import arrays
from benchmarks.task import Answer, Task, Watch, best
from networkx.algorithms import bipartite

PIVOTS = 200
"""So many sources networkx samples; how its error compares with our stated bound was not measured."""


class Side:
    """A graph for each task."""

    def pagerank(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        with watch:
            scores = nx.pagerank(graph, tol=1e-12, max_iter=500)
        return best({actor: scores[actor] for actor in actors})

    def exact(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        with watch:
            scores = bipartite.betweenness_centrality(graph, actors)
        return best({actor: scores[actor] for actor in actors})

    def sampled(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        with watch:
            scores = nx.betweenness_centrality(graph, k=min(PIVOTS, len(graph)), seed=1)
        return [(best({actor: scores[actor] for actor in actors})[0][1],)]


def _graph(task: Task) -> tuple[nx.Graph, list[str]]:
    link, actor = arrays.pairs(task.nodes, task.edges)
    links, actors = arrays.names(task.nodes)
    graph = nx.Graph()
    graph.add_edges_from((actors[i], links[k]) for k, i in zip(link.tolist(), actor.tolist(), strict=True))
    return graph, [name for name in actors if name in graph]
