"""Published degree, betweenness, closeness and PageRank of the nodes of classic networks."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import InputError
from kg.measure import find
from kg.network import Network

BENCHMARKS = Path(__file__).parents[3] / "shared" / "data" / "network_benchmarks"
COLUMNS = ("degree", "betweenness", "closeness", "pagerank")
UNDIRECTED = (
    *("bott", "insna", "law_advice", "polbooks"),  # directed networks are refused
    *("brunson_corporate_leadership", "ceos_clubs", "southern_women", "flo_marriage", "flo_business", "karate"),
    *("brunson_club_membership", "brunson_revolution", "brunson_south_africa", "netsci", "dolphins_2", "miserables"),
    *("jazz", "nx_karate", "nx_davis", "nx_florentine", "nx_lesmis", "irish_boards_all_years"),
)


def rows(name: str) -> list[dict[str, str]]:
    file = BENCHMARKS / name
    if not file.exists():
        pytest.skip(f"{file.name} of the network benchmarks is absent")
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def directed(name: str) -> bool:
    summary = json.loads((BENCHMARKS / "summary.json").read_text(encoding="utf-8"))
    return any(row["name"] == name and row["directed"] for row in summary)


@pytest.mark.parametrize("name", UNDIRECTED)
def test_scores_of_a_classic_network_equal_the_published_ones(name: str) -> None:
    nodes = {row["id"]: row for row in rows(f"{name}.nodes.csv")}
    graph: nx.Graph[str] = nx.DiGraph() if directed(name) else nx.Graph()
    graph.add_edges_from((row["source"], row["target"]) for row in rows(f"{name}.edges.csv"))
    if directed(name):
        with pytest.raises(InputError, match="links have no direction"):
            Network.from_networkx(graph)
        return
    # A node without an edge becomes an actor with one link and no tie.
    graph.add_edges_from((node, node) for node in nodes if node not in graph)
    network = Network.from_networkx(graph)
    assert {actor.iri for actor in network.actors} == set(nodes)
    connected = nx.is_connected(graph)
    for column in COLUMNS:
        scores = find(column).function(network, "one-mode").values
        expected = [float(nodes[actor.iri][column]) for actor in network.actors]
        if column != "closeness" or connected:  # the published closeness of other components is scaled
            assert list(scores) == pytest.approx(expected, abs=2e-8), column
