"""Topics of links, and whether their plans were in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.stores import make
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.model import Text
from kg.query import link_topics
from kg.query.link_topics import Span
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    text = in_evidence(
        """<id/link/own> a hx:Link ; hx:topic <scheme/field/steel>, <scheme/field/ai> .
        <id/link/unit> a hx:Link ; hx:about <id/lab> . <id/lab> a hx:Organisation ; hx:topic <scheme/field/ai> .
        <id/link/none> a hx:Link .
        <id/link/sure> a hx:Link ; hx:underPlan <id/plan/dated>, <id/plan/undated> ;
            hx:startEarliest "2025-05-01"^^xsd:date ; hx:startLatest "2025-05-31"^^xsd:date .
        <id/link/unsure> a hx:Link ; hx:underPlan <id/plan/undated> .
        <id/link/late> a hx:Link ; hx:underPlan <id/plan/dated> ;
            hx:startEarliest "2031-01-01"^^xsd:date ; hx:startLatest "2031-01-01"^^xsd:date .
        <id/plan/undated> a hx:PolicyPlan .
        <id/plan/dated> a hx:PolicyPlan ;
            hx:startEarliest "2021-01-01"^^xsd:date ; hx:startLatest "2021-12-31"^^xsd:date ;
            hx:endEarliest "2030-12-31"^^xsd:date ; hx:endLatest "2030-12-31"^^xsd:date ."""
    )
    named = in_evidence('<scheme/field/ai> skos:prefLabel "artificial intelligence"@en, "人工智能"@zh .', 2)
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + text + named))
    with LocalStore(tmp_path / "store").view() as opened:
        yield opened


def test_a_link_has_its_own_fields_and_those_of_what_it_is_about(view: View) -> None:
    assert link_topics.topics(view) == {
        iri("id/link/own"): (iri("scheme/field/ai"), iri("scheme/field/steel")),
        iri("id/link/unit"): (iri("scheme/field/ai"),),
    }


def test_fields_have_names_in_both_languages(view: View) -> None:
    assert link_topics.fields(view)[iri("scheme/field/ai")] == Text("artificial intelligence", "人工智能")


def test_a_plan_in_force_is_certain_if_one_plan_certainly_was(view: View) -> None:
    assert link_topics.plans(view) == {
        iri("id/link/sure"): "yes",
        iri("id/link/unsure"): "unknown",
        iri("id/link/late"): "no",
    }


DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("plan", "link", "expected"),
    [
        ((2021, 2021, 2030, 2030), (DAY, DAY), "yes"),
        ((2021, 2026, 2030, 2030), (DAY, DAY), "unknown"),  # the plan may have begun later
        ((2021, 2021, 2023, 2030), (DAY, DAY), "unknown"),  # the plan may have ended before
        ((2021, 2021, None, None), (DAY, DAY), "unknown"),  # the end of the plan is unknown
        ((None, None, 2024, 2024), (DAY, DAY), "no"),
        ((2026, 2026, None, None), (DAY, DAY), "no"),
        ((2021, 2021, 2030, 2030), (None, None), "unknown"),
        ((2021, 2021, 2030, 2030), (DAY, None), "unknown"),  # the link may begin after the plan
        ((2026, 2026, 2030, 2030), (None, DAY), "no"),
    ],
)
def test_force(plan: tuple[int | None, ...], link: tuple[date | None, date | None], expected: str) -> None:
    span = Span(*(None if year is None else date(year, 1, 1) for year in plan))
    assert link_topics.force(span, *link) == expected


def test_the_shipped_links_have_fields(built: Path) -> None:
    with LocalStore(built).view() as opened:
        topics, names = link_topics.topics(opened), link_topics.fields(opened)
        assert len(topics) > 200
        assert {topic for several in topics.values() for topic in several} <= names.keys()
        assert set(link_topics.plans(opened).values()) <= {"yes", "no", "unknown"}
