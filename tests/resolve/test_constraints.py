"""What forbids a match whatever the score: each trap once, and its harmless neighbour."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from kg.resolve import constraints, name_normalisation
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile
from kg.resolve.scoring import score

DISJOINT = frozenset({frozenset({"Firm", "University"}), frozenset({"Person", "Organisation"})})


def who(*texts: str, **known: str) -> Profile:
    found = {name: frozenset({value}) for name, value in known.items()}
    return Profile("id/" + texts[0], tuple(name_normalisation.read(text) for text in texts), **found)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (who("Shaanxi Department of Education"), who("Shanxi Department of Education"), "shaanxi, the other of shanxi"),
        (who("陕西省教育厅"), who("山西省教育厅"), "shaanxi, the other of shanxi"),
        (who("陕西省教育厅"), who("Shanxi Provincial Department of Education"), "shaanxi, the other of shanxi"),
        (who("Normal University", regions="shaanxi"), who("Normal University", regions="shanxi"), "shaanxi"),
        (who("西安理工大学"), who("西安理工学院"), "one is a university, the other a college"),
        (who("西安交通大学"), who("西安交通大学苏州校区"), "branch"),
        (who("Monash University"), who("Monash University Suzhou Campus"), "branch"),
        (who("国务院"), who("国务院办公厅"), "office"),
        (who("State Council"), who("Commission of the State Council"), "something of the other"),
        (who("陕西省"), who("陕西省教育厅"), "something of the other"),
        (who("湖州师范学院"), who("湖州师范学院求真学院"), "something of the other"),
        (who("工业和信息化部"), who("工业和信息化部教育与考试中心"), "something of the other"),
        (who("华为技术有限公司"), who("华为技术有限公司西安研究所"), "something of the other"),
        (who("成都学院"), who("成都体育学院"), "another school"),
        (who("中国科学院"), who("中国社会科学院"), "another school"),
        (who("武汉职业技术学院"), who("武汉铁路职业技术学院"), "another school"),
        (who("Firm 12"), who("Firm 14"), "12 and 14"),
        (who("西安市第一医院"), who("西安市第二医院"), "1 and 2"),
        (who("中铁十二局"), who("中铁二十局"), "12 and 20"),
        (who("Second Hospital of Xi'an"), who("Third Hospital of Xi'an"), "2 and 3"),
        (who("AI College", hosts="id/a"), who("AI College", hosts="id/b"), "two hosts"),
        (who("淮海工学院"), who("江苏海洋大学", before="id/淮海工学院"), "a change made one of the other"),
        (who("Tsinghua", kinds="University"), who("Tsinghua", kinds="Firm"), "nothing is both"),
        (who("Tsinghua", kinds="University"), who("Tsinghua", kinds="Unit"), "nothing is both"),
        (who("Li", kinds="Person"), who("Li", kinds="Firm"), "nothing is both"),
    ],
)
def test_a_trap_is_forbidden_and_says_why(left: Profile, right: Profile, said: str) -> None:
    for one, other in ((left, right), (right, left)):
        found = constraints.forbids(one, other, DISJOINT)
        assert found is not None
        assert found.zh
    assert said in constraints.forbids(left, right, DISJOINT).en


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (who("陕西省教育厅"), who("Shaanxi Provincial Department of Education")),
        (who("西安理工大学", regions="shaanxi"), who("XUT", regions="china")),
        (who("University College London"), who("University College, London")),
        (who("西安文理学院"), who("Xi'an University")),  # English names of colleges say University
        (who("黑龙江省"), who("黑龙江省人民政府")),
        (who("陕西师范大学"), who("陕西省师范大学")),
        (who("西安学院", "西安文理学院"), who("西安文理学院")),  # one name in common
        (who("华为"), who("华为技术有限公司")),
        (who("Firm 12"), who("Firm")),
        (who("Firm 12"), who("Firm No. 12")),
        (who("AI College", hosts="id/a"), who("AI College", hosts="id/a")),
        (who("Institute 20", kinds="ResearchInstitute"), who("Institute 20", kinds="Firm")),  # converted institutes
        (who("School of the Arts"), who("The Arts")),
    ],
)
def test_what_may_be_one_is_not_forbidden(left: Profile, right: Profile) -> None:
    assert constraints.forbids(left, right, DISJOINT) is None


def test_units_of_two_hosts_that_are_one_may_be_one() -> None:
    left, right = who("AI College", hosts="id/a"), who("AI College", hosts="id/b")
    assert constraints.forbids(left, right, DISJOINT, {"id/a": "id/a", "id/b": "id/a"}) is None


def test_what_fuzzy_scores_take_for_one_and_for_two() -> None:
    """The two traps of every fuzzy score: a syllable that counts, and a name in another language."""
    assert fuzz.token_set_ratio("Shaanxi Department of Education", "Shanxi Department of Education") > 97
    assert fuzz.token_set_ratio("XUT", "西安理工大学") == 0
    known = [who("XUT"), who("西安理工大学"), who("Xi'an University of Technology"), who("Xidian University")]
    rarity = Rarity(name for profile in known for name in profile.names)
    for other in known[1:3]:
        found = score(known[0], other, rarity)
        assert found is not None
        assert found.value > 0.8
        assert "abbreviates" in found.reasons[0].en
    assert score(known[1], known[2], rarity).value > 0.95
    assert score(known[0], known[3], rarity) is None
