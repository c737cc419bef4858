"""Evidence of two editions: comparison, retirement and former versions."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import InputError
from kg.ingest import statements as st
from kg.ingest.changes import EvidenceChange, PreviousEvidence, superseded
from kg.ingest.nquads import day, hx, iri_ref, literal, outer
from kg.terms import EVIDENCE, ID

EVIDENCE_1 = iri_ref(f"{EVIDENCE}list/1")
QUOTE = literal(f"The list explains {st.LAST_SEEN} in a footnote.", "en")
DESCRIPTION = ((EVIDENCE_1, st.A, hx("Evidence")), (EVIDENCE_1, outer("dct", "description"), QUOTE))
NAME = (iri_ref(f"{ID}a"), st.PREFERRED, '"A"@en')


def test_a_description_that_quotes_the_predicate_survives_retirement() -> None:
    retired = PreviousEvidence(EVIDENCE_1, DESCRIPTION, (NAME,)).retired(date(2024, 6, 20))
    assert retired.description == (*DESCRIPTION, (EVIDENCE_1, st.LAST_SEEN, day(date(2024, 6, 20))))
    assert retired.statements == (NAME,)


def test_retiring_twice_keeps_one_date() -> None:
    first = PreviousEvidence(EVIDENCE_1, DESCRIPTION, ()).retired(date(2023, 6, 20))
    assert first.retired(date(2024, 6, 20)).description[2:] == ((EVIDENCE_1, st.LAST_SEEN, day(date(2024, 6, 20))),)


def test_a_former_version_is_kept_under_its_own_iri() -> None:
    former = superseded(EVIDENCE_1, date(2024, 6, 20))
    assert former == f"<{EVIDENCE}list/1/until/2024-06-20>"
    retired = PreviousEvidence(EVIDENCE_1, DESCRIPTION, (NAME,)).retired(date(2024, 6, 20), former)
    assert {subject for subject, _, _ in retired.description} == {former}
    assert retired.lines()[-1] == f"{NAME[0]} {NAME[1]} {NAME[2]} {former} .\n"


def test_evidence_equals_the_same_statements_in_any_order() -> None:
    other = (NAME[0], st.OTHER, '"B"@en')
    previous = PreviousEvidence(EVIDENCE_1, (), tuple(sorted((NAME, other))))
    assert previous.equals((other, NAME))
    assert not previous.equals((NAME,))


def test_a_malformed_date_in_earlier_data_is_an_input_error() -> None:
    previous = PreviousEvidence(EVIDENCE_1, ((EVIDENCE_1, st.LAST_SEEN, '"2024-13-01"'),), ())
    with pytest.raises(InputError, match=r'list/1>: <.*lastSeen> is "2024-13-01"; replace it by a date'):
        previous.day(st.LAST_SEEN)


def test_only_statements_of_evidence_name_its_graph() -> None:
    change = EvidenceChange(EVIDENCE_1, DESCRIPTION[:1], (NAME,))
    assert [graph for _, graph in change.triples()] == ["", EVIDENCE_1]
    assert change.lines()[0].endswith(f"{hx('Evidence')} .\n")
