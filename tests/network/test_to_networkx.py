"""Conversion between networkx graphs and networks."""

import networkx as nx
import pytest
from helpers.networks import LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given

from kg.errors import InputError
from kg.network import Network, build


@given(random_links(unnamed=4))
def test_a_network_survives_a_round_trip(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    again = Network.from_networkx(network.to_networkx("two-mode"))
    assert (again.link_of.tolist(), again.actor_of.tolist()) == (network.link_of.tolist(), network.actor_of.tolist())
    assert (again.actors, again.roles) == (network.actors, network.roles)
    for name in ("iri", "kind", "stage", "start", "layers", "named", "declared", "is_lower_bound"):
        assert [getattr(link, name) for link in again.links] == [getattr(link, name) for link in network.links]
    assert abs(again.projection() - network.projection()).nnz == 0


def test_edges_of_a_plain_graph_are_links() -> None:
    graph: nx.MultiGraph[object] = nx.MultiGraph([("b", "a"), ("a", "b"), ("c", "c"), (1, "a")])
    graph.add_node("alone")
    network = Network.from_networkx(graph)
    assert [actor.iri for actor in network.actors] == ["1", "a", "alone", "b", "c"]
    assert [link.iri for link in network.links] == ["1 -- a", "a -- b", "a -- b (2)", "c -- c"]
    assert [link.named for link in network.links] == [2, 2, 2, 1]
    tied = network.projection().toarray()[[0, 1, 3]][:, [0, 1, 3]]
    assert tied.tolist() == [[0, 1, 0], [1, 0, 2], [0, 2, 0]]


def test_actors_without_an_edge_stay_and_links_without_an_actor_do_not() -> None:
    graph = nx.Graph([("a", "k")])
    graph.add_nodes_from(["alone", "empty"])
    nx.set_node_attributes(graph, {"a": 0, "k": 1, "alone": 0, "empty": 1}, "bipartite")
    network = Network.from_networkx(graph)
    assert [actor.iri for actor in network.actors] == ["a", "alone"]
    assert [link.iri for link in network.links] == ["k"]
    assert notes_of(network)[-1] == "Left out: links without an actor: 1."


def _half_sided() -> "nx.Graph[str]":
    graph = nx.Graph([("a", "k")])
    graph.nodes["a"]["bipartite"] = 0
    return graph


def _one_sided() -> "nx.Graph[str]":
    graph = nx.Graph([("a", "b")])
    nx.set_node_attributes(graph, dict.fromkeys("ab", 0), "bipartite")
    return graph


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        (nx.DiGraph([("a", "b")]), "directed"),
        (nx.Graph([(1, "a"), ("1", "a")]), "same text"),
        (_half_sided(), "to all or to none"),
        (_one_sided(), "'a' and 'b' are of one side"),
    ],
)
def test_unsuitable_graphs_are_refused(graph: "nx.Graph[str]", message: str) -> None:
    with pytest.raises(InputError, match=message):
        Network.from_networkx(graph)


def test_an_empty_graph_is_an_empty_network() -> None:
    network = Network.from_networkx(nx.Graph())
    assert (list(network.actors), list(network.links)) == ([], [])
