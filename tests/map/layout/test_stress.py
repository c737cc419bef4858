"""Stress layout: positions are finite, apart and deterministic, and components do not overlap."""

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from helpers import layout_quality
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial.distance import pdist

from kg import network
from kg.map.layout import stress as stress_layout
from kg.map.layout.stress import positions
from kg.map.scene.communities import communities
from kg.map.scene.edges import lines, members
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

Pairs = list[tuple[int, int]]


def place(n: int, pairs: Pairs, seed: int = 1) -> NDArray[np.float64]:
    return positions(np.array(pairs, dtype=np.int64).reshape(-1, 2), np.full(n, 5.0), seed=seed)


graphs = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] < pair[1])),
    )
)


@given(graphs)
def test_points_are_finite_apart_and_deterministic(graph: tuple[int, set[tuple[int, int]]]) -> None:
    n, pairs = graph
    points = place(n, sorted(pairs))
    assert points.shape == (n, 2)
    assert np.isfinite(points).all()
    assert len({tuple(row) for row in points.tolist()}) == n
    assert n == 1 or pdist(points).min() >= 9.5
    assert points.tobytes() == place(n, sorted(pairs)).tobytes()


def test_empty_graph_has_no_positions() -> None:
    assert place(0, []).shape == (0, 2)


def test_structurally_equivalent_points_are_separated() -> None:
    star = place(9, [(0, i) for i in range(1, 9)])
    assert pdist(star).min() > 15


def test_neighbours_are_nearer_than_distant_points() -> None:
    path = place(6, [(i, i + 1) for i in range(5)])
    assert np.linalg.norm(path[0] - path[1]) < np.linalg.norm(path[0] - path[5]) / 3


def test_stress_is_close_to_kamada_kawai() -> None:
    graph = nx.random_labeled_tree(40, seed=3)
    wanted = nx.floyd_warshall_numpy(graph)[np.triu_indices(40, 1)]

    def stress(points: NDArray[np.float64]) -> float:
        distances = pdist(points)
        distances *= (distances / wanted).sum() / (distances**2 / wanted**2).sum()  # the scale is free
        return float((((distances - wanted) / wanted) ** 2).sum())

    theirs = nx.kamada_kawai_layout(graph)
    best = stress(np.array([theirs[i] for i in range(40)]))
    # Our layout gives hubs longer lines, which stress with equal lengths counts as error.
    assert stress(place(40, list(graph.edges))) < 3 * best


def test_components_do_not_overlap_and_the_largest_is_central() -> None:
    parts = [range(20), range(20, 25), range(25, 27), range(27, 28)]
    points = place(28, [(part[0], i) for part in parts for i in part[1:]])
    boxes = [(points[list(part)].min(axis=0) - 5, points[list(part)].max(axis=0) + 5) for part in parts]
    middle = points.mean(axis=0)
    assert (boxes[0][0] < middle).all()
    assert (middle < boxes[0][1]).all()
    for part in parts[1:]:
        others = np.delete(points, list(part), axis=0)
        for i in part:
            assert np.linalg.norm(others - points[i], axis=1).min() > 24


def test_different_seeds_give_different_layouts() -> None:
    ring = [(i, (i + 1) % 8) for i in range(8)]
    assert place(8, ring, seed=1).tobytes() != place(8, ring, seed=2).tobytes()


def test_large_component_is_placed_by_pivots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stress_layout, "DENSE_LIMIT", 30)
    monkeypatch.setattr(stress_layout, "PIVOTS", 8)
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(10, 10))
    points = place(100, list(grid.edges))
    assert np.isfinite(points).all()
    assert pdist(points).min() >= 9.5


def shipped(built: Path) -> tuple[int, NDArray[np.int64]]:
    """Return the size and the lines of the largest component of the shipped graphs."""
    with LocalStore(built).view() as view:
        whole = network.build(load_incidence(view))
        drawn, _ = lines(whole, members(whole))
    pairs = np.array([(line.a, line.b) for line in drawn])
    points, inside = layout_quality.largest(int(pairs.max()) + 1, pairs)
    return len(points), inside


def _columns(file: Path) -> tuple[int, NDArray[np.int64]]:
    with file.open(encoding="utf-8") as lines:
        rows = [tuple(row[:2]) for row in csv.reader(lines)][1:]
    ids = {name: i for i, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    pairs = np.unique(np.sort(np.array([[ids[a], ids[b]] for a, b in rows]), axis=1), axis=0)
    points, inside = layout_quality.largest(len(ids), pairs[pairs[:, 0] < pairs[:, 1]])
    return len(points), inside


NETWORKS = ("the shipped graphs", "southern_women", "miserables", pytest.param("netsci", marks=pytest.mark.scale))


@pytest.mark.parametrize("name", NETWORKS)
def test_layout_scores_better_than_a_force_layout(name: str, request: pytest.FixtureRequest) -> None:
    if name == "the shipped graphs":
        n, pairs = shipped(request.getfixturevalue("built"))
    else:
        folder = request.getfixturevalue("shared") / "data" / "network_benchmarks"
        n, pairs = _columns(folder / f"{name}.edges.csv")
    ours = positions(pairs, np.full(n, 6.0), communities(n, pairs))
    graph: nx.Graph[int] = nx.Graph(pairs.tolist())
    theirs = nx.spring_layout(graph, seed=1)
    plain = np.array([theirs[i] for i in range(n)])
    assert layout_quality.crossings(ours, pairs) < layout_quality.crossings(plain, pairs)
    assert layout_quality.preservation(ours, pairs) > layout_quality.preservation(plain, pairs)
    assert layout_quality.stress(ours, pairs) < layout_quality.stress(plain, pairs)


def test_small_components_are_packed_without_overlap() -> None:
    n = 400
    points = place(n, [(i, i + 1) for i in range(0, n, 2)])
    assert pdist(points).min() >= 9.5
    width, height = np.ptp(points, axis=0)
    assert 0.7 < width / height < 2.5


def test_pivots_are_nearly_as_good_as_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.convert_node_labels_to_integers(nx.connected_watts_strogatz_graph(300, 4, 0.1, seed=2))
    pairs = np.array(graph.edges)
    whole = layout_quality.stress(place(300, list(graph.edges)), pairs)
    monkeypatch.setattr(stress_layout, "DENSE_LIMIT", 30)
    assert layout_quality.stress(place(300, list(graph.edges)), pairs) < 1.5 * whole
