"""Build a store from graph files; validate graph files and report what they leave unknown."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ingest import collection_load, collections, fingerprint, kept
from kg.ingest.derive import derive
from kg.model import Table
from kg.rdf import files as graph_files
from kg.store import internal as internal_evidence
from kg.terms import ONTOLOGY_GRAPH
from kg.texts import Message, Text
from kg.validate.judgements import check_judgements
from kg.validate.report import BLANK, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.ingest.collections import Collection
    from kg.rdf.files import FileCounts
    from kg.store.base import Store
    from kg.store.view import Size, View
    from kg.store.writer import StoreWriter
    from kg.validate.run import Progress


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Result of a build.

    Attributes:
        report: findings of the validation.
        files: contents of each file, as counts.
        size: size of the new generation; ``None`` if the files do not conform.
        gone: pieces of evidence of the former store that the new one lacks.
        replaced: pieces of evidence of the former store that the added files replace.
        internal: pieces of internal evidence.
        repeated: whether the store is already a build of exactly this, so that nothing was written.
    """

    report: Report
    files: Table
    size: Size | None
    gone: int = 0
    replaced: int = 0
    internal: int = 0
    repeated: bool = False


_COLUMNS = ("graph", "links", "organisations", "evidence", "sources")

Keep = Literal["check", "add", "discard"]
"""Treatment of the content of a store that the files of a build lack: refuse to lose it, keep it, or discard it."""


def keep_mode(paths: Sequence[Path], *, add: bool, discard: bool) -> Keep:
    """Return the treatment that two flags of a build select.

    Raises:
        UsageError: both are set, or no path is given to add.
    """
    if add and discard:
        raise UsageError("--add keeps the store and --discard drops it; pass one of them")
    if add and not paths:
        raise UsageError("--add requires a graph file; name one, or shipped for the shipped files")
    return "add" if add else "discard" if discard else "check"


def build(
    paths: Sequence[Path],
    store: Store,
    log: Callable[[str], None],
    lang: str = "en",
    *,
    keep: Keep = "check",
    names: Sequence[str] = (),
) -> BuildResult:
    """Validate graph files and collections, and write them to a new generation of `store` if they conform.

    Without `paths` and `names`, or for ``shipped``, the shipped collections are built; those in `names` are built too.
    `log` receives each step. `keep` "add" keeps the content of the store; "discard" permits the loss of content.

    Raises:
        InputError: a file is missing or malformed.
        UsageError: a collection is unknown.
        DataError: the store contains ingested evidence, most of a source or judgements that no file contains.
        StoreError: the store cannot be written.
    """
    chosen, files, graphs = _inputs(paths, names)
    digest = fingerprint.of(chosen, files)
    if keep != "add" and (known := fingerprint.previous(store, digest)) is not None:
        return BuildResult(Report(), Table(_COLUMNS, known[0]), known[1], repeated=True)
    with store.writer() as writer:
        log("step 1 of 3: reading the graph files")
        loaded = _read(writer, chosen, files)
        gone = kept.check(store, writer) if keep == "check" else 0
        replaced = kept.carry_over(store, writer) if keep == "add" else 0
        log("step 2 of 3: validating against the shapes")
        report = _report(writer, graphs, lang).plus(collection_load.unexpected(loaded))
        contents = Table(_COLUMNS, (*_contents(graphs), *collection_load.contents(loaded)))
        if not report.conforms:
            return BuildResult(report, contents, None)
        log("step 3 of 3: writing the store")
        if keep != "add":
            fingerprint.write(writer, digest, contents.rows)
        size = writer.finish(derive, _save_incidence)
        store.commit(writer)
    return BuildResult(report, contents, size, gone, replaced, len(writer.internal))


def _read(
    writer: StoreWriter, chosen: Sequence[Collection], files: Sequence[Path]
) -> tuple[tuple[Collection, FileCounts], ...]:
    """Read the collections and files into `writer`, and return the contents of collections of tables."""
    with collection_load.reading(chosen) as tables:
        from kg.network.incidence import load  # noqa: F401, PLC0415 - takes 0.4 s, while two workers read
        from kg.validate import violations  # noqa: F401, PLC0415 - takes 0.3 s, likewise

        return collection_load.load(writer, chosen, files, tables)


def _report(writer: StoreWriter, graphs: Sequence[Path], lang: str) -> Report:
    """Return the findings about the new generation, which is written to disk meanwhile."""
    writer.write_ahead()
    return report_of(writer.graph, graphs, lang)


def _save_incidence(graph: ox.Store, folder: Path) -> None:
    from kg.network.incidence.load import save_incidence  # noqa: PLC0415 - takes 0.4 s; see `_read`

    save_incidence(graph, folder)


