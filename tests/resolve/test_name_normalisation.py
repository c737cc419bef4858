"""Names are normalised for comparison, and their original spelling is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import name_normalisation


@pytest.mark.parametrize(
    "alike",
    [
        ("Siemens S.p.A.", "SIEMENS SPA", "Siemens", "siemens s. p. a."),
        ("华为技术有限公司", "華為技術有限公司", "华为技术", "华为技术股份有限公司"),
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGY", "华为技术有限公司"),
        (
            "西安理工大学",
            "Xi’an University of Technology",
            "Xi'an University of Technology",
            "ＸＩ'ＡＮ Technology University",
        ),
        ("Universität zu Lübeck", "University of Luebeck", "UNIVERSITAET ZU LUBECK", "Université de Lübeck"),
        ("L'Air Liquide", "AIR LIQUIDE SA", "Air Liquide S.A."),
        ("RENAULT SAS", "Renault"),
        ("Robert Bosch GmbH", "Robert Bosch Ges.m.b.H."),
        ("BioTherm B.V.", "Biotherm"),
        ("陕西省教育厅", "Shaanxi Provincial Department of Education"),
        ("山西省教育厅", "Shanxi Provincial Department of Education"),
        ("西安市第二医院", "Xi'an Second Hospital City"),
        ("吕梁学院", "Lüliang College"),
    ],
)
def test_names_of_one_organisation_have_the_same_words(alike: tuple[str, ...]) -> None:
    assert {frozenset(name_normalisation.normalise(name).words) for name in alike} == {
        frozenset(name_normalisation.normalise(alike[0]).words)
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("陕西省教育厅", "山西省教育厅"),
        ("Shaanxi Department of Education", "Shanxi Department of Education"),
        ("西安理工大学", "西安理工学院"),
        ("Firm 12", "Firm 14"),
    ],
)
def test_names_of_two_organisations_have_different_words(one: str, other: str) -> None:
    assert set(name_normalisation.normalise(one).words) != set(name_normalisation.normalise(other).words)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Firm 12", {"12"}),
        ("第二十研究所", {"20"}),
        ("中铁十二局集团有限公司", {"12"}),
        ("第一医院", {"1"}),
        ("Henry II", {"2"}),
        ("Second Hospital", {"2"}),
        ("三一重工", set()),
        ("西安理工大学", set()),
    ],
)
def test_numbers_are_recognised_in_digits_chinese_and_words(name: str, numbers: set[str]) -> None:
    assert name_normalisation.normalise(name).numbers == numbers


def test_a_character_without_pinyin_is_its_own_word() -> None:
    assert name_normalisation.normalise("㤻").words == ("㤻",)


@pytest.mark.parametrize(
    ("name", "is_acronym"), [("XUT", True), ("Xut", False), ("SAMSUNG ELECTRONICS", False), ("西安", False)]
)
def test_an_acronym_is_one_short_word_in_capitals(name: str, is_acronym: bool) -> None:
    assert name_normalisation.normalise(name).acronym is is_acronym


@given(st.text(max_size=40))
def test_every_text_is_a_name_and_is_kept(text: str) -> None:
    name = name_normalisation.normalise(text)
    assert name.text == text
    assert len(set(name.words)) == len(name.words)
    assert name_normalisation.fold(name_normalisation.fold(text)) == name_normalisation.fold(text)


@given(st.text(alphabet="西安理工大学陕山教育厅第二医院有限公司a b.'", max_size=20))
def test_case_and_width_of_letters_do_not_matter(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert name_normalisation.normalise(wide).words == name_normalisation.normalise(text.lower()).words


def test_each_chinese_word_has_one_concept() -> None:
    meanings: dict[str, set[str]] = {}
    for concept, words in name_normalisation._lines():
        for word in words:
            if word != name_normalisation.fold(word) or "~" not in word:
                meanings.setdefault(word, set()).add(concept)
    assert {word for word, concepts in meanings.items() if len(concepts) > 1 and not word.isascii()} == set()
