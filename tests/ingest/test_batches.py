"""Batches: statements to insert and remove for one change."""

from __future__ import annotations

from datetime import date

from kg.ingest import statements as st
from kg.ingest.batches import Batch
from kg.ingest.changes import EvidenceChange, PreviousEvidence
from kg.ingest.nquads import Statement, day, hx, iri_ref, literal, outer, triple
from kg.terms import EVIDENCE, ID

IRI = f"{EVIDENCE}list/1"
REF = iri_ref(IRI)
CLASS = (REF, st.A, hx("Evidence"))
LAST_SEEN = (REF, st.LAST_SEEN, day(date(2024, 6, 20)))
NAME = (iri_ref(f"{ID}a"), st.PREFERRED, '"A"@en')


def described(text: str) -> Statement:
    return (REF, outer("dct", "description"), literal(text, "en"))


def test_a_changed_description_that_quotes_the_predicate_is_removed() -> None:
    before, now = described(f"See {st.LAST_SEEN} in row 1."), described("Row 2.")
    batch = Batch()
    batch.add(EvidenceChange(REF, (CLASS, now), (NAME,), PreviousEvidence(REF, (CLASS, before), (NAME,)), "kept"))
    assert batch.removed == [triple(before)]
    assert batch.inserted == [(triple(now), "")]
    assert batch.restored == []


def test_evidence_that_returns_is_restored() -> None:
    batch = Batch()
    batch.add(EvidenceChange(REF, (CLASS,), (NAME,), PreviousEvidence(REF, (CLASS, LAST_SEEN), (NAME,)), "kept"))
    assert (batch.restored, batch.removed, batch.inserted) == ([IRI], [], [])


def test_a_former_version_is_superseded_or_deleted() -> None:
    previous = PreviousEvidence(REF, (CLASS,), (NAME,))
    batch = Batch()
    batch.add(EvidenceChange(REF, (CLASS,), (), previous, "changed", date(2024, 6, 20)))
    batch.add(EvidenceChange(REF, (CLASS,), (), previous, "changed"))
    assert batch.superseded == {date(2024, 6, 20): [(IRI, f"{IRI}/until/2024-06-20")]}
    assert batch.deleted == [IRI]


def test_absent_evidence_is_retired_or_deleted() -> None:
    batch = Batch()
    assert batch.is_empty
    batch.mark_absent(PreviousEvidence(REF, (CLASS,), ()), date(2024, 6, 20))
    batch.mark_absent(PreviousEvidence(REF, (CLASS,), ()), None)
    assert (batch.retired, batch.deleted) == ({date(2024, 6, 20): [IRI]}, [IRI])
    assert not batch.is_empty
