"""Rankings with intervals, and the notes on samples and stability."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.networks import GAPS, TOY, ActorSpec, LinkSpec, incidence
from helpers.sampling import sampled
from helpers.texts import notes_of

from kg.measure import MEASURES, Measure
from kg.measure.rank import COLUMNS, rank
from kg.measure.uncertainty.interval_table import summary, with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Text
from kg.network import Mode, build


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_intervals_leave_the_other_columns_as_they_are(measure: Measure, mode: Mode) -> None:
    network = build(incidence(TOY))
    plain = rank(network, measure.name, mode)
    table = with_intervals(plain, rank_intervals(network, measure.name, mode, None, SamplingOptions(2)))
    assert [row[:5] for row in table.rows] == [row[:5] for row in plain.rows]
    assert [row[7:] for row in table.rows] == [row[-4:] for row in plain.rows]


@pytest.mark.parametrize(
    ("measure", "mode", "options"),
    sampled(
        MEASURES,
        ["two-mode", "one-mode"],
        [SamplingOptions(8), SamplingOptions(8, complete=False, drop_links=0.3), SamplingOptions(8, drop_links=0.3)],
        share=3,
    ),
)
def test_every_interval_contains_the_score(measure: Measure, mode: Mode, options: SamplingOptions) -> None:
    network = build(incidence(GAPS))
    intervals = rank_intervals(network, measure.name, mode, None, options)
    table = with_intervals(rank(network, measure.name, mode), intervals)
    assert table.columns == (*COLUMNS[:5], "lower", "upper", *COLUMNS[5:])
    rows: list[dict[str, Any]] = [dict(zip(table.columns, cells, strict=True)) for cells in table.rows]
    for row in rows:
        assert row["score"] is None or row["lower"] <= row["score"] <= row["upper"]


def test_rank_intervals_use_the_same_columns() -> None:
    network = build(incidence(GAPS))
    intervals = rank_intervals(network, "degree", "two-mode", "firm", SamplingOptions(30))
    table = with_intervals(rank(network, sector="firm", limit=2), intervals, "ranks")
    best, worst = intervals.rank_interval()
    assert [row[5:7] for row in table.rows] == list(zip(best.tolist(), worst.tolist(), strict=True))[:2]
    assert any("lower and upper: the rank" in str(note) for note in table.localise("en").notes)


def test_the_summary_counts_first_ranks() -> None:
    names = ActorSpec(labels={"U1": ("University One", "第一大学")})
    network = build(incidence({"a": "U1 I1", "b": "U1 I2"}, names))
    intervals = rank_intervals(network, "degree", "two-mode", None, SamplingOptions(40, complete=False, drop_links=0.5))
    note = summary(intervals, 0, Text("University One", "第一大学"))
    assert note.en == "University One ranks first in 40 of 40 samples; its 90 % rank interval is 1."
    assert note.zh == "第一大学在40次抽取中有40次居首；九成情形下居第1位。"
    assert note.zh in with_intervals(rank(network, lang="zh"), intervals).localise("zh").notes


def test_notes_state_the_samples_and_the_stability() -> None:
    network = build(incidence({**GAPS, "e": LinkSpec("U3 I4", declared=9, is_lower_bound=True)}))
    intervals = rank_intervals(network, "degree", "two-mode", None, SamplingOptions(7, known_share=0.25))
    notes = " ".join(notes_of(with_intervals(rank(network), intervals)))
    for part in (
        "Intervals: 7 samples (seed 1).",
        "Each sample imputes 15 unnamed parties. With probability 0.25 a party is an actor of the network",
        "parties are imputed up to that bound",
        "Kendall's tau-b",
        "rank-biased overlap (p = 0.9)",
    ):
        assert part in notes


@pytest.mark.parametrize(
    ("measure", "mode", "links", "options"),
    sampled(
        MEASURES,
        ["two-mode", "one-mode"],
        [{}, {"a": "U1"}, {"a": LinkSpec("U1", declared=5)}, {"a": LinkSpec("U1 I1", declared=4), "b": "U2"}],
        [
            SamplingOptions(2, known_share=1.0),
            SamplingOptions(2, complete=False, drop_links=0.9),
            SamplingOptions(2, drop_links=0.9),
        ],
        share=6,
    ),
)
def test_the_smallest_networks_have_intervals(
    measure: Measure, mode: Mode, links: dict[str, LinkSpec | str], options: SamplingOptions
) -> None:
    network = build(incidence(links))
    intervals = rank_intervals(network, measure.name, mode, None, options)
    assert len(with_intervals(rank(network, measure.name, mode), intervals).rows) == len(network.actors)


def test_an_empty_ranking_stays_empty() -> None:
    network = build(incidence(GAPS))
    intervals = rank_intervals(network, "degree", "two-mode", "institute", SamplingOptions(3))
    assert with_intervals(rank(network, sector="institute"), intervals).rows == ()
