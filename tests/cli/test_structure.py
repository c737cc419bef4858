"""`kg structure`: each analysis as a user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("backbone", "brokerage", "communities", "components", "mixing", "nestedness", "specialisation")


def rows_of(store: Path, *words: str) -> list[dict[str, Any]]:
    done = kg("structure", *words, "--format", "json", store=store)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_help_lists_the_analyses() -> None:
    done = kg("structure", "--help")
    assert all(f"\n  {part} " in done.out for part in PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_analyses_describe_the_lens(built: Path, part: str) -> None:
    done = kg("structure", part, "--place", "Shaanxi", "--verbose", store=built)
    assert done.status == 0
    assert "Lens: layers " in done.err
    assert "declared parties are named (" in done.err
    assert "nan" not in done.out.split()


def test_the_null_model_of_nestedness_is_reproducible(built: Path) -> None:
    first, second = (kg("structure", "nestedness", "--place", "Shaanxi", store=built) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("part", PARTS)
def test_analyses_accept_small_and_empty_networks(small: Path, part: str) -> None:
    assert kg("structure", part, "--until", "1900-01-01", store=small).status == 0
    assert kg("structure", part, store=small).status == 0


@pytest.mark.parametrize("part", PARTS)
def test_explain_adds_the_method_and_the_citation_to_equal_rows(small: Path, part: str) -> None:
    plain, more = (kg("structure", part, *words, store=small) for words in ((), ("--explain",)))
    assert more.out == plain.out
    assert more.err.startswith(plain.err)
    assert more.err.removeprefix(plain.err).rstrip().endswith("]")


def test_brokers_are_ranked_by_role_and_sectors(built: Path) -> None:
    rows = rows_of(built, "brokerage", "--sector", "firm", "--broker-role", "itinerant", "--limit", "2")
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["label"] == "Huawei Technologies Co., Ltd."
    assert rows[0]["sector_pair"] == "university-university"


def test_the_shipped_files_have_no_significant_ties(built: Path) -> None:
    done = kg("structure", "backbone", store=built)
    assert "No tie is significant." in done.err
    assert "The smallest p is " in done.err
    assert rows_of(built, "backbone") == []
    assert rows_of(built, "backbone", "--filter", "disparity")


def test_mixing_of_sectors(built: Path) -> None:
    rows = {(row["indicator"], row["group"]): row for row in rows_of(built, "mixing")}
    assert -1 < rows["ei-index", "sectors"]["value"] < 1
    assert rows["share-of-ties", "firm-university"]["observations"] > 100


def test_fields_of_one_university_have_chinese_labels(built: Path) -> None:
    rows = rows_of(built, "specialisation", "--actor", "xaut", "--lang", "zh")
    assert {row["label"] for row in rows} == {"西安理工大学"}
    assert "铝深加工" in {row["field_label"] for row in rows if row["rca"] and row["rca"] >= 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("brokerage", "--sector", "frim"), "there is no sector 'frim'; did you mean firm?"),
        (("nestedness", "--row-sector", "frim"), "there is no sector 'frim'; did you mean firm?"),
        (("nestedness", "--row-sector", "firm", "--column-sector", "firm"), "two different sectors, not firm twice"),
        (("backbone", "--level", "1"), "Invalid value for '--level'"),
        (("communities", "--algorithm", "luck"), "Invalid value for '--algorithm'"),
        (("mixing", "--stage", "over"), "no link here has the stage 'over'"),
        (("beauty",), "No such command: beauty"),
    ],
)
def test_unknown_values_are_usage_errors(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("structure", *words, store=small), status=2)


def test_an_unknown_actor_is_reported(small: Path) -> None:
    assert "there is no actor 'unknown'" in error_of(
        kg("structure", "specialisation", "--actor", "unknown", store=small)
    )


def test_an_engine_finds_the_same_components(built: Path) -> None:
    words = ("structure", "components", "--format", "csv")
    arrays, duckdb = (kg(*words, "--engine", name, store=built) for name in ("arrays", "duckdb"))
    assert arrays.out == duckdb.out
    assert "Engine: duckdb; " in duckdb.err
