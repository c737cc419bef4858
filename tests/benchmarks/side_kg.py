"""Our side, called as the command line calls the library."""

from __future__ import annotations

import gc
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from benchmarks import arrays, tables
from benchmarks.task import NAMED, Answer, Task, Watch, best, is_whole
from helpers.tables import number_of
from helpers.terms import value_of
from rdflib import Graph

from kg import network
from kg.cli import COLLECT_AFTER
from kg.ingest import build as ingest_build
from kg.ingest import to_file, to_store
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE
from kg.measure.centrality import matrices, random_walks, shortest_paths
from kg.measure.rank import rank
from kg.measure.structure import communities, partitions
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network.incidence import extract
from kg.network.incidence import tables as incidence_tables
from kg.network.incidence.load import load_incidence, save_incidence
from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.store.local import LocalStore
from kg.terms import ONTOLOGY_GRAPH
from kg.validate import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.measure import Scores
    from kg.store.view import View


def agreements(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write the example mapping and a table with `rows` rows for it; each row yields forty statements."""
    mapping, table = folder / "mapping.yaml", folder / "agreements.csv"
    mapping.write_text(TABLE.example, encoding="utf-8")
    with table.open("w", encoding="utf-8") as file:
        file.write("No.,University,Partner,Website,Others,Agreement,Type,Status,Signed,Funds\n")
        for n in range(rows):
            file.write(f"{n},大学{n % 499},企业{n * 7919 % 20011},,over 30,协议{n},共建,已签,20{n % 15 + 10}-11-08,\n")
    return mapping, table


class Side:
    """A store on disk; its view stays open between questions."""

    def __init__(self) -> None:
        self._open: View | None = None
        gc.set_threshold(COLLECT_AFTER)  # as `kg` does

    def load(self, task: Task, watch: Watch) -> Answer:
        """Load durably, with the merge, the participation tables and the sync to disk."""
        store = LocalStore(Path(task.store))
        with watch, store.writer() as writer:
            writer.load(map(Path, task.files), map(Path, task.ontology))
            writer.finish(artefacts=save_incidence)
            store.commit(writer)
        with store.view() as view:
            return [(next(view.select(NAMED))["n"].value,)]

    def build(self, task: Task, watch: Watch) -> Answer:
        """Build as a user does, with validation and inference."""
        with watch:
            built = ingest_build.build(
                [Path(name) for name in task.files], LocalStore(Path(task.store)), lambda _: None
            )
        assert built.size is not None
        return [tuple(str(number) for number in built.size)]

    def ingest(self, task: Task, watch: Watch) -> Answer:
        """Read rows of a table until all statements are checkpointed; validation and the generation follow later."""
        with tempfile.TemporaryDirectory() as place:
            return _confirmed(Path(place), task, watch)

    def amend(self, task: Task, watch: Watch) -> Answer:
        """Read the same rows into a store that contains the shipped graphs."""
        with tempfile.TemporaryDirectory() as place:
            store = LocalStore(Path(place) / "store")
            with store.writer() as writer:
                writer.load(graph_files.discover([resources.graphs()]), graph_files.ontology_files())
                writer.finish(artefacts=save_incidence)
                store.commit(writer)
            return _confirmed(Path(place), task, watch)

    def validate(self, task: Task, watch: Watch) -> Answer:
        """Validate a store in memory, as `kg validate` does."""
        data, shapes = ox.Store(), Graph()
        graph_files.load_all(data, map(Path, task.ontology), ONTOLOGY_GRAPH)
        for name in task.files:
            whole = (q for q in graph_files.parse(Path(name)) if is_whole(q.predicate.value, str(q.subject)))
            data.bulk_extend(whole)
        for file in sorted(Path(task.ontology[0]).parent.glob("shapes/*.ttl")):
            shapes.parse(file, format="ox-turtle")
        with watch:
            actual = list(run.results(data, shapes))
        return [(value_of(one.focus), "" if one.shape.path is None else str(one.shape.path.property)) for one in actual]

    def extract(self, task: Task, watch: Watch) -> Answer:
        """Extract the participation tables, which is the last step of `load`."""
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
            ties = network.build(load_incidence(view)).projection("count")
        return [(str(ties.nnz // 2), str(round(ties.sum() / 2)))]

    def between(self, task: Task, watch: Watch) -> Answer:
        built = network.build(load_incidence(self._view(task)))
        with watch:
            scores = shortest_paths.exact_betweenness(built, "two-mode").values
        return best({actor.iri: score or 0.0 for actor, score in zip(built.actors, scores, strict=True)})

    def intervals(self, task: Task, watch: Watch) -> Answer:
        built = network.build(load_incidence(self._view(task)))
        with watch:
            first = rank_intervals(built, "betweenness", "two-mode", None, SamplingOptions(200)).top_counts(1)
        return [(str(count),) for count in first.tolist()]

    def pagerank(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda built: random_walks.pagerank(built, "two-mode"))

    def scored(self, task: Task, watch: Watch) -> Answer:
        """Compute PageRank from the participation tables."""
        result = arrays.incidence(task.nodes, task.edges)
        with watch:
            table = rank(network.build(result), measure="pagerank")
        return best({str(row[1]): number_of(row[4] or 0) for row in table.rows})

    def louvain(self, task: Task, watch: Watch) -> Answer:
        ties = matrices.adjacency(network.build(arrays.incidence(task.nodes, task.edges)), "two-mode")
        with watch:
            actual = communities.detect(ties, "louvain", 1)
        return arrays.as_good(task.nodes, task.edges, partitions.modularity(ties, actual) or 0.0)

    def exact(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda built: shortest_paths.exact_betweenness(built, "two-mode"))

    def harmonic(self, task: Task, watch: Watch) -> Answer:
        return self._scored(task, watch, lambda built: shortest_paths.harmonic(built, "two-mode"))

    def sampled(self, task: Task, watch: Watch) -> Answer:
        """Return the first node alone, because samples differ."""
        best_ones = self._scored(
            task,
            watch,
            lambda built: shortest_paths.sampled_betweenness(built, "two-mode", arrays.ERROR, arrays.DOUBT),
        )
        return [(best_ones[0][1],)]

    def ranked(self, task: Task, watch: Watch) -> Answer:
        folder = Path(task.store)
        if not folder.exists():
            tables.make(task.nodes).save(folder)
        with watch:
            table = rank(network.build(incidence_tables.load(folder)), measure="betweenness", limit=20)
        return [(str(row[4]), str(row[1])) for row in table.rows]

    def _scored(self, task: Task, watch: Watch, measure: Callable[[network.Network], Scores]) -> Answer:
        built = network.build(arrays.incidence(task.nodes, task.edges))
        with watch:
            scores = measure(built).values
        return best({actor.iri: score or 0.0 for actor, score in zip(built.actors, scores, strict=True)})

    def _view(self, task: Task) -> View:
        if self._open is None:
            self._open = LocalStore(Path(task.store)).view()
        return self._open


def _confirmed(place: Path, task: Task, watch: Watch) -> Answer:
    """Read a table of `task.nodes` statements into the store in `place`, and return the checkpointed batches."""

    class Confirmed(Exception):  # noqa: N818 - ends the run when the time is up
        pass

    def log(message: str) -> None:
        if message.startswith("validating"):
            raise Confirmed

    files, store = agreements(place, task.nodes // 40), LocalStore(place / "store")
    with suppress(Confirmed), watch:
        to_store.ingest_into(TABLE, Inputs(files), store, to_file.IngestOptions(), lambda rows, _: rows, log)
    journal = next((store.path / "generations").glob("*.pending/journal")).read_text()
    return [(batch,) for batch in journal.splitlines()[1:]]
