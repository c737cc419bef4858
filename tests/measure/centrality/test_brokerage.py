"""Brokerage against R's sna, which counts symmetric ties twice, against simulation, and against plain counting."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given

from kg.measure.centrality import brokerage
from kg.measure.indicators import sector_pairs
from kg.network import Mode, Network, build

SNA: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("oracles", "brokerage.json").read_text("utf-8"))
CASES = [name for name in SNA if name not in {"sna", "columns"}]
COORDINATOR, ITINERANT, REPRESENTATIVE, GATEKEEPER, LIAISON, TOTAL = range(6)


def by_actor(network: Network, values: Any) -> dict[str, Any]:
    return {actor.iri.removeprefix(ID): value for actor, value in zip(network.actors, values, strict=True)}


def rows(network: Network) -> dict[tuple[str, str, str], dict[str, Any]]:
    table = brokerage.table(network)
    told = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {(row["actor"].removeprefix(ID), row["role"], row["sector_pair"]): row for row in told}


@pytest.mark.parametrize("name", CASES)
def test_roles_are_those_of_sna_each_pair_once(name: str) -> None:
    case = SNA[name]
    groups = np.unique(case["groups"], return_inverse=True)[1]
    found = brokerage.triads(sp.csr_array(np.array(case["ties"], dtype=float)))
    counts = np.zeros((len(groups), len(brokerage.ROLES)))
    for v, a, b in zip(found.broker, found.a, found.b, strict=True):
        counts[v, brokerage.ROLES.index(brokerage.role(groups[v], groups[a], groups[b]))] += 1
    raw = np.array(case["raw"])
    joined = raw[:, GATEKEEPER] + raw[:, REPRESENTATIVE]
    assert counts * 2 == pytest.approx(np.stack([raw[:, COORDINATOR], raw[:, ITINERANT], joined, raw[:, LIAISON]]).T)
    assert counts.sum(axis=1) * 2 == pytest.approx(raw[:, TOTAL])


@given(random_links(unnamed=2))
def test_both_ways_of_counting_find_the_same(links: dict[str, str | LinkSpec]) -> None:
    """By triads, which the p needs, and by products of matrices, which large networks need."""
    network = build(incidence(links))
    of = np.arange(len(network.actors)) % 3 - (np.arange(len(network.actors)) % 7 == 3) * 5
    ties = network.projection("newman")
    found = brokerage.triads(ties)
    known = (of[found.a] >= 0) & (of[found.b] >= 0)
    counts = brokerage.standing(ties, of, 3)
    for cell, (a, b) in enumerate(sector_pairs(3)):
        ends = np.sort(np.stack([of[found.a], of[found.b]]), axis=0)
        chosen = known & (ends[0] == a) & (ends[1] == b)
        assert counts[:, cell].tolist() == np.bincount(found.broker[chosen], minlength=len(of)).tolist()


def test_large_networks_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence(TOY))
    whole = brokerage.brokerage(network, "one-mode")
    monkeypatch.setattr(brokerage, "_CHUNK", 2)
    assert brokerage.brokerage(network, "one-mode") == whole


@pytest.mark.parametrize("name", CASES)
def test_expectations_are_those_of_sna_each_pair_once(name: str) -> None:
    case = SNA[name]
    groups, sizes = np.unique(case["groups"], return_inverse=True, return_counts=True)[1:]
    ties = np.array(case["ties"])
    density = ties.sum() / (len(ties) * (len(ties) - 1))
    for v, group in enumerate(groups):
        others = sizes - (np.arange(len(sizes)) == group)
        expected = np.zeros(len(brokerage.ROLES))
        spread = np.zeros(len(brokerage.ROLES))
        for a, b in [*combinations(range(len(sizes)), 2), *((one, one) for one in range(len(sizes)))]:
            role = brokerage.ROLES.index(brokerage.role(group, a, b))
            mean, variance = brokerage.expectation(others[a], None if a == b else others[b], density)
            expected[role] += mean
            spread[role] += variance
        told, sd = np.array(case["expected"])[v], np.array(case["sd"])[v]
        joined = told[GATEKEEPER] + told[REPRESENTATIVE]
        assert expected * 2 == pytest.approx([told[COORDINATOR], told[ITINERANT], joined, told[LIAISON]])
        # Pairs in both directions are independent under directed ties: their variance is twice ours. Where a role is
        # made of pairs of sectors that share a sector, ours do not add up, and are not compared.
        assert spread[:2] * 2 == pytest.approx([sd[COORDINATOR] ** 2, sd[ITINERANT] ** 2])
        if len(sizes) == 2:
            assert spread[2] == pytest.approx(sd[GATEKEEPER] ** 2)
        else:
            assert spread[3] * 2 == pytest.approx(sd[LIAISON] ** 2)


def test_mean_and_variance_are_those_of_simulated_networks() -> None:
    """Actor 0 of 9, four of one sector and four of another, ties at random."""
    rng, d, n = np.random.default_rng(2), 0.3, 40000
    ties = np.triu(rng.random((n, 9, 9)) < d, 1)
    ties |= ties.transpose(0, 2, 1)
    within = np.sum([ties[:, 0, a] & ties[:, 0, b] & ~ties[:, a, b] for a, b in combinations(range(1, 5), 2)], axis=0)
    between = np.sum([ties[:, 0, a] & ties[:, 0, b] & ~ties[:, a, b] for a in range(1, 5) for b in range(5, 9)], axis=0)
    for counts, (mean, variance) in (
        (within, brokerage.expectation(4, None, d)),
        (between, brokerage.expectation(4, 4, d)),
    ):
        assert counts.mean() == pytest.approx(mean, rel=0.03)
        assert counts.var() == pytest.approx(variance, rel=0.05)


def test_roles_of_the_toy() -> None:
    found = {(actor, role): row["pairs"] for (actor, role, _), row in rows(build(incidence(TOY))).items()}
    assert found == {
        ("U1", "liaison"): 2,
        ("U1", "itinerant"): 2,
        ("G1", "liaison"): 1,
        ("G1", "itinerant"): 1,
        ("I3", "gatekeeper/representative"): 1,
        ("I3", "itinerant"): 1,
        ("U2", "liaison"): 1,
    }


def test_rows_say_between_whom_and_what_chance_gives() -> None:
    row = rows(build(incidence(TOY)))["U1", "itinerant", "firm-firm"]
    assert (row["rank"], row["pairs"]) == (1, 2)
    # Ties between 8 of 15 pairs: d^2 (1 - d) for each of the three pairs of firms.
    assert row["expected"] == pytest.approx(3 * (8 / 15) ** 2 * (7 / 15))
    assert 0 < row["permuted_mean"] < 2
    assert 0 < row["p"] <= 1


def test_scores_of_roles_are_the_rows_added_up() -> None:
    network = build(incidence(TOY))
    measures = (brokerage.coordinator, brokerage.itinerant, brokerage.gatekeeper, brokerage.liaison)
    for name, measure in zip(brokerage.ROLES, measures, strict=True):
        told = {key: value for key, value in by_actor(network, measure(network, "two-mode").values).items() if value}
        assert told == {actor: row["pairs"] for (actor, role, _), row in rows(network).items() if role == name}
        assert measure(network, "two-mode") == measure(network, "one-mode")


def test_a_role_and_a_sector_choose_rows_and_rank_them_among_themselves() -> None:
    table = brokerage.table(build(incidence(TOY)), "university", "liaison")
    assert [(row[0], str(row[1]).removeprefix(ID)) for row in table.rows] == [(1, "U1"), (2, "U2")]


def test_nobody_brokers_inside_an_agreement_however_large() -> None:
    network = build(incidence({"a": " ".join(f"{letter}{n}" for letter in "UIG" for n in range(9))}))
    modes: tuple[Mode, ...] = ("two-mode", "one-mode")
    assert all(set(brokerage.brokerage(network, mode).values) == {0} for mode in modes)
    assert brokerage.table(network).rows == ()


def test_an_agreement_counts_once_whatever_its_size() -> None:
    small = build(incidence({"a": "U1 I1", "b": "U1 I2"}))
    large = build(incidence({"a": "U1 " + " ".join(f"I{n}" for n in range(9)), "b": "U1 G1"}))
    assert by_actor(small, brokerage.brokerage(small, "two-mode").values)["U1"] == 1
    assert by_actor(large, brokerage.brokerage(large, "two-mode").values)["U1"] == 1
    assert by_actor(large, brokerage.brokerage(large, "one-mode").values)["U1"] == 9


def test_meeting_the_same_partner_again_brokers_nothing() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I1", "c": "U1 I1 G1"}))
    modes: tuple[Mode, ...] = ("two-mode", "one-mode")
    assert all(set(brokerage.brokerage(network, mode).values) == {0} for mode in modes)


@given(random_links())
def test_brokerage_by_plain_counting(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    parties = [set(network.actor_of[network.link_of == k].tolist()) for k in range(len(network.links))]
    ours = brokerage.brokerage(network, "two-mode").values
    pairs = brokerage.brokerage(network, "one-mode").values
    tied = {frozenset(pair) for link in parties for pair in combinations(sorted(link), 2)}
    for v in range(len(network.actors)):
        own = [link for link in parties if v in link]
        assert ours[v] == sum(one & other == {v} for one, other in combinations(own, 2))
        near = sorted(set().union(*own) - {v})
        assert pairs[v] == sum(frozenset(pair) not in tied for pair in combinations(near, 2))


def test_actors_of_no_known_sector_have_no_role_and_are_told() -> None:
    network = build(incidence({"a": "U1 X1", "b": "X1 I1"}))
    assert by_actor(network, brokerage.liaison(network, "two-mode").values) == {"I1": 0, "U1": 0, "X1": None}
    assert notes_of(brokerage.liaison(network, "two-mode")) == ("Not defined for 1 actors of no known sector.",)
    assert brokerage.table(network).rows == ()
    assert "Left out: 1 actors of no known sector." in notes_of(brokerage.table(network))


def test_p_is_small_where_sectors_explain_who_is_between() -> None:
    """A firm between ten universities, among firms and departments that are tied pairwise."""
    links = {f"u{n}": f"I0 U{n}" for n in range(10)} | {f"x{n}": f"I{n} G{n}" for n in range(1, 30)}
    network = build(incidence(links))
    assert rows(network)["I0", "itinerant", "university-university"]["p"] < 0.01


def test_where_there_are_too_many_triads_p_is_left_out_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = brokerage.table(build(incidence(TOY)))
    monkeypatch.setattr(brokerage, "_MOST", 5)
    table = brokerage.table(build(incidence(TOY)))
    assert [row[:-2] for row in table.rows] == [row[:-2] for row in whole.rows]
    assert {row[-2:] for row in table.rows} == {(None, None)}
    assert "permuted_mean and p are left out: there are more than 5 such pairs." in notes_of(table)
