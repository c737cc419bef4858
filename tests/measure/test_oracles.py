"""Harmonic closeness, Katz, cores, BiRank and sampled betweenness, compared with networkx and igraph."""

from collections.abc import Mapping

import igraph
import networkx as nx
import numpy as np
import pytest
from helpers.networks import TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.measure.centrality import degree, matrices, random_walks, sampled_betweenness, shortest_paths
from kg.network import Lens, Mode, Network, build

MODES: tuple[Mode, ...] = ("two-mode", "one-mode")


def to_igraph(network: Network, mode: Mode) -> igraph.Graph:
    ties = matrices.adjacency(network, mode).tocoo()
    edges = [(a, b) for a, b in zip(*(axis.tolist() for axis in ties.coords), strict=True) if a < b]
    return igraph.Graph(ties.shape[0], edges)


def of_actors(network: Network, scores: Mapping[str, float]) -> list[float]:
    return [scores[actor.iri] for actor in network.actors]


@given(random_links(unnamed=4))
@settings(deadline=None, max_examples=12)
def test_harmonic_closeness_and_cores_equal_those_of_igraph_and_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    actors = len(network.actors)
    for mode in MODES:
        graph = to_igraph(network, mode)
        if mode == "one-mode" and actors == 1:
            assert shortest_paths.harmonic(network, mode).values == (None,)
            continue
        maximum = actors - 1 if mode == "one-mode" else len(network.links) + (actors - 1) / 2
        others = graph.vcount() - 1
        expected = [value * others / maximum for value in graph.harmonic_centrality()[:actors]]
        assert list(shortest_paths.harmonic(network, mode).values) == pytest.approx(np.nan_to_num(expected).tolist())
        oracle = of_actors(network, nx.harmonic_centrality(network.to_networkx(mode)))
        assert list(shortest_paths.harmonic(network, mode).values) == pytest.approx(
            [value / maximum for value in oracle]
        )
        if graph.ecount():
            assert list(degree.core(network, mode).values) == graph.coreness()[:actors]
        else:
            assert degree.core(network, mode).values == (None,) * actors


@given(random_links(unnamed=4))
@settings(deadline=None, max_examples=12)
def test_katz_and_birank_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    for mode in MODES:
        graph = network.to_networkx(mode)
        if not graph.number_of_edges():
            assert set(random_walks.katz(network, mode).values) == {None}
            continue
        matrix = nx.to_numpy_array(graph)
        alpha = random_walks.KATZ / float(np.linalg.eigvalsh(matrix)[-1])
        oracle = of_actors(network, nx.katz_centrality_numpy(graph, alpha=alpha, weight="weight"))
        assert list(random_walks.katz(network, mode).values) == pytest.approx(oracle, rel=1e-8)
    graph = network.to_networkx("two-mode")
    sides = [[node for node, of in graph.nodes.items() if of["bipartite"] == side] for side in (0, 1)]
    actors, events = ({node: 1 / len(side) for node in side} for side in sides)
    birank = nx.bipartite.birank(
        graph,
        actors,
        alpha=random_walks.DAMPING,
        beta=random_walks.DAMPING,
        top_personalization=actors,
        bottom_personalization=events,
        max_iter=2000,
        tol=1e-13,
    )
    assert list(random_walks.birank(network, "two-mode").values) == pytest.approx(of_actors(network, birank), rel=1e-8)


def test_scores_of_the_toy_network_match_values_computed_by_hand() -> None:
    network = build(incidence(TOY))
    # From G1, the distances are 1 to a1, a5; 2 to I1, U1, U2; 3 to a2, a3, a4; and 4 to I2, I3.
    assert shortest_paths.harmonic(network, "two-mode").values[0] == pytest.approx(
        (2 + 3 / 2 + 3 / 3 + 2 / 4) / (5 + 5 / 2)
    )
    # All actors except I2, which has one link, are in a cycle of links.
    assert degree.core(network, "two-mode").values == (2, 2, 1, 2, 2, 2)
    assert random_walks.birank(network, "one-mode").values == (None,) * 6
    assert "defined for the two-mode network only" in notes_of(random_walks.birank(network, "one-mode"))[0]


def test_strength_has_bounds_if_a_size_is_a_lower_bound() -> None:
    network = build(
        incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True), "b": LinkSpec("U1 I1", declared=4)})
    )
    cases: tuple[tuple[Mode, float, float], ...] = (
        ("two-mode", 1 / 4, 1 / 4 + 1 / 5),
        ("one-mode", 1 / 3, 1 / 3 + 1 / 4),
    )
    for mode, least, most in cases:
        scores = degree.strength(network, mode)
        assert scores.values == scores.upper == pytest.approx((most, most))
        assert scores.lower == pytest.approx((least, least))


def test_strength_by_contribution_is_undefined_if_none_is_known() -> None:
    links = {"a": LinkSpec("U1 I1 I2", money={"U1": (6, "EUR"), "I1": (2, "EUR")})}
    network = build(incidence(links), Lens(weight="contribution"))
    assert degree.strength(network, "two-mode").values == (2, None, 6)
    assert degree.strength(network, "one-mode").values == (4, None, 4)
    assert notes_of(degree.strength(network, "one-mode")) == ("Contributions are known for 2 of 3 participations.",)


