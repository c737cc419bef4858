"""networkit alone on one thread, as the baseline of our overhead."""

from __future__ import annotations

import networkit as nk
import numpy as np
from benchmarks import arrays
from benchmarks.task import Answer, Task, Watch, best


class Side:
    """A graph for each task."""

    def louvain(self, task: Task, watch: Watch) -> Answer:
        _, _, ends = _ends(task)
        nk.setNumberOfThreads(1)
        with watch:
            graph = _graph(ends, task.nodes)
            actual = nk.community.PLM(graph, refine=True, par="none").run().getPartition()
        return arrays.as_good(task.nodes, task.edges, nk.community.Modularity().getQuality(actual, graph))

    def harmonic(self, task: Task, watch: Watch) -> Answer:
        link, actor, ends = _ends(task)
        _, actors = arrays.names(task.nodes)
        nk.setNumberOfThreads(1)
        with watch:
            near = nk.centrality.HarmonicCloseness(_graph(ends, task.nodes), normalized=False)
            near.run()
            scores = near.scores()
        there, events = set(actor.tolist()), len(set(link.tolist()))
        most = events + (len(there) - 1) / 2
        return best({actors[i]: scores[i] / most for i in there})


def _ends(task: Task) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Return link and actor of each incidence as nodes of one graph, actors first."""
    link, actor = arrays.pairs(task.nodes, task.edges)
    _, actors = arrays.names(task.nodes)
    return link, actor, (actor.astype(np.intp), (link + len(actors)).astype(np.intp))


def _graph(ends: tuple[np.ndarray, np.ndarray], nodes: int) -> nk.Graph:
    return nk.GraphFromCoo((np.ones(len(ends[0])), ends), n=nodes, weighted=False, directed=False)
