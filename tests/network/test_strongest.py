"""The part of a network between its strongest actors."""

import pytest
from helpers.networks import GAPS, TOY, incidence
from helpers.texts import english

from kg.network import Network, build
from kg.network.strongest import strongest

SCORES = {"G1": 2.0, "I1": 2.0, "I2": None, "I3": 1.0, "U1": 3.0, "U2": 2.0}


@pytest.fixture
def top() -> Network:
    return strongest(build(incidence(TOY)), list(SCORES.values()), 3, "degree")


def test_links_between_the_strongest_stay_with_their_strong_parties(top: Network) -> None:
    assert [actor.iri.rpartition("/")[2] for actor in top.actors] == ["G1", "I1", "U1"]
    links = [(link.iri.rpartition("/")[2], link.named, link.declared) for link in top.links]
    assert links == [("a1", 3, 3), ("a2", 2, 2)]
    assert top.actor_of.tolist() == [0, 1, 2, 1, 2]


def test_the_notes_count_what_is_left_out(top: Network) -> None:
    assert [english(note) for note in top.notes[-2:]] == [
        "Only the 3 actors with the highest score (degree) among 6, and the links between them.",
        "Left out: 3 of 5 links, and 0 participations of other actors in the links drawn.",
    ]


def test_unnamed_parties_stay_unnamed() -> None:
    whole = build(incidence(GAPS))
    scores = [float(actor.iri.rpartition("/")[2] in {"U1", "I1"}) for actor in whole.actors]
    (link,) = strongest(whole, scores, 2, "degree").links
    assert (link.named, link.declared) == (2, 7)


def test_an_actor_without_a_score_is_never_among_the_strongest() -> None:
    assert len(strongest(build(incidence(TOY)), list(SCORES.values()), 6, "degree").actors) == 5
