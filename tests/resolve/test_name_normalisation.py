"""Names are folded for comparing, and stay as they were written."""

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
def test_names_of_one_body_are_made_of_the_same_words(alike: tuple[str, ...]) -> None:
    assert {frozenset(name_normalisation.read(name).words) for name in alike} == {
        frozenset(name_normalisation.read(alike[0]).words)
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
def test_names_of_two_bodies_are_not(one: str, other: str) -> None:
    assert set(name_normalisation.read(one).words) != set(name_normalisation.read(other).words)


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
def test_numbers_are_read_in_digits_chinese_and_words(name: str, numbers: set[str]) -> None:
    assert name_normalisation.read(name).numbers == numbers


@pytest.mark.parametrize(
    ("name", "is_one"), [("XUT", True), ("Xut", False), ("SAMSUNG ELECTRONICS", False), ("西安", False)]
)
def test_an_acronym_is_one_short_word_in_capitals(name: str, is_one: bool) -> None:
    assert name_normalisation.read(name).acronym is is_one


@given(st.text(max_size=40))
def test_every_text_is_a_name_and_is_kept_as_it_was_written(text: str) -> None:
    name = name_normalisation.read(text)
    assert name.text == text
    assert len(set(name.words)) == len(name.words)
    assert name_normalisation.fold(name_normalisation.fold(text)) == name_normalisation.fold(text)


@given(st.text(alphabet="西安理工大学陕山教育厅第二医院有限公司a b.'", max_size=20))
def test_a_name_in_capitals_or_wide_letters_is_the_same_name(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert name_normalisation.read(wide).words == name_normalisation.read(text.lower()).words


def test_the_lexicon_gives_each_word_one_meaning_in_each_script() -> None:
    meanings: dict[str, set[str]] = {}
    for concept, words in name_normalisation._lines():
        for word in words:
            if word != name_normalisation.fold(word) or "~" not in word:
                meanings.setdefault(word, set()).add(concept)
    assert {word for word, found in meanings.items() if len(found) > 1 and not word.isascii()} == set()
