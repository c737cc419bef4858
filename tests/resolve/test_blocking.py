"""Blocking selects pairs with a common distinctive feature, and does not miss known matches."""

from __future__ import annotations

import pytest

from kg.resolve.blocking import MAX_BLOCK, candidates
from kg.resolve.name_normalisation import normalise
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile

CONSONANTS = "bdfgklmnprstvz"
CROWD = [
    f"University of {a}a{b}o{c}u" for a in CONSONANTS for b in CONSONANTS for c in CONSONANTS
]  # 2744 names that share two words


def profiles(*texts: str | tuple[str, ...], domain: str | None = None) -> list[Profile]:
    names = [(text,) if isinstance(text, str) else text for text in texts]
    domains = frozenset({domain}) if domain else frozenset()
    return [Profile("/".join(one), tuple(map(normalise, one)), domains=domains) for one in names]


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
def test_names_of_one_organisation_are_candidates(left: str, right: str) -> None:
    assert frozenset({left, right}) in compared(profiles(*CROWD, left, right))


def test_actors_with_a_common_domain_are_candidates() -> None:
    assert compared(profiles("Alpha", "Omega", domain="example.cn")) == {frozenset({"Alpha", "Omega"})}
    assert compared(profiles("Alpha", "Omega")) == set()


def test_a_frequent_word_gives_no_candidates() -> None:
    """The number of pairs grows linearly with the number of names."""
    known = profiles(*CROWD)
    result = candidates(known, Rarity(name for profile in known for name in profile.names))
    assert len(result.pairs) < MAX_BLOCK * len(known)
    assert result.skipped_blocks >= 1


def test_pairs_are_distinct_and_sorted() -> None:
    known = profiles(*CROWD[:200], "XUT", "西安理工大学")
    pairs = candidates(known, Rarity(name for profile in known for name in profile.names)).pairs
    assert list(pairs) == sorted(set(pairs))
    assert all(a < b for a, b in pairs)
