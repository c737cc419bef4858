"""networkit by hand, on one thread: what our overhead is measured against."""

from __future__ import annotations

import networkit as nk
import numpy as np
from benchmarks import arrays
from benchmarks.task import Answer, Task, Watch, best


class Side:
    """A graph for each task."""

    def harmonic(self, task: Task, watch: Watch) -> Answer:
        link, actor = arrays.pairs(task.nodes, task.edges)
        _, actors = arrays.names(task.nodes)
        ends = actor.astype(np.intp), (link + len(actors)).astype(np.intp)
        graph = nk.GraphFromCoo((np.ones(len(link)), ends), n=task.nodes, weighted=False, directed=False)
        nk.setNumberOfThreads(1)
        with watch:
            near = nk.centrality.HarmonicCloseness(graph, normalized=False)
            near.run()
            scores = near.scores()
        there, events = set(actor.tolist()), len(set(link.tolist()))
        most = events + (len(there) - 1) / 2
        return best({actors[i]: scores[i] / most for i in there})
