"""Cannot-link constraints: reasons why two actors cannot be the same, however similar their names are.

Fuzzy scores fail if names differ in one decisive syllable: the departments of education of Shaanxi and Shanxi score 98
of 100. The constraints are therefore checked before scoring, and each gives a reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.rdf.ontology import Concept
from kg.resolve import name_normalisation
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.resolve.name_normalisation import Name
    from kg.resolve.profiles import Profile

_LEVELS = ("university", "college", "school")
_WIDE = frozenset({"china", "europeanunion"})
"""Regions that contain other regions."""
_WHOLE = frozenset({"University", "VocationalCollege"})
_COMPLETE = re.compile(r".+(?:大学|学院|学校|科学院|研究院|研究所|部|厅|局|委员会|省|自治区|兵团|公司)")
_PART = re.compile(r".+(?:大学|学院|学校|院|所|部|厅|局|委员会|处|司|中心|室|公司)")
_SCHOOL = re.compile(r".+(?:大学|学院|学校|科学院)")
_OPTIONAL = re.compile("[省市]")
"""Optional characters: 陕西省师范大学 equals 陕西师范大学."""


def cannot_link(
    left: Profile, right: Profile, disjoint: Collection[frozenset[str]] = (), canonical: Mapping[str, str] | None = None
) -> Text | None:
    """Return the reason why two actors cannot be the same; ``None`` if no constraint is violated.

    Args:
        left: the first actor.
        right: the second actor.
        disjoint: pairs of disjoint classes (`profiles.disjoint`).
        canonical: representatives of clusters, by which hosts are compared.
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
            kinds = frozenset({one, other})
            whole_and_unit = "Unit" in kinds and kinds & _WHOLE
            organisation = kinds - {"Person"}
            person = "Person" in kinds and organisation and frozenset({"Person", "Organisation"}) in disjoint
            if len(kinds) > 1 and (kinds in disjoint or whole_and_unit or person):
                return Message(
                    "the classes {one} and {other} are disjoint", one=Concept("", one), other=Concept("", other)
                )
    return None


def _changes(left: Profile, right: Profile) -> Text | None:
    """Compare predecessors, whose names are often similar to those of their successors."""
    if left.iri in right.predecessors or right.iri in left.predecessors:
        return Message("one is a predecessor of the other")
    return None


def _hosts(left: Profile, right: Profile, canonical: Mapping[str, str]) -> Text | None:
    mine, theirs = ({canonical.get(host, host) for host in hosts} for hosts in (left.hosts, right.hosts))
    if mine and theirs and not mine & theirs:
        return Message("they are units of different hosts")
    return None


def _provinces(left: Profile, right: Profile) -> Text | None:
    mine, theirs = left.regions - _WIDE, right.regions - _WIDE
    in_names = _provinces_in(left.names), _provinces_in(right.names)
    for one, other in ((mine, theirs), in_names):
        if one and other and not one & other:
            return Message("one is in {one}, the other in {other}", one=_list(one), other=_list(other))
    return None


def _provinces_in(names: Collection[Name]) -> frozenset[str]:
    return frozenset(word for name in names for word in name.words if word in name_normalisation.provinces())


def _numbers(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Compare numbers within one script, because translations may number differently."""
    for han in (True, False):
        one, other = (
            frozenset(number for name in names if name.han == han for number in name.numbers)
            for names in (mine, theirs)
        )
        if one and other and not one & other:
            return Message("their numbers are {one} and {other}", one=_list(one), other=_list(other))
    return None


def _levels(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Compare the levels 大学, 学院 and 学校 of Chinese names; English names call all of them University."""
    one, other = _level(mine), _level(theirs)
    if one and other and not one & other:
        return Message("one is a {one}, the other a {other}", one=_list(one), other=_list(other))
    return None


def _level(names: Collection[Name]) -> frozenset[str]:
    last = (name.words[-1] for name in names if name.han and name.words)
    return frozenset(word for word in last if word in _LEVELS)


def _branches(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    for concept in ("branch", "office"):
        one, other = (any(concept in name.words for name in names) for names in (mine, theirs))
        if one != other:
            return Message("only one is a branch, campus or office")
    return None


def _inside(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Detect a part by its English name: the Commission of the State Council is not the State Council."""
    wholes = [name.folded for name in theirs if not name.han and len(name.words) > 1]
    for part in (name.folded for name in mine if not name.han):
        if part.endswith(tuple(f" {link}{whole}" for whole in wholes for link in ("of ", "of the ", "under the "))):
            return Message("by its name, one is a part of the other")
    return None


def _longer(mine: Collection[Name], theirs: Collection[Name]) -> Text | None:
    """Detect additional characters in exact Chinese names, which denote a part or another school."""
    one, other = ({name.letters for name in names if name.han} for names in (mine, theirs))
    if one & other:
        return None
    for pair in ((left, right) for left in sorted(one) for right in sorted(other)):
        short, long = sorted(pair, key=len)
        if long.startswith(short) and _COMPLETE.fullmatch(short) and _PART.fullmatch(long):
            return Message("by its name, one is a part of the other")
        if _SCHOOL.fullmatch(short) and _SCHOOL.fullmatch(long) and _has_additional_characters(long, short):
            return Message("one name has additional characters, as that of another school")
    return None


def _has_additional_characters(long: str, short: str) -> bool:
    """Return whether both begin with the same character, and `long` contains `short` as a subsequence and more."""
    mine, theirs = (_OPTIONAL.sub("", name) for name in (long, short))
    rest = iter(mine)
    return mine != theirs and mine[0] == theirs[0] and all(char in rest for char in theirs)


def _list(words: Collection[str]) -> str:
    return ", ".join(sorted(words))
