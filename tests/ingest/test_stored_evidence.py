"""Stored evidence: lookups in the current generation of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.terms import value_of
from helpers.turtle import SOURCE, in_evidence, iri, merged

from kg.ingest.nquads import Iri, hx, iri_ref
from kg.ingest.stored_evidence import StoredEvidence

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPER, LIST = Iri(iri("source/paper")), Iri(iri("source/list"))
FIRST, SECOND = iri_ref(iri("evidence/paper/1")), iri_ref(iri("evidence/paper/2"))
TEXT = (
    SOURCE
    + """<evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:lastSeen "2024-06-20"^^xsd:date .
    <evidence/list/1> a hx:Evidence ; hx:source <source/list> .
    <evidence/list/1> { <id/a> hx:city "Xi'an"@en ; hx:region "Shaanxi"@en . }
    """
    + in_evidence('<id/a> hx:city "Xi\'an"@en .')
    + in_evidence('<id/a> hx:city "Baoji"@en .', 2)
)


@pytest.fixture
def stored() -> Iterator[StoredEvidence]:
    """Evidence of two sources, one piece retired."""
    with StoredEvidence(merged(TEXT)) as opened:
        yield opened


def test_stored_evidence_is_returned_once(stored: StoredEvidence) -> None:
    evidence = stored.previous(FIRST)
    assert evidence is not None
    assert evidence.value(hx("source")) == iri_ref(PAPER)
    assert evidence.statements == ((iri_ref(iri("id/a")), hx("city"), '"Xi\'an"@en'),)
    assert stored.previous(FIRST) is None
    assert stored.previous(iri_ref(iri("evidence/paper/9"))) is None


def test_evidence_that_was_not_requested_is_missing_unless_retired(stored: StoredEvidence) -> None:
    assert [evidence.iri for evidence in stored.missing([PAPER])] == [FIRST]
    stored.previous(FIRST)
    assert list(stored.missing([PAPER])) == []


def test_statements_of_other_sources_exclude_retired_evidence(stored: StoredEvidence) -> None:
    others = {value_of(quad.object) for quad in stored.other_statements([iri("id/a")], [PAPER])}
    assert others == {"Xi'an", "Shaanxi"}
    assert {value_of(quad.object) for quad in stored.other_statements([iri("id/a")], [LIST])} == {"Xi'an"}


def test_an_empty_store_contains_nothing() -> None:
    with StoredEvidence(None) as stored:
        assert not stored.exists
        assert stored.previous(FIRST) is None
        assert [*stored.missing([PAPER]), *stored.other_statements([iri("id/a")], [])] == []
