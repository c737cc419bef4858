"""The algebra of judgements and identifiers, held as properties."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Text
from kg.resolve import explain
from kg.resolve.clusters import Clusters, canonical, resolve
from kg.resolve.judgements import DIFFERENT, SAME, UNSURE, VERDICTS, Judgement, pair
from kg.resolve.model import Facts

ACTORS = tuple("abcdefg")
Identifiers = dict[tuple[str, str], tuple[str, ...]]
ROR, MOE = "https://w3id.org/helix-kg/ontology#rorId", "https://w3id.org/helix-kg/ontology#moeCode"


def judged(one: str, other: str, verdict: str, on: str = "2026-01-01", replaces: tuple[str, ...] = ()) -> Judgement:
    left, right = pair(one, other)
    return Judgement(f"j/{left}{right}/{on}/{verdict}", left, right, verdict, "Li", on, Text("so"), replaces)


def clusters_of(
    *judgements: Judgement, ids: dict[str, dict[tuple[str, str], tuple[str, ...]]] | None = None
) -> Clusters:
    return resolve(Facts(judgements, ids or {}))


def bears(*numbers: str, scheme: str = ROR) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(scheme, number): (f"evidence/{number}",) for number in numbers}


PAIRS = st.sampled_from([pair(*two) for two in combinations(ACTORS, 2)])
JUDGEMENTS = st.lists(
    st.builds(
        lambda two, verdict, day: judged(*two, verdict, f"2026-01-{day:02}"),
        PAIRS,
        st.sampled_from(VERDICTS),
        st.integers(1, 28),
    ),
    max_size=14,
    unique_by=lambda one: (one.pair, one.on),
)
IDENTIFIERS = st.dictionaries(
    st.sampled_from(ACTORS),
    st.dictionaries(st.tuples(st.sampled_from([ROR, MOE]), st.sampled_from("123")), st.just(("e",)), max_size=2),
    max_size=len(ACTORS),
)


def partition(clusters: Clusters) -> set[tuple[str, ...]]:
    return {clusters.cluster(actor) for actor in ACTORS}


def latest(judgements: list[Judgement]) -> dict[tuple[str, str], str]:
    """What counts of judgements none of which are of one pair and day: the latest of each pair."""
    return {one.pair: one.verdict for one in sorted(judgements, key=lambda one: one.on)}


@given(JUDGEMENTS)
def test_same_is_transitive(judgements: list[Judgement]) -> None:
    same = [one for one in judgements if one.verdict == SAME]
    graph = nx.Graph([two for two, verdict in latest(same).items() if verdict == SAME])
    graph.add_nodes_from(ACTORS)
    assert partition(clusters_of(*same)) == {tuple(sorted(group)) for group in nx.connected_components(graph)}


@given(JUDGEMENTS, IDENTIFIERS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_known_does_not_matter(judgements, identifiers, random) -> None:
    shuffled = random.sample(judgements, len(judgements))
    turned = dict(random.sample(sorted(identifiers.items()), len(identifiers)))
    one, other = clusters_of(*judgements, ids=identifiers), clusters_of(*shuffled, ids=turned)
    assert partition(one) == partition(other)
    assert one.contradictions == other.contradictions
    assert one.rejected == other.rejected


@given(JUDGEMENTS, IDENTIFIERS)
def test_nobody_is_one_with_whom_they_were_judged_different_from(judgements, identifiers) -> None:
    clusters = clusters_of(*judgements, ids=identifiers)
    for two, verdict in latest(judgements).items():
        if verdict == DIFFERENT:
            assert clusters.cluster(two[0]) != clusters.cluster(two[1])


@given(JUDGEMENTS, IDENTIFIERS)
def test_every_chain_goes_step_by_step_over_what_stands(judgements, identifiers) -> None:
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
def test_each_contradiction_is_a_chain_of_sames_between_two_that_are_different(judgements: list[Judgement]) -> None:
    verdicts = latest(judgements)
    for found in clusters_of(*judgements).contradictions:
        assert all(verdicts[pair(step.left, step.right)] == SAME for step in found.chain)
        assert all(a.right == b.left for a, b in zip(found.chain, found.chain[1:], strict=False))
        assert (found.chain[0].left, found.chain[-1].right) == (found.conflict.left, found.conflict.right)
        assert verdicts[pair(found.conflict.left, found.conflict.right)] == DIFFERENT


@given(JUDGEMENTS)
def test_what_cannot_all_be_true_is_found(judgements: list[Judgement]) -> None:
    verdicts = latest(judgements)
    graph = nx.Graph([two for two, verdict in verdicts.items() if verdict == SAME])
    graph.add_nodes_from(ACTORS)
    disputed = any(verdict == DIFFERENT and nx.has_path(graph, *two) for two, verdict in verdicts.items())
    assert bool(clusters_of(*judgements).contradictions) == disputed


@given(JUDGEMENTS, PAIRS)
def test_a_later_judgement_undoes_the_earlier_ones_on_the_pair(judgements: list[Judgement], two) -> None:
    others = [one for one in judgements if one.pair != two]
    undone = clusters_of(*judgements, judged(*two, UNSURE, "2026-02-01"))
    assert partition(undone) == partition(clusters_of(*others))
    assert undone.contradictions == clusters_of(*others).contradictions


@given(JUDGEMENTS, IDENTIFIERS)
def test_identifiers_of_one_scheme_that_conflict_are_never_in_one_cluster(judgements, identifiers) -> None:
    numbers = nx.Graph()
    for keys in identifiers.values():
        numbers.add_nodes_from(keys)
        for scheme in (ROR, MOE):
            nx.add_path(numbers, sorted(key for key in keys if key[0] == scheme))
    body = {key: index for index, group in enumerate(nx.connected_components(numbers)) for key in group}
    for cluster in partition(clusters_of(*judgements, ids=identifiers)):
        for scheme in (ROR, MOE):
            of_scheme = {body[key] for actor in cluster for key in identifiers.get(actor, {}) if key[0] == scheme}
            assert len(of_scheme) <= 1


@given(JUDGEMENTS, IDENTIFIERS)
def test_a_cluster_counts_as_one_of_its_members_whatever_else_is_judged(judgements, identifiers) -> None:
    clusters = clusters_of(*judgements, ids=identifiers)
    for first, members in clusters.members.items():
        assert first == canonical(reversed(members))
        assert {clusters.canonical[member] for member in members} == {first}


def test_the_shortest_iri_stands_for_a_cluster() -> None:
    assert canonical(["id/xaut-2", "id/cordis/1", "id/xaut", "id/xatu"]) == "id/xatu"


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        (bears("1"), bears("1"), True),
        (bears("1"), bears("2"), False),
        (bears("1"), bears("1", scheme=MOE), False),
        (bears("1"), {}, False),
        (bears("1"), bears("1") | bears("2"), True),
        (bears("1") | bears("7", scheme=MOE), bears("1") | bears("8", scheme=MOE), False),
    ],
)
def test_equal_identifiers_of_one_scheme_join(left, right, one: bool) -> None:
    clusters = clusters_of(ids={"a": left, "b": right})
    assert (clusters.cluster("a") == clusters.cluster("b")) is one


def test_a_judgement_goes_before_an_identifier_which_is_then_left_aside_and_told() -> None:
    clusters = clusters_of(judged("a", "b", DIFFERENT), ids={"a": bears("1"), "b": bears("1")})
    (found,) = clusters.rejected
    assert clusters.cluster("a") == ("a",)
    assert clusters.contradictions == ()
    assert explain.step(found.chain[0]) == "a and b: both are rorId 1"
    assert found.conflict.evidence == ("j/ab/2026-01-01/different",)


def test_a_judgement_against_conflicting_identifiers_is_a_contradiction() -> None:
    clusters = clusters_of(judged("a", "b", SAME), judged("b", "c", SAME), ids={"a": bears("1"), "c": bears("2")})
    (found,) = clusters.contradictions
    assert [(step.left, step.right) for step in found.chain] == [("a", "b"), ("b", "c")]
    assert found.conflict.evidence == ("evidence/1", "evidence/2")
    assert explain.contradiction(found).endswith("; but a and c: rorId 1 is not rorId 2")


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_is_never_its_whole(turned: bool) -> None:
    part, whole = ("b", "a") if turned else ("a", "b")
    clusters = resolve(Facts((judged("a", "b", SAME),), {}, {part: {whole: ("evidence/1",)}}))
    (found,) = clusters.contradictions
    assert explain.reason(found.conflict) == f"{part} is part of {whole}"
    assert clusters.cluster("a") == ("a",)


def test_of_two_judgements_of_one_day_the_one_that_replaces_the_other_counts() -> None:
    first = judged("a", "b", SAME)
    clusters = clusters_of(first, judged("a", "b", UNSURE, replaces=(first.iri,)))
    assert (clusters.effective["a", "b"].verdict, clusters.effective["a", "b"].disputed) == (UNSURE, False)


@pytest.mark.parametrize("circle", [False, True])
def test_of_two_judgements_of_one_day_that_do_not_agree_none_joins(circle: bool) -> None:
    one, other = judged("a", "b", SAME), judged("a", "b", DIFFERENT)
    if circle:
        one, other = judged("a", "b", SAME, replaces=(other.iri,)), judged("a", "b", DIFFERENT, replaces=(one.iri,))
    clusters = clusters_of(one, other)
    assert clusters.effective["a", "b"].disputed
    assert clusters.cluster("a") == ("a",)


def test_a_judgement_cannot_replace_one_of_a_later_day() -> None:
    later = judged("a", "b", SAME, "2026-02-01")
    assert clusters_of(judged("a", "b", DIFFERENT, replaces=(later.iri,)), later).effective["a", "b"].verdict == SAME
