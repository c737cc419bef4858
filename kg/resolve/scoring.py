"""How likely two actors are one, from names, places and domains; with the reasons in words.

A score only suggests. The likeness of names counts most (`kg.resolve.name_similarity`): of each script that both have
names in the best pair, and the mean of the scripts; across scripts where they share none. Place, domain and kind
shift it by weights set by hand, since no pairs are known from which they could be learnt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Text
from kg.resolve.name_similarity import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.resolve.name_normalisation import Name
    from kg.resolve.name_similarity import Likeness, Rarity
    from kg.resolve.profiles import Profile

SAME_CITY, OTHER_CITY, SAME_DOMAIN, OTHER_KIND = 0.5, -1.0, 3.0, -1.0
"""What is added to the natural logarithm of the odds."""

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two actors are one.

    Attributes:
        value: from 0 to 1; one half is as likely as not.
        reasons: why, the most telling first.
    """

    value: float
    reasons: tuple[Text, ...]


def score(left: Profile, right: Profile, rarity: Rarity) -> Score | None:
    """The score of two actors; ``None`` where one has no name, or none of their names have anything in common."""
    found = [best for best in (_best(left, right, rarity, han) for han in (True, False)) if best is not None]
    if not found:
        across = [compare(a, b, rarity) for a in left.names for b in right.names]
        found = [max(across, key=_order)] if across else []
    if not any(one.shared or one.acronym or one.alike for one in found):
        return None
    shifts = list(_shifts(left, right))
    odds = sum(one.odds for one in found) / len(found) + sum(shift for shift, _ in shifts)
    found.sort(key=_order, reverse=True)
    words = (*(word for one in found for word in _words(one)), *(word for _, word in shifts))
    return Score(round(1 / (1 + math.exp(-odds)), _DIGITS), tuple(dict.fromkeys(words)))


def _best(left: Profile, right: Profile, rarity: Rarity, han: bool) -> Likeness | None:  # noqa: FBT001 - a script
    """The most alike pair of names in one script, if both have names in it; acronyms are in either."""
    mine, theirs = (_of(profile, han=han) for profile in (left, right))
    found = [compare(a, b, rarity) for a in mine for b in theirs]
    return max(found, key=_order) if found else None


def _of(profile: Profile, *, han: bool) -> list[Name]:
    return [name for name in profile.names if name.han == han]


def _order(likeness: Likeness) -> tuple[float, str, str]:
    return likeness.odds, likeness.left.text, likeness.right.text


def _words(one: Likeness) -> Iterator[Text]:
    both = f"“{one.left.text}” / “{one.right.text}”"
    if one.alike:
        yield Text(f"the names are alike: {both}", f"名称一致：{both}")
    elif one.acronym:
        yield Text(f"one abbreviates the other: {both}", f"互为缩写：{both}")
    elif one.contained:
        yield Text(f"one name contains the other: {both}", f"一名包含另一名：{both}")
    else:
        yield Text(f"the names have words in common: {both}", f"名称有共同词：{both}")
    common, mine, theirs = one.telling
    if common and not one.alike:
        yield Text(f"both say “{common}”", f"共有“{common}”")
    if mine and theirs:
        yield Text(f"but “{mine}” is not “{theirs}”", f"但“{mine}”与“{theirs}”不同")


def _shifts(left: Profile, right: Profile) -> Iterator[tuple[float, Text]]:
    shared = sorted(left.domains & right.domains)
    if shared:
        yield SAME_DOMAIN, Text(f"they share the domain {shared[0]}", f"同用域名 {shared[0]}")
    if left.cities and right.cities:
        here = sorted(left.cities & right.cities)
        if here:
            yield SAME_CITY, Text(f"both are in {here[0]}", f"同在 {here[0]}")
        else:
            yield OTHER_CITY, Text("but their cities differ", "但所在城市不同")
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        kinds = f"{min(left.kinds)} / {min(right.kinds)}"
        yield OTHER_KIND, Text(f"but they are of two kinds: {kinds}", f"但类别不同：{kinds}")
