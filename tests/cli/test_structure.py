"""`kg structure`: each of its commands as a user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.stores import kg, told

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("backbone", "brokerage", "communities", "components", "mixing", "nestedness", "specialisation")


def shown(store: Path, *words: str) -> list[dict[str, Any]]:
    done = kg("structure", *words, "--format", "json", store=store)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_its_help_lists_its_commands() -> None:
    done = kg("structure", "--help")
    assert all(f"\n  {part} " in done.out for part in PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_each_is_the_same_each_time_and_says_what_it_looked_at(built: Path, part: str) -> None:
    done = kg("structure", part, store=built)
    assert done.status == 0
    assert done == kg("structure", part, store=built)
    assert "Lens: layers " in done.err
    assert "declared parties are named (" in done.err
    assert "nan" not in done.out.split()


@pytest.mark.parametrize("part", PARTS)
def test_each_answers_where_hardly_anything_is_there(small: Path, part: str) -> None:
    assert kg("structure", part, "--until", "1900-01-01", store=small).status == 0
    assert kg("structure", part, store=small).status == 0


@pytest.mark.parametrize("part", PARTS)
def test_explain_adds_the_method_with_its_citation(small: Path, part: str) -> None:
    plain, more = (kg("structure", part, *words, store=small) for words in ((), ("--explain",)))
    assert more.out == plain.out
    assert more.err.startswith(plain.err)
    assert more.err.removeprefix(plain.err).rstrip().endswith("]")


def test_who_brokers_between_whom(built: Path) -> None:
    rows = shown(built, "brokerage", "--sector", "firm", "--broker-role", "itinerant", "--limit", "2")
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["label"] == "Huawei Technologies Co., Ltd."
    assert rows[0]["sector_pair"] == "university-university"


def test_with_the_shipped_links_no_tie_is_more_than_chance(built: Path) -> None:
    done = kg("structure", "backbone", store=built)
    assert "Nothing is significant here." in done.err
    assert "The smallest p is " in done.err
    assert shown(built, "backbone") == []
    assert shown(built, "backbone", "--filter", "disparity")


def test_sectors_mix(built: Path) -> None:
    rows = {(row["indicator"], row["group"]): row for row in shown(built, "mixing")}
    assert -1 < rows["ei-index", "sectors"]["value"] < 1
    assert rows["share-of-ties", "firm-university"]["observations"] > 100


def test_fields_of_one_university_in_chinese(built: Path) -> None:
    rows = shown(built, "specialisation", "--actor", "xaut", "--lang", "zh")
    assert {row["label"] for row in rows} == {"西安理工大学"}
    assert "铝深加工" in {row["field_label"] for row in rows if row["specialised"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("brokerage", "--sector", "frim"), "there is no sector 'frim'; did you mean firm?"),
        (("nestedness", "--row-sector", "frim"), "there is no sector 'frim'; did you mean firm?"),
        (("nestedness", "--row-sector", "firm", "--column-sector", "firm"), "two different sectors, not of firm twice"),
        (("backbone", "--level", "1"), "Invalid value for '--level'"),
        (("communities", "--algorithm", "luck"), "Invalid value for '--algorithm'"),
        (("mixing", "--stage", "over"), "no link here has the stage 'over'"),
        (("beauty",), "No such command: beauty"),
    ],
)
def test_a_word_that_means_nothing_here_is_a_usage_error(small: Path, words: tuple[str, ...], said: str) -> None:
    assert said in told(kg("structure", *words, store=small), status=2)


def test_an_actor_that_is_not_there_is_told(small: Path) -> None:
    assert "there is no actor 'nobody'" in told(kg("structure", "specialisation", "--actor", "nobody", store=small))
