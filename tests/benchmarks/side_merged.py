"""pyoxigraph alone with everything that `kg` stores, including the merge in the default graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from benchmarks import side_oxigraph
from benchmarks.task import ONTOLOGY_GRAPH, Answer, Task, Watch


class Side(side_oxigraph.Side):
    """A store on disk, loaded from one file of N-Quads that is written beforehand."""

    def load(self, task: Task, watch: Watch) -> Answer:
        file = Path(f"{task.store}.nq")
        with file.open("w", encoding="utf-8") as target:
            for name in (*task.ontology, *task.files):
                for quad in ox.parse(path=name):
                    graph = ox.NamedNode(ONTOLOGY_GRAPH) if name in task.ontology else quad.graph_name
                    target.write(f"{quad.triple} {graph} .\n" if graph != ox.DefaultGraph() else "")
                    target.write(f"{quad.triple} .\n")
        answer = super().load(replace(task, ontology=(), files=(str(file),)), watch)
        file.unlink()
        return answer
