"""pyoxigraph alone: what `kg` stands on, and the least that a durable load can cost."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from benchmarks.task import NAMED, ONTOLOGY_GRAPH, Answer, Task, Watch


class Side:
    """A store on disk."""

    def load(self, task: Task, watch: Watch) -> Answer:
        """Durable, without anything derived."""
        with watch:
            graph = ox.Store(task.store)
            for name in (*task.ontology, *task.files):
                kind = ox.RdfFormat.from_extension(Path(name).suffix[1:])
                place = ox.NamedNode(ONTOLOGY_GRAPH) if name in task.ontology else None
                graph.bulk_load(path=name, format=kind, to_graph=place)
            graph.optimize()
            graph.flush()
        return [(next(graph.query(NAMED))["n"].value,)]
