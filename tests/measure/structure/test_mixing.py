"""Mixing: golden values, a published table, networkx as an oracle, and the size of the test under the null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from helpers.networks import TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import assume, given, settings

from kg.measure.significance import two_sided_p
from kg.measure.structure import mixing
from kg.network import Network, build

if TYPE_CHECKING:
    from kg.measure.indicators import Indicator


def made(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def by_name(network: Network) -> dict[tuple[str, str], Indicator]:
    return {(one.name, one.group): one for one in mixing.mixing(network)}


def test_the_toy() -> None:
    found = by_name(made(TOY))
    ei = found["ei-index", "sectors"]
    assert (ei.value, ei.observations) == (0.75, 8)  # 7 ties between sectors, 1 within
    assert found["assortativity", "sectors"].value == pytest.approx(-0.3827, abs=1e-4)


def test_assortativity_of_newmans_table_of_partnerships() -> None:
    """Mixing of partners by race in San Francisco, with r as Newman gives it (2003, Phys. Rev. E 67, 026126)."""
    e = np.array(
        [[0.258, 0.016, 0.035, 0.013], [0.012, 0.157, 0.058, 0.019],
         [0.013, 0.023, 0.306, 0.035], [0.005, 0.007, 0.024, 0.016]]
    )  # fmt: skip
    assert mixing.assortativity(e) == pytest.approx(0.621, abs=0.003)  # its entries have three digits


@given(random_links(unnamed=2))
def test_assortativity_is_that_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = made(links)
    graph = nx.from_scipy_sparse_array(network.projection("count"))
    nx.set_node_attributes(graph, {i: actor.sector for i, actor in enumerate(network.actors)}, "sector")
    found = mixing.ties(network)
    value = mixing.assortativity(mixing.matrix(found))
    assume(value is not None)
    assert value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "sector"))
    matrix = nx.attribute_mixing_matrix(
        graph, "sector", mapping={name: i for i, name in enumerate(found.sectors)}, normalized=False
    )
    assert mixing.matrix(found) == pytest.approx(matrix)


def test_weights_are_the_newman_weights() -> None:
    """One agreement of two firms counts more than a large one of universities."""
    network = made({"a": "I1 I2", "b": "U1 U2 U3 U4 I3"})
    found = by_name(network)
    assert found["assortativity", "sectors"].value != found["assortativity-weighted", "sectors"].value
    matrix = mixing.matrix(mixing.ties(network), mixing.ties(network).newman)
    assert matrix[0, 0] == pytest.approx(2)  # firm-firm, once in each direction
    assert matrix[1, 1] == pytest.approx(2 * 6 / 4)


@pytest.mark.parametrize(
    ("links", "why"),
    [
        ({"a": "U1 U2", "b": "U2 U3"}, "all actors are of one sector"),
        ({"a": "U1", "b": "I1"}, "no two actors of known sector share a link"),
        ({}, "no two actors of known sector share a link"),
    ],
)
def test_where_there_is_nothing_to_mix_it_says_so(links: dict[str, str], why: str) -> None:
    found = mixing.mixing(made(links))
    assert [one.name for one in found] == ["ei-index", "assortativity"]
    assert all(one.value is None and one.reason.en == why for one in found)


def test_all_ends_of_one_sector_have_no_assortativity() -> None:
    found = by_name(made({"a": "U1 U2", "b": "I1"}))
    assert found["assortativity", "sectors"].value is None
    assert found["assortativity", "sectors"].reason.en == "all ends of ties are of one sector"
    assert found["ei-index", "sectors"].value == -1


@pytest.mark.parametrize(
    ("internal", "external", "sizes", "value"),
    [
        (1, 7, (1, 3, 2), -1 + 2 * (6 - 0) / (8 - 0)),  # as few as 4 within are possible, as many as 8 between
        (4, 0, (3, 3), -1),
        (0, 4, (3, 3), 1),
        (3, 3, (2, 2), None),  # all pairs are tied
    ],
)
def test_rescaled_is_between_the_least_and_the_most(
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
        ([2, 3], [3, 3], 0),  # 2 of the 5 others are of its own
        ([0, 0], [3, 3], None),
        ([0, 4], [1, 3], None),
        ([4, 0], [3, 0], None),
    ],
)
def test_coleman(row: list[float], sizes: list[int], value: float | None) -> None:
    found = mixing.coleman(np.array([row, [row[1], 0]], dtype=float), np.array(sizes))[0]
    assert found is None if value is None else found == pytest.approx(value)


@given(random_links())
@settings(max_examples=20)
def test_shares_of_ties_sum_to_1_and_so_do_those_of_chance(links: dict[str, str | LinkSpec]) -> None:
    cells = [one for one in mixing.mixing(made(links)) if one.name == "share-of-ties"]
    assume(cells)
    assert sum(one.value or 0.0 for one in cells) == pytest.approx(1)
    assert sum(one.expected or 0.0 for one in cells) == pytest.approx(1)


def test_actors_of_no_known_sector_are_left_out_and_told() -> None:
    network = made({"a": "U1 I1 X1", "b": "U2 I2"})
    assert by_name(network)["ei-index", "sectors"].observations == 2
    assert "Left out: 1 actors of no known sector, and their ties." in notes_of(mixing.table(network))


def test_groups_that_keep_to_themselves_are_seen() -> None:
    links = {f"u{n}": f"U{n} U{n + 1}" for n in range(12)} | {f"i{n}": f"I{n} I{n + 1}" for n in range(12)}
    found = by_name(made(links))["ei-index", "sectors"]
    assert found.value == -1
    assert found.p is not None
    assert found.p < 0.01
    assert found.expected == pytest.approx(0.04, abs=0.05)


def test_the_size_of_the_test_is_what_it_says() -> None:
    """Ties that know nothing of sectors: p is 0.05 or less about once in twenty."""
    rng = np.random.default_rng(4)
    p = []
    for _ in range(200):
        pairs = np.argwhere(np.triu(rng.random((24, 24)) < 0.15, 1))
        of = rng.integers(3, size=24)
        found = mixing.Ties(("a", "b", "c"), of, pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
        drawn = np.trace(mixing.permuted(found, 199), axis1=1, axis2=2)
        p.append(two_sided_p(float(np.trace(mixing.matrix(found))), drawn))
    assert np.mean(np.array(p) <= 0.05) == pytest.approx(0.04, abs=0.04)
