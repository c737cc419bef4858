"""Answers that are kept, and their entity tags."""

from __future__ import annotations

import pytest

from kg.serve.http import Response
from kg.serve.kept import KeptAnswers, entity_tag, is_current, is_fixed


def test_the_answers_that_were_used_last_are_kept_within_the_bound() -> None:
    kept = KeptAnswers(100_000)
    for number in range(200):
        kept.add(number, Response(200, b"x" * 4_000), 10)
        assert kept.used <= 100_000
        assert number == 0 or kept.get(0) is not None  # it is used again and again
    assert kept.get(1) is None
    assert len(kept) == kept.used // 5_010
    kept.add("large", Response(200, b"x" * 50_000), 10)
    assert kept.get("large") is None
    kept.clear()
    assert (len(kept), kept.used) == (0, 0)


def test_a_tag_differs_by_generation_and_by_each_part() -> None:
    tags = [entity_tag("g1", "q", "json"), entity_tag("g2", "q", "json"), entity_tag("g1", "q", "csv")]
    assert len(set(tags)) == 3
    assert tags[0] == entity_tag("g1", "q", "json")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [(b'W/"a"', True), (b'"a"', True), (b'"b", W/"a"', True), (b"*", True), (b'"b"', False), (b"a", False)],
)
def test_a_condition_is_compared_weakly(condition: bytes, expected: bool) -> None:
    assert is_current(b'W/"a"', condition) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?t) {}", False),
        ("SELECT (rand ( ) AS ?t) {}", False),
        ("SELECT (StrUUID() AS ?t) {}", False),
        ("SELECT ?brand { ?nowhere a ?brand }", True),
    ],
)
def test_a_query_that_changes_with_each_run_is_not_fixed(query: str, expected: bool) -> None:
    assert is_fixed(query) is expected
