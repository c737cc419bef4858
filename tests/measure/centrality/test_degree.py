"""Centrality compared with networkx, on the toy network, on classic data and on random networks."""

import csv
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.measure import MEASURES, Measure, Scores
from kg.measure.centrality import degree, random_walks, shortest_paths
from kg.network import Mode, Network, build

MODES: tuple[Mode, ...] = ("two-mode", "one-mode")
FAMILIES = "nx_florentine"
BENCHMARKS = Path(__file__).parents[4] / "shared" / "data" / "network_benchmarks"


def by_actor(network: Network, scores: Scores) -> dict[str, float | None]:
    return {actor.iri.removeprefix(ID): value for actor, value in zip(network.actors, scores.values, strict=True)}


def agree(network: Network, scores: Scores, oracle: dict[str, float], within: float = 1e-9) -> None:
    expected = [oracle[actor.iri] for actor in network.actors]
    assert list(scores.values) == pytest.approx(expected, rel=within, abs=within)


def bipartite(network: Network) -> tuple["nx.Graph[str]", list[str]]:
    return network.to_networkx("two-mode"), [actor.iri for actor in network.actors]


def classic(name: str) -> Network:
    """Return a classic data set as a network; skip the test if it is absent."""
    file = BENCHMARKS / f"{name}.edges.csv"
    if not file.exists():
        pytest.skip(f"{file.name} of the network benchmarks is absent")
    parties: dict[str, set[str]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            source, target = (name.replace(" ", "_") for name in (row["source"], row["target"]))
            if name == FAMILIES:
                # In one-mode data, each marriage is a link of two parties.
                parties[f"marriage-{number:02}"] = {source, target}
            else:
                parties.setdefault(target.replace("/", "-"), set()).add(source)
    return build(incidence({link: LinkSpec(" ".join(sorted(names))) for link, names in parties.items()}))


def published(name: str, column: str) -> dict[str, float]:
    with (BENCHMARKS / f"{name}.nodes.csv").open(encoding="utf-8", newline="") as lines:
        return {ID + row["id"].replace(" ", "_"): float(row[column]) for row in csv.DictReader(lines)}


def test_degree_counts_links_or_partners() -> None:
    network = build(incidence(TOY))
    assert by_actor(network, degree.degree(network, "two-mode")) == {
        "G1": 2, "I1": 2, "I2": 1, "I3": 2, "U1": 3, "U2": 2,
    }  # fmt: skip
    assert by_actor(network, degree.degree(network, "one-mode")) == {
        "G1": 3, "I1": 2, "I2": 2, "I3": 3, "U1": 4, "U2": 2,
    }  # fmt: skip


def test_strength_in_the_toy_network() -> None:
    network = build(incidence(TOY))
    assert by_actor(network, degree.strength(network, "one-mode")) == {
        "G1": 2, "I1": 2, "I2": 1, "I3": 2, "U1": 3, "U2": 2,
    }  # fmt: skip
    thirds = {"G1": 5 / 6, "I1": 5 / 6, "I2": 1 / 3, "I3": 5 / 6, "U1": 7 / 6, "U2": 1}
    assert by_actor(network, degree.strength(network, "two-mode")) == pytest.approx(thirds)


@given(random_links(unnamed=9))
def test_fractional_counts_sum_to_the_named_part_of_the_links(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    total = sum(value for value in degree.strength(network, "two-mode").values if value is not None)
    assert total == pytest.approx(sum(link.named / link.declared for link in network.links))


def test_unnamed_parties_reduce_strength() -> None:
    known, partly = build(incidence({"a": "U1 I1"})), build(incidence({"a": LinkSpec("U1 I1", declared=37)}))
    for mode in MODES:
        assert degree.strength(known, mode).values > degree.strength(partly, mode).values
    assert degree.strength(partly, "one-mode").values == pytest.approx((1 / 36, 1 / 36))


def test_degree_equals_that_of_networkx_without_normalisation() -> None:
    network = classic("southern_women")
    graph, actors = bipartite(network)
    oracle = nx.bipartite.degree_centrality(graph, actors)
    agree(network, degree.degree(network, "two-mode"), {iri: oracle[iri] * len(network.links) for iri in actors})


def compare_closeness(network: Network, mode: Mode) -> None:
    """Check closeness in the component of the actors with a score, and that no component has more actors."""
    graph, iris = network.to_networkx(mode), [actor.iri for actor in network.actors]
    scores = dict(zip(iris, shortest_paths.closeness(network, mode).values, strict=True))
    inside = {iri for iri, score in scores.items() if score is not None}
    sizes = [len(part & set(iris)) for part in nx.connected_components(graph)]
    part = graph.subgraph(nx.node_connected_component(graph, min(inside)))
    assert inside == set(part) & set(iris)
    assert len(inside) == max(sizes)
    oracle = nx.closeness_centrality(part) if mode == "one-mode" else nx.bipartite.closeness_centrality(part, inside)
    if len(inside) > 1:
        assert {iri: scores[iri] for iri in inside} == pytest.approx({iri: oracle[iri] for iri in inside})


def compare_all(network: Network) -> None:
    """Check each defined centrality against networkx."""
    graph, actors = bipartite(network)
    compare_closeness(network, "two-mode")
    agree(network, random_walks.pagerank(network, "two-mode"), nx.pagerank(graph, tol=1e-14, max_iter=999), 1e-8)
    ties = network.to_networkx("one-mode")
    agree(network, random_walks.pagerank(network, "one-mode"), nx.pagerank(ties, tol=1e-14, max_iter=999), 1e-8)
    if len(actors) > 1:
        compare_closeness(network, "one-mode")
    if len(actors) > 2:
        agree(network, shortest_paths.betweenness(network, "one-mode"), nx.betweenness_centrality(ties))
    if len(actors) > 1 and len(network.links) > 1:
        agree(
            network, shortest_paths.betweenness(network, "two-mode"), nx.bipartite.betweenness_centrality(graph, actors)
        )


def compare_eigenvectors(network: Network) -> None:
    """Check eigenvector centrality against the eigenvector of the largest component."""
    for mode in MODES:
        scores = random_walks.eigenvector(network, mode)
        inside = [actor.iri for actor, value in zip(network.actors, scores.values, strict=True) if value is not None]
        graph = network.to_networkx(mode)
        components = list(nx.connected_components(graph))
        if not inside:
            assert mode == "one-mode" or max(map(len, components)) <= 1 + len(network.links)
            continue
        component = nx.node_connected_component(graph, inside[0])
        assert len(component) == max(map(len, components))
        own = graph.subgraph(component)
        matrix = nx.to_numpy_array(own, weight="weight")
        vector = np.abs(np.linalg.eigh(matrix)[1][:, -1])
        oracle = dict(zip(own, vector.tolist(), strict=True))
        assert set(inside) == {actor.iri for actor in network.actors} & component
        defined = [value for value in scores.values if value is not None]
        assert defined == pytest.approx([oracle[iri] for iri in inside], abs=1e-7)


def test_centralities_of_the_toy_network_equal_those_of_networkx() -> None:
    network = build(incidence(TOY))
    compare_all(network)
    compare_eigenvectors(network)


@pytest.mark.parametrize("name", ["southern_women", "nx_davis", FAMILIES, "ceos_clubs"])
def test_centralities_of_classic_data_equal_those_of_networkx(name: str) -> None:
    network = classic(name)
    compare_all(network)
    compare_eigenvectors(network)


@given(random_links(unnamed=6))
@settings(max_examples=12)
def test_centralities_of_random_networks_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    compare_all(network)
    compare_eigenvectors(network)


@pytest.mark.parametrize(
    ("column", "measure"), [("betweenness", shortest_paths.betweenness), ("closeness", shortest_paths.closeness)]
)
def test_scores_of_florentine_families_equal_the_published_ones(
    column: str, measure: Callable[[Network, Mode], Scores]
) -> None:
    families = classic(FAMILIES)
    agree(families, measure(families, "one-mode"), published(FAMILIES, column), 1e-8)


def test_betweenness_of_the_medici() -> None:
    network = classic(FAMILIES)
    assert by_actor(network, shortest_paths.betweenness(network, "one-mode"))["Medici"] == pytest.approx(
        0.521978, abs=1e-6
    )


def test_an_actor_in_every_link_has_the_maximum_two_mode_score() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I2", "c": "U1 I3"}))
    for measure in (shortest_paths.closeness, shortest_paths.betweenness):
        assert by_actor(network, measure(network, "two-mode"))["U1"] == pytest.approx(1)


def test_path_lengths_ignore_weights() -> None:
    near = build(incidence({"a": "U1 I1", "b": "I1 I2"}))
    far = build(incidence({"a": LinkSpec("U1 I1", declared=90), "b": "I1 I2"}))
    for measure in (shortest_paths.betweenness, shortest_paths.closeness):
        for mode in MODES:
            assert measure(near, mode).values == measure(far, mode).values


def test_betweenness_of_two_actors_is_undefined() -> None:
    network = build(incidence({"a": "U1 I1"}))
    for mode in MODES:
        scores = shortest_paths.betweenness(network, mode)
        assert scores.values == (None, None)
        assert notes_of(scores) == ("Betweenness is not defined where no actor can stand between two others.",)


def test_closeness_of_a_single_actor() -> None:
    network = build(incidence({"a": "U1"}))
    assert shortest_paths.closeness(network, "one-mode").values == (None,)
    assert shortest_paths.closeness(network, "two-mode").values == (1.0,)


@pytest.mark.parametrize("mode", MODES)
def test_an_actor_outside_the_largest_component_has_no_closeness(mode: Mode) -> None:
    network = build(incidence({"a": "U1 I1", "b": "U2"}))
    scores = shortest_paths.closeness(network, mode)
    assert by_actor(network, scores) == {"U1": 1, "I1": 1, "U2": None}
    (note,) = notes_of(scores)
    assert note.startswith("Closeness is among the 2 actors of the largest component; 1 other actors have none")


def test_eigenvector_centrality_is_undefined_outside_the_largest_component() -> None:
    network = build(incidence({"a": "U1 I1 I2", "b": "U2 I3"}))
    for mode in MODES:
        scores = random_walks.eigenvector(network, mode)
        assert by_actor(network, scores)["U2"] is None
        defined = [value for value in scores.values if value is not None]
        assert defined == pytest.approx([3**-0.5] * 3 if mode == "one-mode" else [6**-0.5] * 3)
        assert "outside the largest component: 2" in notes_of(scores)[0]


def test_the_first_of_equal_components_has_eigenvector_centrality() -> None:
    network = build(incidence({"a": "U2 I3", "b": "U1 I1"}))
    scores = by_actor(network, random_walks.eigenvector(network, "one-mode"))
    assert scores == {"I1": pytest.approx(0.5**0.5), "I3": None, "U1": pytest.approx(0.5**0.5), "U2": None}


def test_eigenvector_centrality_is_undefined_without_ties() -> None:
    network = build(incidence({"a": "U1", "b": "U2"}))
    for mode in MODES:
        assert random_walks.eigenvector(network, mode).values == (None, None)


def test_the_eigenvector_equals_that_of_lapack() -> None:
    links = {f"a{n:02}": f"U{n} U{(n + 7) % 40} I{n % 5}" for n in range(40)}
    network = build(incidence(links))
    _, vectors = np.linalg.eigh(network.projection().toarray())
    assert random_walks.eigenvector(network, "one-mode").values == pytest.approx(np.abs(vectors[:, -1]), abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("mode", MODES)
def test_an_empty_network_has_no_scores(measure: Measure, mode: Mode) -> None:
    assert measure.function(build(incidence({})), mode).values == ()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("mode", MODES)
def test_scores_are_reproducible(measure: Measure, mode: Mode) -> None:
    links = {f"a{n:02}": f"U{n % 7} I{n % 11} I{(n * 5) % 13} G{n % 3}" for n in range(60)}
    network = build(incidence(links))
    assert measure.function(network, mode) == measure.function(network, mode)
