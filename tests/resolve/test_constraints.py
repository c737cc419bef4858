"""Cannot-link constraints: each trap, and a similar pair without conflict."""

from __future__ import annotations

import pytest
from helpers.texts import chinese, english
from rapidfuzz import fuzz

from kg.resolve import constraints
from kg.resolve.name_normalisation import normalise
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile
from kg.resolve.scoring import score

DISJOINT = frozenset({frozenset({"Firm", "University"}), frozenset({"Person", "Organisation"})})


def who(*texts: str, **known: str) -> Profile:
    features = {name: frozenset({value}) for name, value in known.items()}
    return Profile("id/" + texts[0], tuple(normalise(text) for text in texts), **features)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        (who("Shaanxi Department of Education"), who("Shanxi Department of Education"), "shaanxi, the other in shanxi"),
        (who("陕西省教育厅"), who("山西省教育厅"), "shaanxi, the other in shanxi"),
        (who("陕西省教育厅"), who("Shanxi Provincial Department of Education"), "shaanxi, the other in shanxi"),
        (who("Normal University", regions="shaanxi"), who("Normal University", regions="shanxi"), "shaanxi"),
        (who("西安理工大学"), who("西安理工学院"), "one is a university, the other a college"),
        (who("西安交通大学"), who("西安交通大学苏州校区"), "branch"),
        (who("Monash University"), who("Monash University Suzhou Campus"), "branch"),
        (who("国务院"), who("国务院办公厅"), "office"),
        (who("State Council"), who("Commission of the State Council"), "one is a part of the other"),
        (who("陕西省"), who("陕西省教育厅"), "one is a part of the other"),
        (who("湖州师范学院"), who("湖州师范学院求真学院"), "one is a part of the other"),
        (who("工业和信息化部"), who("工业和信息化部教育与考试中心"), "one is a part of the other"),
        (who("华为技术有限公司"), who("华为技术有限公司西安研究所"), "one is a part of the other"),
        (who("成都学院"), who("成都体育学院"), "that of another school"),
        (who("中国科学院"), who("中国社会科学院"), "that of another school"),
        (who("武汉职业技术学院"), who("武汉铁路职业技术学院"), "that of another school"),
        (who("Firm 12"), who("Firm 14"), "12 and 14"),
        (who("西安市第一医院"), who("西安市第二医院"), "1 and 2"),
        (who("中铁十二局"), who("中铁二十局"), "12 and 20"),
        (who("Second Hospital of Xi'an"), who("Third Hospital of Xi'an"), "2 and 3"),
        (who("AI College", hosts="id/a"), who("AI College", hosts="id/b"), "different hosts"),
        (who("淮海工学院"), who("江苏海洋大学", predecessors="id/淮海工学院"), "a predecessor"),
        (who("Tsinghua", kinds="University"), who("Tsinghua", kinds="Firm"), "are disjoint"),
        (who("Tsinghua", kinds="University"), who("Tsinghua", kinds="Unit"), "are disjoint"),
        (who("Li", kinds="Person"), who("Li", kinds="Firm"), "are disjoint"),
    ],
)
def test_a_trap_violates_a_constraint_with_a_reason(left: Profile, right: Profile, reason: str) -> None:
    for one, other in ((left, right), (right, left)):
        violated = constraints.cannot_link(one, other, DISJOINT)
        assert chinese(violated)
    assert reason in english(constraints.cannot_link(left, right, DISJOINT))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (who("陕西省教育厅"), who("Shaanxi Provincial Department of Education")),
        (who("西安理工大学", regions="shaanxi"), who("XUT", regions="china")),
        (who("University College London"), who("University College, London")),
        (who("西安文理学院"), who("Xi'an University")),  # English names of colleges contain University
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
def test_pairs_that_may_match_violate_no_constraint(left: Profile, right: Profile) -> None:
    assert constraints.cannot_link(left, right, DISJOINT) is None


def test_units_of_one_host_with_two_iris_may_match() -> None:
    left, right = who("AI College", hosts="id/a"), who("AI College", hosts="id/b")
    assert constraints.cannot_link(left, right, DISJOINT, {"id/a": "id/a", "id/b": "id/a"}) is None


def test_fuzzy_scores_fail_in_both_directions() -> None:
    """Fuzzy scores miss a decisive syllable, and a name in another language."""
    assert fuzz.token_set_ratio("Shaanxi Department of Education", "Shanxi Department of Education") > 97
    assert fuzz.token_set_ratio("XUT", "西安理工大学") == 0
    known = [who("XUT"), who("西安理工大学"), who("Xi'an University of Technology"), who("Xidian University")]
    rarity = Rarity(name for profile in known for name in profile.names)
    for other in known[1:3]:
        result = score(known[0], other, rarity)
        assert result is not None
        assert result.value > 0.8
        assert "abbreviates" in english(result.reasons[0])
    twins = score(known[1], known[2], rarity)
    assert twins is not None
    assert twins.value > 0.95
    assert score(known[0], known[3], rarity) is None
