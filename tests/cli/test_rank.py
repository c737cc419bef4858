"""`kg rank`: columns, order, intervals, and invalid values."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.sampling import sampled
from helpers.stores import error_of, kg

from kg.measure import MEASURES, Measure

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["rank", "actor", "label", "sector", "score", "named", "declared", "coverage", "missing"]
BOUNDED = [*COLUMNS[:5], "lower", "upper", *COLUMNS[5:]]
BY = [measure.name for measure in MEASURES]


def ranked(store: Path, *words: str) -> list[dict[str, Any]]:
    done = kg("rank", *words, "--format", "json", store=store)
    assert done.status == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_the_standard_measures_are_available() -> None:
    assert set(BY) >= {"degree", "strength", "betweenness", "closeness", "pagerank", "eigenvector"}


@pytest.mark.parametrize(("by", "mode"), sampled(BY, ("two-mode", "one-mode")))
def test_every_measure_ranks_every_actor(small: Path, by: str, mode: str) -> None:
    rows = ranked(small, "--measure", by, "--mode", mode)
    assert [list(row) for row in rows] == [BOUNDED if by == "strength" else COLUMNS] * 6
    assert rows[0]["rank"] in {1, None}
    defined = [row["score"] for row in rows if row["score"] is not None]
    assert [row["score"] for row in rows] == [*sorted(defined, reverse=True), *[None] * (len(rows) - len(defined))]
    for row in rows:
        assert row["coverage"] == row["named"] / row["declared"]


@pytest.mark.parametrize(("fmt", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_tsv_and_json_contain_the_same_rows(small: Path, fmt: str, delimiter: str) -> None:
    done = kg("rank", "--format", fmt, store=small)
    rows = list(csv.DictReader(io.StringIO(done.out), delimiter=delimiter))
    assert list(rows[0]) == COLUMNS
    assert rows == [{name: str(value) for name, value in row.items()} for row in ranked(small)]


def test_the_default_format_is_an_aligned_table(small: Path) -> None:
    heads, rule, first, *_ = kg("rank", store=small).out.splitlines()
    assert heads.split() == COLUMNS
    assert set(rule) == {"-", " "}
    assert first.split()[:9] == ["1", "id:anvil", "Anvil", "Works", "firm", "0.7143", "6", "11", "0.5455"]


def test_unnamed_parties_are_counted(small: Path) -> None:
    (bellows,) = (row for row in ranked(small) if row["label"] == "Bellows & Sons")
    assert (bellows["named"], bellows["declared"]) == (3, 8)


def test_sector_and_limit_select_rows(small: Path) -> None:
    firms = ranked(small, "--sector", "firm")
    assert [row["label"] for row in firms] == ["Anvil Works", "Bellows & Sons", "Crucible"]
    assert ranked(small, "--sector", "firm", "--limit", "1") == firms[:1]


def test_an_absent_sector_gives_an_empty_table(small: Path) -> None:
    done = kg("rank", "--sector", "institute", store=small)
    assert (done.status, len(done.out.splitlines())) == (0, 2)
    assert "Sectors in this network: firm, government, university." in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sector", "frim"), "there is no sector 'frim'; did you mean firm?"),
        (("--measure", "luck"), "Invalid value for '--measure'"),
        (("--mode", "three-mode"), "Invalid value for '--mode'"),
        (("--layer", "dances"), "no link here has the layer 'dances'; there are: "),
        (("--stage", "over"), "no link here has the stage 'over'; there are: "),
        (("--kind", "Marriage"), "no link here has the kind 'Marriage'; there are: "),
        (
            ("--since", "2025-06-01", "--until", "2025-05-01"),
            "the first day, 2025-06-01, is after the last, 2025-05-01",
        ),
    ],
)
def test_unknown_values_are_usage_errors(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("rank", *words, store=small), status=2)


def test_lens_options_select_links(small: Path) -> None:
    assert {row["label"] for row in ranked(small, "--layer", "co-builds")} == {"University of the North", "Crucible"}
    assert len(ranked(small, "--since", "2025-05-10", "--until", "2025-05-20")) == 3
    assert ranked(small, "--since", "2025-06-01") == []


def test_compare_shows_two_years(small: Path) -> None:
    done = kg("rank", "--compare", "2024", "2025", "--measure", "degree", "--format", "json", store=small)
    assert done.status == 0, done.err
    rows = json.loads(done.out)
    assert list(rows[0])[3:] == ["rank_2024", "rank_2025", "change", "score_2024", "score_2025"]
    assert "2024: Lens: " in done.err
    message = error_of(kg("rank", "--compare", "2024", "2025", "--since", "2024-01-01", store=small), status=2)
    assert message.startswith("kg: snapshots have their own dates")


def test_explain_adds_the_definition_and_the_citation(small: Path) -> None:
    done = kg("rank", "--measure", "katz", "--explain", store=small)
    assert done.err.splitlines()[-1].startswith("katz: ")
    assert done.err.rstrip().endswith("[Katz 1953, Psychometrika 18, 39-43]")
    assert "Katz 中心性：通向该主体" in kg("rank", "--measure", "katz", "--explain", "--lang", "zh", store=small).err


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_has_a_citation(measure: Measure) -> None:
    assert any(character.isdigit() for character in measure.citation)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--place", "Atlantis"), "the place 'Atlantis'"),
        (("--between", "firm", "frim"), "the sector 'frim'"),
        (("--source", "unknown"), "'unknown'"),
        (("--certain-dates",), "require --since or --until"),
        (("--weight", "contribution"), "no contribution in money is known"),
    ],
)
def test_lens_values_without_matches_are_usage_errors(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("rank", *words, store=small), status=2)


def test_every_lens_option_reaches_the_lens(small: Path) -> None:
    words = (
        *("--weight", "count", "--derived", "without", "--include-undated", "--date-mode", "in-force"),
        *("--until", "2026-01-01", "--aggregate", "none"),
    )
    notes = kg("rank", "--verbose", "--between", "university", "firm", *words, store=small).err
    for phrase in (
        "between university and firm",
        "ties weigh by count",
        "only inferred",
        "possibly in force until 2026",
    ):
        assert phrase in notes
    assert "units count for their hosts" not in notes


def test_intervals_add_bounds_and_stability_notes(small: Path) -> None:
    words = ("--intervals", "--samples", "20", "--known-share", "0.5", "--seed", "3")
    done = kg("rank", *words, "--format", "json", store=small)
    rows = json.loads(done.out)
    assert [list(row) for row in rows] == [BOUNDED] * 6
    assert all(row["lower"] <= row["score"] <= row["upper"] for row in rows)
    assert any(row["lower"] < row["upper"] for row in rows)
    assert "Intervals: 20 samples (seed 3)." in done.err
    assert "Anvil Works ranks first in " in done.err
    assert "of 20 samples; its 90 % rank interval is 1" in done.err
    assert "Kendall's tau-b" in done.err
    assert kg("rank", *words, "--format", "json", store=small).out == done.out


def test_intervals_of_ranks_with_dropped_links(small: Path) -> None:
    done = kg("rank", "--intervals", "ranks", "--drop-links", "0.34", "--lang", "zh", "--format", "json", store=small)
    assert "区间：200次抽取（种子1）。" in done.err
    assert "在200次抽取中有" in done.err
    assert "补全" not in done.err
    assert all(row["lower"] <= row["rank"] <= row["upper"] for row in json.loads(done.out))
    both = kg("rank", "--intervals", "--drop-links", "0.34", "--samples", "5", store=small).err
    assert "Intervals: 5 samples" in both
    assert "Each sample imputes" in both


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--drop-links", "0.2"), "--drop-links requires --intervals"),
        (("--known-share", "0.2"), "--known-share requires --intervals"),
        (("--intervals", "--known-share", "2"), "the known share must be between 0 and 1, not 2"),
        (("--intervals", "--drop-links", "1"), "below 1, not 1"),
        (("--intervals", "--drop-links", "0.1", "--known-share", "0.2"), "requires --samples"),
        (("--intervals", "--compare", "2024", "2025"), "exclude each other"),
    ],
)
def test_invalid_interval_options_are_usage_errors(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("rank", *words, store=small), status=2)


@pytest.mark.parametrize("mode", ["one-mode", "two-mode"])
@pytest.mark.parametrize("measure", ["degree", "strength", "core"])
def test_engines_give_the_same_ranks(built: Path, measure: str, mode: str) -> None:
    words = ("--measure", measure, "--mode", mode, "--format", "csv")
    arrays, duckdb = (kg("rank", *words, "--engine", name, store=built) for name in ("arrays", "duckdb"))
    assert arrays.out == duckdb.out
    assert "Engine: duckdb; " in duckdb.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--measure", "katz"), "the engine duckdb does not compute katz; leave out --engine"),
        (("--measure", "degree", "--intervals"), "the engine duckdb has no intervals"),
        (("--compare", "2020", "2021"), "--compare has no engine"),
        (("--master", "local[2]"), "--master local[2] requires --engine spark"),
    ],
)
def test_options_beyond_an_engine_are_refused(small: Path, words: tuple[str, ...], message: str) -> None:
    assert message in error_of(kg("rank", *words, "--engine", "duckdb", store=small), status=2)
