"""`kg helix`: indicators as a table, what was looked at, and words that mean nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.stores import kg, told

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["indicator", "group", "value", "lower", "upper", "expected", "p", "observations", "reason"]


def shown(store: Path, *words: str) -> list[dict[str, Any]]:
    done = kg("helix", *words, "--format", "json", store=store)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_every_indicator_is_a_row_with_a_value_or_a_reason(small: Path) -> None:
    rows = shown(small)
    assert [list(row) for row in rows] == [COLUMNS] * len(rows)
    assert {"mutual-information", "share", "intensity", "repeat-rate", "under-plan", "named-coverage"} <= {
        row["indicator"] for row in rows
    }
    assert all(row["value"] is not None or row["reason"] for row in rows)


def test_a_frame_in_which_it_is_0_by_construction_is_refused(small: Path) -> None:
    """Each of the three links has a university and a firm."""
    (row,) = shown(small, "--indicator", "mutual-information")
    assert row["value"] is None
    assert row["reason"].startswith("not defined for this frame: university and firm are in every link")


def test_the_shipped_graphs_have_synergy_by_chance_alone(built: Path) -> None:
    (row,) = shown(built, "--indicator", "mutual-information")
    assert row["observations"] > 200
    assert row["value"] < 0
    assert row["p"] > 0.05


def test_it_is_the_same_each_time(built: Path) -> None:
    assert shown(built) == shown(built)


def test_by_year_has_a_period_and_the_whole_first(built: Path) -> None:
    rows = shown(built, "--by-year", "--indicator", "named-coverage")
    periods = [row["period"] for row in rows]
    assert periods[0] == "all"
    assert periods[1:] == sorted(periods[1:])
    assert sum(row["observations"] for row in rows[1:]) < rows[0]["observations"]  # undated links are in no year


def test_by_kind_sums_to_the_whole(built: Path) -> None:
    (whole,) = shown(built, "--indicator", "mutual-information")
    assert sum(row["value"] for row in shown(built, "--by-kind")) == pytest.approx(whole["value"])


def test_four_helices(built: Path) -> None:
    sectors = ("university", "firm", "government", "institute")
    words = [word for sector in sectors for word in ("--sector", sector)]
    (row,) = shown(built, *words, "--indicator", "mutual-information")
    assert row["group"] == "×".join(sectors)
    assert 0 < row["p"] <= 1


def test_notes_tell_the_frame_and_how_much_is_known(built: Path) -> None:
    notes = kg("helix", store=built).err
    assert "Frame: links with a named party of university, firm, government; left out, with none: " in notes
    assert "declared parties are named (" in notes
    assert "Lens: layers " in notes


@pytest.mark.parametrize(("lang", "words"), [("en", "(synergy)"), ("zh", "（协同）")])
def test_explain_says_how_it_is_measured_and_who_proposed_it(small: Path, lang: str, words: str) -> None:
    notes = kg("helix", "--explain", "--lang", lang, "--indicator", "mutual-information", store=small).err
    assert words in notes
    assert "McGill 1954, Psychometrika 19, 97-116" in notes
    assert "repeat-rate:" not in notes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sector", "frim", "--sector", "firm"), "there is no sector 'frim'; did you mean firm?"),
        (("--sector", "firm"), "name two to four different helices, not firm"),
        (("--indicator", "luck"), "there is no indicator 'luck' in this result; there are: mutual-information, "),
        (("--by-year", "--by-kind"), "--by-year and --by-kind exclude each other"),
        (("--layer", "dances"), "no link here has the layer 'dances'"),
    ],
)
def test_a_word_that_means_nothing_here_is_a_usage_error(small: Path, words: tuple[str, ...], said: str) -> None:
    assert said in told(kg("helix", *words, store=small), status=2)
