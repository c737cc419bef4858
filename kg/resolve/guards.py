"""What forbids that two actors are one, however alike their names are.

Fuzzy scores lie where names differ in the one syllable that counts: the departments of education of Shaanxi and of
Shanxi score 98 of 100. So these come before any score, and each says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Label
from kg.resolve import names

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.resolve.names import Name
    from kg.resolve.profiles import Profile

_LEVELS = ("university", "college", "school")
_WIDE = frozenset({"china", "europeanunion"})
"""Regions in which others are."""
_WHOLE = frozenset({"University", "VocationalCollege"})


def forbids(
    left: Profile, right: Profile, disjoint: Collection[frozenset[str]] = (), canonical: Mapping[str, str] | None = None
) -> Label | None:
    """Why the two cannot be one, in words; ``None`` where nothing forbids it.

    Args:
        left: the one.
        right: the other.
        disjoint: pairs of kinds of which nothing is both (`profiles.disjoint`).
        canonical: whom an actor counts as, to know when two hosts are one.
    """
    return (
        _kinds(left, right, disjoint)
        or _hosts(left, right, canonical or {})
        or _provinces(left, right)
        or _numbers(left.names, right.names)
        or _levels(left.names, right.names)
        or _branches(left.names, right.names)
        or _inside(left.names, right.names)
        or _inside(right.names, left.names)
    )


def _kinds(left: Profile, right: Profile, disjoint: Collection[frozenset[str]]) -> Label | None:
    for one in sorted(left.kinds):
        for other in sorted(right.kinds):
            apart = frozenset({one, other})
            whole_and_unit = "Unit" in apart and apart & _WHOLE
            organisation = apart - {"Person"}
            person = "Person" in apart and organisation and frozenset({"Person", "Organisation"}) in disjoint
            if len(apart) > 1 and (apart in disjoint or whole_and_unit or person):
                return Label(f"nothing is both {one} and {other}", f"{one} 与 {other} 不可能为同一类")
    return None


def _hosts(left: Profile, right: Profile, canonical: Mapping[str, str]) -> Label | None:
    mine, theirs = ({canonical.get(host, host) for host in hosts} for hosts in (left.hosts, right.hosts))
    if mine and theirs and not mine & theirs:
        return Label("they are units of two hosts", "主办单位不同")
    return None


def _provinces(left: Profile, right: Profile) -> Label | None:
    mine, theirs = left.regions - _WIDE, right.regions - _WIDE
    named = _named_provinces(left.names), _named_provinces(right.names)
    for one, other in ((mine, theirs), named):
        if one and other and not one & other:
            return Label(f"one is of {_list(one)}, the other of {_list(other)}", f"分属 {_list(one)} 与 {_list(other)}")
    return None


def _named_provinces(of: Collection[Name]) -> frozenset[str]:
    return frozenset(word for name in of for word in name.words if word in names.provinces())


def _numbers(mine: Collection[Name], theirs: Collection[Name]) -> Label | None:
    """Numbers are compared within one script: only there do both names number alike."""
    for han in (True, False):
        one, other = (
            frozenset(number for name in of if name.han == han for number in name.numbers) for of in (mine, theirs)
        )
        if one and other and not one & other:
            told = _list(one), _list(other)
            return Label("their numbers are {} and {}".format(*told), "编号分别为 {} 与 {}".format(*told))
    return None


def _levels(mine: Collection[Name], theirs: Collection[Name]) -> Label | None:
    """大学 and 学院 are two levels; English names of either say University, so only Chinese names are looked at."""
    one, other = _level(mine), _level(theirs)
    if one and other and not one & other:
        return Label(f"one is a {_list(one)}, the other a {_list(other)}", "名称层次不同（大学、学院、学校）")
    return None


def _level(of: Collection[Name]) -> frozenset[str]:
    last = (name.words[-1] for name in of if name.han and name.words)
    return frozenset(word for word in last if word in _LEVELS)


def _branches(mine: Collection[Name], theirs: Collection[Name]) -> Label | None:
    for concept in ("branch", "office"):
        one, other = (any(concept in name.words for name in of) for of in (mine, theirs))
        if one != other:
            return Label("one is a branch, campus or office", "其中之一为分支机构、校区或办公机构")
    return None


def _inside(mine: Collection[Name], theirs: Collection[Name]) -> Label | None:
    """The Commission of the State Council is not the State Council."""
    wholes = [name.folded for name in theirs if not name.han and len(name.words) > 1]
    for part in (name.folded for name in mine if not name.han):
        if part.endswith(tuple(f" {of}{whole}" for whole in wholes for of in ("of ", "of the ", "under the "))):
            return Label("one is something of the other, by its name", "其中之一按名称从属于另一方")
    return None


def _list(words: Collection[str]) -> str:
    return ", ".join(sorted(words))