def clubs(seed: int) -> Network:
    """Return up to 200 actors in about 150 links: some actors in many links, some in small components."""
    generator = np.random.default_rng(seed)
    parties: dict[str, set[str]] = {}
    for actor, link in zip(np.floor(200 * generator.random(380) ** 2.5), generator.integers(0, 160, 380), strict=True):
        parties.setdefault(f"a{link:03}", set()).add(f"U{int(actor):03}")
    return build(incidence({key: " ".join(sorted(names)) for key, names in parties.items()}))


@pytest.mark.parametrize("mode", MODES)
def test_sampled_betweenness_is_within_its_error_bound(mode: Mode) -> None:
    network = clubs(1)
    exact = np.array(shortest_paths.exact_betweenness(network, mode).values, dtype=float)
    again = shortest_paths.sampled_betweenness(network, mode, error=0.07, seed=1)
    for seed in (0, 1):
        sampled = shortest_paths.sampled_betweenness(network, mode, error=0.07, seed=seed)
        values = np.array(sampled.values, dtype=float)
        bound = float(notes_of(sampled)[0].partition("errors are at most ")[2].partition(";")[0])
        inside = ~np.isnan(values)
        assert 0 < np.count_nonzero(~inside) < len(values) / 4
        assert np.abs(values - exact)[inside].max() <= bound
        assert values[inside].sum() == pytest.approx(exact[inside].sum(), rel=0.1)
        assert notes_of(sampled)[1].endswith(f"; {np.count_nonzero(~inside)} other actors have none.")
        assert (sampled.values == again.values) == (seed == 1)


def test_shortest_paths_are_sampled_uniformly() -> None:
    # Five shortest paths lead from a to e: four through c, by b1 or b2 and g1 or g2, and one through d. Both ends have
    # twelve leaves, so that paths between them are a third of all.
    ways = ("a b1 c g1 e", "a b2 c g2 e", "a d f h e", *(f"{end} {end}{leaf}" for end in "ae" for leaf in range(12)))
    edges: nx.Graph[str] = nx.Graph()
    for way in ways:
        nx.add_path(edges, way.split())
    matrix = nx.to_scipy_sparse_array(edges, nodelist=sorted(edges), dtype=np.dtype(float), format="csr")
    exact = nx.betweenness_centrality(edges, normalized=False)
    shares, _ = sampled_betweenness.sample_betweenness(matrix, 0.04, 0.1, 7)
    pairs = len(edges) * (len(edges) - 1) / 2
    assert shares.tolist() == pytest.approx([exact[node] / pairs for node in sorted(edges)], abs=0.03)


@pytest.mark.parametrize("length", [20, 90])
def test_betweenness_of_long_paths_equals_that_of_networkx(length: int) -> None:
    network = build(incidence({f"a{k:03}": f"U{k:03} U{k + 1:03}" for k in range(length)} | {"b": "U001 I1"}))
    actors = [actor.iri for actor in network.actors]
    oracles = {
        "two-mode": nx.bipartite.betweenness_centrality(network.to_networkx("two-mode"), actors),
        "one-mode": nx.betweenness_centrality(network.to_networkx("one-mode")),
    }
    for mode in MODES:
        expected = of_actors(network, oracles[mode])
        assert list(shortest_paths.exact_betweenness(network, mode).values) == pytest.approx(expected, abs=1e-12)


def test_betweenness_of_large_networks_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence({"a": "U1 I1", "b": "I1 U2"}))
    assert notes_of(shortest_paths.betweenness(network, "two-mode")) == ()
    monkeypatch.setattr(shortest_paths, "MAX_EXACT_WORK", 10)
    assert notes_of(shortest_paths.betweenness(network, "two-mode"))[0].startswith("Sampled from ")


def test_conjugate_gradients_solve_the_linear_system() -> None:
    network = build(incidence({f"a{k:02}": f"U{k} U{(k * 7) % 40}" for k in range(40) if k != (k * 7) % 40}))
    matrix, _ = matrices.normalised(network.projection())
    right = np.arange(1.0, matrix.shape[0] + 1)
    expected = np.linalg.solve(np.eye(matrix.shape[0]) - 0.85 * matrix.toarray(), right)
    assert matrices.conjugate_gradients(lambda x: 0.85 * (matrix @ x), right) == pytest.approx(expected, rel=1e-12)


def test_the_bipartite_system_equals_that_of_the_whole_matrix() -> None:
    network = build(incidence({f"a{k:02}": f"U{k} I{k * 7 % 40} I{k % 3}" for k in range(40)}))
    operator = matrices.normalised_incidences(network.incidence_matrix())
    whole, _ = matrices.normalised(matrices.adjacency(network, "two-mode"))
    right = np.arange(1.0, whole.shape[0] + 1)
    solution = operator.solve(0.85, right[: len(network.actors)], right[len(network.actors) :])
    expected = np.linalg.solve(np.eye(len(right)) - 0.85 * whole.toarray(), right)
    assert np.concatenate(solution) == pytest.approx(expected, rel=1e-12)
