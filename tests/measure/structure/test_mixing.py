"""Mixing: known values, a published table, comparison with networkx, and the size of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from helpers.networks import TOY, LinkSpec, incidence, random_links
from helpers.texts import english, notes_of
from hypothesis import assume, given, settings

from kg.measure.significance import two_sided_p
from kg.measure.structure import mixing
from kg.network import Network, build

if TYPE_CHECKING:
    from kg.measure.indicators import Indicator


def network_of(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def by_name(network: Network) -> dict[tuple[str, str], Indicator]:
    return {(one.name, one.group): one for one in mixing.mixing(network)}


def test_indices_of_the_toy_network() -> None:
    indices = by_name(network_of(TOY))
    ei = indices["ei-index", "sectors"]
    assert (ei.value, ei.observations) == (0.75, 8)  # 7 ties between sectors and 1 within
    assert indices["assortativity", "sectors"].value == pytest.approx(-0.3827, abs=1e-4)


def test_assortativity_of_a_published_table() -> None:
    # Partnerships by race in San Francisco, with r as published (Newman 2003, Phys. Rev. E 67, 026126).
    e = np.array(
        [[0.258, 0.016, 0.035, 0.013], [0.012, 0.157, 0.058, 0.019],
         [0.013, 0.023, 0.306, 0.035], [0.005, 0.007, 0.024, 0.016]]
    )  # fmt: skip
    assert mixing.assortativity(e) == pytest.approx(0.621, abs=0.003)  # the entries have three digits


@given(random_links(unnamed=2))
def test_assortativity_equals_that_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = network_of(links)
    graph = nx.from_scipy_sparse_array(network.projection("count"))
    nx.set_node_attributes(graph, {i: actor.sector for i, actor in enumerate(network.actors)}, "sector")
    ties = mixing.sector_ties(network)
    value = mixing.assortativity(mixing.matrix(ties))
    assume(value is not None)
    assert value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "sector"))
    matrix = nx.attribute_mixing_matrix(
        graph, "sector", mapping={name: i for i, name in enumerate(ties.sectors)}, normalized=False
    )
    assert mixing.matrix(ties) == pytest.approx(matrix)


def test_weighted_assortativity_uses_newman_weights() -> None:
    network = network_of({"a": "I1 I2", "b": "U1 U2 U3 U4 I3"})
    indices = by_name(network)
    assert indices["assortativity", "sectors"].value != indices["assortativity-weighted", "sectors"].value
    matrix = mixing.matrix(mixing.sector_ties(network), mixing.sector_ties(network).newman)
    assert matrix[0, 0] == pytest.approx(2)  # firm-firm, in each direction
    assert matrix[1, 1] == pytest.approx(2 * 6 / 4)


@pytest.mark.parametrize(
    ("links", "reason"),
    [
        ({"a": "U1 U2", "b": "U2 U3"}, "all actors are of one sector"),
        ({"a": "U1", "b": "I1"}, "no two actors of known sector share a link"),
        ({}, "no two actors of known sector share a link"),
    ],
)
def test_undefined_indices_have_a_reason(links: dict[str, str], reason: str) -> None:
    indices = mixing.mixing(network_of(links))
    assert [one.name for one in indices] == ["ei-index", "assortativity"]
    assert all(one.value is None and english(one.reason) == reason for one in indices)


def test_assortativity_is_undefined_if_all_ends_are_in_one_sector() -> None:
    indices = by_name(network_of({"a": "U1 U2", "b": "I1"}))
    assert indices["assortativity", "sectors"].value is None
    assert english(indices["assortativity", "sectors"].reason) == "all ends of ties are in one sector"
    assert indices["ei-index", "sectors"].value == -1


@pytest.mark.parametrize(
    ("internal", "external", "sizes", "value"),
    [
        (1, 7, (1, 3, 2), -1 + 2 * (6 - 0) / (8 - 0)),  # at most 4 ties within and 8 between are possible
        (4, 0, (3, 3), -1),
        (0, 4, (3, 3), 1),
        (3, 3, (2, 2), None),  # all pairs are tied
    ],
)
def test_the_rescaled_index_covers_its_range(
    internal: int, external: int, sizes: tuple[int, ...], value: float | None
) -> None:
    if value is None:
        assert mixing.rescaled(2, 4, sizes) is None
    else:
        assert mixing.rescaled(internal, external, sizes) == pytest.approx(value)


@pytest.mark.parametrize(
    ("row", "sizes", "value"),
    [
        ([4, 0], [3, 3], 1),
        ([0, 4], [3, 3], -1),
        ([2, 3], [3, 3], 0),  # 2 of the 5 other actors are in the group
        ([0, 0], [3, 3], None),
        ([0, 4], [1, 3], None),
        ([4, 0], [3, 0], None),
    ],
)
def test_coleman_index(row: list[float], sizes: list[int], value: float | None) -> None:
    index = mixing.coleman(np.array([row, [row[1], 0]], dtype=float), np.array(sizes))[0]
    assert index is None if value is None else index == pytest.approx(value)


@given(random_links())
@settings(max_examples=20)
def test_observed_and_expected_shares_of_ties_sum_to_1(links: dict[str, str | LinkSpec]) -> None:
    cells = [one for one in mixing.mixing(network_of(links)) if one.name == "share-of-ties"]
    assume(cells)
    assert sum(one.value or 0.0 for one in cells) == pytest.approx(1)
    assert sum(one.expected or 0.0 for one in cells) == pytest.approx(1)


def test_actors_of_unknown_sector_are_left_out_and_counted() -> None:
    network = network_of({"a": "U1 I1 X1", "b": "U2 I2"})
    assert by_name(network)["ei-index", "sectors"].observations == 2
    assert "Left out: 1 actors of unknown sector, and their ties." in notes_of(mixing.table(network))


def test_segregated_sectors_are_significant() -> None:
    links = {f"u{n}": f"U{n} U{n + 1}" for n in range(12)} | {f"i{n}": f"I{n} I{n + 1}" for n in range(12)}
    indices = by_name(network_of(links))["ei-index", "sectors"]
    assert indices.value == -1
    assert indices.p is not None
    assert indices.p < 0.01
    assert indices.expected == pytest.approx(0.04, abs=0.05)


def test_the_test_keeps_its_size_for_random_ties() -> None:
    rng = np.random.default_rng(4)
    p = []
    for _ in range(200):
        pairs = np.argwhere(np.triu(rng.random((24, 24)) < 0.15, 1))
        sector_of = rng.integers(3, size=24)
        ties = mixing.SectorTies(("a", "b", "c"), sector_of, pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
        draws = np.trace(mixing.permuted(ties, 199), axis1=1, axis2=2)
        p.append(two_sided_p(float(np.trace(mixing.matrix(ties))), draws))
    assert np.mean(np.array(p) <= 0.05) == pytest.approx(0.04, abs=0.04)
