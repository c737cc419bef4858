"""Helix indicators: the golden toy, what unnamed parties could change, and frames that leave nothing to measure."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

import pytest
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.measure.helix import helix
from kg.network import Network, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.measure.indicators import Indicator

PAIR = {"a": "U1 I1", "b": "U1", "c": "I1 G1", "d": "G1", "e": "U2 I2 G1", "f": "U2"}


def made(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def by_name(network: Network, *words: Any) -> dict[tuple[str, str], Indicator]:
    return {(one.name, one.group): one for one in helix.helix(network, *words)}


def test_a_helix_in_every_link_leaves_nothing_to_measure() -> None:
    """The toy, like any university's own press, has a university in every link."""
    found = by_name(made(TOY))["mutual-information", "university×firm×government"]
    assert found.value is None
    assert found.p is None
    assert found.reason.en == "not defined for this frame: university is in every link, so that it is 0 by construction"


def test_a_helix_in_no_link_leaves_nothing_either() -> None:
    found = by_name(made({"a": "U1 I1", "b": "I2"}))["mutual-information", "university×firm×government"]
    assert found.value is None
    assert "firm is in every link" in found.reason.en
    found = by_name(made({"a": "U1", "b": "I2"}))["mutual-information", "university×firm×government"]
    assert "government is in no link" in found.reason.en


def test_synergy_has_a_p_and_what_chance_gives() -> None:
    found = by_name(made(PAIR))["mutual-information", "university×firm×government"]
    assert found.value is not None
    assert found.observations == 6
    assert found.expected is not None
    assert found.p is not None
    assert 0 < found.p <= 1


def test_two_helices_have_no_p_because_the_frame_leaves_one_table() -> None:
    found = by_name(made(PAIR), ("university", "firm"))["mutual-information", "university×firm"]
    assert found.value is not None
    assert found.p is None
    assert found.reason.en == "p is not defined for two helices: the frame leaves one table only"


@pytest.mark.parametrize("helices", [("university",), ("university", "university"), ("a", "b", "c", "d", "e")])
def test_two_to_four_helices(helices: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="two to four different helices"):
        helix.helix(made(TOY), helices)


def test_links_outside_the_frame_are_told() -> None:
    notes = notes_of(helix.table({"all": made({**PAIR, "x": "X1 X2"})}))
    frame = "Frame: links with a named party of university, firm, government; left out, with none: 1."
    assert frame in notes


def test_shares_are_of_exact_combinations_and_sum_to_1() -> None:
    found = {of: one for (name, of), one in by_name(made(PAIR)).items() if name == "share"}
    assert {of: one.value for of, one in found.items()} == pytest.approx(
        {
            "university": 2 / 6,
            "firm": 0,
            "government": 1 / 6,
            "university+firm": 1 / 6,
            "university+government": 0,
            "firm+government": 1 / 6,
            "university+firm+government": 1 / 6,
        }
    )
    assert all(one.lower == one.value == one.upper for one in found.values())


def test_unnamed_parties_may_be_of_any_sector_that_there_is_room_for() -> None:
    network = made({"a": LinkSpec("U1", declared=2), "b": "U1 I1"})
    found = {of: (one.lower, one.value, one.upper) for (name, of), one in by_name(network).items() if name == "share"}
    assert found["university"] == (0, 0.5, 0.5)
    assert found["university+firm"] == (0.5, 0.5, 1)
    assert found["university+firm+government"] == (0, 0, 0)  # one unnamed party is not two
    intensity = by_name(network)["intensity", "firm in links of university"]
    assert (intensity.lower, intensity.value, intensity.upper) == (0.5, 0.5, 1)


def every_completion(links: dict[str, tuple[str, int]]) -> Iterator[list[set[str]]]:
    """The helices of each link, for all that its unnamed parties can be; X is no helix."""
    ways = [
        [set(named) | set(more) for more in combinations_with_replacement("UIGX", unnamed)]
        for named, unnamed in links.values()
    ]
    return (list(one) for one in product(*ways))


LETTERS = {"U": "university", "I": "firm", "G": "government"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["U", "I", "G", "UI", "UG", "UIG", "X"]), st.integers(0, 2)), min_size=1, max_size=3
    )
)
@settings(max_examples=60)
def test_bounds_are_the_least_and_the_most_of_all_that_unnamed_parties_can_be(told: list[tuple[str, int]]) -> None:
    links = {f"a{k}": one for k, one in enumerate(told)}
    parties = {key: " ".join(f"{letter}1" for letter in who) for key, (who, _) in links.items()}
    found = by_name(made({key: LinkSpec(parties[key], declared=len(who) + more) for key, (who, more) in links.items()}))
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for completed in every_completion(links):
        cases = [one & set(LETTERS) for one in completed if one & set(LETTERS)]
        for wanted in ("U", "UI", "UIG"):
            if cases:
                name = "+".join(LETTERS[letter] for letter in wanted)
                shares["share", name].append(sum(case == set(wanted) for case in cases) / len(cases))
        mine = [case for case in cases if "U" in case]
        if mine:
            shares["intensity", "firm in links of university"].append(sum("I" in case for case in mine) / len(mine))
    for key, values in shares.items():
        if found[key].value is not None:
            assert (found[key].lower, found[key].upper) == pytest.approx((min(values), max(values)))


