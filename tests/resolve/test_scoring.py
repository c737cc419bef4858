"""The score of two actors: what speaks for and against it, in words, and from which names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import name_normalisation
from kg.resolve.name_similarity import WEIGHTS, Rarity, compare
from kg.resolve.profiles import Profile
from kg.resolve.scoring import score

TEXTS = (
    "UNIVERSITA DEGLI STUDI DI VERONA",
    "University of Verona",
    "UNIVERSITA DEGLI STUDI DI UDINE",
    "Renault SAS",
    "Renault Trucks SAS",
    "Union des Transports Publics Ferroviaires",
    "Union des Transports Publics (U.T.P.)",
    "International Solar Energy Researchcenter Konstanz",
    "International Solar Energy Research Center Konstanz",
    "Changshu Institute of Technology",
    "Changzhou Institute of Technology",
    "Danish Power Systems",
    "Danish Power System ApS",
    "国务院国资委",
    "国务院",
    "XUT",
    "西安理工大学",
    "陕西省教育厅",
    "山西省教育厅",
)
RARITY = Rarity(name_normalisation.read(text) for text in TEXTS)


def likeness(one: str, other: str):
    return compare(name_normalisation.read(one), name_normalisation.read(other), RARITY)


def who(*texts: str, **known: str) -> Profile:
    found = {name: frozenset({value}) for name, value in known.items()}
    return Profile("id/" + texts[0], tuple(name_normalisation.read(text) for text in texts), **found)


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("University of Verona", "UNIVERSITA DI VERONA", {"alike", "contained"}),
        ("Renault SAS", "Renault Trucks SAS", {"contained", "first"}),
        ("Danish Power Systems", "Danish Power System ApS", {"alike", "contained"}),
        ("Microtherm Europe", "Micro Therm Europe", {"alike", "contained"}),
        (TEXTS[5], TEXTS[6], {"contained", "first", "acronym"}),
        ("XUT", "西安理工大学", {"acronym"}),
        ("XUT", "Xi'an University of Technology", {"acronym"}),
        ("国务院国资委", "国务院", {"contained", "first"}),
        ("Changshu Institute of Technology", "Changzhou Institute of Technology", set()),
        ("陕西省教育厅", "山西省教育厅", set()),
    ],
)
def test_what_two_names_have_in_common(one: str, other: str, is_so: set[str]) -> None:
    found = likeness(one, other)
    assert {name for name in ("alike", "contained", "first", "acronym") if getattr(found, name)} >= is_so
    assert found.alike is ("alike" in is_so)
    assert found.acronym is ("acronym" in is_so)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("University of Verona", "Universita di Verona"), ("University of Verona", "Universita di Udine")),
        (("Renault", "Renault SAS"), ("Renault", "Renault Trucks SAS")),
        (("Danish Power Systems", "Danish Power System"), ("Danish Power Systems", "Danish Wind Systems")),
        (("西安理工大学", "Xi'an University of Technology"), ("西安理工大学", "Xidian University")),
    ],
)
def test_the_nearer_pair_has_the_higher_odds(nearer: tuple[str, str], farther: tuple[str, str]) -> None:
    assert likeness(*nearer).odds > 0 > likeness(*farther).odds - 2
    assert likeness(*nearer).odds > likeness(*farther).odds


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_a_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert likeness(one, other).odds == pytest.approx(likeness(other, one).odds)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    found = likeness(one, other)
    assert 0 <= found.shared <= 1
    assert 0 <= found.apart <= 1


def test_each_weight_speaks_for_or_against_as_its_name_says() -> None:
    assert {name for name, weight in WEIGHTS.items() if weight < 0} == {"apart"}


def test_a_common_word_tells_less_than_a_rare_one() -> None:
    assert RARITY.of("university") < RARITY.of("verona") < RARITY.of("a word of no name") == 1


@pytest.mark.parametrize(
    ("known", "other", "more"),
    [
        ({"cities": "xian"}, {"cities": "xian"}, True),
        ({"cities": "xian"}, {"cities": "weinan"}, False),
        ({"domains": "a.cn"}, {"domains": "a.cn"}, True),
        ({"kinds": "Firm"}, {"kinds": "Alliance"}, False),
    ],
)
def test_place_domain_and_kind_shift_a_score_and_say_so(known, other, more: bool) -> None:
    plain = score(who("Renault SAS"), who("Renault Trucks SAS"), RARITY)
    found = score(who("Renault SAS", **known), who("Renault Trucks SAS", **other), RARITY)
    assert (found.value > plain.value) is more
    assert len(found.reasons) == len(plain.reasons) + 1


def test_names_in_both_scripts_both_count() -> None:
    left = who("Industrial Internet Community", "全国工业互联网产教融合共同体")
    right = who("Industrial Internet Community", "国家工业互联网行业共同体")
    both = score(left, right, RARITY).value
    english = score(who("Industrial Internet Community"), who("Industrial Internet Community"), RARITY).value
    assert both < english


def test_names_of_no_words_are_not_alike() -> None:
    assert not likeness("!!!", "???").alike
    assert score(who("!!!"), who("???"), RARITY) is None


def test_without_a_name_or_a_word_in_common_there_is_no_score() -> None:
    assert score(Profile("id/a", ()), who("Renault"), RARITY) is None
    assert score(who("Verona"), who("Renault"), RARITY) is None
