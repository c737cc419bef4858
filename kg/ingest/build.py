"""From graph files to the store, to a report, and to what they leave unknown."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import DataError
from kg.ingest.derive import derive
from kg.model import Table
from kg.network.incidence.load import load_incidence, save_incidence
from kg.rdf import files as graph_files
from kg.store.local import Store
from kg.terms import ONTOLOGY_GRAPH, shorten
from kg.validate import coverage, validate
from kg.validate.judgements import check_judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.store.server.store import ServerStore
    from kg.store.view import Size, View
    from kg.store.writer import StoreWriter
    from kg.validate.report import Report

_OF_SOURCE = "SELECT ?e { ?e a hx:Evidence ; hx:source ?s }"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its report, what went in by file, and the size of the new generation (none if refused)."""

    report: Report
    files: Table
    size: Size | None


def build(
    paths: Sequence[Path],
    store: Store | ServerStore,
    say: Callable[[str], None],
    lang: str = "en",
    *,
    drop_ingested: bool = False,
) -> Built:
    """Graph files -> validate -> store; what does not conform replaces nothing.

    Raises:
        InputError: a file is missing or broken.
        DataError: evidence came into the store by an ingest and is in no file, and is not to be dropped.
        StoreError: the store cannot be written.
    """
    files = graph_files.discover(paths)
    with store.writer() as writer:
        say(f"reading {len(files)} files")
        writer.load(files, graph_files.ontology_files())
        if isinstance(store, Store) and not drop_ingested:
            _keep_ingested(store, writer)
        say("checking them against the shapes")
        report = _report(writer.graph, files, lang)
        if not report.conforms:
            return Built(report, _holdings(files), None)
        say("writing the store")
        size = writer.finish(derive, save_incidence)
        store.commit(writer)
    return Built(report, _holdings(files), size)


def _keep_ingested(store: Store, writer: StoreWriter) -> None:
    """Refuse to lose what came into the store by an ingest and is in no file that is built from."""
    sources = store.ingested()
    if not sources:
        return
    with store.view() as view:
        held = (row["e"] for source in sorted(sources) for row in view.select(_OF_SOURCE, {"s": ox.NamedNode(source)}))
        lost = sum(not writer.graph.contains_named_graph(name) for name in held)
    if lost:
        names = ", ".join(sorted(shorten(source) for source in sources))
        raise DataError(
            f"{store.path}: {lost} pieces of evidence came by kg ingest ({names}) and are in none of these files; name "
            "files that have them (kg ingest -o writes one), or discard them with --discard"
        )


def summary(view: View) -> str:
    """What a store holds, in one sentence, with how many of the declared parties are named."""
    size = view.size()
    counted = load_incidence(view)
    links = counted.links
    named, declared = sum(links["named"].to_pylist()), sum(links["declared"].to_pylist())
    bound = "at least " if any(links["is_lower_bound"].to_pylist()) else ""
    held = f"{size.links} links among {len(counted.actors)} organisations from {size.sources} sources"
    return f"{held}; {named} of {bound}{declared} declared parties are named ({named / max(declared, 1):.0%})"


def check(paths: Sequence[Path], lang: str = "en") -> Report:
    """Graph files -> report; nothing is written.

    Raises:
        InputError: a file is missing or broken.
    """
    files = graph_files.discover(paths)
    return _report(_loaded(files), files, lang)


def _report(data: ox.Store, files: Sequence[Path], lang: str) -> Report:
    """What does not conform, and judgements that cannot all be true."""
    with graph_files.without_retired(data):
        report = validate(data, files, lang)
    torn = tuple(check_judgements(data))
    places = graph_files.locate({finding.evidence[0] for finding in torn}, files)
    told = (replace(finding, file=places.get(finding.evidence[0])) for finding in torn)
    return replace(report, findings=(*report.findings, *told))


def gaps(paths: Sequence[Path], lang: str, what: str | None = None) -> Table:
    """Graph files -> what they leave unknown; with `what`, the cases of that row.

    Raises:
        InputError: a file is missing or broken.
        UsageError: there is no such row.
    """
    data = _loaded(graph_files.discover(paths))
    with graph_files.without_retired(data):
        graph_files.merge(data)
        return coverage.coverage(data, lang) if what is None else coverage.cases(data, what, lang)


def _loaded(files: Sequence[Path]) -> ox.Store:
    """`files` in memory, with the ontology in its graph; not merged."""
    data = ox.Store()
    graph_files.load_all(data, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    graph_files.load_all(data, files)
    return data


def _holdings(files: Sequence[Path]) -> Table:
    """What each file with evidence holds."""
    rows = tuple((file.name, *astuple(graph_files.count(file))) for file in files if graph_files.holds_evidence(file))
    return Table(("graph", "links", "organisations", "evidence", "sources"), rows)
