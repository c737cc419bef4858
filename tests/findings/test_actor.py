"""Findings about one actor."""

from __future__ import annotations

from helpers.networks import ID, incidence

from kg.findings.actor import about
from kg.network import build


def test_an_actor_has_its_partners_their_rank_and_its_main_sector() -> None:
    network = build(incidence({"a": "U1 I1", "b": "U1 I2", "c": "U1 G1", "d": "U2 I1"}))
    first, second = about(network, f"{ID}U1")
    assert first.text.en is not None
    assert first.text.en.endswith(" has 3 named partners in 3 links: 1st of 5 organisations by this number.")
    assert (second.text.en, len(second.links)) == ("67% of its links include firms.", 2)


def test_an_actor_with_few_links_has_no_finding() -> None:
    assert not list(about(build(incidence({"a": "U1 I1"})), f"{ID}U1"))
