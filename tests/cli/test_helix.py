"""`kg helix`: the table of indicators, its notes, and invalid values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.stores import error_of, kg

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["indicator", "group", "value", "lower", "upper", "expected", "p", "observations", "reason"]


def rows_of(store: Path, *words: str) -> list[dict[str, Any]]:
    done = kg("helix", *words, "--format", "json", store=store)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_every_indicator_is_a_row_with_a_value_or_a_reason(small: Path) -> None:
    rows = rows_of(small)
    assert [list(row) for row in rows] == [COLUMNS] * len(rows)
    assert {"mutual-information", "share", "intensity", "repeat-rate", "under-plan", "named-coverage"} <= {
        row["indicator"] for row in rows
    }
    assert all(row["value"] is not None or row["reason"] for row in rows)


def test_synergy_that_is_zero_by_construction_is_undefined(small: Path) -> None:
    """Each of the three links has a university and a firm, so the frame leaves no variation."""
    (row,) = rows_of(small, "--indicator", "mutual-information")
    assert row["value"] is None
    assert row["reason"].startswith("not defined for this frame: university and firm are in every link")


def test_synergy_in_the_shipped_files_is_not_significant(built: Path) -> None:
    (row,) = rows_of(built, "--indicator", "mutual-information")
    assert row["observations"] > 200
    assert row["value"] < 0
    assert row["p"] > 0.05


def test_results_are_reproducible(built: Path) -> None:
    assert rows_of(built) == rows_of(built)


def test_by_year_lists_all_years_first(built: Path) -> None:
    rows = rows_of(built, "--by-year", "--indicator", "named-coverage")
    periods = [row["period"] for row in rows]
    assert periods[0] == "all"
    assert periods[1:] == sorted(periods[1:])
    assert sum(row["observations"] for row in rows[1:]) < rows[0]["observations"]  # undated links are in no year


def test_synergy_by_kind_sums_to_the_total(built: Path) -> None:
    (whole,) = rows_of(built, "--indicator", "mutual-information")
    assert sum(row["value"] for row in rows_of(built, "--by-kind")) == pytest.approx(whole["value"])


def test_four_sectors_are_accepted(built: Path) -> None:
    sectors = ("university", "firm", "government", "institute")
    words = [word for sector in sectors for word in ("--sector", sector)]
    (row,) = rows_of(built, *words, "--indicator", "mutual-information")
    assert row["group"] == "×".join(sectors)
    assert 0 < row["p"] <= 1


def test_notes_contain_the_frame_and_the_coverage(built: Path) -> None:
    notes = kg("helix", "--verbose", store=built).err
    assert "Frame: links with a named party of university, firm, government; links without one are left out: " in notes
    assert "declared parties are named (" in notes
    assert "Lens: layers " in notes


@pytest.mark.parametrize(("lang", "words"), [("en", "(synergy)"), ("zh", "（协同）")])
def test_explain_adds_definitions_and_citations(small: Path, lang: str, words: str) -> None:
    notes = kg("helix", "--explain", "--lang", lang, "--indicator", "mutual-information", store=small).err
    assert words in notes
    assert "McGill 1954, Psychometrika 19, 97-116" in notes
    assert "repeat-rate:" not in notes


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sector", "frim", "--sector", "firm"), "there is no sector 'frim'; did you mean firm?"),
        (("--sector", "firm"), "name two to four different helices, not firm"),
        (("--indicator", "luck"), "there is no indicator 'luck'; "),
        (("--by-year", "--by-kind"), "--by-year, --by-kind, --papers and --counts exclude each other"),
        (("--layer", "dances"), "no link here has the layer 'dances'"),
    ],
)
def test_unknown_values_are_usage_errors(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("helix", *words, store=small), status=2)


def test_engines_give_the_same_indicators(built: Path) -> None:
    arrays, duckdb = (kg("helix", "--engine", name, "--format", "csv", store=built) for name in ("arrays", "duckdb"))
    assert arrays.out == duckdb.out
    assert "Engine: duckdb; " in duckdb.err


@pytest.mark.parametrize("engine", ["auto", "duckdb"])
def test_links_are_counted_by_year_and_sector(small: Path, engine: str) -> None:
    rows = rows_of(small, "--counts", "sectors", "--engine", engine)
    assert list(rows[0]) == ["year", "sector", "links", "participations"]
    assert sum(row["participations"] for row in rows if row["sector"] == "university") == 3
    (whole,) = rows_of(small, "--indicator", "named-coverage")
    counts = rows_of(small, "--counts", "coverage", "--engine", engine)
    assert sum(row["declared"] for row in counts) == whole["observations"]


def test_other_tables_have_no_engine(small: Path) -> None:
    message = error_of(kg("helix", "--by-kind", "--engine", "duckdb", store=small), status=2)
    assert message == "kg: --by-kind and --papers have no engine; leave out --engine and --master"
