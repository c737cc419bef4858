"""Networks: a toy computed by hand, the lens, aggregation of units, and identities of Newman's weights."""

from datetime import date

import networkx as nx
import numpy as np
import pytest
from helpers.networks import ID, TOY, ActorSpec, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given

from kg.errors import UsageError
from kg.network import Lens, Network, build


def keys(network: Network) -> list[str]:
    """Return short names of the actors."""
    return [actor.iri.removeprefix(ID) for actor in network.actors]


def link_keys(network: Network) -> list[str]:
    return [link.iri.removeprefix(ID + "link/") for link in network.links]


def weights(network: Network) -> dict[tuple[str, str], float]:
    names = keys(network)
    return {(names[tie.a], names[tie.b]): tie.weight for tie in network.edges()}


def sums(network: Network) -> dict[str, float]:
    return dict(zip(keys(network), network.projection("newman").sum(axis=1).tolist(), strict=True))


def test_the_toy_has_five_links_among_six_actors() -> None:
    network = build(incidence(TOY))
    assert keys(network) == ["G1", "I1", "I2", "I3", "U1", "U2"]
    assert link_keys(network) == ["a1", "a2", "a3", "a4", "a5"]
    assert network.incidence_matrix().sum() == 12
    assert network.incidence_matrix().toarray()[0].tolist() == [1, 1, 0, 0, 1, 0]


def test_newman_weights_of_the_toy_match_the_literature() -> None:
    network = build(incidence(TOY))
    assert weights(network) == {
        ("I1", "U1"): 1.5,
        ("G1", "U2"): 1.0,
        ("I3", "U2"): 1.0,
        ("G1", "I1"): 0.5,
        ("G1", "U1"): 0.5,
        ("I2", "I3"): 0.5,
        ("I2", "U1"): 0.5,
        ("I3", "U1"): 0.5,
    }
    assert sums(network) == {"G1": 2, "I1": 2, "I2": 1, "I3": 2, "U1": 3, "U2": 2}


def test_unnamed_parties_keep_their_share_of_the_weight() -> None:
    network = build(incidence({"big": LinkSpec("U1 I1", declared=37)}))
    assert weights(network) == {("I1", "U1"): pytest.approx(1 / 36)}


def test_a_link_with_one_party_gives_no_ties() -> None:
    network = build(incidence({"a": "U1", "b": "U1 I1"}))
    assert weights(network) == {("I1", "U1"): 1.0}
    assert network.projection("newman").nnz == 2


@given(random_links())
def test_weights_sum_to_the_links_with_two_parties_if_all_are_named(
    links: dict[str, str | LinkSpec],
) -> None:
    network = build(incidence(links))
    matrix = network.incidence_matrix()
    shared = matrix.T @ (matrix.sum(axis=1) > 1).astype(float)
    assert network.projection("newman").sum(axis=1) == pytest.approx(shared)


@given(random_links(unnamed=30))
def test_the_sum_lacks_the_share_of_unnamed_parties(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    owed = np.zeros(len(network.actors))
    expected = np.zeros(len(network.actors))
    for link, actor in zip(network.link_of, network.actor_of, strict=True):
        node = network.links[link]
        if node.declared > 1:
            expected[actor] += 1
            owed[actor] += (node.declared - node.named) / (node.declared - 1)
    assert network.projection("newman").sum(axis=1) == pytest.approx(expected - owed)


@given(random_links())
def test_networkx_projects_to_the_same_weights(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    two_mode = network.to_networkx("two-mode")
    actors = [actor.iri for actor in network.actors]
    oracle = nx.bipartite.collaboration_weighted_projected_graph(two_mode, actors)
    expected = nx.to_numpy_array(oracle, nodelist=actors)
    assert network.projection("newman").toarray() == pytest.approx(expected)


@given(random_links(unnamed=5))
def test_arrays_ties_and_graph_agree(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    newman, count = network.projection("newman").toarray(), network.projection("count").toarray()
    assert (newman == newman.T).all()
    graph = network.to_networkx("one-mode")
    assert graph.number_of_edges() == len(network.edges()) == np.count_nonzero(np.triu(count))
    for tie in network.edges():
        assert tie.weight == pytest.approx(newman[tie.a, tie.b])
        assert len(tie.links) == count[tie.a, tie.b]
        edge = graph.edges[network.actors[tie.a].iri, network.actors[tie.b].iri]
        assert edge["link_iris"].split() == [network.links[k].iri for k in tie.links]


def test_two_roles_in_one_link_are_one_incidence() -> None:
    network = build(incidence({"a": "U1/host U1/party I1"}))
    assert network.incidence_matrix().sum() == 2
    assert network.roles == (("party",), ("host", "party"))
    assert network.links[0].named == 2
    assert network.links[0].layers == ("co-builds", "cooperates")


def test_a_unit_counts_for_the_host_of_its_host() -> None:
    tables = incidence({"a": "Ulab I1"}, ActorSpec(hosts={"Ulab": "Ucollege", "Ucollege": "U1"}))
    assert keys(build(tables)) == ["I1", "U1"]
    assert keys(build(tables, Lens(aggregate="none"))) == ["I1", "Ulab"]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 8, 33])
def test_a_chain_of_hosts_is_followed_to_its_end(length: int) -> None:
    hosts = {f"Unit{n:02}": f"Unit{n + 1:02}" for n in range(length)}
    assert keys(build(incidence({"a": "Unit00 I1"}, ActorSpec(hosts=hosts)))) == ["I1", f"Unit{length:02}"]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7])
