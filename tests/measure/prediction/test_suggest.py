"""Suggestions: scores compared with networkx, candidates, and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from helpers.networks import ID, TOY, ActorSpec, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, UsageError
from kg.measure.prediction.neighbourhood import neighbourhood
from kg.measure.prediction.suggest import COLUMNS, METHODS, Method, find, suggest
from kg.network import Network, build

if TYPE_CHECKING:
    from kg.model import Table

SOME = settings(max_examples=8)
each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]


def projected(network: Network) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(neighbourhood(network).ties)
    for place, actor in enumerate(network.actors):
        graph.nodes[place]["community"] = actor.sector
    return graph


@SOME
@given(random_links(unnamed=3))
def test_scores_of_common_partners_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    near, graph = neighbourhood(network), projected(network)
    pairs = [(a, b) for a in graph for b in graph if a != b and not graph.has_edge(a, b)]
    resource = {(a, b): score for a, b, score in nx.resource_allocation_index(graph, pairs)}
    bonus = {(a, b): score for a, b, score in nx.ra_index_soundarajan_hopcroft(graph, pairs)}
    expected = {
        "adamic-adar": {(a, b): score for a, b, score in nx.adamic_adar_index(graph, pairs)},
        "resource": resource,
        "sector": {pair: resource[pair] + bonus[pair] for pair in pairs},
    }
    for name, scores_of in expected.items():
        scores = [find(name).function(near, place) for place in range(len(network.actors))]
        assert [scores[a][b] for a, b in pairs] == pytest.approx([scores_of[pair] for pair in pairs]), name


@SOME
@given(random_links(unnamed=3))
def test_walks_equal_those_of_networkx(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    near, graph = neighbourhood(network), network.to_networkx("two-mode")
    for place, actor in enumerate(network.actors):
        scores = nx.pagerank(graph, 0.85, personalization={actor.iri: 1}, tol=1e-13, max_iter=1000)
        expected = [scores[other.iri] for other in network.actors]
        assert find("walk").function(near, place).tolist() == pytest.approx(expected, abs=1e-9)


def test_birank_solves_its_equation() -> None:
    network = build(incidence(TOY))
    incidences = network.incidence_matrix().toarray()
    scaled = incidences / np.sqrt(np.outer(incidences.sum(axis=1), incidences.sum(axis=0)))
    actors, links = np.zeros(6), np.zeros(5)
    for _ in range(500):
        actors = 0.85 * scaled.T @ links + 0.15 * (np.arange(6) == 2)
        links = 0.85 * scaled @ actors
    assert find("birank").function(neighbourhood(network), 2).tolist() == pytest.approx(actors.tolist())


def test_paths_are_weighted_by_declared_size() -> None:
    network = build(incidence({"a": LinkSpec("U1 I1", declared=5), "b": "I1 U2", "c": "I1 U3 G1"}))
    scores = {row["label"]: row["score"] for row in rows(suggest(network, ID + "U1", "paths"))}
    assert scores == pytest.approx({"U2": 1 / 4, "U3": 1 / 4 / 2, "G1": 1 / 4 / 2})


@SOME
@given(random_links(unnamed=3), st.data())
def test_partners_and_unreachable_actors_are_not_suggested(
    links: dict[str, str | LinkSpec], data: st.DataObject
) -> None:
    network = build(incidence(links))
    graph = network.to_networkx("two-mode")
    actor = data.draw(st.sampled_from([actor.iri for actor in network.actors]))
    partners = {other for link in graph[actor] for other in graph[link]}
    for method in METHODS:
        suggested = rows(suggest(network, actor, method.name, limit=None))
        assert not partners & {row["actor"] for row in suggested}
        assert {row["actor"] for row in suggested} <= nx.node_connected_component(graph, actor)
        scores = [row["score"] for row in suggested]
        assert scores == sorted(scores, reverse=True)
        assert [row["rank"] for row in suggested] == [1 + sum(other > score for other in scores) for score in scores]


@SOME
@given(random_links(unnamed=3))
def test_reasons_are_paths_in_the_network(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    graph = network.to_networkx("two-mode")
    for actor in network.actors:
        for row in rows(suggest(network, actor.iri, limit=None)):
            first = row["reasons"].split("; ")[0].split(", which ")
            steps = nx.shortest_path_length(graph, actor.iri, row["actor"]) // 2
            assert len(first) == steps
            here = row["actor"]
            for words in first:
                link, there = words.removeprefix("shares “").split("” with ")
                assert graph.has_edge(here, f"{ID}link/{link}")
                assert graph.has_edge(f"{ID}link/{link}", ID + there)
                assert f"{ID}link/{link}" in row["links"].split()
                here = ID + there
            assert here == actor.iri


def test_reasons_in_both_languages() -> None:
    names = ActorSpec(labels={"U1": ("North", "北方大学"), "I1": ("Anvil", "铁砧"), "U2": ("South", "南方大学")})
    links = {
        "a": LinkSpec("U1 I1", label=("Lab", "实验室")),
        "b": LinkSpec("I1 U2", label=("Pact", "协议")),
        "c": LinkSpec("I1 U2", declared=9, label=("Big pact", "大协议")),
    }
    network = build(incidence(links, names))
    (row,) = rows(suggest(network, ID + "U1"))
    assert row["reasons"] == "shares “Pact” with Anvil, which shares “Lab” with North"
    assert row["links"] == f"{ID}link/b {ID}link/a"
    (row,) = rows(suggest(network, ID + "U1", lang="zh"))
    assert row["reasons"] == "与铁砧共同参与“协议”，后者与北方大学共同参与“实验室”"
    assert row["label"] == "南方大学"


def test_reasons_have_three_paths_with_the_smallest_links_first() -> None:
    ways = {f"a{n}": LinkSpec(f"U1 I{n}", declared=2 + n) for n in range(5)} | {f"b{n}": f"I{n} U2" for n in range(5)}
    (row,) = [row for row in rows(suggest(build(incidence(ways)), ID + "U1")) if row["label"] == "U2"]
    assert [words.split()[1] for words in row["reasons"].split("; ")] == ["“b0”", "“b1”", "“b2”"]


def test_a_sector_and_a_limit_select_candidates() -> None:
    network = build(incidence(TOY))
    everyone = rows(suggest(network, ID + "I1"))
    assert {row["sector"] for row in everyone} == {"firm", "university"}
    firms = rows(suggest(network, ID + "I1", sector="firm", limit=1))
    assert [row["sector"] for row in firms] == ["firm"]
    assert firms[0]["rank"] == 1


def test_notes_describe_the_method() -> None:
    notes = notes_of(suggest(build(incidence(TOY)), ID + "I1"))
    assert "These are suggestions: no source states that these parties know each other or intend to cooperate." in notes
    assert any("rooted PageRank" in note for note in notes)
    assert notes[-1].startswith("I1 has 2 named partners here, none of which is suggested")


@each_method
def test_each_method_has_an_explanation_and_a_citation(method: Method) -> None:
    assert method.explanation.en
    assert method.explanation.zh
    assert any(character.isdigit() for character in method.citation)


def test_unknown_actors_and_methods_are_refused() -> None:
    network = build(incidence(TOY))
    with pytest.raises(InputError, match="takes part in no link"):
        suggest(network, ID + "U9")
    with pytest.raises(UsageError, match="there is no method 'luck'; there are: walk"):
        suggest(network, ID + "U1", "luck")


def test_actors_without_candidates_have_no_suggestions() -> None:
    assert suggest(build(incidence({"a": "U1", "b": "U2 I1"})), ID + "U1").rows == ()
    assert suggest(build(incidence({"a": "U1 I1", "b": "U1 I2"})), ID + "U1").rows == ()
