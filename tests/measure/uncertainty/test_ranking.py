"""Options of rankings, and rankings with and without intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers.networks import GAPS, incidence

from kg.errors import UsageError
from kg.measure.rank import rank
from kg.measure.uncertainty.interval_table import Of, with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.ranking import RankOptions, rank_options, ranking
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NETWORK = build(incidence(GAPS))


def test_a_ranking_without_intervals_is_that_of_the_measure() -> None:
    options = RankOptions("degree", "one-mode", "firm", 2)
    assert ranking(NETWORK, options, "zh") == rank(NETWORK, "degree", "one-mode", "firm", 2, "zh")


@pytest.mark.parametrize("of", ["scores", "ranks"])
def test_a_ranking_with_intervals(of: Of) -> None:
    options = RankOptions("degree", intervals=of, sampling=SamplingOptions(samples=5))
    intervals = rank_intervals(NETWORK, "degree", "two-mode", None, SamplingOptions(samples=5))
    passed: list[int] = []

    def progress(numbers: Iterable[int]) -> Iterator[int]:
        for number in numbers:
            passed.append(number)
            yield number

    table = ranking(NETWORK, options, progress=progress)
    assert table == with_intervals(rank(NETWORK, "degree"), intervals, of)
    assert passed == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("intervals", "sampling", "of"),
    [(False, {}, None), (True, {"samples": 9}, "scores"), ("scores", {}, "scores"), ("ranks", {"seed": 2}, "ranks")],
)
def test_options_from_values(intervals: bool | Of, sampling: dict[str, Any], of: Of | None) -> None:
    options = rank_options("degree", sector="firm", mode="one-mode", intervals=intervals, **sampling)
    assert options == RankOptions("degree", "one-mode", "firm", None, of, SamplingOptions(**sampling))


@pytest.mark.parametrize(
    ("intervals", "sampling", "message"),
    [
        (False, {"samples": 9}, "^samples requires intervals$"),
        ("score", {}, "^there is no kind of interval 'score'; did you mean scores"),
        (True, {"sample": 9}, "^there is no option of a ranking 'sample'; did you mean samples"),
        (True, {"samples": 0}, "^the number of samples must be 1 or more, not 0$"),
    ],
)
def test_other_values_are_errors(intervals: Any, sampling: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        rank_options("degree", sector=None, mode="two-mode", intervals=intervals, **sampling)
