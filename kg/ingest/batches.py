"""Batches of one ingest into a store: statements to insert and evidence to restore, retire or delete."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ingest import statements as st
from kg.ingest.changes import superseded
from kg.ingest.nquads import as_iri, bare, triple
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.ingest.changes import EvidenceChange, PreviousEvidence
    from kg.ingest.editions import Ingest
    from kg.ingest.nquads import Iri
    from kg.ingest.readers.records import Row
    from kg.ingest.stored_evidence import StoredEvidence

SIZE = 200_000
"""Statements in a batch: the upper bound of work lost in a crash and of statements in memory."""


@dataclass(slots=True)
class Batch:
    """Changes that some rows make to a store.

    Attributes:
        rows: rows read by the end of the batch.
        statements, inserted: all current statements, and those that the store lacks, as `EvidenceChange.triples`.
        removed: lines of N-Triples to remove from the descriptions in the default graph.
        restored, deleted: evidence to merge again and evidence to delete.
        retired: evidence to retire, by the date on which it was last seen.
        superseded: evidence whose former version is to be kept under a second IRI, by that date.
        nodes: nodes described by the evidence, if the store may contain evidence of other sources about them.
    """

    rows: int = 0
    statements: list[tuple[str, str]] = field(default_factory=list)
    inserted: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    restored: list[Iri] = field(default_factory=list)
    deleted: list[Iri] = field(default_factory=list)
    retired: dict[date, list[Iri]] = field(default_factory=dict)
    superseded: dict[date, list[tuple[Iri, Iri]]] = field(default_factory=dict)
    nodes: set[Iri] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """True if applying the batch leaves the store unchanged."""
        return not any((self.inserted, self.removed, self.restored, self.deleted, self.retired, self.superseded))

    def add(self, change: EvidenceChange) -> None:
        """Add a change."""
        previous, iri, statements = change.previous, bare(change.iri), change.triples()
        self.statements += statements
        if previous is None or change.status == "changed":
            self.inserted += statements
            if previous is not None and change.last_seen is not None:
                pair = (iri, bare(superseded(change.iri, change.last_seen)))
                self.superseded.setdefault(change.last_seen, []).append(pair)
            elif previous is not None:
                self.deleted.append(iri)
            return
        now, before = set(change.description), set(previous.description)
        self.inserted += ((line, "") for line in sorted(map(triple, now - before)))
        # restoring evidence removes its hx:lastSeen
        self.removed += (triple(one) for one in previous.description if one not in now and one[1] != st.LAST_SEEN)
        if previous.value(st.LAST_SEEN):
            self.restored.append(iri)

    def mark_absent(self, previous: PreviousEvidence, last_seen: date | None) -> None:
        """Record that `previous` is absent from this edition: retire it, or delete it if it has no date."""
        if last_seen is None:
            self.deleted.append(bare(previous.iri))
        else:
            self.retired.setdefault(last_seen, []).append(bare(previous.iri))


def batches(run: Ingest, rows: Iterable[Row], stored: StoredEvidence) -> Iterator[Batch]:
    """Yield the changes that `rows` make to the store; the same input always gives the same batches.

    Raises:
        UsageError: the stored edition is later than this one, or only the stored one has a date.
        InputError: a stored date is malformed.
    """
    batch = Batch()
    for change in run.changes(rows):
        if len(batch.statements) >= SIZE:
            yield batch
            batch = Batch()
        batch.rows = run.rows
        batch.add(change)
        run.count_statements(len(change.description) + len(change.statements))
        if stored.exists:
            batch.nodes.update(_nodes(change))
    yield batch
    batch = Batch(run.rows)
    for count, previous in enumerate(stored.missing(run.sources), 1):
        last_seen = run.last_seen(previous)
        run.count_absent(previous, last_seen)
        batch.mark_absent(previous, last_seen)
        if count % SIZE == 0:
            yield batch
            batch = Batch(run.rows)
    yield batch


def _nodes(change: EvidenceChange) -> Iterator[Iri]:
    for subject, _, thing in change.statements:
        for iri in (as_iri(subject), as_iri(thing)):
            if iri is not None and iri.startswith(ID):
                yield iri
