"""Imputation of unnamed parties and omission of links: only what is missing is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from helpers.networks import ID, LinkSpec, incidence, random_links
from hypothesis import given
from hypothesis import strategies as st

from kg.measure.uncertainty.imputation import drop_links, impute, missing_parties, recurrence
from kg.network import build

if TYPE_CHECKING:
    from kg.network import Network


def pairs(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True))


@given(random_links(unnamed=6), st.sampled_from([0.0, 0.4, 1.0]), st.integers(0, 9))
def test_imputation_adds_the_declared_parties_and_keeps_the_named_ones(
    links: dict[str, str | LinkSpec], known_share: float, seed: int
) -> None:
    network = build(incidence(links))
    full = impute(network, known_share, np.random.default_rng(seed))
    assert full.links.named.tolist() == full.links.declared.tolist() == network.links.declared.tolist()
    assert set(pairs(network)) <= set(pairs(full))
    assert pairs(full) == sorted(set(pairs(full)))
    assert len(full.roles) == len(full.link_of)
    assert np.bincount(full.actor_of).min() >= 1
    assert list(full.actors)[: len(network.actors)] == list(network.actors)
    new = len(full.actors) - len(network.actors)
    missing = missing_parties(network).sum()
    assert new == missing if known_share == 0 else new <= missing


def test_sectors_are_drawn_from_the_named_parties_of_links_of_the_same_kind() -> None:
    links: dict[str, LinkSpec | str] = {
        "a": LinkSpec("U1 U2", declared=40, kind="Merger"),
        "b": "I1 I2 I3 I4",
        "c": "I1 I5",
    }
    full = impute(build(incidence(links)), 0.5, np.random.default_rng(1))
    sectors = full.actors.table["sector"].to_pylist()
    assert {sectors[actor] for link, actor in pairs(full) if link == 0} == {"university"}


def test_actors_with_many_links_are_drawn_more_often() -> None:
    links = {"a": LinkSpec("U1 I9", declared=3)} | {f"b{n}": "U1 I1" for n in range(9)} | {"c": "U1 I2"}
    network = build(incidence(links))
    samples = [impute(network, 1, np.random.default_rng(seed)) for seed in range(100)]
    iris = network.actors.table["iri"].to_pylist()
    counts = [sum((0, iris.index(ID + name)) in pairs(sample) for sample in samples) for name in ("I1", "I2")]
    assert counts[0] > 2 * counts[1]


def test_recurrence_counts_participations() -> None:
    assert recurrence(build(incidence({"a": "U1 I1", "b": "U1 I2"}))) == 2 / 4


@given(random_links(), st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.integers(0, 9))
def test_whole_links_are_dropped(links: dict[str, str | LinkSpec], share: float, seed: int) -> None:
    network = build(incidence(links))
    rest, kept = drop_links(network, share, np.random.default_rng(seed))
    assert len(rest.links) == max(len(network.links) - round(share * len(network.links)), 1)
    named = {link.iri: link.named for link in network.links}
    assert np.bincount(rest.link_of, minlength=len(rest.links)).tolist() == [named[link.iri] for link in rest.links]
    assert [network.actors[actor] for actor in kept] == list(rest.actors)
