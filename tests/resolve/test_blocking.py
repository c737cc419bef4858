"""Only pairs that share something telling are compared, and those that should be, are."""

from __future__ import annotations

import pytest

from kg.resolve import name_normalisation
from kg.resolve.blocking import MOST, candidates
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile

CONSONANTS = "bdfgklmnprstvz"
CROWD = [
    f"University of {a}a{b}o{c}u" for a in CONSONANTS for b in CONSONANTS for c in CONSONANTS
]  # 2744 names that share two words


def profiles(*texts: str | tuple[str, ...], domain: str | None = None) -> list[Profile]:
    found = [(text,) if isinstance(text, str) else text for text in texts]
    domains = frozenset({domain}) if domain else frozenset()
    return [Profile("/".join(one), tuple(map(name_normalisation.read, one)), domains=domains) for one in found]


def compared(known: list[Profile]) -> set[frozenset[str]]:
    rarity = Rarity(name for profile in known for name in profile.names)
    return {frozenset({known[a].iri, known[b].iri}) for a, b in candidates(known, rarity).pairs}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("University of Verona", "Università degli Studi di Verona"),
        ("XUT", "西安理工大学"),
        ("XUT", "Xi'an University of Technology"),
        ("西安理工大学", "Xi'an University of Technology"),
        ("華為技術有限公司", "Huawei"),
        ("NEMZETI AGRARKUTATASI INNOVACIOSKOZPONT", "Nemzeti Agrarkutatasi Innovacios Kozpont"),
        ("Danish Power Systems", "DANISH POWER SYSTEM APS"),
    ],
)
def test_names_of_one_body_meet_in_a_crowd(left: str, right: str) -> None:
    assert frozenset({left, right}) in compared(profiles(*CROWD, left, right))


def test_a_domain_makes_two_meet() -> None:
    assert compared(profiles("Alpha", "Omega", domain="example.cn")) == {frozenset({"Alpha", "Omega"})}
    assert compared(profiles("Alpha", "Omega")) == set()


def test_a_word_that_all_have_makes_nobody_meet() -> None:
    """So the pairs grow with the names and not with their square."""
    known = profiles(*CROWD)
    found = candidates(known, Rarity(name for profile in known for name in profile.names))
    assert len(found.pairs) < MOST * len(known)
    assert found.passed_over >= 1


def test_the_pairs_are_each_once_and_in_order() -> None:
    known = profiles(*CROWD[:200], "XUT", "西安理工大学")
    pairs = candidates(known, Rarity(name for profile in known for name in profile.names)).pairs
    assert list(pairs) == sorted(set(pairs))
    assert all(a < b for a, b in pairs)
