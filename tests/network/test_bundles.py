"""Links with a common party, in networks."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.networks import ID, ActorSpec, LinkSpec, incidence, random_bundles, recorded_one_by_one
from helpers.texts import notes_of
from hypothesis import given, settings

from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import impute
from kg.network import Lens, Mode, Network, build
from kg.network.bundles import unfold

BUNDLE = LinkSpec("U1 I1 I2", declared=6, arity="bundle", common="U1")


def network_of(link: LinkSpec, lens: Lens | None = None, hosts: dict[str, str] | None = None) -> Network:
    return build(incidence({"x": link}, ActorSpec(hosts=hosts or {})), lens or Lens())


def parties(network: Network) -> list[str]:
    """Return the parties of each link, with the number of its declared parties, as ``I1 U1 2``."""
    keys = [actor.iri.removeprefix(ID) for actor in network.actors]
    members: list[list[str]] = [[] for _ in network.links]
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        members[link].append(keys[actor])
    return sorted(
        " ".join([*sorted(names), str(link.declared)]) for names, link in zip(members, network.links, strict=True)
    )


@given(links=random_bundles())
def test_the_network_is_that_of_links_recorded_one_by_one(links: dict[str, str | LinkSpec]) -> None:
    bundled, separate = build(incidence(links)), build(incidence(recorded_one_by_one(links)))
    assert parties(bundled) == parties(separate)


@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
@pytest.mark.parametrize("measure", ["betweenness", "degree", "harmonic"])
@given(links=random_bundles())
@settings(max_examples=8)
def test_scores_are_those_of_links_recorded_one_by_one(
    mode: Mode, measure: str, links: dict[str, str | LinkSpec]
) -> None:
    bundled, separate = (rank(build(incidence(each)), measure, mode) for each in (links, recorded_one_by_one(links)))
    assert [row[:5] for row in bundled.rows] == [row[:5] for row in separate.rows]


@pytest.mark.parametrize("arity", ["bundle", "unstated"])
def test_partners_are_not_tied_to_each_other(arity: str) -> None:
    network = network_of(LinkSpec("U1 I1 I2", arity=arity, common="U1"))
    assert parties(network) == ["I1 U1 2", "I2 U1 2"]


def test_a_link_in_one_agreement_is_not_divided() -> None:
    assert parties(network_of(LinkSpec("U1 I1 I2", arity="multilateral"))) == ["I1 I2 U1 3"]


def test_unnamed_partners_are_one_link_of_the_common_party() -> None:
    assert parties(network_of(BUNDLE)) == ["I1 U1 2", "I2 U1 2", "U1 4"]


def test_partners_are_alone_without_their_common_party() -> None:
    assert parties(network_of(BUNDLE, Lens(participant_sectors="firm"))) == ["I1 1", "I2 1"]
    assert parties(network_of(LinkSpec("U1 I1 I2", arity="unstated"))) == ["I1 1", "I2 1", "U1 1"]


def test_two_parties_need_no_common_party() -> None:
    assert parties(network_of(LinkSpec("U1 I1", arity="unstated"))) == ["I1 U1 2"]


def test_a_unit_of_the_common_party_counts_for_it() -> None:
    link = LinkSpec("U1 I1 U9 I2", arity="bundle", common="U9")
    assert parties(network_of(link, hosts={"U9": "U1"})) == ["I1 U1 2", "I2 U1 2"]


@pytest.mark.parametrize(("arity", "lower"), [("bundle", 1.0), ("unstated", 0.0)])
def test_a_tie_of_unstated_arity_is_an_upper_bound(arity: str, lower: float) -> None:
    network = network_of(LinkSpec("U1 I1 I2", arity=arity, common="U1"))
    assert network.projection(lower=True).sum() == 4 * lower
    assert network.projection().sum() == 4


def test_parts_have_iris_of_their_own_and_one_record() -> None:
    links = network_of(BUNDLE).links
    assert [link.iri.removeprefix(ID) for link in links] == ["link/x", "link/x|id:I1", "link/x|id:I2"]
    assert {link.record for link in links} == {ID + "link/x"}
    assert links.records() == [link.record for link in links]


def test_a_note_counts_the_divided_links() -> None:
    notes = notes_of(network_of(BUNDLE))
    assert any("Divided: 1 link bundles" in note and "in 2 links" in note for note in notes)
    assert not any("Divided" in note for note in notes_of(network_of(LinkSpec("U1 I1"))))


def test_each_unnamed_partner_unfolds_to_a_link() -> None:
    assert parties(unfold(network_of(BUNDLE))) == ["I1 U1 2", "I2 U1 2", "U1 2", "U1 2", "U1 2"]


def test_drawn_partners_are_tied_to_the_common_party_only() -> None:
    drawn = impute(network_of(BUNDLE), 0.0, np.random.default_rng(1))
    ties = drawn.projection("count")
    common = [actor.iri for actor in drawn.actors].index(ID + "U1")
    assert ties.nnz == 2 * ties[[common]].nnz == 10


def test_the_contribution_of_a_partner_stays_with_it() -> None:
    link = LinkSpec("U1 I1 I2", arity="bundle", common="U1", money={"U1": (9, "EUR"), "I1": (4, "EUR")})
    amounts = network_of(link).money["EUR"]
    assert np.nansum(amounts) == 4
    assert np.count_nonzero(np.isnan(amounts)) == 3


def test_a_divided_network_survives_networkx() -> None:
    network = network_of(BUNDLE)
    restored = Network.from_networkx(network.to_networkx("two-mode"))
    assert parties(unfold(restored)) == parties(unfold(network))
