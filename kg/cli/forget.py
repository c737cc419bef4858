"""kg forget: remove nodes or statements from the store, with their history."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console
from kg.cli.help import Command, option
from kg.cli.options import common, emit, log, settings, store
from kg.cli.resolve import user_name
from kg.cli.validation_report import print_findings
from kg.errors import DataError, InputError, StoreError, UsageError
from kg.model import Table
from kg.terms import encoded, expand, readable
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kg.ingest.forget import Result
    from kg.store.local import LocalStore
    from kg.store.view import View

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SHOWN = 5
"""Nodes in a message."""


@click.command("forget", cls=Command, example="kg forget link/xaut-36 --property skos:prefLabel --dry-run")
@click.argument("nodes", nargs=-1, metavar="NODE...")
@option("--reason", metavar="TEXT", help="Reason for the record, without names; required.")
@option("--property", "property_", metavar="NAME", help="Remove only the values of this property, as dct:description.")
@option("--value", metavar="TEXT", help="Remove only this value of the property.")
@option("--mentions", is_flag=True, help="Remove other statements that contain a name of NODE, too.")
@option("--file", "files", multiple=True, type=_FILE, help="Graph file or judgements to remove it from; repeatable.")
@option("--dry-run", is_flag=True, help="Print the statements, and remove nothing.")
@option("--list", "listed", is_flag=True, help="Print the record of removals, and exit.")
@common
def command(
    *,
    nodes: tuple[str, ...],
    reason: str | None,
    property_: str | None,
    value: str | None,
    mentions: bool,
    files: tuple[Path, ...],
    dry_run: bool,
    listed: bool,
) -> None:
    """Remove NODE (an actor, a link or evidence) from the store, with its traces in all generations.

    The store is written from nothing, and older generations and interrupted ingests are deleted. The record contains
    date, author, reason and the number of statements, but not their content. A ledger that still contains NODE brings
    it back: correct the ledger, too.
    """
    from kg.ingest import forget
    from kg.ingest.traces import Selection
    from kg.store import forgotten

    local = _local_store()
    if listed:
        emit(Table(("date", "author", "statements", "reason"), tuple(map(astuple, forgotten.read(local.path)))))
        return
    why = _checked_reason(nodes, reason, has_property=property_ is not None or value is None, dry_run=dry_run)
    local.clean()
    with forget.whole(local) as view:
        iris = tuple(_iri(view, node, has_files=bool(files)) for node in nodes)
        selection = Selection(iris, None if property_ is None else expand(property_), value, mentions)
        if dry_run:
            emit(_table(forget.preview(view, selection)))
            return
    today = date.today().isoformat()  # noqa: DTZ011 - the date in the author's time zone
    request = forget.Request(selection, settings().author or user_name(), today, why)
    changed = forget.rewrite(files, selection)
    result = forget.forget(local, request, log, settings().lang)
    print_findings(result.report, Message("; the store is unchanged: name these nodes, too"))
    _print(local, result, changed)


def _checked_reason(nodes: tuple[str, ...], reason: str | None, *, has_property: bool, dry_run: bool) -> str:
    """Return the reason after a check of the arguments.

    Raises:
        UsageError: an argument is missing.
    """
    if not nodes or not has_property:
        raise UsageError("pass at least one NODE; --value requires --property")
    if not dry_run and not (reason or "").strip():
        raise UsageError("the record requires a reason; pass --reason TEXT")
    return (reason or "").strip()


def _local_store() -> LocalStore:
    """Return the store in a folder.

    Raises:
        StoreError: the store is on a server.
    """
    from kg.store.local import LocalStore

    current = store()
    if not isinstance(current, LocalStore):
        raise StoreError(
            "{name}: a server keeps deleted statements in files that kg cannot reach; forget them in a store in a "
            "folder and in the graph files, run kg build for the server, and compact its files",
            name=current.name,
        )
    return current


def _iri(view: View, text: str, *, has_files: bool) -> str:
    """Return the IRI of a node or of evidence; one that only a graph file may contain is taken as it is written."""
    import pyoxigraph as ox

    from kg.query import lookup

    for iri in (expand(text), expand(encoded(text))):
        if view.ask("ASK { ?node a hx:Evidence }", {"node": ox.NamedNode(iri)}):
            return iri
    try:
        return lookup.lookup(view, text, exact=True)  # what is removed does not come back
    except InputError:
        if not has_files:
            raise
        return expand(encoded(text))


def _table(quads: Iterable[ox.Quad]) -> Table:
    rows = tuple(tuple(readable(getattr(term, "value", "")) or None for term in quad) for quad in quads)
    return Table(("node", "property", "value", "evidence"), rows)


def _print(local: LocalStore, result: Result, changed: list[tuple[Path, int]]) -> None:
    """Print what was removed, and what still contains it.

    Raises:
        DataError: nothing was removed.
        StoreError: another process reads an older generation.
    """
    for path, count in ((local.name, result.removed), *changed):
        text = Message("{path}: statements removed: {count}", path=path, count=count)
        console.message(text)
    if not result.removed and not any(count for _, count in changed):
        raise DataError("no statement is selected; --dry-run lists the statements of a node")
    if result.mentions:
        nodes = sorted({readable(getattr(quad.subject, "value", "")) for quad in result.mentions})
        text = Message(
            "{count} other statements contain a name of it, about {nodes}; --mentions removes them, too",
            count=len(result.mentions),
            nodes=", ".join(nodes[:_SHOWN]) + ", …" * (len(nodes) > _SHOWN),
        )
        console.message(text)
    if result.in_use:
        raise StoreError(
            "{name}: another process still reads an older generation ({generations}) that contains it; end that "
            "process, and run the command again",
            name=local.name,
            generations=listed(result.in_use),
        )
