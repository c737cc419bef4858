"""Communities and components: published modularity, networkx as an oracle, seeds, and what is left out."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from helpers.datasets import one_mode, two_mode
from helpers.networks import ID, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.measure.structure import communities as structure
from kg.network import Network, build

TWO_CLIQUES = {**{f"a{n}": f"U{n} U{(n + 1) % 4}" for n in range(4)}, "a4": "U0 U2", "a5": "U1 U3"}
TWO_CLIQUES |= {key.replace("a", "b"): parties.replace("U", "I") for key, parties in TWO_CLIQUES.items()}
TWO_CLIQUES["c"] = "U0 I0"


def made(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def rows(table: Any) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("algorithm", structure.ALGORITHMS)
def test_the_karate_club_has_the_modularity_that_is_known_to_be_the_best(algorithm: str) -> None:
    """0.4198 in four groups is the maximum (Brandes et al. 2008, IEEE Trans. Knowl. Data Eng. 20, 172-188)."""
    ties = one_mode("karate").projection("newman")
    found = max((structure.communities(ties, algorithm, seed) for seed in range(structure.RUNS)),
                key=lambda one: structure.modularity(ties, one) or 0)  # fmt: skip
    assert structure.modularity(ties, found) == pytest.approx(0.41979, abs=1e-5)
    assert found.max() == 3


@given(random_links(unnamed=2))
@settings(max_examples=40)
def test_modularity_is_that_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    ties = made(links).projection("newman")
    of = np.arange(ties.shape[0]) % 3
    groups = [set(np.flatnonzero(of == group).tolist()) for group in range(3)]
    for resolution in (1, 0.5):
        ours = structure.modularity(ties, of, resolution)
        if not ties.nnz:
            assert ours is None
            continue
        graph = nx.from_scipy_sparse_array(ties)
        assert ours == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution))


@pytest.mark.parametrize("algorithm", structure.ALGORITHMS)
def test_a_seed_always_finds_the_same_and_threads_change_nothing(algorithm: str) -> None:
    ties = two_mode("southern_women").projection("newman")
    first = structure.communities(ties, algorithm, 3)
    assert (first == structure.communities(ties, algorithm, 3)).all()


def test_seeds_choose_the_order_of_visits_so_that_stability_can_be_less_than_1() -> None:
    ring = {f"a{n:02}": f"U{n:02} U{(n + 1) % 30:02}" for n in range(30)}
    ties = made(ring).projection("newman")
    for algorithm in structure.ALGORITHMS:
        found = [structure.communities(ties, algorithm, seed) for seed in range(6)]
        assert structure.stability(found) < 1


def test_two_cliques_are_two_communities_whatever_the_seed() -> None:
    table = structure.community_table(made(TWO_CLIQUES))
    found = rows(table)
    assert {(row["community"], row["actor"].removeprefix(ID)[0]) for row in found} in (
        {(1, "U"), (2, "I")},
        {(1, "I"), (2, "U")},
    )
    assert {row["size"] for row in found} == {4}
    assert notes_of(table)[-2].startswith("2 communities by leiden, of modularity 0.4")
    assert (
        notes_of(table)[-1]
        == "Stability: the partitions of two seeds agree by 1.000 (adjusted Rand index, 1 is the same)."
    )


def test_the_strongest_come_first_and_inside_says_how_much_stays() -> None:
    found = {row["actor"].removeprefix(ID): row for row in rows(structure.community_table(made(TWO_CLIQUES)))}
    assert found["U0"]["strength"] == 4
    assert found["U0"]["internal_share"] == 0.75
    assert found["U1"]["internal_share"] == 1
    assert next(key for key in found if key[0] == "U") == "U0"


def test_resolution_makes_communities_smaller_or_larger() -> None:
    network = made({f"a{n:02}": f"U{n:02} U{n + 1:02}" for n in range(24)})
    sizes = [rows(structure.community_table(network, "leiden", resolution))[0]["size"] for resolution in (0.2, 1, 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_actors_without_a_tie_are_left_out_and_told() -> None:
    table = structure.community_table(made({**TWO_CLIQUES, "x": "G1"}))
    assert len(table.rows) == 8
    assert "Left out: 1 actors without a tie." in notes_of(table)


def test_where_nobody_is_tied_there_are_no_communities() -> None:
    for links in ({}, {"a": "U1", "b": "U2"}):
        table = structure.community_table(made(links))
        assert table.rows == ()
        assert notes_of(table)[-1] == "Communities are not defined: no two actors are tied."
    assert structure.modularity(sp.csr_array((3, 3)), np.zeros(3, dtype=np.int64)) is None


def test_a_word_that_is_no_algorithm() -> None:
    with pytest.raises(UsageError, match="no algorithm 'luck'; there are: leiden, louvain"):
        structure.community_table(made(TWO_CLIQUES), "luck")


partitions = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=20)


@given(partitions)
def test_rand_index_is_1_for_the_same_and_does_not_care_for_names_or_order(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array(labels) for labels in zip(*pairs, strict=True))
    assert structure.rand_index(one, one) == 1
    assert structure.rand_index(one, other) == pytest.approx(structure.rand_index(other, 3 - one))


def test_rand_index_by_hand() -> None:
    """Of 6 pairs of 4 things: 2 are together in one, 3 in the other, 1 in both; 1 is expected."""
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])
    assert structure.rand_index(one, other) == pytest.approx((1 - 2 * 3 / 6) / (2.5 - 2 * 3 / 6))


def test_rand_index_of_chance_is_about_0() -> None:
    rng = np.random.default_rng(0)
    found = [structure.rand_index(rng.integers(4, size=60), rng.integers(4, size=60)) for _ in range(200)]
    assert np.mean(found) == pytest.approx(0, abs=0.01)


@given(random_links())
@settings(max_examples=40)
def test_components_are_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = made(links)
    graph = network.to_networkx("two-mode")
    parts = [{node for node in part if graph.nodes[node]["bipartite"] == 0} for part in nx.connected_components(graph)]
    found = rows(structure.component_table(network))
    assert [row["actors"] for row in found] == sorted(map(len, parts), reverse=True)
    assert sum(row["links"] for row in found) == len(network.links)
    for row in found:
        assert row["its_links"] == max(
            graph.degree(node) for part in parts if row["most_links"] in part for node in part
        )


def test_a_component_is_told_by_its_sectors_and_its_actor_of_most_links() -> None:
    (first, second) = rows(structure.component_table(made({"a": "U1 I1", "b": "U1 G1", "c": "U2 I2"})))
    assert (first["actors"], first["links"], first["sectors"]) == (3, 2, "firm government university")
    assert (first["most_links"], first["its_links"]) == (ID + "U1", 2)
    assert (second["actors"], second["links"], second["component"]) == (2, 1, 2)


def test_an_empty_network_has_no_components() -> None:
    assert structure.component_table(made({})).rows == ()