def test_a_lower_bound_leaves_room_for_everything() -> None:
    found = by_name(made({"a": LinkSpec("U1", is_lower_bound=True)}))["share", "university+firm+government"]
    assert (found.lower, found.value, found.upper) == (0, 0, 1)


@given(random_links(unnamed=2))
@settings(max_examples=25)
def test_bounds_hold_the_value(links: dict[str, Any]) -> None:
    for one in helix.helix(made(links)):
        if one.value is not None and one.lower is not None and one.upper is not None:
            assert one.lower <= one.value <= one.upper


@given(random_links(unnamed=2))
@settings(max_examples=25)
def test_shares_sum_to_1_whatever_the_links(links: dict[str, Any]) -> None:
    shares = [one.value or 0.0 for one in helix.helix(made(links)) if one.name == "share"]
    assert sum(shares) == pytest.approx(1)


@given(random_links())
@settings(max_examples=25)
def test_every_indicator_has_a_value_or_says_why_not(links: dict[str, Any]) -> None:
    for one in helix.helix(made(links)):
        assert one.value is not None or one.reason


def test_intensity_repeats_and_concentration_of_the_toy() -> None:
    found = by_name(made(TOY))
    assert found["intensity", "firm in links of university"].value == pytest.approx(4 / 5)
    assert found["intensity", "university in links of firm"].value == 1
    assert found["repeat-rate", "university-firm"].value == pytest.approx(1 / 4)  # U1 and I1 twice, of four pairs
    assert found["repeat-rate", "university-firm"].observations == 4
    assert found["named-coverage", "parties"].value == 1
    # U1 has I1 twice and G1, I2, I3 once: (4 + 1 + 1 + 1) / 25; U2 has two partners alike.
    assert found["partner-concentration", "university"].value == pytest.approx((7 / 25 + 1 / 2) / 2)


def test_plans_in_force_are_an_interval_where_dates_are_not_known() -> None:
    network = made({"a": "U1 I1", "b": "U1", "c": "I1", "d": "U2"})
    plans: Any = {f"{ID}link/a": "yes", f"{ID}link/b": "unknown", f"{ID}link/c": "no"}
    found = by_name(network, helix.HELICES, plans)
    assert found["under-plan", "links"].value == 0.75
    force = found["under-plan-in-force", "links"]
    assert (force.value, force.lower, force.upper) == (None, 0.25, 0.5)
    assert force.reason.en.startswith("dates of the links or of their plans are not known")
    del plans[f"{ID}link/b"]
    assert by_name(network, helix.HELICES, plans)["under-plan-in-force", "links"].value == 0.25


def test_named_coverage_is_an_upper_bound_where_sizes_are_lower_bounds() -> None:
    found = by_name(made({"a": LinkSpec("U1 I1", declared=8, is_lower_bound=True)}))["named-coverage", "parties"]
    assert (found.value, found.lower, found.upper, found.observations) == (0.25, None, 0.25, 8)


def test_an_empty_network_has_no_indicator_but_reasons() -> None:
    assert all(one.value is None and one.reason for one in helix.helix(made({})))


def test_synergy_within_kinds_and_between_them_sums_to_all() -> None:
    kinds = {
        key: LinkSpec(who, kind="A" if key < "d" else "B") for key, who in {**PAIR, "g": "I1 U1", "h": "G1"}.items()
    }
    network = made(kinds)
    whole = by_name(network)["mutual-information", "university×firm×government"].value
    between, *within = helix.decomposed(network)
    assert between.name == "synergy-between-kinds"
    assert {one.group for one in within} == {"A", "B"}
    assert sum(one.value or 0.0 for one in (between, *within)) == pytest.approx(whole)


def test_a_kind_with_one_helix_everywhere_gives_nothing_by_construction() -> None:
    kinds = {key: LinkSpec(who, kind="A" if "U" in who else "B") for key, who in PAIR.items()}
    within = {one.group: one for one in helix.decomposed(made(kinds))}
    assert within["A"].value == 0
    assert within["A"].reason.en.startswith("0 by construction")


def test_periods_have_a_column_and_the_notes_of_the_whole() -> None:
    whole, part = made(PAIR), made({"a": "U1 I1"})
    table = helix.table({"all": whole, "2024": part})
    assert table.columns[0] == "period"
    assert {row[0] for row in table.rows} == {"all", "2024"}
    assert "The network of 4 actors and 6 links." not in notes_of(table)
    assert f"The network of {len(whole.actors)} actors and {len(whole.links)} links." in notes_of(table)