def _inputs(
    paths: Sequence[Path], names: Sequence[str]
) -> tuple[tuple[Collection, ...], tuple[Path, ...], tuple[Path, ...]]:
    """Return the collections of a build, its other graph files, and all of its graph files."""
    own = [path for path in paths if str(path) != graph_files.SHIPPED]
    if len(own) < len(paths):
        graph_files.discover([Path(graph_files.SHIPPED)])  # refuses the name if a file here has it, too
    whole = len(own) < len(paths) or not (paths or names)
    chosen = collections.shipped(names, built=whole) if whole or names else ()
    files = graph_files.discover(own) if own else ()
    return chosen, files, (*(file for one in chosen for file in one.graph_files), *files)


def summary(view: View) -> Text:
    """Return one sentence with the contents of a store and the share of declared parties that are named."""
    from kg.network.incidence.load import load_incidence  # noqa: PLC0415 - takes 0.4 s; see `_read`

    size = view.size()
    incidence = load_incidence(view)
    links = incidence.reported()
    named, declared = sum(links["named"].to_pylist()), sum(links["declared"].to_pylist())
    bound = Message("at least ") if any(links["is_lower_bound"].to_pylist()) else ""
    registered = len(incidence.links) - len(links)
    return Message(
        "{links} links{entries} among {organisations} organisations from {sources} sources; {named} of "
        "{bound}{declared} declared parties are named ({share:.0%})",
        links=len(links),
        entries=Message(" and {count} competent departments", count=registered) if registered else "",
        organisations=len(incidence.actors),
        sources=size.sources,
        named=named,
        bound=bound,
        declared=declared,
        share=named / max(declared, 1),
    )


def check(paths: Sequence[Path], lang: str = "en", progress: Progress = iter) -> Report:
    """Validate graph files without writing anything; they may refer to nodes of the shipped files.

    `progress` wraps the numbers of the queries, for a progress bar.

    Raises:
        InputError: a file is missing or malformed.
    """
    files = graph_files.discover(paths)
    data = _loaded(files)
    report = report_of(data, files, lang, progress)
    known = {file.resolve() for file in files}
    shipped = [file for file in graph_files.discover(()) if file.resolve() not in known] if paths else []
    if report.conforms or not shipped:
        return report
    graph_files.load_all(data, shipped)
    return _own(report_of(data, files, lang, progress), files)


def _own(report: Report, files: Sequence[Path]) -> Report:
    """Return the findings about nodes or evidence that `files` describe."""
    named = {iri for finding in report.findings for iri in (*finding.evidence, finding.node)}
    own = graph_files.locate(named, files)
    findings = []
    for finding in report.findings:
        places = [own[iri] for iri in (*finding.evidence, finding.node) if iri in own]
        if finding.file or places:
            findings.append(replace(finding, file=finding.file or places[0]))
        elif finding.node == BLANK:  # the shipped files contain no blank nodes
            findings.append(finding)
    return Report(tuple(findings))


def report_of(data: ox.Store, files: Sequence[Path], lang: str, progress: Progress = iter) -> Report:
    """Return the findings of the shapes and rules, and contradictory judgements."""
    from kg.validate.violations import validate  # noqa: PLC0415 - takes 0.3 s; see `build`

    with graph_files.without_retired(data):
        report = validate(data, files, lang, progress)
    findings = tuple(check_judgements(data))
    places = graph_files.locate({finding.evidence[0] for finding in findings}, files)
    located = (replace(finding, file=places.get(finding.evidence[0])) for finding in findings)
    return replace(report, findings=(*report.findings, *located))


def gaps(paths: Sequence[Path], lang: str, row: str | None = None, *, internal: bool = False) -> Table:
    """Return the completeness of graph files; with `row`, the incomplete cases of that row.

    Internal evidence is left out unless `internal` is true.

    Raises:
        InputError: a file is missing or malformed.
        UsageError: `row` is unknown.
    """
    from kg.validate import coverage  # noqa: PLC0415 - imports networks; see `_read`

    data = _loaded(graph_files.discover(paths))
    if not internal:
        internal_evidence.remove(data)
    with graph_files.without_retired(data):
        graph_files.merge(data)
        return coverage.table(data, lang, row)


def _loaded(files: Sequence[Path]) -> ox.Store:
    """Return the unmerged quads of `files` in memory, with the ontology in its named graph."""
    data = ox.Store()
    graph_files.load_all(data, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    graph_files.load_all(data, files)
    return data


def _contents(files: Sequence[Path]) -> tuple[tuple[str, int, int, int, int], ...]:
    """Return the counts of each file that can contain evidence."""
    return tuple((file.name, *astuple(graph_files.count(file))) for file in files if graph_files.holds_evidence(file))