def test_units_with_cyclic_hosts_count_for_themselves_with_a_note(length: int) -> None:
    hosts = {f"U{n}": f"U{(n + 1) % length}" for n in range(length)} | {"Ulab": "U0"}
    network = build(incidence({"a": "U0 I1", "b": "Ulab I1"}, ActorSpec(hosts=hosts)))
    assert keys(network) == ["I1", "U0", "Ulab"]
    assert any("hosts form a cycle" in note for note in notes_of(network))


def test_aggregating_units_keeps_the_unnamed_count() -> None:
    links = {"a": LinkSpec("Ulab U1 I1", declared=10)}
    tables = incidence(links, ActorSpec(hosts={"Ulab": "U1"}))
    folded, own = build(tables).links[0], build(tables, Lens(aggregate="none")).links[0]
    assert (folded.named, folded.declared) == (2, 9)
    assert (own.named, own.declared) == (3, 10)


def test_a_link_between_a_unit_and_its_host_gives_no_ties() -> None:
    network = build(incidence({"a": "Ulab U1"}, ActorSpec(hosts={"Ulab": "U1"})))
    assert keys(network) == ["U1"]
    assert network.edges() == ()


def test_roles_outside_the_layers_are_counted_as_omissions() -> None:
    tables = incidence({"a": "U1 I1 G1/guide", "b": "G1/guide G2/witness"})
    network = build(tables)
    assert keys(network) == ["I1", "U1"]
    assert link_keys(network) == ["a"]
    assert "Left out: 1 link without a named party in these layers." in notes_of(network)
    assert "Left out: 1 participation of these links in roles of other layers or of none." in notes_of(network)
    assert keys(build(tables, Lens(layers="guides"))) == ["G1"]


def test_planned_links_are_omitted_by_default_and_counted() -> None:
    tables = incidence({"a": "U1 I1", "b": LinkSpec("U1 I2", stage="planned"), "c": LinkSpec("U1 I3", stage=None)})
    network = build(tables)
    assert link_keys(network) == ["a", "c"]
    assert "Left out: 1 link in another stage." in notes_of(network)
    planned = build(tables, Lens(stages="planned"))
    assert link_keys(planned) == ["b"]
    assert "Left out: 2 links in another stage, or in none that is stated." in notes_of(planned)


def test_kinds_select_links() -> None:
    tables = incidence({"a": "U1 I1", "b": LinkSpec("U1 I2", kind="Founding")})
    network = build(tables, Lens(kinds="Founding"))
    assert link_keys(network) == ["b"]
    assert "Left out: 1 link of another kind." in notes_of(network)


START, MIDDLE, END = date(2024, 1, 1), date(2024, 6, 15), date(2024, 12, 31)


@pytest.mark.parametrize(
    ("bounds", "since", "until", "kept"),
    [
        ((START, END), None, None, True),
        ((None, None), None, None, True),
        ((START, END), MIDDLE, None, True),
        ((START, END), None, MIDDLE, True),
        ((START, END), END, None, True),
        ((START, END), date(2025, 1, 1), None, False),
        ((START, END), None, date(2023, 12, 31), False),
        ((START, END), None, START, True),
        ((MIDDLE, MIDDLE), MIDDLE, MIDDLE, True),
        ((MIDDLE, None), date(2030, 1, 1), None, True),
        ((MIDDLE, None), None, START, False),
        ((None, MIDDLE), None, START, True),
        ((None, MIDDLE), END, None, False),
        ((None, None), START, None, False),
        ((None, None), None, END, False),
    ],
)
def test_a_link_that_may_have_begun_in_the_window_is_kept(
    bounds: tuple[date | None, date | None], since: date | None, until: date | None, kept: bool
) -> None:
    network = build(incidence({"a": LinkSpec("U1 I1", start=bounds)}), Lens(since=since, until=until))
    assert bool(network.links) is kept
    assert any("Left out: 1 link" in note for note in notes_of(network)) is not kept


