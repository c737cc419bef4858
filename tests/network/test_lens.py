"""Conditions of a lens besides layers, stages and kinds: dates, places, sectors, sources, weights."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from helpers.networks import ID, TOY, ActorSpec, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.network import Lens, Network, build
from kg.network.build import snapshots
from kg.network.lens import Weight

Y23, Y24, Y25 = (date(year, 1, 1) for year in (2023, 2024, 2025))
LAST = date(2024, 12, 31)
YEAR = Lens(since=Y24, until=LAST)
WEIGHTS: tuple[Weight, ...] = ("newman", "newman-named", "count")


def keys(network: Network) -> list[str]:
    return [actor.iri.removeprefix(ID) for actor in network.actors]


def link_keys(network: Network) -> list[str]:
    return [link.iri.removeprefix(ID + "link/") for link in network.links]


@pytest.mark.parametrize(
    ("start", "end", "begun", "certainly_begun", "in_force", "certainly_in_force"),
    [
        ((Y24, LAST), (None, None), True, True, True, True),
        ((Y23, LAST), (None, None), True, False, True, False),
        ((Y23, Y23), (None, None), False, False, True, False),
        ((Y23, Y23), (Y24, None), False, False, True, True),
        ((Y23, Y23), (Y23, Y23), False, False, False, False),
        ((Y23, Y23), (Y23, Y25), False, False, True, False),
        ((Y25, Y25), (None, None), False, False, False, False),
        ((None, Y24), (None, None), True, False, True, False),
        ((Y24, None), (None, None), True, False, True, False),
        ((None, None), (Y24, Y24), False, False, True, False),
        ((None, None), (None, None), False, False, False, False),
    ],
)
def test_windows_apply_to_start_or_force_possibly_or_certainly(
    start: tuple[date | None, date | None],
    end: tuple[date | None, date | None],
    begun: bool,
    certainly_begun: bool,
    in_force: bool,
    certainly_in_force: bool,
) -> None:
    tables = incidence({"a": LinkSpec("U1 I1", start=start, end=end)})
    lenses = (
        YEAR,
        replace(YEAR, certain_dates=True),
        replace(YEAR, date_mode="in-force"),
        replace(YEAR, certain_dates=True, date_mode="in-force"),
    )
    expected = (begun, certainly_begun, in_force, certainly_in_force)
    assert tuple(bool(build(tables, lens).links) for lens in lenses) == expected


_DAYS = st.dates(date(2023, 6, 1), date(2025, 6, 1))


@given(st.lists(_DAYS, min_size=4, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4), _DAYS, _DAYS)
def test_windows_agree_with_enumerated_dates(days: list[date], known: list[bool], one: date, other: date) -> None:
    """Certain conditions hold for all starts and ends within the bounds, possible ones for some."""
    days = sorted(days)
    bounds = [day if result else None for day, result in zip(days, known, strict=True)]
    if not any(bounds):
        return
    tables = incidence({"a": LinkSpec("U1 I1", start=(bounds[0], bounds[1]), end=(bounds[2], bounds[3]))})
    window = Lens(since=min(one, other), until=max(one, other), date_mode="in-force")
    far_past, far_future = date(1990, 1, 1), date(2060, 1, 1)
    corners = [
        (start, end)
        for start in {bounds[0] or far_past, bounds[1] or far_future}
        for end in {bounds[2] or far_past, bounds[3] or far_future, start}
        if start <= end and end >= (bounds[2] or far_past) and end <= (bounds[3] or far_future)
    ]
    holds = [start <= window.until and end >= window.since for start, end in corners if window.until and window.since]
    assert not any(holds) or bool(build(tables, window).links)
    assert not build(tables, replace(window, certain_dates=True)).links or all(holds)


def test_undated_links_are_kept_on_request_and_always_counted() -> None:
    tables = incidence({"a": LinkSpec("U1 I1", start=(Y24, Y24)), "b": "U1 I2"})
    left, kept = build(tables, YEAR), build(tables, replace(YEAR, include_undated=True))
    assert (link_keys(left), link_keys(kept)) == (["a"], ["a", "b"])
    assert "Left out: 1 link without a known date." in notes_of(left)
    assert "Of no known date: 1 of these links; they may be of any day." in notes_of(kept)


def test_a_link_that_spans_two_years_is_in_both_snapshots() -> None:
    result = {"a": LinkSpec("U1 I1", start=(Y23, Y24)), "b": LinkSpec("U1 I2", start=(Y24, Y24))}
    assert [link_keys(each) for each in snapshots(incidence(result), (2023, 2024))] == [["a"], ["a", "b"]]
    certain = snapshots(incidence(result), (2023, 2024), Lens(certain_dates=True))
    assert [link_keys(each) for each in certain] == [[], ["b"]]


def test_a_place_matches_the_link_a_party_or_its_host() -> None:
    places = {"U1": ("Shaanxi", "Xi'an"), "I1": ("Guangdong", "Shenzhen")}
    actors = ActorSpec(hosts={"Ulab": "U1"}, places=places)
    result: dict[str, LinkSpec | str] = {
        "a": "U1 I2",
        "b": "Ulab I2",
        "c": LinkSpec("U2 I2", place="Xi'an"),
        "d": "U2 I1",
        "e": "U1/guide U2 I2",
    }
    network = build(incidence(result, actors), Lens(places="Xi'an"))
    assert link_keys(network) == ["a", "b", "c"]
    assert "Left out: 2 links at other places." in notes_of(network)
    assert link_keys(build(incidence(result, actors), Lens(places="Guangdong"))) == ["d"]


def test_parties_of_other_sectors_are_omitted_and_counted() -> None:
    network = build(incidence(TOY), Lens(participant_sectors=["university", "government"]))
    assert keys(network) == ["G1", "U1", "U2"]
    assert "Left out: 5 participations of these links by actors of other sectors." in notes_of(network)


def test_between_keeps_only_ties_across_the_sectors() -> None:
    network = build(incidence(TOY), Lens(between=("university", "firm")))
    assert link_keys(network) == ["a1", "a2", "a3", "a4"]
    pairs = {(keys(network)[tie.a], keys(network)[tie.b]) for tie in network.edges()}
    assert pairs == {("I1", "U1"), ("I2", "U1"), ("I3", "U1"), ("I3", "U2")}
    assert network.to_networkx("one-mode").number_of_edges() == network.projection("count").nnz // 2 == 4
    firms = build(incidence(TOY), Lens(between=("firm", "firm")))
    assert [(keys(firms)[tie.a], keys(firms)[tie.b]) for tie in firms.edges()] == [("I2", "I3")]


def test_sources_are_selected_by_iri_key_publisher_or_quality() -> None:
    tables = incidence(
        {"a": LinkSpec("U1 I1", sources=("daily", "registry")), "b": LinkSpec("U1 I2", sources=("daily",))}
    )
    for word in ("registry", "src:registry", "https://w3id.org/helix-kg/source/registry", "The Registry"):
        assert link_keys(build(tables, Lens(sources=word))) == ["a"]
    assert link_keys(build(tables, Lens(qualities="official"))) == ["a"]
    assert link_keys(build(tables, Lens(qualities="newspaper"))) == ["a", "b"]
    assert len(build(tables).links.sources()) == 2


def test_inferred_links_roles_and_link_types_are_selected() -> None:
    tables = incidence(
        {"a": LinkSpec("U1 I1", derived=True), "b": LinkSpec("U1/host I1/coBuilder", link_type="CoConstruction")}
    )
    assert link_keys(build(tables, Lens(derived="without"))) == ["b"]
    assert link_keys(build(tables, Lens(derived="only"))) == ["a"]
    assert link_keys(build(tables, Lens(link_types="CoConstruction"))) == ["b"]
    assert keys(build(tables, Lens(roles="coBuilder"))) == ["I1"]


def test_weights_by_named_parties_count_and_lower_bound() -> None:
    network = build(
        incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True), "b": LinkSpec("U1 I1", declared=3)})
    )
    actual = [network.projection(weight)[0, 1] for weight in WEIGHTS]
    assert actual == pytest.approx([1 / 4 + 1 / 2, 2, 2])
    assert network.projection("newman", lower=True)[0, 1] == pytest.approx(1 / 2)


def test_a_party_has_its_share_of_the_declared_or_of_the_named_parties() -> None:
    tables = incidence({"a": LinkSpec("U1 I1", declared=5, is_lower_bound=True), "b": LinkSpec("U1 I1 G1", declared=4)})
    shares = {weight: build(tables, Lens(weight=weight)).incidence_weights() for weight in WEIGHTS}
    assert shares["newman"].tolist() == [1 / 5] * 2 + [1 / 4] * 3
    assert shares["newman-named"].tolist() == [1 / 2] * 2 + [1 / 3] * 3
    assert shares["count"].tolist() == [1] * 5
    lower = [build(tables, Lens(weight=weight)).incidence_weights(lower=True).tolist() for weight in WEIGHTS]
    assert lower == [[0] * 2 + [1 / 4] * 3, shares["newman-named"].tolist(), shares["count"].tolist()]


def test_contributions_tie_if_both_are_known_in_one_currency() -> None:
    result = {
        "a": LinkSpec("U1 I1 I2", money={"U1": (6, "EUR"), "I1": (2, "EUR")}),
        "b": LinkSpec("U1 I2", money={"U1": (5, "CNY"), "I2": (7, "CNY")}),
    }
    euros = build(incidence(result), Lens(weight="contribution", currency="EUR"))
    assert [(tie.a, tie.b, tie.weight) for tie in euros.edges()] == [(0, 2, 4.0)]
    with pytest.raises(UsageError, match="several currencies; choose one of: CNY, EUR"):
        build(incidence(result), Lens(weight="contribution"))
    with pytest.raises(UsageError, match="no contribution here is in 'USD'"):
        build(incidence(result), Lens(weight="contribution", currency="USD"))
    with pytest.raises(UsageError, match="no contribution in money is known"):
        build(incidence(TOY), Lens(weight="contribution"))
    assert build(incidence({"b": result["b"]}), Lens(weight="contribution")).lens.currency == "CNY"


def test_a_unit_contributes_for_its_host() -> None:
    result = {"a": LinkSpec("U1 Ulab I1", money={"U1": (1, "EUR"), "Ulab": (2, "EUR"), "I1": (4, "EUR")})}
    network = build(incidence(result, ActorSpec(hosts={"Ulab": "U1"})))
    assert network.money["EUR"].tolist() == [4, 3]


@pytest.mark.parametrize(
    ("lens", "message"),
    [
        (Lens(certain_dates=True), "require --since or --until"),
        (Lens(places="Xian"), "the place 'Xian'; there are: Xi'an"),
        (Lens(sources="dialy"), "'dialy'; there are: The Daily, The Registry"),
        (Lens(between=("firm", "church")), "of the sector 'church'; there are: firm, university"),
        (Lens(roles="witness"), "makes a tie is 'witness'"),
        (Lens(link_types="Treaty"), "the type 'Treaty'; there are: Agreement"),
        (Lens(qualities="gossip"), "the quality 'gossip'"),
    ],
)
def test_unknown_values_are_refused(lens: Lens, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        build(incidence({"a": LinkSpec("U1 I1", place="Xi'an")}), lens)


def test_large_links_are_left_out_and_counted_with_their_pairs() -> None:
    tables = incidence({"two": "U1 I1", "three": "U1 I1 I2", "four": "U1 U2 I1 I2", "early": "U1 U2 I1 I2"})
    network = build(tables, Lens(max_parties=2))
    assert len(network.links) == 1
    notes = notes_of(network)
    assert "Left out: 3 links with more than 2 named parties and 15 pairs of these." in notes
    assert "links of at most 2 named parties" in notes[0]
    assert not any("more than" in note for note in notes_of(build(tables, Lens(max_parties=4))))


def test_contradictory_conditions_are_refused() -> None:
    with pytest.raises(UsageError, match="must be 2 or more, not 1"):
        Lens(max_parties=1)
    with pytest.raises(UsageError, match="--certain-dates or --include-undated"):
        Lens(certain_dates=True, include_undated=True)
    with pytest.raises(UsageError, match="no year 0"):
        snapshots(incidence(TOY), (0,))
    with pytest.raises(UsageError, match="their own dates"):
        snapshots(incidence(TOY), (2024,), YEAR)


@given(random_links(unnamed=4))
def test_nodes_are_equal_by_index_slice_and_iteration(links: dict[str, str | LinkSpec]) -> None:
    network = build(incidence(links))
    for nodes in (network.actors, network.links, network.roles):
        assert [nodes[place] for place in range(len(nodes))] == list(nodes) == list(nodes[:])
        assert nodes[-1] == list(nodes)[-1]
        with pytest.raises(IndexError):
            nodes[len(nodes)]
    assert np.array_equal(network.links.named, [link.named for link in network.links])


@pytest.mark.parametrize("names", ["funds", ["funds"], ("funds",), {"funds"}, iter(["funds"])])
def test_names_may_be_one_string_or_any_iterable(names: Any) -> None:
    lens = Lens(layers=names)
    assert lens.layers == frozenset({"funds"})
    assert lens == Lens(layers="funds")
    assert hash(lens) == hash(Lens(layers="funds"))
    assert replace(lens, stages=["signed"]).layers == lens.layers


def test_an_empty_set_of_names_is_not_the_default() -> None:
    assert Lens(stages=[]).stages == frozenset()
    assert Lens().stages is None


def test_names_must_be_strings() -> None:
    with pytest.raises(UsageError, match="layers contains 3; use strings"):
        Lens(layers=["funds", 3])  # type: ignore[list-item] # the test passes a wrong type
