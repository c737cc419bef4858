"""Several parties in a cell: names, and a count of those without a name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers.open_lists import Unnamed
from kg.ingest.readers.parties import parties

SEPARATORS = "、；;"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲电子集团（软件、芯片事业部）、乙公司", ["甲电子集团（软件、芯片事业部）", "乙公司"]),
        ("“甲、乙”公司；丙公司", ["“甲、乙”公司", "丙公司"]),
        ('"甲、乙"公司；丙公司', ['"甲、乙"公司', "丙公司"]),
        ("甲有限公司\n乙有限公司", ["甲有限公司", "乙有限公司"]),
        ("甲电子\n有限公司", ["甲电子有限公司"]),
        ("甲有限公司 乙股份有限公司", ["甲有限公司", "乙股份有限公司"]),
        ("甲电子 有限公司", ["甲电子 有限公司"]),
        ("甲大学 材料学院", ["甲大学 材料学院"]),
        ("Alpha AG\nBeta GmbH", ["Alpha AG", "Beta GmbH"]),
        ("Technical University\nof Delta", ["Technical University of Delta"]),
        ("甲公司、甲公司", ["甲公司"]),
        ("甲石油股份有限公司乙油田分公司", ["甲石油股份有限公司乙油田分公司"]),
        ("Alpha GmbH & Co. KG", ["Alpha GmbH & Co. KG"]),
        ("Alpha Technologies Co., Ltd.", ["Alpha Technologies Co., Ltd."]),
        ("Alpha Technologies Co., LTD", ["Alpha Technologies Co., LTD"]),
        ("Alpha Ltd, Beta Co., Ltd.", ["Alpha Ltd", "Beta Co., Ltd."]),
        ("Alpha AG, Germany", ["Alpha AG, Germany"]),
        ("Alpha & Sons GmbH, Beta AG", ["Alpha & Sons GmbH", "Beta AG"]),
        ("Alpha, Beta & Partners LLP", ["Alpha, Beta & Partners LLP"]),
        ("甲有限公司，乙有限公司", ["甲有限公司", "乙有限公司"]),
        ("甲等离子体研究所", ["甲等离子体研究所"]),
        ("上海某某高等专科学校", ["上海某某高等专科学校"]),
        ("360公司", ["360公司"]),
        ("甲公司、中电16所", ["甲公司", "中电16所"]),
        ("1.甲公司 2.乙公司", ["甲公司", "乙公司"]),
        ("①甲公司②乙公司", ["甲公司", "乙公司"]),
        ("甲公司、及乙公司", ["甲公司", "乙公司"]),
        ("甲、乙、丙三家公司", ["甲", "乙", "丙"]),
        ("University of Alpha and Beta", ["University of Alpha and Beta"]),
        ("Joint Institute of Alpha College and Beta College", ["Joint Institute of Alpha College and Beta College"]),
    ],
)
def test_names_are_between_separators(text: str, names: list[str]) -> None:
    found = parties(text, SEPARATORS)
    assert (list(found.names), found.unnamed) == (names, None)


@pytest.mark.parametrize(
    ("text", "names", "unnamed"),
    [
        ("甲公司、乙公司等5家企业", 2, Unnamed(5, "exact", includes_named=True)),
        ("甲公司等十余家企业", 1, Unnamed(10, "moreThan", includes_named=True)),
        ("甲公司 等 三 家 单位", 1, Unnamed(3, "exact", includes_named=True)),
        ("甲公司等近百家企业", 1, Unnamed(100, "approximate", includes_named=True)),
        ("甲公司、乙公司等", 2, Unnamed(1, "atLeast", includes_named=False)),
        ("甲公司等多家知名企业", 1, Unnamed(1, "atLeast", includes_named=False)),
        ("甲公司、其他", 1, Unnamed(1, "atLeast", includes_named=False)),
        ("甲公司及其他3家单位", 1, Unnamed(3, "exact", includes_named=False)),
        ("甲公司和12家企业", 1, Unnamed(12, "exact", includes_named=False)),
        ("36家企业", 0, Unnamed(36, "exact", includes_named=False)),
        ("Alpha AG; Beta GmbH and 12 others", 2, Unnamed(12, "exact", includes_named=False)),
        ("Alpha GmbH, Beta AG and 12 others", 2, Unnamed(12, "exact", includes_named=False)),
        ("Alpha AG et al.", 1, Unnamed(1, "atLeast", includes_named=False)),
        ("甲公司、乙公司等两家企业", 2, None),
        ("甲公司等企业5家", 1, Unnamed(5, "exact", includes_named=True)),
        ("甲公司、乙公司（等共计伍家）", 2, Unnamed(5, "exact", includes_named=True)),
        ("5家企业（甲公司、乙公司等）", 2, Unnamed(5, "exact", includes_named=True)),
        ("甲公司等20～30家企业", 1, Unnamed(20, "atLeast", includes_named=True)),
        ("甲公司等二三十家企业", 1, Unnamed(20, "atLeast", includes_named=True)),
        ("甲公司等30+家企業", 1, Unnamed(30, "atLeast", includes_named=True)),
        ("甲公司、乙公司……", 2, Unnamed(1, "atLeast", includes_named=False)),
        ("多家企业", 0, Unnamed(1, "atLeast", includes_named=False)),
        ("甲社ほか3社", 1, Unnamed(3, "exact", includes_named=False)),
        ("갑전자 외 3개사", 1, Unnamed(3, "exact", includes_named=False)),
        ("Alpha AG (+3)", 1, Unnamed(3, "exact", includes_named=False)),
        ("Alpha AG & three others", 1, Unnamed(3, "exact", includes_named=False)),
        ("Alpha AG und 3 weitere", 1, Unnamed(3, "exact", includes_named=False)),
        ("Alpha SA et 4 autres entreprises", 1, Unnamed(4, "exact", includes_named=False)),
        ("Alpha SpA e altre 3", 1, Unnamed(3, "exact", includes_named=False)),
    ],
)
def test_a_count_is_never_a_name(text: str, names: int, unnamed: Unnamed | None) -> None:
    found = parties(text, SEPARATORS)
    assert (len(found.names), found.unnamed) == (names, unnamed)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲公司（乙", "has a bracket or a quotation mark without its ）"),
        ("甲公司/乙公司", "looks like two names"),
        ("甲公司与乙公司", "looks like two names"),
        ("甲有限公司乙有限公司", "looks like two names"),
        ("Alpha Ltd & Beta Ltd", "looks like two names"),
        ("Alpha Ltd, Beta", "looks like two names"),
        ("Delta GmbH/Epsilon AG", "looks like two names"),
        ("甲大学\n乙学院", "has a line break between '甲大学' and '乙学院'"),
        ("甲公司、乙公司、丙公司等2家", "counts 2 parties but names 3"),
        ("12", "is a number and no name"),
        ("甲公司；待定", "is a word for an empty cell"),
        ("阿里、腾讯和百度", "looks like two names"),
        ("甲公司·乙公司", "looks like two names"),
        ("Alpha University and Beta University", "looks like two names"),
        ("Alpha, Beta and others", "looks like several names"),
        ("甲集团及下属企业", "contains a count or an open list"),
        ("甲公司乙公司两家企业", "contains a count or an open list"),
        ("," * 1001, "has a name of more than 1000 characters"),
    ],
)
def test_a_doubtful_name_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason):
        parties(text, SEPARATORS)


NAME = st.text(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=2, max_size=5).map(lambda text: text + "有限公司")


@given(st.lists(NAME, min_size=1, max_size=5, unique=True), st.sampled_from("、；;\n "))
def test_names_survive_every_separator(names: list[str], separator: str) -> None:
    assert parties(separator.join(names), SEPARATORS).names == tuple(names)


@given(st.lists(NAME, min_size=1, max_size=4, unique=True), st.integers(5, 999))
def test_the_count_follows_any_names(names: list[str], number: int) -> None:
    found = parties("、".join(names) + f"等{number}家企业", SEPARATORS)
    assert found.names == tuple(names)
    assert found.unnamed == Unnamed(number, "exact", includes_named=True)


@given(st.text(max_size=40))
def test_any_text_has_parties_or_a_reason(text: str) -> None:
    names: tuple[str, ...] = ()
    with contextlib.suppress(ValueError):
        names = parties(text, SEPARATORS).names
    assert all(name.strip() for name in names)
