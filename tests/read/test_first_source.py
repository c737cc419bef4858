"""The report with which the project began: what its sentences state, and the traps in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.read import reader
from kg.read.model import Document, Proposal, Reading, digest

if TYPE_CHECKING:
    from pathlib import Path

SCHOOL = "Xi'an University of Technology"
INDUSTRY = "Shaanxi Department of Industry and Information Technology"


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    path = shared / "corpus" / "first-source.txt"
    if not path.exists():
        pytest.skip("needs ../shared/corpus")
    text = path.read_text(encoding="utf-8")
    return reader.read(Document("first", text, digest(text), "en", date="2025-11-11"))


def find(reading: Reading, relation: str, head: str, tail: str) -> Proposal:
    """Return the only proposal whose head and tail contain these words, in either order for agreements."""
    found = [
        one
        for one in reading.proposals
        if one.relation == relation
        and ((head in one.head.name and tail in one.tail.name) or (head in one.tail.name and tail in one.head.name))
    ]
    assert len(found) == 1, [(one.relation, one.head.name, one.tail.name) for one in reading.proposals]
    return found[0]


def test_the_year_is_inferred_from_the_page(reading: Reading) -> None:
    when = find(reading, "hostedBy", "conference", SCHOOL).attributes.date
    assert when is not None
    assert (when.value, when.words, when.inferred) == ("2025-11-08", "November 8", True)


@pytest.mark.parametrize(
    ("relation", "head", "tail"),
    [
        ("establishedBy", "Undergraduate College", SCHOOL),
        ("establishedBy", "Future Technology College", SCHOOL),
        ("coEstablishedWith", "Artificial Intelligence Cross Modern Industry College", "Huawei"),
        ("supportsPlan", "Future Technology College", "Construction Plan Outline (2024-2035)"),
        ("overseenBy", "conference", "Department of Education"),
        ("overseenBy", "conference", "Department of Science and Technology"),
        ("overseenBy", "conference", INDUSTRY),
        ("establishedBy", "Innovation Alliance", SCHOOL),
        ("focusesOn", "Innovation Alliance", "Aluminum Magnesium Molybdenum Deep Processing"),
        ("signed", SCHOOL, INDUSTRY),
        ("hasRole", "Li Zhijun", SCHOOL),
    ],
)
def test_statements(reading: Reading, relation: str, head: str, tail: str) -> None:
    find(reading, relation, head, tail)


@pytest.mark.parametrize(
    ("head", "words", "bounds"),
    [
        (SCHOOL, "13 new institutions", (13, 13)),
        ("joint construction agreement", "36 enterprises", (36, 36)),
        ("Excellent Engineering College", "over 280 practical resources", (280, None)),
    ],
)
def test_counts_have_bounds(reading: Reading, head: str, words: str, bounds: tuple[int, int | None]) -> None:
    count = find(reading, "countOf", head, words).attributes.count
    assert count is not None
    assert (count.lower, count.upper) == bounds


def test_no_named_firm_is_one_of_the_unnamed_ones(reading: Reading) -> None:
    agreement = "joint construction agreement"
    parties = {one.head.name for one in reading.proposals if one.relation == "partnerIn" and one.tail.name == agreement}
    assert parties <= {SCHOOL}


def test_the_alliance_has_no_member(reading: Reading) -> None:
    assert not [one for one in reading.proposals if one.relation == "partnerIn" and one.tail.type == "Alliance"]
