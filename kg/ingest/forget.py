"""Removal of nodes and statements from a store on disk with its history, and from graph files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import files
from kg.errors import StoreError, UsageError
from kg.export.graph import asserted, lines
from kg.ingest.build import report_of
from kg.ingest.derive import derive
from kg.ingest.traces import mentions, selected
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.rdf.trig import trig
from kg.store import forgotten
from kg.texts import listed
from kg.validate.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kg.ingest.traces import Selection
    from kg.store.local import LocalStore
    from kg.store.view import Snapshot

FORMATS = (".trig", ".nq", ".ttl", ".nt")
"""Suffixes of graph files from which statements can be removed."""


class Request(NamedTuple):
    """A request to forget, with the author, the date and the reason for the record."""

    selection: Selection
    author: str
    date: str
    reason: str


class Result(NamedTuple):
    """Result of a removal.

    Attributes:
        report: findings about what would remain; if there are any, nothing was changed.
        removed: number of removed statements.
        mentions: remaining statements that contain a name of the removed nodes.
        in_use: names of old generations that another process still reads.
    """

    report: Report
    removed: int = 0
    mentions: tuple[ox.Quad, ...] = ()
    in_use: tuple[str, ...] = ()


def preview(view: Snapshot, selection: Selection) -> list[ox.Quad]:
    """Return the statements of a store that `selection` selects, sorted."""
    found = selected(view.graph, selection)
    return sorted((quad for quad in asserted(view) if quad in found), key=str)


def forget(store: LocalStore, request: Request, log: Callable[[str], None], lang: str) -> Result:
    """Write the store from nothing without the selected statements, delete its history, and record the removal.

    Raises:
        UsageError: the reason contains a name of what is removed.
        StoreError: the store is missing, or cannot be written.
    """
    with store.writer() as writer:
        with whole(store) as view:
            found = selected(view.graph, request.selection)
            _check(found, request)
            if not found:
                return Result(Report())
            removed = sum(quad in found for quad in asserted(view))
            others = tuple(mentions(asserted(view), request.selection, found))
            writer.load((), graph_files.ontology_files())
            writer.add(quad for quad in asserted(view) if quad not in found)
            writer.ingested(store.ingested())
        log("validating against the shapes")
        report = report_of(writer.graph, (), lang)
        if not report.conforms:
            return Result(report)
        log("writing the store")
        writer.finish(derive, save_incidence)
        forgotten.stage(writer.path, forgotten.Removal(request.date, request.author, removed, request.reason))
        store.commit(writer)
        forgotten.settle(store.path)
    return Result(report, removed, others, tuple(store.clean()))


def rewritten(file: Path, selection: Selection) -> tuple[int, str | bytes]:
    """Return the number of selected statements in a graph file, and its text without them.

    Raises:
        UsageError: the format of the file cannot be written.
        InputError: the file is missing or malformed.
    """
    if file.suffix not in FORMATS:
        raise UsageError(
            "--file {file}: statements are removed from one of: {FORMATS}", file=file, FORMATS=listed(FORMATS)
        )
    graph = ox.Store()
    graph_files.load_all(graph, [file])
    found = selected(graph, selection)
    kept = [quad for quad in graph if quad not in found]
    text = lines(kept) if file.suffix in {".nq", ".nt"} else trig(kept)
    return len(graph) - len(kept), text


def rewrite(paths: Iterable[Path], selection: Selection) -> list[tuple[Path, int]]:
    """Remove the selected statements from graph files, and return their numbers; other files stay as they are.

    Raises:
        UsageError, InputError: as for `rewritten`; then no file is changed.
        OutputError: a file cannot be written.
    """
    texts = [(path, *rewritten(path, selection)) for path in paths]
    for path, count, text in texts:
        if count:
            files.atomic_write(path, text)
    return [(path, count) for path, count, _ in texts]


def whole(store: LocalStore) -> Snapshot:
    """Open the current generation of a store with its internal evidence.

    Raises:
        StoreError: the store is missing, or cannot be read.
    """
    present = store.present()
    if present is None:
        raise StoreError("{name}: the store does not exist; choose it with --store", name=store.name)
    return present


def _check(found: set[ox.Quad], request: Request) -> None:
    """Check that the record will not contain what is forgotten."""
    words: Sequence[str] = [quad.object.value for quad in found if isinstance(quad.object, ox.Literal)]
    if any(word in request.reason for word in words if len(word) > 1):
        raise UsageError("the reason contains what is forgotten; word it without names and values")
