"""Measures of partners, compared with values computed by hand."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.networks import ID, TOY, LinkSpec, incidence, random_links
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.measure.centrality import partners
from kg.network import Mode, Network, build

MODES: tuple[Mode, ...] = ("two-mode", "one-mode")


def by_actor(links: dict[str, Any], measure: Any, mode: Mode = "two-mode") -> dict[str, float | None]:
    network: Network = build(incidence(links))
    values = measure(network, mode).values
    return {actor.iri.removeprefix(ID): value for actor, value in zip(network.actors, values, strict=True)}


def test_heterogeneity_in_the_toy_network() -> None:
    # U1 has I1 (twice), I2, I3 and G1: 4 firms and 1 department by link, 3 and 1 by partner.
    assert by_actor(TOY, partners.heterogeneity, "two-mode")["U1"] == pytest.approx(1 - (16 + 1) / 25)
    assert by_actor(TOY, partners.heterogeneity, "one-mode")["U1"] == pytest.approx(1 - (9 + 1) / 16)


def test_heterogeneity_is_0_for_one_sector_and_undefined_without_known_partners() -> None:
    scores = by_actor({"a": "U1 I1", "b": "U1 I2", "c": "U2", "d": "U3 X1"}, partners.heterogeneity)
    assert (scores["U1"], scores["U2"], scores["U3"]) == (0, None, None)  # the sector of X1 is unknown


def test_concentration_in_the_toy_network() -> None:
    scores = by_actor(TOY, partners.concentration)
    assert scores["U1"] == pytest.approx((4 + 1 + 1 + 1) / 25)
    assert scores["U2"] == pytest.approx(1 / 2)


def test_repeat_rate_in_the_toy_network() -> None:
    assert by_actor(TOY, partners.repeat_rate) == {"G1": 0, "I1": 0.5, "I2": 0, "I3": 0, "U1": 0.25, "U2": 0}


def test_uic_intensity_is_defined_for_universities() -> None:
    assert by_actor({**TOY, "a6": "U2"}, partners.uic_intensity) == {
        "U1": 1, "U2": 0.5, "G1": None, "I1": None, "I2": None, "I3": None,
    }  # fmt: skip


def test_a_declared_party_makes_a_link_one_of_several_parties() -> None:
    links = {"a": "U1 I1", "b": LinkSpec("U1", declared=2), "c": "U1"}
    assert by_actor(links, partners.uic_intensity)["U1"] == 0.5


@given(random_links())
@settings(max_examples=12)
def test_scores_are_between_0_and_1(links: dict[str, str | LinkSpec]) -> None:
    for measure in (partners.heterogeneity, partners.concentration, partners.repeat_rate, partners.uic_intensity):
        for mode in MODES:
            assert all(value is None or 0 <= value <= 1 for value in by_actor(links, measure, mode).values())


@pytest.mark.parametrize("measure", [partners.concentration, partners.repeat_rate, partners.heterogeneity])
def test_an_actor_without_a_partner_has_no_score(measure: Any) -> None:
    scores = measure(build(incidence({"a": "U1 I1", "b": "U2"})), "two-mode")
    assert scores.values[2] is None
    assert notes_of(scores)[0].endswith("is not defined for 1 actors without a named partner.")


@pytest.mark.parametrize("mode", MODES)
def test_number_of_partners_counts_each_partner_once(mode: Mode) -> None:
    scores = by_actor({"a": "U1 I1", "b": "U1 I1 I2", "c": "U2"}, partners.number, mode)
    assert scores == {"U1": 2, "I1": 2, "I2": 2, "U2": 0}
