"""What forbids that two actors are one, however alike their names are.

Fuzzy scores lie where names differ in the one syllable that counts: the departments of education of Shaanxi and of
Shanxi score 98 of 100. So these come before any score, and each says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Text
from kg.resolve import name_normalisation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.resolve.name_normalisation import Name
    from kg.resolve.profiles import Profile

_LEVELS = ("university", "college", "school")
_WIDE = frozenset({"china", "europeanunion"})
"""Regions in which others are."""
_WHOLE = frozenset({"University", "VocationalCollege"})
_COMPLETE = re.compile(r".+(?:大学|学院|学校|科学院|研究院|研究所|部|厅|局|委员会|省|自治区|兵团|公司)")
_PART = re.compile(r".+(?:大学|学院|学校|院|所|部|厅|局|委员会|处|司|中心|室|公司)")
_SCHOOL = re.compile(r".+(?:大学|学院|学校|科学院)")
_SAID_OR_NOT = re.compile("[省市]")
"""陕西省师范大学 and 陕西师范大学 are one name."""


def forbids(
    left: Profile, right: Profile, disjoint: Collection[frozenset[str]] = (), canonical: Mapping[str, str] | None = None
) -> Text | None:
    """Why the two cannot be one, in words; ``None`` where nothing forbids it.

    Args:
        left: the one.
        right: the other.
        disjoint: pairs of kinds of which nothing is both (`profiles.disjoint`).
        canonical: whom an actor counts as, to know when two hosts are one.
    """
    return (
        _kinds(left, right, disjoint)
        or _changes(left, right)
        or _hosts(left, right, canonical or {})
        or _provinces(left, right)
        or _numbers(left.names, right.names)
        or _levels(left.names, right.names)
        or _branches(left.names, right.names)
        or _inside(left.names, right.names)
        or _inside(right.names, left.names)
        or _longer(left.names, right.names)
    )


def _kinds(left: Profile, right: Profile, disjoint: Collection[frozenset[str]]) -> Text | None:
    for one in sorted(left.kinds):
        for other in sorted(right.kinds):
            apart = frozenset({one, other})
            whole_and_unit = "Unit" in apart and apart & _WHOLE
            organisation = apart - {"Person"}
            person = "Person" in apart and organisation and frozenset({"Person", "Organisation"}) in disjoint
            if len(apart) > 1 and (apart in disjoint or whole_and_unit or person):
                return Text(f"nothing is both {one} and {other}", f"{one} 与 {other} 不可能为同一类")
    return None


def _changes(left: Profile, right: Profile) -> Text | None:
    """The graph says already what ties them, and their names are alike for that reason."""
    if left.iri in right.before or right.iri in left.before:
        return Text("a change made one of the other", "其中之一由另一方更名、合并等变更而来")
    return None


def _hosts(left: Profile, right: Profile, canonical: Mapping[str, str]) -> Text | None:
    mine, theirs = ({canonical.get(host, host) for host in hosts} for hosts in (left.hosts, right.hosts))
    if mine and theirs and not mine & theirs:
        return Text("they are units of two hosts", "主办单位不同")
    return None


def _provinces(left: Profile, right: Profile) -> Text | None:
    mine, theirs = left.regions - _WIDE, right.regions - _WIDE
    named = _named_provinces(left.names), _named_provinces(right.names)
    for one, other in ((mine, theirs), named):
        if one and other and not one & other:
            return Text(f"one is of {_list(one)}, the other of {_list(other)}", f"分属 {_list(one)} 与 {_list(other)}")
    return None


def _named_provinces(of: Collection[Name]) -> frozenset[str]:
    return frozenset(word for name in of for word in name.words if word in name_normalisation.provinces())


def _numbers(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Numbers are compared within one script: only there do both names number alike."""
    for han in (True, False):
        one, other = (
            frozenset(number for name in of if name.han == han for number in name.numbers) for of in (mine, theirs)
        )
        if one and other and not one & other:
            told = _list(one), _list(other)
            return Text("their numbers are {} and {}".format(*told), "编号分别为 {} 与 {}".format(*told))
    return None


def _levels(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """大学 and 学院 are two levels; English names of either say University, so only Chinese names are looked at."""
    one, other = _level(mine), _level(theirs)
    if one and other and not one & other:
        return Text(f"one is a {_list(one)}, the other a {_list(other)}", "名称层次不同（大学、学院、学校）")
    return None


def _level(of: Collection[Name]) -> frozenset[str]:
    last = (name.words[-1] for name in of if name.han and name.words)
    return frozenset(word for word in last if word in _LEVELS)


def _branches(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    for concept in ("branch", "office"):
        one, other = (any(concept in name.words for name in of) for of in (mine, theirs))
        if one != other:
            return Text("one is a branch, campus or office", "其中之一为分支机构、校区或办公机构")
    return None


def _inside(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """The Commission of the State Council is not the State Council."""
    wholes = [name.folded for name in theirs if not name.han and len(name.words) > 1]
    for part in (name.folded for name in mine if not name.han):
        if part.endswith(tuple(f" {of}{whole}" for whole in wholes for of in ("of ", "of the ", "under the "))):
            return Text("one is something of the other, by its name", "其中之一按名称从属于另一方")
    return None


def _longer(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Chinese names of public bodies are exact: what one says more makes it a part of the other, or another school."""
    one, other = ({name.letters for name in of if name.han} for of in (mine, theirs))
    if one & other:
        return None
    for pair in ((left, right) for left in sorted(one) for right in sorted(other)):
        short, long = sorted(pair, key=len)
        if long.startswith(short) and _COMPLETE.fullmatch(short) and _PART.fullmatch(long):
            return Text("one is something of the other, by its name", "其中之一按名称从属于另一方")
        if _SCHOOL.fullmatch(short) and _SCHOOL.fullmatch(long) and _says_more(long, short):
            return Text("one says more in its name, as another school does", "其中之一校名另有他字，应为另一学校")
    return None


def _says_more(long: str, short: str) -> bool:
    """Whether the names begin alike, and `long` has all of `short` in its order and more."""
    mine, theirs = (_SAID_OR_NOT.sub("", name) for name in (long, short))
    rest = iter(mine)
    return mine != theirs and mine[0] == theirs[0] and all(char in rest for char in theirs)


def _list(words: Collection[str]) -> str:
    return ", ".join(sorted(words))
