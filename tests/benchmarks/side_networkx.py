"""networkx on a graph that is built beforehand."""

from __future__ import annotations

from math import ceil, log
from typing import TYPE_CHECKING

import networkx as nx
from benchmarks import arrays
from benchmarks.task import Answer, Task, Watch, best
from networkx.algorithms import bipartite

if TYPE_CHECKING:
    import numpy as np


class Side:
    """A graph for each task."""

    def pagerank(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        with watch:
            scores = nx.pagerank(graph, tol=1e-12, max_iter=500)
        return best({actor: scores[actor] for actor in actors})

    def scored(self, task: Task, watch: Watch) -> Answer:
        """Compute the scores from the same rows, as users with a table do."""
        link, actor = arrays.pairs(task.nodes, task.edges)
        with watch:
            graph, actors = _graph(task, link, actor)
            scores = nx.pagerank(graph, tol=1e-12, max_iter=500)
        return best({actor: scores[actor] for actor in actors})

    def louvain(self, task: Task, watch: Watch) -> Answer:
        graph, _ = _graph(task)
        with watch:
            actual = nx.community.louvain_communities(graph, seed=1)
        return arrays.as_good(task.nodes, task.edges, nx.community.modularity(graph, actual))

    def exact(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        with watch:
            scores = bipartite.betweenness_centrality(graph, actors)
        return best({actor: scores[actor] for actor in actors})

    def sampled(self, task: Task, watch: Watch) -> Answer:
        graph, actors = _graph(task)
        # Hoeffding's inequality for all nodes at once; sources are drawn as by Brandes & Pich 2007.
        sources = ceil(log(2 * len(graph) / arrays.DOUBT) / (2 * arrays.ERROR**2))
        with watch:
            scores = nx.betweenness_centrality(graph, k=min(sources, len(graph)), seed=1)
        return [(best({actor: scores[actor] for actor in actors})[0][1],)]


def _graph(
    task: Task, link: np.ndarray | None = None, actor: np.ndarray | None = None
) -> tuple[nx.Graph[str], list[str]]:
    if link is None or actor is None:
        link, actor = arrays.pairs(task.nodes, task.edges)
    links, actors = arrays.names(task.nodes)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((actors[i], links[k]) for k, i in zip(link.tolist(), actor.tolist(), strict=True))
    return graph, [name for name in actors if name in graph]
