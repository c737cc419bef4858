"""Communities: published modularity, seeds, resolution, and actors without ties."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.datasets import one_mode, two_mode
from helpers.networks import ID, incidence
from helpers.texts import notes_of

from kg.errors import UsageError
from kg.measure.structure import communities, partitions
from kg.network import Network, build

TWO_CLIQUES = {**{f"a{n}": f"U{n} U{(n + 1) % 4}" for n in range(4)}, "a4": "U0 U2", "a5": "U1 U3"}
TWO_CLIQUES |= {key.replace("a", "b"): parties.replace("U", "I") for key, parties in TWO_CLIQUES.items()}
TWO_CLIQUES["c"] = "U0 I0"


def network_of(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def rows(table: Any) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("algorithm", communities.ALGORITHMS)
def test_the_karate_club_has_the_known_maximum_modularity(algorithm: str) -> None:
    # The maximum is 0.4198 with four communities (Brandes et al. 2008, IEEE Trans. Knowl. Data Eng. 20, 172-188).
    ties = one_mode("karate").projection("newman")
    runs = [communities.detect(ties, algorithm, seed) for seed in range(communities.RUNS)]
    partition = communities.best(ties, runs)
    assert partitions.modularity(ties, partition) == pytest.approx(0.41979, abs=1e-5)
    assert partition.max() == 3


@pytest.mark.parametrize("algorithm", communities.ALGORITHMS)
def test_equal_seeds_give_equal_partitions(algorithm: str) -> None:
    ties = two_mode("southern_women").projection("newman")
    first = communities.detect(ties, algorithm, 3)
    assert (first == communities.detect(ties, algorithm, 3)).all()


def test_different_seeds_may_give_different_partitions() -> None:
    ring = {f"a{n:02}": f"U{n:02} U{(n + 1) % 30:02}" for n in range(30)}
    ties = network_of(ring).projection("newman")
    for algorithm in communities.ALGORITHMS:
        runs = [communities.detect(ties, algorithm, seed) for seed in range(6)]
        assert partitions.stability(runs) < 1


def test_two_cliques_are_two_communities_for_any_seed() -> None:
    table = communities.table(network_of(TWO_CLIQUES))
    cells = rows(table)
    assert {(row["community"], row["actor"].removeprefix(ID)[0]) for row in cells} in (
        {(1, "U"), (2, "I")},
        {(1, "I"), (2, "U")},
    )
    assert {row["size"] for row in cells} == {4}
    assert notes_of(table)[-3].startswith("2 communities by leiden with modularity 0.4")
    assert (
        notes_of(table)[-2]
        == "Stability: the partitions of two seeds agree by 1.000 (adjusted Rand index; 1 if equal)."
    )


def test_two_cliques_are_more_modular_than_random_networks_of_their_degrees() -> None:
    observed, random = communities.modularity_of_chance(network_of(TWO_CLIQUES), "leiden")
    assert observed == pytest.approx(0.423, abs=1e-3)
    assert (random < observed).mean() > 0.9


def test_a_network_with_one_arrangement_is_as_modular_as_chance() -> None:
    observed, random = communities.modularity_of_chance(network_of({"a": "U1 U2 I1", "b": "U1 U2 I1"}), "leiden")
    assert random.tolist() == [observed] * communities.DRAWS


def test_actors_are_sorted_by_strength_with_their_internal_share() -> None:
    by_actor = {row["actor"].removeprefix(ID): row for row in rows(communities.table(network_of(TWO_CLIQUES)))}
    assert by_actor["U0"]["strength"] == 4
    assert by_actor["U0"]["internal_share"] == 0.75
    assert by_actor["U1"]["internal_share"] == 1
    assert next(key for key in by_actor if key[0] == "U") == "U0"


def test_higher_resolution_gives_smaller_communities() -> None:
    network = network_of({f"a{n:02}": f"U{n:02} U{n + 1:02}" for n in range(24)})
    sizes = [rows(communities.table(network, "leiden", resolution))[0]["size"] for resolution in (0.2, 1, 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_actors_without_a_tie_are_left_out_and_counted() -> None:
    table = communities.table(network_of({**TWO_CLIQUES, "x": "G1"}))
    assert len(table.rows) == 8
    assert "Left out: 1 actors without a tie." in notes_of(table)


def test_communities_are_undefined_without_ties() -> None:
    for links in ({}, {"a": "U1", "b": "U2"}):
        table = communities.table(network_of(links))
        assert table.rows == ()
        assert notes_of(table)[-1] == "Communities are not defined: no two actors are tied."


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(UsageError, match="no algorithm 'luck'; there are: leiden, louvain"):
        communities.table(network_of(TWO_CLIQUES), "luck")
