"""Scores of pairs of actors: features, weights and reasons."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.name_normalisation import normalise
from kg.resolve.name_similarity import WEIGHTS, Rarity, Similarity, compare
from kg.resolve.profiles import Profile
from kg.resolve.scoring import Score, score

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
RARITY = Rarity(normalise(text) for text in TEXTS)


def similarity(one: str, other: str) -> Similarity:
    return compare(normalise(one), normalise(other), RARITY)


def who(*texts: str, **known: str) -> Profile:
    features = {name: frozenset({value}) for name, value in known.items()}
    return Profile("id/" + texts[0], tuple(normalise(text) for text in texts), **features)


def scored(left: Profile, right: Profile) -> Score:
    found = score(left, right, RARITY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "features"),
    [
        ("University of Verona", "UNIVERSITA DI VERONA", {"equal", "contained"}),
        ("Renault SAS", "Renault Trucks SAS", {"contained", "first"}),
        ("Danish Power Systems", "Danish Power System ApS", {"equal", "contained"}),
        ("Microtherm Europe", "Micro Therm Europe", {"equal", "contained"}),
        (TEXTS[5], TEXTS[6], {"contained", "acronym"}),
        ("XUT", "西安理工大学", {"acronym"}),
        ("XUT", "Xi'an University of Technology", {"acronym"}),
        ("国务院国资委", "国务院", {"contained", "first"}),
        ("Changshu Institute of Technology", "Changzhou Institute of Technology", set()),
        ("陕西省教育厅", "山西省教育厅", set()),
    ],
)
def test_features_of_two_names(one: str, other: str, features: set[str]) -> None:
    result = similarity(one, other)
    assert {name for name in ("equal", "contained", "first", "acronym") if getattr(result, name)} >= features
    assert result.equal is ("equal" in features)
    assert result.acronym is ("acronym" in features)


@pytest.mark.parametrize(
    ("one", "other", "is_another"),
    [
        ("南京大学", "南京理工大学", True),
        ("甲物流有限公司", "甲集团", True),
        ("University of Lisbon", "Faculty of Medicine, University of Lisbon", True),
        ("Nottingham Trent University", "University of Nottingham", True),
        ("Tata Steel UK Limited", "Tata Steel UK Consulting Limited", True),
        ("Keppel", "Keppel-NUS Corporate Laboratory", True),
        ("华为", "华为技术有限公司", False),
        ("Zenit Verein", "Zenit", False),
        ("Skf Oyj", "Skf France", False),
    ],
)
def test_extra_words_may_mark_another_body(one: str, other: str, is_another: bool) -> None:
    assert similarity(one, other).extended is is_another


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department of Health", "UK Department of Health"),
        ("Centre for Technology Research and Innovation (CETRI)", "Center for Technology Research and Innovation"),
        ("Foundation for Research and Technology Hellas", "Idryma Technologias kai Erevnas"),
    ],
)
def test_names_of_general_words_are_compared_too(one: str, other: str) -> None:
    assert similarity(one, other).log_odds > 0


def test_numbers_and_single_letters_are_not_alike() -> None:
    assert not similarity("Uninett Sigma2", "Uninett Sigma").equal
    assert not similarity("AT&T Inc.", "T-Systems GmbH").shared


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("University of Verona", "Universita di Verona"), ("University of Verona", "Universita di Udine")),
        (("Renault", "Renault SAS"), ("Renault", "Renault Trucks SAS")),
        (("Danish Power Systems", "Danish Power System"), ("Danish Power Systems", "Danish Wind Systems")),
        (("西安理工大学", "Xi'an University of Technology"), ("西安理工大学", "Xidian University")),
    ],
)
def test_the_more_similar_pair_has_higher_odds(nearer: tuple[str, str], farther: tuple[str, str]) -> None:
    assert similarity(*nearer).log_odds > 0 > similarity(*farther).log_odds - 2
    assert similarity(*nearer).log_odds > similarity(*farther).log_odds


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
@example(TEXTS[7], TEXTS[8])
def test_similarity_is_symmetric(one: str, other: str) -> None:
    assert similarity(one, other).log_odds == pytest.approx(similarity(other, one).log_odds)


@given(st.text(max_size=20), st.text(max_size=20))
@example("", "0㤻")
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    result = similarity(one, other)
    assert 0 <= result.shared <= 1
    assert 0 <= result.different <= 1


def test_only_differences_have_a_negative_weight() -> None:
    assert {name for name, weight in WEIGHTS.items() if weight < 0} == {"different", "extended"}


def test_a_common_word_weighs_less_than_a_rare_one() -> None:
    assert RARITY.weight("university") < RARITY.weight("verona") < RARITY.weight("a word of no name") == 1


@pytest.mark.parametrize(
    ("known", "other", "more"),
    [
        ({"cities": "xian"}, {"cities": "xian"}, True),
        ({"cities": "xian"}, {"cities": "weinan"}, False),
        ({"domains": "a.cn"}, {"domains": "a.cn"}, True),
        ({"kinds": "Firm"}, {"kinds": "Alliance"}, False),
    ],
)
def test_place_domain_and_class_shift_a_score(known: dict[str, str], other: dict[str, str], more: bool) -> None:
    plain = scored(who("Renault SAS"), who("Renault Trucks SAS"))
    shifted = scored(who("Renault SAS", **known), who("Renault Trucks SAS", **other))
    assert (shifted.value > plain.value) is more
    assert len(shifted.reasons) == len(plain.reasons) + 1


def test_names_in_both_scripts_both_count() -> None:
    left = who("Industrial Internet Community", "全国工业互联网产教融合共同体")
    right = who("Industrial Internet Community", "国家工业互联网行业共同体")
    both = scored(left, right).value
    english = scored(who("Industrial Internet Community"), who("Industrial Internet Community")).value
    assert both < english


def test_names_without_words_are_not_equal() -> None:
    assert not similarity("!!!", "???").equal
    assert score(who("!!!"), who("???"), RARITY) is None


def test_pairs_without_common_words_have_none_as_score() -> None:
    assert score(Profile("id/a", ()), who("Renault"), RARITY) is None
    assert score(who("Verona"), who("Renault"), RARITY) is None
