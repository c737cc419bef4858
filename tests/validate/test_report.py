"""Findings as lines, and as the notes of an error."""

from __future__ import annotations

import pytest

from kg.errors import DataError
from kg.validate.report import Finding, Report

FULL = Finding("arity", "link:pact", "the arity is missing; state it", ("ev:a", "ev:b"), "pact.trig")


def test_a_finding_is_a_line() -> None:
    assert str(FULL) == "pact.trig: link:pact: the arity is missing; state it (arity) [evidence: ev:a, ev:b]"
    assert str(Finding("arity", "link:pact", "the arity is missing")) == "link:pact: the arity is missing (arity)"


def test_conforming_data_raise_no_error() -> None:
    Report().raise_for_findings()


@pytest.mark.parametrize(
    ("count", "message", "last"),
    [
        (1, "the data do not conform: 1 finding; the store is unchanged", str(FULL)),
        (20, "the data do not conform: 20 findings; the store is unchanged", str(FULL)),
        (25, "the data do not conform: 25 findings; the store is unchanged", "… 5 more"),
    ],
)
def test_findings_are_notes_of_the_error(count: int, message: str, last: str) -> None:
    with pytest.raises(DataError) as raised:
        Report((FULL,) * count).raise_for_findings("; the store is unchanged")
    assert str(raised.value) == message
    assert raised.value.__notes__[0] == str(FULL)
    assert raised.value.__notes__[-1] == last
    assert len(raised.value.__notes__) == min(count, 21)
