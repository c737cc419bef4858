"""Intervals: what is drawn is what is missing and nothing else, and what is told of it is so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from helpers.networks import ID, TOY, Actors, Told, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.measure import MEASURES, Measure
from kg.measure.rank import COLUMNS, rank
from kg.measure.uncertainty.imputation import completed, missing, recurring, resampled
from kg.measure.uncertainty.intervals import Draws, filled, sentence, stand
from kg.model import Text
from kg.network import Mode, Network, build

if TYPE_CHECKING:
    from collections.abc import Mapping

FEW = settings(max_examples=25)
GAPS = {"a": Told("U1 I1 I2", declared=8), "b": Told("U1 I2"), "c": Told("U2 I1", declared=5), "d": Told("U2 I3 G1")}


def pairs(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True))


@given(random_links(unnamed=6), st.sampled_from([0.0, 0.4, 1.0]), st.integers(0, 9))
def test_a_completion_has_all_parties_that_are_declared_and_keeps_those_that_are_named(
    links: dict[str, str | Told], known: float, seed: int
) -> None:
    network = build(incidence(links))
    full = completed(network, known, np.random.default_rng(seed))
    assert full.links.named.tolist() == full.links.declared.tolist() == network.links.declared.tolist()
    assert set(pairs(network)) <= set(pairs(full))
    assert pairs(full) == sorted(set(pairs(full)))
    assert len(full.roles) == len(full.link_of)
    assert np.bincount(full.actor_of).min() >= 1
    assert list(full.actors)[: len(network.actors)] == list(network.actors)
    new = len(full.actors) - len(network.actors)
    assert new == missing(network).sum() if known == 0 else new <= missing(network).sum()


def test_unnamed_parties_are_of_the_sectors_that_the_named_ones_of_such_links_have() -> None:
    links = {"a": Told("U1 U2", declared=40, kind="Merger"), "b": "I1 I2 I3 I4", "c": "I1 I5"}
    full = completed(build(incidence(links)), 0.5, np.random.default_rng(1))
    sectors = full.actors.table["sector"].to_pylist()
    assert {sectors[actor] for link, actor in pairs(full) if link == 0} == {"university"}


def test_well_known_actors_are_drawn_more_often() -> None:
    links = {"a": Told("U1 I9", declared=3)} | {f"b{n}": "U1 I1" for n in range(9)} | {"c": "U1 I2"}
    network = build(incidence(links))
    drawn = [completed(network, 1, np.random.default_rng(seed)) for seed in range(100)]
    iris = network.actors.table["iri"].to_pylist()
    often = [sum((0, iris.index(ID + name)) in pairs(one) for one in drawn) for name in ("I1", "I2")]
    assert often[0] > 2 * often[1]


def test_who_is_known_elsewhere_is_counted_by_participations() -> None:
    assert recurring(build(incidence({"a": "U1 I1", "b": "U1 I2"}))) == 2 / 4


@given(random_links(), st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.integers(0, 9))
def test_whole_links_are_left_out(links: dict[str, str | Told], share: float, seed: int) -> None:
    network = build(incidence(links))
    less, places = resampled(network, share, np.random.default_rng(seed))
    assert len(less.links) == max(len(network.links) - round(share * len(network.links)), 1)
    whole = {link.iri: link.named for link in network.links}
    assert np.bincount(less.link_of, minlength=len(less.links)).tolist() == [whole[link.iri] for link in less.links]
    assert [network.actors[place] for place in places] == list(less.actors)


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_where_nothing_is_missing_the_interval_is_the_point(measure: Measure, mode: Mode) -> None:
    network = build(incidence(TOY))
    table = rank(network, measure.name, mode)
    found = filled(table, stand(network, measure.name, mode, None, Draws(5)))
    low, score, high = ([row[found.columns.index(name)] for row in found.rows] for name in ("lower", "score", "upper"))
    assert low == score == high
    assert [row[:5] for row in found.rows] == [row[:5] for row in table.rows]


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("draws", [Draws(20), Draws(20, complete=False, drop=0.3), Draws(20, drop=0.3)])
def test_every_measure_has_intervals_that_hold_its_score(measure: Measure, mode: Mode, draws: Draws) -> None:
    network = build(incidence(GAPS))
    found = stand(network, measure.name, mode, None, draws)
    table = filled(rank(network, measure.name, mode), found)
    assert table.columns == (*COLUMNS[:5], "lower", "upper", *COLUMNS[5:])
    rows: list[dict[str, Any]] = [dict(zip(table.columns, cells, strict=True)) for cells in table.rows]
    for row in rows:
        assert row["score"] is None or row["lower"] <= row["score"] <= row["upper"]
    for level in (0.5, 0.9, 1.0):
        low, high = found.ranks_between(level)
        assert (low >= 1).all()
        assert (low <= found.observed).all()
        assert (found.observed <= high).all()
        assert (high <= len(network.actors)).all()


@FEW
@given(random_links(unnamed=3), st.integers(1, 4))
def test_more_missing_parties_never_narrow_what_a_degree_may_be(links: dict[str, str | Told], more: int) -> None:
    last = max(links)
    told = links[last]
    assert isinstance(told, Told)
    wider = links | {last: replace(told, declared=(told.declared or 0) + more)}
    few, many = (stand(build(incidence(each)), "degree", "two-mode", None, Draws(15)) for each in (links, wider))
    for level in (0.5, 1.0):
        (low, high), (lower, higher) = few.scores_between(level), many.scores_between(level)
        assert (lower <= low).all()
        assert (higher >= high).all()


@FEW
@given(random_links(unnamed=4))
def test_an_interval_does_not_depend_on_names(links: dict[str, str | Told]) -> None:
    # Whom a draw falls on goes by place, so nobody known is drawn here; the new ones are alike.
    def turned(word: str) -> str:
        return f"{word[0]}{9 - int(word[1])}"

    def renamed(told: str | Told) -> Told:
        assert isinstance(told, Told)
        return replace(told, parties=" ".join(sorted(map(turned, told.parties.split()))))

    def found(links: Mapping[str, str | Told]) -> dict[str, tuple[float, ...]]:
        network = build(incidence(links))
        standing = stand(network, "harmonic", "two-mode", None, Draws(5, known=0.0))
        names = [str(row[1]).removeprefix(ID) for row in rank(network, "harmonic").rows]
        ends = *standing.scores_between(), *standing.ranks_between(), standing.within(1)
        return dict(zip(names, zip(*(end.tolist() for end in ends), strict=True), strict=True))

    one, other = found(links), found({key: renamed(told) for key, told in links.items()})
    assert {turned(name): ends for name, ends in one.items()} == other


def test_the_same_seed_draws_the_same_and_more_draws_begin_alike() -> None:
    network = build(incidence(GAPS))
    ranks = [stand(network, "betweenness", "two-mode", None, draws).ranks for draws in (Draws(9), Draws(9), Draws(20))]
    assert ranks[0].tolist() == ranks[1].tolist() == ranks[2][:9].tolist()
    assert stand(network, "betweenness", "two-mode", None, Draws(9, seed=2)).ranks.tolist() != ranks[0].tolist()


def test_who_has_no_link_left_scores_nothing_and_comes_last() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I2"}))
    found = stand(network, "degree", "two-mode", None, Draws(40, complete=False, drop=0.5))
    assert set(found.least[:, 1:].ravel().tolist()) == {0.0, 1.0}
    assert (found.ranks[found.least == 0] == 3).all()
    assert found.within(1)[0] == 40
    assert 0 < found.within(1)[1] == 40 - found.within(1)[2] < 40


def test_what_the_sentence_says_is_counted() -> None:
    names = Actors(labels={"U1": ("University One", "第一大学")})
    network = build(incidence({"a": "U1 I1", "b": "U1 I2"}, names))
    found = stand(network, "degree", "two-mode", None, Draws(40, complete=False, drop=0.5))
    told = sentence(found, 0, Text("University One", "第一大学"))
    assert told.en == "University One is first in 40 of 40 draws; rank 1 in nine of ten."
    assert told.zh == "第一大学在40次抽取中有40次居首；九成情形下居第1位。"
    assert told.zh in filled(rank(network, lang="zh"), found).localise("zh").notes


def test_intervals_of_ranks_stand_in_the_same_columns() -> None:
    network = build(incidence(GAPS))
    found = stand(network, "degree", "two-mode", "firm", Draws(30))
    table = filled(rank(network, sector="firm", top=2), found, "ranks")
    low, high = found.ranks_between()
    assert [row[5:7] for row in table.rows] == list(zip(low.tolist(), high.tolist(), strict=True))[:2]
    assert any("lower and upper: of the rank" in note for note in notes_of(table))


def test_notes_say_what_was_drawn_and_how_firm_the_order_is() -> None:
    network = build(incidence(GAPS | {"e": Told("U3 I4", declared=9, is_lower_bound=True)}))
    notes = " ".join(notes_of(filled(rank(network), stand(network, "degree", "two-mode", None, Draws(7, known=0.25)))))
    for said in (
        "Intervals: 7 completions (seed 1).",
        "fills in 15 declared parties that nobody named: by an actor of the network with probability 0.25",
        "only lower bounds are filled up to the bound",
        "Kendall's tau-b",
        "rank-biased overlap (p = 0.9)",
    ):
        assert said in notes


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"number": 0}, "number of draws"),
        ({"known": 1.5}, "q is a probability"),
        ({"drop": 1.0}, "less than 1"),
        ({"complete": False}, "nothing is drawn"),
        ({"seed": -1}, "a seed"),
    ],
)
def test_what_cannot_be_drawn_is_refused(wish: dict[str, int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Draws(**wish)


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("draws", [Draws(5, known=1.0), Draws(5, complete=False, drop=0.9), Draws(5, drop=0.9)])
def test_the_smallest_networks_have_intervals_too(measure: Measure, mode: Mode, draws: Draws) -> None:
    for links in ({}, {"a": "U1"}, {"a": Told("U1", declared=5)}, {"a": Told("U1 I1", declared=4), "b": "U2"}):
        network = build(incidence(links))
        table = rank(network, measure.name, mode)
        rows = filled(table, stand(network, measure.name, mode, None, draws)).rows
        assert [row[:5] for row in rows] == [row[:5] for row in table.rows]


def test_an_empty_ranking_has_no_intervals_and_no_error() -> None:
    network = build(incidence(GAPS))
    found = stand(network, "degree", "two-mode", "institute", Draws(3))
    assert filled(rank(network, sector="institute"), found).rows == ()
