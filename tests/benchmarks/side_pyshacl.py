"""pySHACL over one rdflib graph, with the shapes in the form that is fastest for it."""

from __future__ import annotations

from pathlib import Path

import oxrdflib  # noqa: F401 - registers the ox-* parsers
import pyshacl
from benchmarks.task import Answer, Task, Watch, is_whole
from helpers.shacl_oracle import flatten
from rdflib import SH, Dataset, Graph

_FORMATS = {".nq": "ox-nquads", ".trig": "ox-trig", ".ttl": "ox-turtle"}


class Side:
    """All graphs in one graph in memory; only the validation is timed."""

    def validate(self, task: Task, watch: Watch) -> Answer:
        data, shapes = Graph(), Graph()
        for name in task.ontology:
            data.parse(name, format="ox-turtle")
        for name in task.files:
            for s, p, o, _ in Dataset(default_union=True).parse(name, format=_FORMATS[Path(name).suffix]).quads():
                if is_whole(str(p), s.n3()):
                    data.add((s, p, o))
        for file in sorted(Path(task.ontology[0]).parent.glob("shapes/*.ttl")):
            shapes.parse(file, format="ox-turtle")
        flattened = flatten(shapes)
        with watch:
            _, report, _ = pyshacl.validate(data, shacl_graph=flattened, inference="none")
        results = report.objects(None, SH.result)
        return [(str(report.value(one, SH.focusNode)), str(report.value(one, SH.resultPath))) for one in results]
