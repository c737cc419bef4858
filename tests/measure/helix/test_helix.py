"""Helix indicators: values, bounds for unnamed parties, and frames in which they are undefined."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

import pytest
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import english, notes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.measure.helix import helix
from kg.model import Text
from kg.network import Network, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.measure.indicators import Indicator

PAIR = {"a": "U1 I1", "b": "U1", "c": "I1 G1", "d": "G1", "e": "U2 I2 G1", "f": "U2"}


def network_of(links: dict[str, Any]) -> Network:
    return build(incidence(links))


def by_name(network: Network, *options: Any) -> dict[tuple[str, str], Indicator]:
    return {(one.name, one.group): one for one in helix.helix(network, *options)}


def test_synergy_is_undefined_if_a_helix_is_in_every_link() -> None:
    indicator = by_name(network_of(TOY))["mutual-information", "university×firm×government"]
    assert indicator.value is None
    assert indicator.p is None
    assert (
        english(indicator.reason)
        == "not defined for this frame: university is in every link, so that it is 0 by construction"
    )


def test_synergy_is_undefined_if_a_helix_is_in_no_link() -> None:
    indicator = by_name(network_of({"a": "U1 I1", "b": "I2"}))["mutual-information", "university×firm×government"]
    assert indicator.value is None
    assert "firm is in every link" in english(indicator.reason)
    indicator = by_name(network_of({"a": "U1", "b": "I2"}))["mutual-information", "university×firm×government"]
    assert "government is in no link" in english(indicator.reason)


def test_synergy_has_an_expected_value_and_a_p_value() -> None:
    indicator = by_name(network_of(PAIR))["mutual-information", "university×firm×government"]
    assert indicator.value is not None
    assert indicator.observations == 6
    assert indicator.expected is not None
    assert indicator.p is not None
    assert 0 < indicator.p <= 1


def test_two_helices_have_no_p_value() -> None:
    indicator = by_name(network_of(PAIR), ("university", "firm"))["mutual-information", "university×firm"]
    assert indicator.value is not None
    assert indicator.p is None
    assert english(indicator.reason) == "p is not defined for two helices: the frame leaves one table only"


@pytest.mark.parametrize("helices", [("university",), ("university", "university"), ("a", "b", "c", "d", "e")])
def test_other_numbers_of_helices_are_refused(helices: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="two to four different helices"):
        helix.helix(network_of(TOY), helices)


def test_links_outside_the_frame_are_counted() -> None:
    notes = notes_of(helix.table({"all": network_of({**PAIR, "x": "X1 X2"})}))
    frame = "Frame: links with a named party of university, firm, government; links without one are left out: 1."
    assert frame in notes


def test_shares_of_exact_combinations_sum_to_1() -> None:
    indicators = {of: one for (name, of), one in by_name(network_of(PAIR)).items() if name == "share"}
    assert {of: one.value for of, one in indicators.items()} == pytest.approx(
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
    assert all(one.lower == one.value == one.upper for one in indicators.values())


def test_unnamed_parties_may_belong_to_any_sector() -> None:
    network = network_of({"a": LinkSpec("U1", declared=2), "b": "U1 I1"})
    shares = {of: (one.lower, one.value, one.upper) for (name, of), one in by_name(network).items() if name == "share"}
    assert {of: shares[of] for of in ("university", "university+firm", "university+firm+government")} == {
        "university": (0, 0.5, 0.5),
        "university+firm": (0.5, 0.5, 1),
        "university+firm+government": (0, 0, 0),  # two helices need two unnamed parties
    }
    intensity = by_name(network)["intensity", "firm in links of university"]
    assert (intensity.lower, intensity.value, intensity.upper) == (0.5, 0.5, 1)


def every_completion(links: dict[str, tuple[str, int]]) -> Iterator[list[set[str]]]:
    """Return the helices of each link for all sectors of its unnamed parties; X is outside the helices."""
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
@settings(max_examples=25)
def test_bounds_are_the_extremes_over_all_completions(cases_: list[tuple[str, int]]) -> None:
    links = {f"a{k}": one for k, one in enumerate(cases_)}
    parties = {key: " ".join(f"{letter}1" for letter in who) for key, (who, _) in links.items()}
    indicators = by_name(
        network_of({key: LinkSpec(parties[key], declared=len(who) + more) for key, (who, more) in links.items()})
    )
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for completed in every_completion(links):
        cases = [one & set(LETTERS) for one in completed if one & set(LETTERS)]
        for wanted in ("U", "UI", "UIG"):
            if cases:
                name = "+".join(LETTERS[letter] for letter in wanted)
                shares["share", name].append(sum(case == set(wanted) for case in cases) / len(cases))
        sizes = [len(who) + more for who, more in links.values()]
        mine = [one for one, size in zip(completed, sizes, strict=True) if size > 1 and "U" in one]
        if mine:
            shares["intensity", "firm in links of university"].append(sum("I" in case for case in mine) / len(mine))
    for key, values in shares.items():
        if indicators[key].value is not None:
            assert (indicators[key].lower, indicators[key].upper) == pytest.approx((min(values), max(values)))


def test_a_lower_bound_leaves_room_for_all_helices() -> None:
    indicator = by_name(network_of({"a": LinkSpec("U1", is_lower_bound=True)}))["share", "university+firm+government"]
    assert (indicator.lower, indicator.value, indicator.upper) == (0, 0, 1)


@given(random_links(unnamed=2))
@settings(max_examples=12)
def test_bounds_contain_the_value(links: dict[str, Any]) -> None:
    for one in helix.helix(network_of(links)):
        if one.value is not None and one.lower is not None and one.upper is not None:
            assert one.lower <= one.value <= one.upper


@given(random_links(unnamed=2))
@settings(max_examples=12)
def test_shares_sum_to_1(links: dict[str, Any]) -> None:
    shares = [one.value or 0.0 for one in helix.helix(network_of(links)) if one.name == "share"]
    assert sum(shares) == pytest.approx(1)


@given(random_links())
@settings(max_examples=12)
def test_every_indicator_has_a_value_or_a_reason(links: dict[str, Any]) -> None:
    for one in helix.helix(network_of(links)):
        assert one.value is not None or one.reason


def test_indicators_of_the_toy_network() -> None:
    indicators = by_name(network_of(TOY))
    assert indicators["intensity", "firm in links of university"].value == pytest.approx(4 / 5)
    assert indicators["intensity", "university in links of firm"].value == 1
    assert indicators["repeat-rate", "university-firm"].value == pytest.approx(
        1 / 4
    )  # one of four pairs, U1 and I1, shares two links
    assert indicators["repeat-rate", "university-firm"].observations == 4
    assert indicators["named-coverage", "parties"].value == 1
    # U1 has I1 twice and G1, I2, I3 once: (4 + 1 + 1 + 1) / 25. U2 has two equal partners.
    assert indicators["partner-concentration", "university"].value == pytest.approx((7 / 25 + 1 / 2) / 2)


def test_plans_of_unknown_dates_give_an_interval() -> None:
    network = network_of({"a": "U1 I1", "b": "U1", "c": "I1", "d": "U2"})
    plans: Any = {f"{ID}link/a": "yes", f"{ID}link/b": "unknown", f"{ID}link/c": "no"}
    indicators = by_name(network, helix.HELICES, plans)
    assert indicators["under-plan", "links"].value == 0.75
    force = indicators["under-plan-in-force", "links"]
    assert (force.value, force.lower, force.upper) == (None, 0.25, 0.5)
    assert english(force.reason).startswith("dates of links or of their plans are unknown")
    del plans[f"{ID}link/b"]
    assert by_name(network, helix.HELICES, plans)["under-plan-in-force", "links"].value == 0.25


def test_coverage_is_an_upper_bound_if_sizes_are_lower_bounds() -> None:
    indicator = by_name(network_of({"a": LinkSpec("U1 I1", declared=8, is_lower_bound=True)}))[
        "named-coverage", "parties"
    ]
    assert (indicator.value, indicator.lower, indicator.upper, indicator.observations) == (0.25, None, 0.25, 8)


def test_indicators_of_an_empty_network_have_reasons() -> None:
    assert all(one.value is None and one.reason for one in helix.helix(network_of({})))


def test_synergy_within_and_between_kinds_sums_to_the_total() -> None:
    kinds = {
        key: LinkSpec(who, kind="A" if key < "d" else "B") for key, who in {**PAIR, "g": "I1 U1", "h": "G1"}.items()
    }
    network = network_of(kinds)
    whole = by_name(network)["mutual-information", "university×firm×government"].value
    between, *within = helix.decompose(network)
    assert between.name == "synergy-between-kinds"
    assert {one.group for one in within} == {"A", "B"}
    assert sum(one.value or 0.0 for one in (between, *within)) == pytest.approx(whole)


def test_a_kind_with_a_constant_helix_contributes_0() -> None:
    kinds = {key: LinkSpec(who, kind="A" if "U" in who else "B") for key, who in PAIR.items()}
    within = {one.group: one for one in helix.decompose(network_of(kinds))}
    assert within["A"].value == 0
    assert english(within["A"].reason).startswith("0 by construction")


def test_periods_have_a_column_and_notes_of_the_whole_network() -> None:
    whole, part = network_of(PAIR), network_of({"a": "U1 I1"})
    table = helix.table({"all": whole, "2024": part})
    assert table.columns[0] == "period"
    assert {row[0] for row in table.rows} == {"all", "2024"}
    assert "The network of 4 actors and 6 links." not in notes_of(table)
    assert f"The network of {len(whole.actors)} actors and {len(whole.links)} links." in notes_of(table)


def test_a_period_of_few_links_has_no_mutual_information() -> None:
    network = network_of(TOY)
    rows = helix.table({"all": network, "2020": network}).rows
    values = {row[3] for row in rows if str(row[1]).startswith("mutual-information")}
    assert values == {None}
    assert "too few links: 5; at least 20 are needed" in {row[-1].en for row in rows if isinstance(row[-1], Text)}
