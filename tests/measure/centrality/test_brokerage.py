"""Brokerage, compared with sna in R (which counts symmetric ties twice), with simulations, and with enumeration."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import scipy.sparse as sp
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given

from kg.measure.centrality import brokerage, brokerage_table
from kg.measure.indicators import sector_pairs
from kg.network import Mode, Network, build

if TYPE_CHECKING:
    from collections.abc import Iterator

SNA: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("oracles", "brokerage.json").read_text("utf-8"))
CASES = [name for name in SNA if name not in {"sna", "columns"}]
COORDINATOR, ITINERANT, REPRESENTATIVE, GATEKEEPER, LIAISON, TOTAL = range(6)


def by_actor(network: Network, values: Any) -> dict[str, Any]:
    return {actor.iri.removeprefix(ID): value for actor, value in zip(network.actors, values, strict=True)}


def rows(network: Network) -> dict[tuple[str, str, str], dict[str, Any]]:
    table = brokerage_table.brokerage_table(network)
    cells: Iterator[dict[str, Any]] = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {(row["actor"].removeprefix(ID), row["role"], row["sector_pair"]): row for row in cells}


@pytest.mark.parametrize("name", CASES)
def test_roles_equal_those_of_sna(name: str) -> None:
    case = SNA[name]
    groups = np.unique(case["groups"], return_inverse=True)[1]
    triads = brokerage.open_triads(sp.csr_array(np.array(case["ties"], dtype=float)))
    counts = np.zeros((len(groups), len(brokerage.ROLES)))
    for v, a, b in zip(triads.broker, triads.a, triads.b, strict=True):
        counts[v, brokerage.ROLES.index(brokerage.role(groups[v], groups[a], groups[b]))] += 1
    raw = np.array(case["raw"])
    joined = raw[:, GATEKEEPER] + raw[:, REPRESENTATIVE]
    assert counts * 2 == pytest.approx(np.stack([raw[:, COORDINATOR], raw[:, ITINERANT], joined, raw[:, LIAISON]]).T)
    assert counts.sum(axis=1) * 2 == pytest.approx(raw[:, TOTAL])


@given(random_links(unnamed=2))
def test_counts_by_triads_and_by_matrix_products_are_equal(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    sector = np.arange(len(network.actors)) % 3 - (np.arange(len(network.actors)) % 7 == 3) * 5
    ties = network.projection("newman")
    triads = brokerage.open_triads(ties)
    known = (sector[triads.a] >= 0) & (sector[triads.b] >= 0)
    counts = brokerage.count_open_pairs(ties, sector, 3)
    for cell, (a, b) in enumerate(sector_pairs(3)):
        ends = np.sort(np.stack([sector[triads.a], sector[triads.b]]), axis=0)
        chosen = known & (ends[0] == a) & (ends[1] == b)
        assert counts[:, cell].tolist() == np.bincount(triads.broker[chosen], minlength=len(sector)).tolist()


def test_large_networks_are_computed_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence(TOY))
    whole = brokerage.brokerage(network, "one-mode")
    monkeypatch.setattr(brokerage, "_ROWS", 2)
    assert brokerage.brokerage(network, "one-mode") == whole


@pytest.mark.parametrize("name", CASES)
def test_expectations_equal_those_of_sna(name: str) -> None:
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
            mean, variance = brokerage_table.expectation(others[a], None if a == b else others[b], density)
            expected[role] += mean
            spread[role] += variance
        mean_of, sd = np.array(case["expected"])[v], np.array(case["sd"])[v]
        joined = mean_of[GATEKEEPER] + mean_of[REPRESENTATIVE]
        assert expected * 2 == pytest.approx([mean_of[COORDINATOR], mean_of[ITINERANT], joined, mean_of[LIAISON]])
        # Under directed ties, the two directions of a pair are independent, which doubles the variance. Variances of
        # roles over pairs of sectors that share a sector are not additive, and are not compared.
        assert spread[:2] * 2 == pytest.approx([sd[COORDINATOR] ** 2, sd[ITINERANT] ** 2])
        if len(sizes) == 2:
            assert spread[2] == pytest.approx(sd[GATEKEEPER] ** 2)
        else:
            assert spread[3] * 2 == pytest.approx(sd[LIAISON] ** 2)


def test_mean_and_variance_equal_those_of_simulated_networks() -> None:
    # Actor 0 of 9, with four actors of one sector and four of another, and random ties.
    rng, d, n = np.random.default_rng(2), 0.3, 40000
    ties = np.triu(rng.random((n, 9, 9)) < d, 1)
    ties |= ties.transpose(0, 2, 1)
    within = np.sum([ties[:, 0, a] & ties[:, 0, b] & ~ties[:, a, b] for a, b in combinations(range(1, 5), 2)], axis=0)
    between = np.sum([ties[:, 0, a] & ties[:, 0, b] & ~ties[:, a, b] for a in range(1, 5) for b in range(5, 9)], axis=0)
    for counts, (mean, variance) in (
        (within, brokerage_table.expectation(4, None, d)),
        (between, brokerage_table.expectation(4, 4, d)),
    ):
        assert counts.mean() == pytest.approx(mean, rel=0.03)
        assert counts.var() == pytest.approx(variance, rel=0.05)


def test_roles_in_the_toy_network() -> None:
    pairs = {(actor, role): row["pairs"] for (actor, role, _), row in rows(build(incidence(TOY))).items()}
    assert pairs == {
        ("U1", "liaison"): 2,
        ("U1", "itinerant"): 2,
        ("G1", "liaison"): 1,
        ("G1", "itinerant"): 1,
        ("I3", "gatekeeper/representative"): 1,
        ("I3", "itinerant"): 1,
        ("U2", "liaison"): 1,
    }


def test_rows_have_the_expectation_and_the_permuted_mean() -> None:
    row = rows(build(incidence(TOY)))["U1", "itinerant", "firm-firm"]
    assert (row["rank"], row["pairs"]) == (1, 2)
    # 8 of 15 pairs are tied, so each of the three pairs of firms has d^2 (1 - d).
    assert row["expected"] == pytest.approx(3 * (8 / 15) ** 2 * (7 / 15))
    assert 0 < row["permuted_mean"] < 2
    assert 0 < row["p"] <= 1


def test_role_scores_are_sums_of_rows() -> None:
    network = build(incidence(TOY))
    measures = (brokerage.coordinator, brokerage.itinerant, brokerage.gatekeeper, brokerage.liaison)
    for name, measure in zip(brokerage.ROLES, measures, strict=True):
        scores = {key: value for key, value in by_actor(network, measure(network, "two-mode").values).items() if value}
        assert scores == {actor: row["pairs"] for (actor, role, _), row in rows(network).items() if role == name}
        assert measure(network, "two-mode") == measure(network, "one-mode")


def test_a_role_and_a_sector_select_rows_and_restrict_ranks() -> None:
    table = brokerage_table.brokerage_table(build(incidence(TOY)), "university", "liaison")
    assert [(row[0], str(row[1]).removeprefix(ID)) for row in table.rows] == [(1, "U1"), (2, "U2")]


def test_an_agreement_has_no_brokers_inside() -> None:
    network = build(incidence({"a": " ".join(f"{letter}{n}" for letter in "UIG" for n in range(9))}))
    modes: tuple[Mode, ...] = ("two-mode", "one-mode")
    assert all(set(brokerage.brokerage(network, mode).values) == {0} for mode in modes)
    assert brokerage_table.brokerage_table(network).rows == ()


def test_an_agreement_counts_once_whatever_its_size() -> None:
    small = build(incidence({"a": "U1 I1", "b": "U1 I2"}))
    large = build(incidence({"a": "U1 " + " ".join(f"I{n}" for n in range(9)), "b": "U1 G1"}))
    assert by_actor(small, brokerage.brokerage(small, "two-mode").values)["U1"] == 1
    assert by_actor(large, brokerage.brokerage(large, "two-mode").values)["U1"] == 1
    assert by_actor(large, brokerage.brokerage(large, "one-mode").values)["U1"] == 9


def test_repeated_links_with_one_partner_do_not_count() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I1", "c": "U1 I1 G1"}))
    modes: tuple[Mode, ...] = ("two-mode", "one-mode")
    assert all(set(brokerage.brokerage(network, mode).values) == {0} for mode in modes)


@given(random_links())
def test_brokerage_equals_enumeration(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    parties = [set(network.actor_of[network.link_of == k].tolist()) for k in range(len(network.links))]
    ours = brokerage.brokerage(network, "two-mode").values
    pairs = brokerage.brokerage(network, "one-mode").values
    tied = {frozenset(pair) for link in parties for pair in combinations(sorted(link), 2)}
    for v in range(len(network.actors)):
        own = [link for link in parties if v in link]
        assert ours[v] == sum(one & other == {v} for one, other in combinations(own, 2))
        others = sorted(set().union(*own) - {v})
        assert pairs[v] == sum(frozenset(pair) not in tied for pair in combinations(others, 2))


def test_actors_of_unknown_sector_have_no_role() -> None:
    network = build(incidence({"a": "U1 X1", "b": "X1 I1"}))
    assert by_actor(network, brokerage.liaison(network, "two-mode").values) == {"I1": 0, "U1": 0, "X1": None}
    assert notes_of(brokerage.liaison(network, "two-mode")) == ("Not defined for 1 actors of unknown sector.",)
    assert brokerage_table.brokerage_table(network).rows == ()
    assert "Left out: 1 actors of unknown sector." in notes_of(brokerage_table.brokerage_table(network))


def test_p_is_small_if_sectors_explain_brokerage() -> None:
    # One firm joins ten universities; other firms are tied to one department each.
    links = {f"u{n}": f"I0 U{n}" for n in range(10)} | {f"x{n}": f"I{n} G{n}" for n in range(1, 30)}
    network = build(incidence(links))
    assert rows(network)["I0", "itinerant", "university-university"]["p"] < 0.01


def test_p_is_omitted_above_the_limit_of_triads(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = brokerage_table.brokerage_table(build(incidence(TOY)))
    monkeypatch.setattr(brokerage_table, "MAX_TRIADS", 5)
    table = brokerage_table.brokerage_table(build(incidence(TOY)))
    assert [row[:-2] for row in table.rows] == [row[:-2] for row in whole.rows]
    assert {row[-2:] for row in table.rows} == {(None, None)}
    assert "permuted_mean and p are omitted: there are more than 5 such pairs." in notes_of(table)
