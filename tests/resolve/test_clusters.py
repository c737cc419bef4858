"""Algebraic properties of judgements and identifiers."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from helpers.texts import english
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Text
from kg.resolve import explain
from kg.resolve.clusters import Clusters, canonical, resolve
from kg.resolve.judgements import DIFFERENT, SAME, UNSURE, VERDICTS, Judgement, pair
from kg.resolve.model import Facts

if TYPE_CHECKING:
    from random import Random

ACTORS = tuple("abcdefg")
Numbers = dict[tuple[str, str], tuple[str, ...]]
"""Evidence of the identifiers of an actor, by scheme and number."""
Identifiers = dict[str, Numbers]
ROR, MOE = "https://w3id.org/helix-kg/ontology#rorId", "https://w3id.org/helix-kg/ontology#moeCode"


def judged(one: str, other: str, verdict: str, date: str = "2026-01-01", replaces: tuple[str, ...] = ()) -> Judgement:
    left, right = pair(one, other)
    return Judgement(f"j/{left}{right}/{date}/{verdict}", left, right, verdict, "Li", date, Text("so"), replaces)


def clusters_of(*judgements: Judgement, ids: Identifiers | None = None) -> Clusters:
    return resolve(Facts(judgements, ids or {}))


def having(*numbers: str, scheme: str = ROR) -> Numbers:
    return {(scheme, number): (f"evidence/{number}",) for number in numbers}


PAIRS = st.sampled_from([pair(*two) for two in combinations(ACTORS, 2)])
JUDGEMENTS = st.lists(
    st.builds(
        lambda two, verdict, day: judged(two[0], two[1], verdict, f"2026-01-{day:02}"),
        PAIRS,
        st.sampled_from(VERDICTS),
        st.integers(1, 28),
    ),
    max_size=14,
    unique_by=lambda one: (one.pair, one.date),
)
IDENTIFIERS = st.dictionaries(
    st.sampled_from(ACTORS),
    st.dictionaries(st.tuples(st.sampled_from([ROR, MOE]), st.sampled_from("123")), st.just(("e",)), max_size=2),
    max_size=len(ACTORS),
)


def partition(clusters: Clusters) -> set[tuple[str, ...]]:
    return {clusters.cluster(actor) for actor in ACTORS}


def latest(judgements: list[Judgement]) -> dict[tuple[str, str], str]:
    """Return the latest verdict on each pair; all judgements on a pair have different dates."""
    return {one.pair: one.verdict for one in sorted(judgements, key=lambda one: one.date)}


@given(JUDGEMENTS)
def test_same_is_transitive(judgements: list[Judgement]) -> None:
    same = [one for one in judgements if one.verdict == SAME]
    graph = nx.Graph([two for two, verdict in latest(same).items() if verdict == SAME])
    graph.add_nodes_from(ACTORS)
    assert partition(clusters_of(*same)) == {tuple(sorted(group)) for group in nx.connected_components(graph)}


@given(JUDGEMENTS, IDENTIFIERS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(
    judgements: list[Judgement], identifiers: Identifiers, random: Random
) -> None:
    shuffled = random.sample(judgements, len(judgements))
    reordered = dict(random.sample(sorted(identifiers.items()), len(identifiers)))
    one, other = clusters_of(*judgements, ids=identifiers), clusters_of(*shuffled, ids=reordered)
    assert partition(one) == partition(other)
    assert one.contradictions == other.contradictions
    assert one.rejected == other.rejected


@given(JUDGEMENTS, IDENTIFIERS)
def test_actors_judged_different_are_in_different_clusters(
    judgements: list[Judgement], identifiers: Identifiers
) -> None:
    clusters = clusters_of(*judgements, ids=identifiers)
    for two, verdict in latest(judgements).items():
        if verdict == DIFFERENT:
            assert clusters.cluster(two[0]) != clusters.cluster(two[1])


@given(JUDGEMENTS, IDENTIFIERS)
def test_every_chain_consists_of_effective_steps(judgements: list[Judgement], identifiers: Identifiers) -> None:
    clusters = clusters_of(*judgements, ids=identifiers)
    verdicts = latest(judgements)
    for left, right in combinations(ACTORS, 2):
        chain = clusters.chain(left, right)
        assert bool(chain) == (clusters.cluster(left) == clusters.cluster(right))
        if chain:
            assert (chain[0].left, chain[-1].right) == (left, right)
            assert all(a.right == b.left for a, b in pairwise(chain))
        for step in chain:
            if step.judgement is None:
                assert set(identifiers[step.left]) & set(identifiers[step.right])
            else:
                assert verdicts[pair(step.left, step.right)] == SAME


@given(JUDGEMENTS)
def test_a_contradiction_is_a_chain_of_sames_between_different_actors(judgements: list[Judgement]) -> None:
    verdicts = latest(judgements)
    for one in clusters_of(*judgements).contradictions:
        assert all(verdicts[pair(step.left, step.right)] == SAME for step in one.chain)
        assert all(a.right == b.left for a, b in zip(one.chain, one.chain[1:], strict=False))
        assert (one.chain[0].left, one.chain[-1].right) == (one.conflict.left, one.conflict.right)
        assert verdicts[pair(one.conflict.left, one.conflict.right)] == DIFFERENT


@given(JUDGEMENTS)
def test_every_contradiction_is_detected(judgements: list[Judgement]) -> None:
    verdicts = latest(judgements)
    graph = nx.Graph([two for two, verdict in verdicts.items() if verdict == SAME])
    graph.add_nodes_from(ACTORS)
    contradictory = any(verdict == DIFFERENT and nx.has_path(graph, *two) for two, verdict in verdicts.items())
    assert bool(clusters_of(*judgements).contradictions) == contradictory


@given(JUDGEMENTS, PAIRS)
def test_a_later_judgement_replaces_the_earlier_ones(judgements: list[Judgement], two: tuple[str, str]) -> None:
    others = [one for one in judgements if one.pair != two]
    undone = clusters_of(*judgements, judged(two[0], two[1], UNSURE, "2026-02-01"))
    assert partition(undone) == partition(clusters_of(*others))
    assert undone.contradictions == clusters_of(*others).contradictions


@given(JUDGEMENTS, IDENTIFIERS)
def test_conflicting_identifiers_are_never_in_one_cluster(
    judgements: list[Judgement], identifiers: Identifiers
) -> None:
    numbers: nx.Graph[tuple[str, str]] = nx.Graph()
    for keys in identifiers.values():
        numbers.add_nodes_from(keys)
        for scheme in (ROR, MOE):
            nx.add_path(numbers, sorted(key for key in keys if key[0] == scheme))
    owner = {key: index for index, group in enumerate(nx.connected_components(numbers)) for key in group}
    for cluster in partition(clusters_of(*judgements, ids=identifiers)):
        for scheme in (ROR, MOE):
            of_scheme = {owner[key] for actor in cluster for key in identifiers.get(actor, {}) if key[0] == scheme}
            assert len(of_scheme) <= 1


@given(JUDGEMENTS, IDENTIFIERS)
def test_a_cluster_is_represented_by_one_of_its_members(judgements: list[Judgement], identifiers: Identifiers) -> None:
    clusters = clusters_of(*judgements, ids=identifiers)
    for first, members in clusters.members.items():
        assert first == canonical(reversed(members))
        assert {clusters.canonical[member] for member in members} == {first}


def test_the_shortest_iri_represents_a_cluster() -> None:
    assert canonical(["id/xaut-2", "id/cordis/1", "id/xaut", "id/xatu"]) == "id/xatu"
    assert canonical(["id/台账/华为", "id/huawei"]) == "id/huawei"  # in bytes


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        (having("1"), having("1"), True),
        (having("1"), having("2"), False),
        (having("1"), having("1", scheme=MOE), False),
        (having("1"), {}, False),
        (having("1"), having("1") | having("2"), True),
        (having("1") | having("7", scheme=MOE), having("1") | having("8", scheme=MOE), False),
    ],
)
def test_equal_identifiers_of_one_scheme_join(left: Numbers, right: Numbers, one: bool) -> None:
    clusters = clusters_of(ids={"a": left, "b": right})
    assert (clusters.cluster("a") == clusters.cluster("b")) is one


def test_a_judgement_takes_precedence_over_an_identifier() -> None:
    clusters = clusters_of(judged("a", "b", DIFFERENT), ids={"a": having("1"), "b": having("1")})
    (rejected,) = clusters.rejected
    assert clusters.cluster("a") == ("a",)
    assert clusters.contradictions == ()
    assert explain.step(rejected.chain[0]).en == "a and b: both are rorId 1"
    assert rejected.conflict.evidence == ("j/ab/2026-01-01/different",)


def test_a_judgement_against_conflicting_identifiers_is_a_contradiction() -> None:
    clusters = clusters_of(judged("a", "b", SAME), judged("b", "c", SAME), ids={"a": having("1"), "c": having("2")})
    (contradiction,) = clusters.contradictions
    assert [(step.left, step.right) for step in contradiction.chain] == [("a", "b"), ("b", "c")]
    assert contradiction.conflict.evidence == ("evidence/1", "evidence/2")
    assert english(explain.contradiction(contradiction)).endswith("; but a and c: rorId 1 is not rorId 2")


@pytest.mark.parametrize("reverse", [False, True])
def test_a_part_is_never_the_same_as_its_whole(reverse: bool) -> None:
    part, whole = ("b", "a") if reverse else ("a", "b")
    clusters = resolve(Facts((judged("a", "b", SAME),), {}, {part: {whole: ("evidence/1",)}}))
    (contradiction,) = clusters.contradictions
    assert explain.reason(contradiction.conflict).en == f"{part} is part of {whole}"
    assert clusters.cluster("a") == ("a",)


def test_the_replacing_judgement_of_one_day_is_effective() -> None:
    first = judged("a", "b", SAME)
    clusters = clusters_of(first, judged("a", "b", UNSURE, replaces=(first.iri,)))
    assert (clusters.effective["a", "b"].verdict, clusters.effective["a", "b"].disputed) == (UNSURE, False)


@pytest.mark.parametrize("circle", [False, True])
def test_disagreeing_judgements_of_one_day_join_nothing(circle: bool) -> None:
    one, other = judged("a", "b", SAME), judged("a", "b", DIFFERENT)
    if circle:
        one, other = judged("a", "b", SAME, replaces=(other.iri,)), judged("a", "b", DIFFERENT, replaces=(one.iri,))
    clusters = clusters_of(one, other)
    assert clusters.effective["a", "b"].disputed
    assert clusters.cluster("a") == ("a",)


def test_an_earlier_judgement_cannot_replace_a_later_one() -> None:
    later = judged("a", "b", SAME, "2026-02-01")
    assert clusters_of(judged("a", "b", DIFFERENT, replaces=(later.iri,)), later).effective["a", "b"].verdict == SAME
