"""A run against a store, in batches: what to add, and what to take back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest import statements as st
from kg.ingest.changes import value
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ingest.changes import EvidenceChange, PreviousEvidence
    from kg.ingest.editions import Ingest
    from kg.ingest.readers.records import Row
    from kg.ingest.stored_evidence import StoredEvidence

SIZE = 200_000
"""Statements of a batch: what a kill may cost, and what is in memory at a time."""


@dataclass(slots=True)
class Batch:
    """What some rows say and change; IRIs are plain.

    Attributes:
        rows: how many were read up to its end.
        said, added: all that is said now, and what of it the store lacks, as `EvidenceChange.stated` gives it.
        withdrawn: lines of N-Triples that the default graph states no longer.
        revived, forgotten, retired, superseded: evidence, as `kg.store.writer.Draft` has it; with the day where one
        is needed. nodes: whom the evidence speaks of, where the store may know of them from others.
    """

    rows: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    retired: dict[date, list[str]] = field(default_factory=dict)
    superseded: dict[date, list[tuple[str, str]]] = field(default_factory=dict)
    nodes: set[str] = field(default_factory=set)

    @property
    def changes(self) -> bool:
        """Whether the store is another one after it."""
        return any((self.added, self.withdrawn, self.revived, self.forgotten, self.retired, self.superseded))

    def take(self, change: EvidenceChange) -> None:
        """Add `change`."""
        old, iri, stated = change.old, change.iri[1:-1], change.stated()
        self.said += stated
        if old is None or change.status == "changed":
            self.added += stated
            if old is not None and change.last is not None:
                day = _day(change.last)
                self.superseded.setdefault(day, []).append((iri, f"{iri}/until/{day}"))
            elif old is not None:
                self.forgotten.append(iri)
            return
        now = {" ".join(triple) for triple in change.about}
        self.added += ((line, "") for line in sorted(now.difference(old.about)))
        self.withdrawn += (line for line in old.about if line not in now and f" {st.LAST_SEEN} " not in line)
        if value(old, st.LAST_SEEN):
            self.revived.append(iri)

    def leave(self, old: PreviousEvidence, last: str | None) -> None:
        """Add that nobody says `old` any longer; without a day nobody ever did."""
        if last is None:
            self.forgotten.append(old.iri[1:-1])
        else:
            self.retired.setdefault(_day(last), []).append(old.iri[1:-1])


def batches(run: Ingest, rows: Iterable[Row], held: StoredEvidence) -> Iterator[Batch]:
    """What `run` makes of `rows`, in batches that are the same each time.

    Raises:
        UsageError: the store holds a later edition, or one of the two has no day.
    """
    batch = Batch()
    for change in run.changes(rows):
        if len(batch.said) >= SIZE:
            yield batch
            batch = Batch()
        batch.rows = run.rows
        batch.take(change)
        run.count(len(change.about) + len(change.said))
        if held.knows:
            batch.nodes.update(term[1:-1] for one in change.said for term in (one[0], one[2]) if term.startswith(_OURS))
    yield batch
    batch = Batch(run.rows)
    for count, old in enumerate(held.gone(run.sources), 1):
        last = run.before(old)
        if last is not None:
            run.gone()
        batch.leave(old, last)
        if count % SIZE == 0:
            yield batch
            batch = Batch(run.rows)
    yield batch


_OURS = f"<{ID}"


def _day(literal: str) -> date:
    return date.fromisoformat(literal[1:11])
