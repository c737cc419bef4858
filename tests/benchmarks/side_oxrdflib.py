"""rdflib made durable: its own parsers, over a store of Oxigraph on disk."""

from __future__ import annotations

from pathlib import Path

from benchmarks import side_rdflib
from benchmarks.task import ONTOLOGY_GRAPH, Answer, Task, Watch
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID


class Side:
    """A dataset on disk, as `rdflib` writes it, statement by statement."""

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
