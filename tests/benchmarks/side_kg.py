"""Ourselves, called as the command line calls us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from benchmarks import arrays, tables
from benchmarks.task import NAMED, Answer, Task, Watch, best, is_whole
from rdflib import Graph

from kg import extract, graphs, incidence, network
from kg.measure import paths, walks
from kg.measure.missing import Draws, stand
from kg.measure.rank import rank
from kg.store import Store
from kg.terms import ONTOLOGY_GRAPH
from kg.validate import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.measure import Scores
    from kg.view import View


class Side:
    """A store on disk; its view stays open between questions."""

    def __init__(self) -> None:
        self._open: View | None = None

    def load(self, task: Task, watch: Watch) -> Answer:
        """Durable: the merge, the incidence table and the sync to disk are in it."""
        store = Store(Path(task.store))
        with watch, store.draft() as draft:
            draft.load(map(Path, task.ontology), ONTOLOGY_GRAPH)
            draft.load(map(Path, task.files))
            draft.finish()
            store.commit(draft)
        with store.view() as view:
            return [(next(view.select(NAMED))["n"].value,)]

    def validate(self, task: Task, watch: Watch) -> Answer:
        """Over a store in memory, as `kg validate` does it."""
        data, shapes = ox.Store(), Graph()
        graphs.load_all(data, map(Path, task.ontology), ONTOLOGY_GRAPH)
        for name in task.files:
            whole = (q for q in graphs.parse(Path(name)) if is_whole(q.predicate.value, str(q.subject)))
            data.bulk_extend(whole)
        for file in sorted(Path(task.ontology[0]).parent.glob("shapes/*.ttl")):
            shapes.parse(file, format="ox-turtle")
        with watch:
            found = list(run.results(data, shapes))
        return [(one.focus.value, "" if one.shape.path is None else str(one.shape.path.property)) for one in found]

    def extract(self, task: Task, watch: Watch) -> Answer:
        """What `load` does last, again."""
        view = self._view(task)
        with watch:
            table = extract.extract(view.graph)
        return [(str(table.parties.num_rows),)]

    def rows(self, task: Task, watch: Watch) -> Answer:
        view = self._view(task)
        with watch:
            rows = list(view.select(task.text()))
        return [tuple(term.value for term in row) for row in rows]

    def ask(self, task: Task, watch: Watch) -> Answer:
        view = self._view(task)
        with watch:
            rows = [tuple(row) for row in view.select(task.text())]
        return [tuple("" if term is None else term.value for term in row) for row in rows]

    def project(self, task: Task, watch: Watch) -> Answer:
        view = self._view(task)
        with watch:
            ties = network.build(view.incidence()).projection("count")
        return [(str(ties.nnz // 2), str(round(ties.sum() / 2)))]

    def between(self, task: Task, watch: Watch) -> Answer:
        made = network.build(self._view(task).incidence())
        with watch:
            scores = paths.exact_betweenness(made, "two-mode").values
        return best({actor.iri: score or 0.0 for actor, score in zip(made.actors, scores, strict=True)})

    def intervals(self, task: Task, watch: Watch) -> Answer:
        made = network.build(self._view(task).incidence())
        with watch:
            first = stand(made, "betweenness", "two-mode", None, Draws(200)).within(1)
        return [(str(count),) for count in first.tolist()]

    def pagerank(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda made: walks.pagerank(made, "two-mode"))

    def exact(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda made: paths.exact_betweenness(made, "two-mode"))

    def harmonic(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda made: paths.harmonic(made, "two-mode"))

    def sampled(self, task: Task, watch: Watch) -> Answer:
        """The first alone: samples differ."""
        best_ones = self._scored(task, watch, lambda made: paths.sampled_betweenness(made, "two-mode"))
        return [(best_ones[0][1],)]

    def ranked(self, task: Task, watch: Watch) -> Answer:
        folder = Path(task.store)
        if not folder.exists():
            tables.make(task.nodes).save(folder)
        with watch:
            table = rank(network.build(incidence.load(folder)), by="betweenness", top=20)
        return [(str(row[4]), str(row[1])) for row in table.rows]

    def _scored(self, task: Task, watch: Watch, measure: Callable[[network.Network], Scores]) -> Answer:
        made = network.build(arrays.incidence(task.nodes, task.edges))
        with watch:
            scores = measure(made).values
        return best({actor.iri: score or 0.0 for actor, score in zip(made.actors, scores, strict=True)})

    def _view(self, task: Task) -> View:
        if self._open is None:
            self._open = Store(Path(task.store)).view()
        return self._open
