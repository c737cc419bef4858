"""Shipped collections in a store that is built: graph files as they are, tables as evidence of their rows."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ingest import pairs
from kg.ingest.collections import description
from kg.ingest.editions import Ingest
from kg.ingest.nquads import hx
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.table import TABLE
from kg.ingest.scratch_db import ScratchDb
from kg.ingest.statements import A
from kg.rdf import files as graph_files
from kg.rdf.files import FileCounts
from kg.rdf.sparql import select
from kg.resolve import judgements, record
from kg.resolve.judgements import Judgement
from kg.terms import HX, ID, TYPE
from kg.texts import Message, Text
from kg.validate.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.ingest.collections import Collection
    from kg.store.writer import StoreWriter

_TYPES = tuple(map(hx, ("Link", "Organisation", "Evidence", "Source")))
_TYPE, _ACTOR = ox.NamedNode(TYPE), ox.NamedNode(str(HX.Actor))
_EDITORS = "Helix KG editors"
IDENTITY = "identity.csv"
"""File of a collection with judgements on its actors, in the form of ``kg ingest --pairs``."""

_SOURCES = "SELECT ?s { ?s a hx:Source }"


def load(
    writer: StoreWriter, collections: Sequence[Collection], files: Sequence[Path]
) -> tuple[tuple[Collection, FileCounts], ...]:
    """Add the ontology, `collections` and `files` to `writer`; return the contents of collections of tables.

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
    loaded = tuple((one, _load_tables(writer, one)) for one in collections if one.tables)
    taken: set[str] = set()
    judged = [judgement for collection in collections for judgement in _judgements(writer, collection, taken)]
    writer.add(quad for one in judged for quad in ox.parse(record.turtle(one), format=ox.RdfFormat.TURTLE))
    writer.load(files)
    return loaded


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
            yield Judgement(iri, left, right, row.decision, _EDITORS, day, Text(row.reason))


def _load_tables(writer: StoreWriter, collection: Collection) -> FileCounts:
    with ScratchDb() as scratch:
        run = Ingest(TABLE, collection.issued, scratch)
        changes = run.changes(TABLE.read(Inputs(collection.tables)))
        statements = [statement for change in changes for statement in change.triples()]
        run.check(keep_going=False, accept_changes=False)
        writer.add_nquads(statements)
        writer.add(description(collection, run.sources))
    typed: dict[str, set[str]] = {f" {A} {term}": set() for term in _TYPES}
    for line, _ in statements:
        subject, _, rest = line.partition(" ")
        if f" {rest}" in typed:
            typed[f" {rest}"].add(subject)
    return FileCounts(*map(len, typed.values()))


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
                yield Finding("collection", collection.iri, message.localise("en"), (), str(collection.folder))
