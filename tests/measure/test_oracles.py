"""Harmonic closeness, Katz, cores, BiRank and sampled betweenness against networkx and igraph."""

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


def of_igraph(network: Network, mode: Mode) -> igraph.Graph:
    ties = matrices.adjacency(network, mode).tocoo()
    edges = [(a, b) for a, b in zip(*(axis.tolist() for axis in ties.coords), strict=True) if a < b]
    return igraph.Graph(ties.shape[0], edges)


def of_actors(network: Network, scores: dict[str, float]) -> list[float]:
    return [scores[actor.iri] for actor in network.actors]


@given(random_links(unnamed=4))
@settings(deadline=None, max_examples=25)
def test_harmonic_closeness_and_cores_are_those_of_igraph_and_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    actors = len(network.actors)
    for mode in MODES:
        graph = of_igraph(network, mode)
        if mode == "one-mode" and actors == 1:
            assert shortest_paths.harmonic(network, mode).values == (None,)
            continue
        most = actors - 1 if mode == "one-mode" else len(network.links) + (actors - 1) / 2
        others = graph.vcount() - 1
        expected = [value * others / most for value in graph.harmonic_centrality()[:actors]]
        assert list(shortest_paths.harmonic(network, mode).values) == pytest.approx(np.nan_to_num(expected).tolist())
        oracle = of_actors(network, nx.harmonic_centrality(network.to_networkx(mode)))
        assert list(shortest_paths.harmonic(network, mode).values) == pytest.approx([value / most for value in oracle])
        if graph.ecount():
            assert list(degree.core(network, mode).values) == graph.coreness()[:actors]
        else:
            assert degree.core(network, mode).values == (None,) * actors


@given(random_links(unnamed=4))
@settings(deadline=None, max_examples=25)
def test_katz_and_birank_are_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
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
    sides = {0: {}, 1: {}}
    for node, side in graph.nodes(data="bipartite"):
        sides[side][node] = 1.0
    actors, events = ({node: 1 / len(side) for node in side} for side in sides.values())
    fixed = {"alpha": random_walks.DAMPING, "beta": random_walks.DAMPING, "max_iter": 2000, "tol": 1e-13}
    oracle = nx.bipartite.birank(graph, actors, top_personalization=actors, bottom_personalization=events, **fixed)
    assert list(random_walks.birank(network, "two-mode").values) == pytest.approx(of_actors(network, oracle), rel=1e-8)


def test_the_toy_by_hand() -> None:
    network = build(incidence(TOY))
    # G1 has the links a1 and a5 at one step, I1, U1, U2 at two, a2, a3, a4 at three, I2, I3 at four.
    assert shortest_paths.harmonic(network, "two-mode").values[0] == pytest.approx(
        (2 + 3 / 2 + 3 / 3 + 2 / 4) / (5 + 5 / 2)
    )
    # Each of the six is in a cycle of links, but for I2, which is in one link.
    assert degree.core(network, "two-mode").values == (2, 2, 1, 2, 2, 2)
    assert random_walks.birank(network, "one-mode").values == (None,) * 6
    assert "not defined" in notes_of(random_walks.birank(network, "one-mode"))[0]


def test_strength_has_bounds_where_a_size_is_a_lower_bound() -> None:
    network = build(
        incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True), "b": LinkSpec("U1 I1", declared=4)})
    )
    for mode, least, most in (("two-mode", 1 / 4, 1 / 4 + 1 / 5), ("one-mode", 1 / 3, 1 / 3 + 1 / 4)):
        scores = degree.strength(network, mode)
        assert scores.values == scores.upper == pytest.approx((most, most))
        assert scores.lower == pytest.approx((least, least))


def test_strength_in_money_is_not_defined_where_none_is_known() -> None:
    told = {"a": LinkSpec("U1 I1 I2", money={"U1": (6, "EUR"), "I1": (2, "EUR")})}
    network = build(incidence(told), Lens(weight="contribution"))
    assert degree.strength(network, "two-mode").values == (2, None, 6)
    assert degree.strength(network, "one-mode").values == (4, None, 4)
    assert notes_of(degree.strength(network, "one-mode")) == ("Contributions are known for 2 of 3 participations.",)


