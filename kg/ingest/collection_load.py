"""Shipped collections in a store that is built: graph files as they are, tables as evidence of their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError
from kg.ingest import pairs
from kg.ingest.collections import description
from kg.rdf import files as graph_files
from kg.rdf.files import FileCounts
from kg.rdf.sparql import select
from kg.resolve import judgements, record
from kg.resolve.judgements import Judgement
from kg.terms import HX, ID, TYPE
from kg.texts import Message, Text
from kg.validate.report import Finding
from kg.worker.pool import Pool
from kg.worker.process import EndedError, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.ingest.collections import Collection
    from kg.store.writer import StoreWriter

_READERS = 2
_workers = Pool()
"""Processes that read the tables of collections."""

_LIMITS = Limits(600, 2 << 30, 2 << 30)
"""Limits of the reading of a collection, which is shipped, so that only a fault of this machine exceeds them."""

_TYPE, _ACTOR = ox.NamedNode(TYPE), ox.NamedNode(str(HX.Actor))
_EDITORS = "Helix KG editors"
IDENTITY = "identity.csv"
"""File of a collection with judgements on its actors, in the form of ``kg ingest --pairs``."""

_SOURCES = "SELECT ?s { ?s a hx:Source }"


Tables = Iterator[tuple[tuple[str, ...], FileCounts, bytes, bytes]]
"""The contents of each collection of tables; see `kg.ingest.collection_tasks.statements`."""


@contextmanager
def reading(collections: Sequence[Collection]) -> Iterator[Tables]:
    """Read those of `collections` that consist of tables by two workers during the block."""
    try:
        with ThreadPoolExecutor(_READERS) as executor:
            yield executor.map(_tables, [one for one in collections if one.tables])
    finally:
        _workers.close()  # they would keep their memory


def load(
    writer: StoreWriter, collections: Sequence[Collection], files: Sequence[Path], tables: Tables
) -> tuple[tuple[Collection, FileCounts], ...]:
    """Add the ontology, `collections` and `files` to `writer`; return the contents of collections of tables.

    `tables` are those of the collections, from `reading`.

    Raises:
        InputError: a file is missing or malformed.
        DataError: a row of a table is refused.
    """
    writer.load((), graph_files.ontology_files())
    for collection in collections:
        if collection.graph_files:
            before = {row["s"].value for row in select(writer.graph, _SOURCES)}
            writer.load(collection.graph_files)
            sources = {row["s"].value for row in select(writer.graph, _SOURCES)} - before
            writer.add(description(collection, sorted(sources)))
    loaded = []
    for collection, (stated, counts, named, every) in zip(
        (one for one in collections if one.tables), tables, strict=True
    ):
        writer.add_serialised(named, every)
        writer.add(description(collection, stated))
        loaded.append((collection, counts))
    taken: set[str] = set()
    judged = [judgement for collection in collections for judgement in _judgements(writer, collection, taken)]
    writer.add(quad for one in judged for quad in ox.parse(record.turtle(one), format=ox.RdfFormat.TURTLE))
    writer.load(files)
    return tuple(loaded)


def _judgements(writer: StoreWriter, collection: Collection, taken: set[str]) -> Iterator[Judgement]:
    """Yield the recorded judgements of a collection on actors that the store describes, with new IRIs in `taken`."""
    file = collection.folder / IDENTITY
    for row in pairs.read(file) if file.exists() else ():
        left, right = judgements.pair(ID + row.left, ID + row.right)
        described = all(
            next(writer.graph.quads_for_pattern(ox.NamedNode(iri), _TYPE, _ACTOR, None), None) for iri in (left, right)
        )
        if described and row.decision is not None:
            iri = judgements.new_iri(left, right, collection.judged, taken)
            taken.add(iri)
            day = collection.judged.isoformat()
            yield Judgement(iri, left, right, row.decision, _EDITORS, day, Text(row.reason, row.reason_zh))


def _tables(collection: Collection) -> tuple[tuple[str, ...], FileCounts, bytes, bytes]:
    """Return what a worker reads from a collection of tables."""
    task, arguments = "kg.ingest.collection_tasks:statements", {"folder": str(collection.folder)}
    try:
        with _workers.worker() as worker:
            head, named, every = worker.call(task, arguments, _LIMITS)
    except EndedError as error:
        raise InputError(
            "{path}: the tables cannot be read ({reason}); run the command again",
            path=collection.folder,
            reason=error.detail or error.cause,
        ) from error
    sources, counts = json.loads(head)
    return tuple(sources), FileCounts(*counts), named, every


def contents(loaded: Sequence[tuple[Collection, FileCounts]]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield name and counts of each collection of tables."""
    yield from ((collection.name, *astuple(counts)) for collection, counts in loaded)


def unexpected(loaded: Sequence[tuple[Collection, FileCounts]]) -> Iterator[Finding]:
    """Yield a finding for each collection of tables whose contents are not those that it declares."""
    for collection, counts in loaded:
        declared = collection.expected
        actual = dict(zip(("links", "organisations", "evidence", "sources"), astuple(counts), strict=True))
        for name in declared:
            if declared[name] != actual[name]:
                message = Message(
                    "it contains {actual} {name}, but declares {declared}",
                    actual=actual[name],
                    name=name,
                    declared=declared[name],
                )
                yield Finding("collection", collection.iri, message, (), str(collection.folder))
