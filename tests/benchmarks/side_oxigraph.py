"""pyoxigraph alone: the lower bound of a durable load and of a large result."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from benchmarks.questions import PREFIXES
from benchmarks.task import NAMED, ONTOLOGY_GRAPH, Answer, Task, Watch


class Side:
    """A store on disk."""

    def load(self, task: Task, watch: Watch) -> Answer:
        """Load durably, without derived data."""
        with watch:
            graph = ox.Store(task.store)
            for name in (*task.ontology, *task.files):
                kind = ox.RdfFormat.from_extension(Path(name).suffix[1:])
                place = ox.NamedNode(ONTOLOGY_GRAPH) if name in task.ontology else None
                graph.bulk_load(path=name, format=kind, to_graph=place)
            graph.optimize()
            graph.flush()
        named = graph.query(NAMED)
        assert isinstance(named, ox.QuerySolutions)
        return [(next(named)["n"].value,)]

    def rows(self, task: Task, watch: Watch) -> Answer:
        """Read the rows from the store that `kg` loaded, in the same order."""
        (place,) = Path(task.store).glob("generations/g*/oxigraph")
        graph = ox.Store.read_only(str(place))
        with watch:
            solutions = graph.query(task.text(), prefixes=PREFIXES)
            assert isinstance(solutions, ox.QuerySolutions)
            rows = list(solutions)
        return [tuple(term.value for term in row) for row in rows]