def clubs(seed: int) -> Network:
    """Two hundred actors in some hundred links, a few in many, some in a part of their own."""
    draw = np.random.default_rng(seed)
    parties: dict[str, set[str]] = {}
    for who, where in zip(np.floor(200 * draw.random(380) ** 2.5), draw.integers(0, 160, 380), strict=True):
        parties.setdefault(f"a{where:03}", set()).add(f"U{int(who):03}")
    return build(incidence({link: " ".join(sorted(names)) for link, names in parties.items()}))


@pytest.mark.parametrize("mode", MODES)
def test_sampled_betweenness_is_within_its_bound_and_repeats(mode: Mode) -> None:
    network = clubs(1)
    exact = np.array(shortest_paths.exact_betweenness(network, mode).values, dtype=float)
    for seed in range(3):
        sampled = shortest_paths.sampled_betweenness(network, mode, error=0.05, seed=seed)
        found = np.array(sampled.values, dtype=float)
        said = float(notes_of(sampled)[0].partition("off by more than ")[2].partition(";")[0])
        assert np.abs(found - exact).max() <= said
        assert found.sum() == pytest.approx(exact.sum(), rel=0.1)
        assert shortest_paths.sampled_betweenness(network, mode, error=0.05, seed=seed).values == sampled.values


def test_each_shortest_path_is_drawn_as_often_as_the_others() -> None:
    # Between a and e there are two paths through b, which c joins on two ways, and one through d.
    edges = nx.Graph(
        [("a", "b1"), ("a", "b2"), ("b1", "c"), ("b2", "c"), ("a", "d"), ("d", "f"), ("c", "e"), ("f", "e")]
    )
    matrix = nx.to_scipy_sparse_array(edges, nodelist=sorted(edges), dtype=float, format="csr")
    exact = nx.betweenness_centrality(edges, normalized=False)
    found, _ = sampled_betweenness.between_by_sample(matrix, 0.02, 0.1, 7)
    pairs = len(edges) * (len(edges) - 1) / 2
    assert found.tolist() == pytest.approx([exact[node] / pairs for node in sorted(edges)], abs=0.02)


@pytest.mark.parametrize("length", [20, 90])
def test_long_paths_take_another_road_to_the_same_betweenness(length: int) -> None:
    network = build(incidence({f"a{k:03}": f"U{k:03} U{k + 1:03}" for k in range(length)} | {"b": "U001 I1"}))
    for mode, oracle in zip(MODES, (nx.bipartite.betweenness_centrality, nx.betweenness_centrality), strict=True):
        nodes = [[actor.iri for actor in network.actors]] if mode == "two-mode" else []
        expected = of_actors(network, oracle(network.to_networkx(mode), *nodes))
        assert list(shortest_paths.exact_betweenness(network, mode).values) == pytest.approx(expected, abs=1e-12)


def test_above_the_size_betweenness_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build(incidence(TOY))
    assert notes_of(shortest_paths.betweenness(network, "two-mode")) == ()
    monkeypatch.setattr(shortest_paths, "EXACT", 10)
    assert notes_of(shortest_paths.betweenness(network, "two-mode"))[0].startswith("Sampled from ")


def test_the_linear_systems_are_solved() -> None:
    network = build(incidence({f"a{k:02}": f"U{k} U{(k * 7) % 40}" for k in range(40) if k != (k * 7) % 40}))
    matrix, _ = matrices.normalised(network.projection())
    right = np.arange(1.0, matrix.shape[0] + 1)
    expected = np.linalg.solve(np.eye(matrix.shape[0]) - 0.85 * matrix.toarray(), right)
    assert matrices.solve(lambda x: 0.85 * (matrix @ x), right) == pytest.approx(expected, rel=1e-12)


def test_walks_over_two_modes_are_those_of_the_whole_matrix() -> None:
    network = build(incidence({f"a{k:02}": f"U{k} I{k * 7 % 40} I{k % 3}" for k in range(40)}))
    both = matrices.sides(network.incidence_matrix())
    whole, _ = matrices.normalised(matrices.adjacency(network, "two-mode"))
    right = np.arange(1.0, whole.shape[0] + 1)
    found = both.walks(0.85, right[: len(network.actors)], right[len(network.actors) :])
    expected = np.linalg.solve(np.eye(len(right)) - 0.85 * whole.toarray(), right)
    assert np.concatenate(found) == pytest.approx(expected, rel=1e-12)
