"""Intervals of scores and ranks over sampled networks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.networks import GAPS, ID, TOY, LinkSpec, incidence, random_links
from helpers.sampling import sampled
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.measure import MEASURES, Measure
from kg.measure.rank import rank
from kg.measure.uncertainty.intervals import intervals_by_measure, rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import Mode, build

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FEW = settings(max_examples=12)


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_without_unnamed_parties_every_interval_is_a_point(measure: Measure, mode: Mode) -> None:
    network = build(incidence(TOY))
    intervals = rank_intervals(network, measure.name, mode, None, SamplingOptions(5))
    for ends in (intervals.score_interval(), intervals.rank_interval()):
        assert [str(value) for value in ends[0]] == [str(value) for value in ends[1]]
    scores = [None if value != value else value for value in intervals.score_interval()[0].tolist()]  # noqa: PLR0124
    assert scores == [row[4] for row in rank(network, measure.name, mode).rows]


@pytest.mark.parametrize(
    ("measure", "mode", "options"),
    sampled(
        MEASURES,
        ["two-mode", "one-mode"],
        [SamplingOptions(8), SamplingOptions(8, complete=False, drop_links=0.3), SamplingOptions(8, drop_links=0.3)],
        share=3,
    ),
)
def test_rank_intervals_contain_the_observed_rank(measure: Measure, mode: Mode, options: SamplingOptions) -> None:
    network = build(incidence(GAPS))
    intervals = rank_intervals(network, measure.name, mode, None, options)
    for level in (0.5, 0.9, 1.0):
        best, worst = intervals.rank_interval(level)
        assert (best >= 1).all()
        assert (best <= intervals.observed_ranks).all()
        assert (intervals.observed_ranks <= worst).all()
        assert (worst <= len(network.actors)).all()


@FEW
@given(random_links(unnamed=3), st.integers(1, 4))
def test_more_unnamed_parties_never_narrow_the_interval_of_a_degree(
    links: dict[str, str | LinkSpec], more: int
) -> None:
    last = max(links)
    link = links[last]
    assert isinstance(link, LinkSpec)
    larger = links | {last: replace(link, declared=(link.declared or 0) + more)}
    few, many = (
        rank_intervals(build(incidence(each)), "degree", "two-mode", None, SamplingOptions(15))
        for each in (links, larger)
    )
    for level in (0.5, 1.0):
        (narrow_lower, narrow_upper), (wide_lower, wide_upper) = few.score_interval(level), many.score_interval(level)
        assert (wide_lower <= narrow_lower).all()
        assert (wide_upper >= narrow_upper).all()


@FEW
@given(random_links(unnamed=4))
def test_intervals_do_not_depend_on_the_names_of_actors(links: dict[str, str | LinkSpec]) -> None:
    # Draws of known actors depend on their positions, so known_share is 0; all new actors are alike.
    def reverse(word: str) -> str:
        return f"{word[0]}{9 - int(word[1])}"

    def rename(link: str | LinkSpec) -> LinkSpec:
        assert isinstance(link, LinkSpec)
        return replace(link, parties=" ".join(sorted(map(reverse, link.parties.split()))))

    def measure(links: Mapping[str, str | LinkSpec]) -> dict[str, tuple[float, ...]]:
        network = build(incidence(links))
        intervals = rank_intervals(network, "harmonic", "two-mode", None, SamplingOptions(5, known_share=0.0))
        names = [str(row[1]).removeprefix(ID) for row in rank(network, "harmonic").rows]
        ends = *intervals.score_interval(), *intervals.rank_interval(), intervals.top_counts(1)
        return dict(zip(names, zip(*(end.tolist() for end in ends), strict=True), strict=True))

    one, other = measure(links), measure({key: rename(link) for key, link in links.items()})
    assert {reverse(name): ends for name, ends in one.items()} == other


def test_equal_seeds_give_equal_samples_for_any_number_of_samples() -> None:
    network = build(incidence(GAPS))

    def ranks(options: SamplingOptions) -> list[list[int]]:
        values: list[list[int]] = rank_intervals(network, "betweenness", "two-mode", None, options).ranks.tolist()
        return values

    assert ranks(SamplingOptions(9)) == ranks(SamplingOptions(9)) == ranks(SamplingOptions(20))[:9]
    assert ranks(SamplingOptions(9, seed=2)) != ranks(SamplingOptions(9))


def test_an_actor_without_a_remaining_link_scores_zero_and_ranks_last() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I2"}))
    intervals = rank_intervals(network, "degree", "two-mode", None, SamplingOptions(40, complete=False, drop_links=0.5))
    assert set(intervals.lower[:, 1:].ravel().tolist()) == {0.0, 1.0}
    assert (intervals.ranks[intervals.lower == 0] == 3).all()
    first = intervals.top_counts(1).tolist()
    assert first[0] == 40
    assert 0 < first[1] == 40 - first[2] < 40


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SamplingOptions(samples=0), "number of samples must be 1 or more, not 0"),
        (lambda: SamplingOptions(known_share=1.5), "between 0 and 1, not 1.5"),
        (lambda: SamplingOptions(drop_links=1.0), "below 1, not 1"),
        (lambda: SamplingOptions(complete=False), "impute unnamed parties or drop links"),
        (lambda: SamplingOptions(seed=-1), "seed must be 0 or more, not -1"),
    ],
)
def test_options_out_of_range_are_refused(make: Callable[[], SamplingOptions], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make()


def test_several_measures_have_the_intervals_of_each_alone() -> None:
    network = build(incidence(GAPS))
    options = SamplingOptions(20, known_share=0.7)
    together = intervals_by_measure(network, ("degree", "betweenness"), "two-mode", None, options)
    for name, one in together.items():
        alone = rank_intervals(network, name, "two-mode", None, options)
        assert one.ranks.tolist() == alone.ranks.tolist()
        assert one.lower.tolist() == alone.lower.tolist()