def test_undated_links_are_counted_apart_from_those_outside_the_window() -> None:
    tables = incidence({"a": "U1 I1", "b": "U1 I2", "c": LinkSpec("U1 I3", start=(START, START))})
    notes = notes_of(build(tables, Lens(since=MIDDLE)))
    assert "Left out: 2 links without a known date." in notes
    assert "Left out: 1 link begun outside the dates." in notes


def test_each_link_left_out_is_counted_once() -> None:
    tables = incidence({"a": LinkSpec("G1/guide", stage="planned", kind="Founding"), "b": "U1 I1"})
    lens = Lens(kinds="StrategicCooperationAgreement", since=START)
    left_out = [note for note in notes_of(build(tables, lens)) if note.startswith("Left out")]
    assert left_out == ["Left out: 1 link in another stage.", "Left out: 1 link without a known date."]


def test_the_lens_is_described_with_its_defaults() -> None:
    first = notes_of(build(incidence(TOY)))[0]
    assert first == (
        "Lens: layers co-builds, cooperates, funds; stages announced, effective, signed; any kind; any date; "
        "units count for their hosts."
    )
    lens = Lens(since=START, until=END, aggregate="none", kinds="StrategicCooperationAgreement")
    second = notes_of(build(incidence(TOY), lens))[0]
    assert "possibly begun between 2024-01-01 and 2024-12-31; units stand for themselves." in second


@pytest.mark.parametrize(
    ("lens", "message"),
    [
        (Lens(layers="cooperate"), "'cooperate'; there are: co-builds, cooperates, funds, guides"),
        (Lens(stages="sighned"), "stage 'sighned'"),
        (Lens(kinds="Agrement"), "kind 'Agrement'; there are: StrategicCooperationAgreement"),
    ],
)
def test_an_unknown_value_is_refused_with_the_known_ones(lens: Lens, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        build(incidence(TOY), lens)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="2024-12-31, is after the last, 2024-01-01"):
        Lens(since=END, until=START)


def test_a_lens_without_links_gives_an_empty_network() -> None:
    network = build(incidence(TOY), Lens(layers="guides"))
    assert (len(network.actors), len(network.links), network.edges()) == (0, 0, ())
    assert network.projection("newman").shape == (0, 0)
    assert network.to_networkx("two-mode").number_of_nodes() == 0
    assert "Left out: 5 links without a named party in these layers." in notes_of(network)


def test_the_two_mode_graph_is_bipartite_with_known_attributes() -> None:
    tables = incidence({"a": LinkSpec("U1/host I1/coBuilder", start=(MIDDLE, END), label=(None, "共建"), stage=None)})
    graph = build(tables).to_networkx("two-mode")
    assert nx.is_bipartite(graph)
    assert graph.nodes[ID + "U1"] == {"bipartite": 0, "label": "U1", "kind": "University", "sector": "university"}
    link = graph.nodes[ID + "link/a"]
    assert (link["bipartite"], link["label"], link["label_zh"]) == (1, "共建", "共建")
    assert (link["start"], link["named"], link["declared"]) == ("2024-06-15", 2, 2)
    assert "stage" not in link
    assert graph.edges[ID + "U1", ID + "link/a"] == {"role": "host"}


GROUP = ActorSpec(hosts={"U9": "U1"}, parents={"I1": "I2", "I2": "I3"})


def group_ties(lens: Lens) -> set[tuple[str, ...]]:
    network = build(incidence({"a": "U9 I1", "b": "U1 I3"}, GROUP), lens)
    keys = [actor.iri.removeprefix(ID) for actor in network.actors]
    return {tuple(sorted((keys[tie.a], keys[tie.b]))) for tie in network.edges()}


def test_subsidiaries_count_for_the_group_on_request() -> None:
    assert group_ties(Lens(aggregate="group")) == {("I3", "U1")}
    assert group_ties(Lens()) == {("I1", "U1"), ("I3", "U1")}
    assert group_ties(Lens(aggregate="none")) == {("I1", "U9"), ("I3", "U1")}


def test_the_lens_describes_groups() -> None:
    (scope, *_) = build(incidence({"a": "U9 I1"}, GROUP), Lens(aggregate="group")).notes
    assert (scope.en or "").endswith("units and subsidiaries count for their groups.")
