"""Statements that a person adds: the gate of every proposal applies to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.read.additions import checked
from kg.read.decisions import Addition
from kg.read.model import Document, Proposal, Refusal, digest

FIRST = "On May 3, Lake University teamed up with Peak Steel Co., Ltd. in a signed pact."
TEXT = f"{FIRST} Lake University has not signed an agreement with Hill Bank Co., Ltd. Anna Lund heads Lake University."
DOCUMENT = Document("lake", TEXT, digest(TEXT), "en", date="2024-05-04")
PACT = Addition(
    "signed", "Lake University", "University", "Peak Steel Co., Ltd.", 0, len(FIRST), "teamed up with", "Firm"
)


def only(one: Addition) -> Proposal | Refusal:
    (found,) = checked(DOCUMENT, [one], "Zhang San")
    return found


def test_an_added_statement_becomes_a_proposal_with_its_sentence_and_day() -> None:
    found = only(PACT)
    assert isinstance(found, Proposal)
    assert (found.reader, found.version, found.evidence[0].quote) == ("person", "Zhang San", FIRST)
    assert found.attributes.date is not None
    assert found.attributes.date.value == "2024-05-03"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"trigger": "merged"}, "trigger-not-in-evidence"),
        ({"tail": "Moon Works"}, "party-not-in-evidence"),
        ({"tail_type": "Person"}, "kinds-do-not-fit"),
        ({"tail": "Lake University", "tail_type": "University"}, "same-party"),
        ({"start": len(TEXT), "end": len(TEXT) + 9}, "quote-not-in-text"),
        (
            {"tail": "Hill Bank Co., Ltd.", "start": len(FIRST) + 1, "end": TEXT.index(" Anna"), "trigger": "signed"},
            "modality",
        ),
    ],
)
def test_the_gate_refuses_what_the_sentence_does_not_state(changes: dict[str, object], reason: str) -> None:
    found = only(replace(PACT, **changes))  # type: ignore[arg-type]  # each change has the type of its field
    assert isinstance(found, Refusal)
    assert found.reason == reason


def test_an_added_office_has_the_words_of_its_trigger() -> None:
    start = TEXT.index("Anna")
    found = only(Addition("hasRole", "Anna Lund", "Person", "Lake University", start, len(TEXT), "heads", "University"))
    assert isinstance(found, Proposal)
    assert found.attributes.role == "heads"
