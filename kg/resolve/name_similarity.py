"""How alike two names are, as a sum that people can follow.

The words of one name are matched with those of the other, then six things are looked at, each with a weight that only
ever speaks for (or only ever against) the two being one. The weights were fitted to pairs of names of CORDIS
participants (`make bench` fits them anew on parts of the pairs and tests on the rest). Their signs were fixed before:
the pairs that are no match were chosen because they share many words, and a free fit would learn from that to
distrust agreement.

How telling a word is follows from how many of the names at hand have it (`Rarity`): 西安 tells more than 大学.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel, LCSseq

from kg.resolve import name_normalisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.resolve.name_normalisation import Name

BASE = -0.3
"""The sum for two names of which nothing is known; 0 is as likely as not."""

WEIGHTS = {"alike": 3.7, "contained": 1.1, "first": 0.5, "acronym": 3.0, "shared": 0.6, "apart": -2.5}
"""What each thing adds; the last two are multiplied by how telling the word is, from 0 to 1."""

_NEAR = 0.8
"""From which likeness of letters on two words are taken for one, spelt differently."""

_FLOOR = 0.05
_SHORTEST = 3
_LONG = 12


class Rarity:
    """How telling a word is among the names at hand."""

    def __init__(self, all_names: Iterable[Name]) -> None:
        """Count in how many of `all_names` each word is, in both scripts."""
        self._count: Counter[str] = Counter()
        self._names = 1
        for name in all_names:
            self._names += 1
            self._count.update({*name.words, *name.pieces})

    def of(self, word: str) -> float:
        """1 for a word of no name, down to 0.05 for one that all have: ln(N / n) / ln N, of n + 1 in N + 1 names."""
        return max(_FLOOR, math.log(self._names / (self._count[word] + 1)) / math.log(max(self._names, 2)))

    def count(self, word: str) -> int:
        """How many names have `word`."""
        return self._count[word]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two names have in common.

    Attributes:
        left, right: the names.
        alike: every word of each has a counterpart in the other.
        contained: every word of one of them has.
        first: the first words are counterparts, and say who rather than what.
        acronym: a word of one is made of the initials of the other.
        shared: how telling the most telling common word is; 0 where there is none that says who.
        apart: each has a word without a counterpart: how telling the most telling of each is, the smaller of the two.
        telling: that common word, and the two words that set them apart, in that order; empty where there is none.
    """

    left: Name
    right: Name
    alike: bool = False
    contained: bool = False
    first: bool = False
    acronym: bool = False
    shared: float = 0.0
    apart: float = 0.0
    telling: tuple[str, str, str] = ("", "", "")

    @property
    def odds(self) -> float:
        """The sum: the natural logarithm of the odds that the two names are of one body."""
        return BASE + sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


def compare(left: Name, right: Name, rarity: Rarity) -> Likeness:
    """Compare two names: in their own script where both have one, in Latin letters otherwise."""
    native = left.han and right.han
    mine, theirs = _cut_alike(left.pieces, right.pieces) if native else (left.words, right.words)
    common, over, other = _match(mine, theirs)
    over, other = _not_said_twice(over, mine), _not_said_twice(other, theirs)
    who = [
        word
        for word, _, _ in common
        if word not in name_normalisation.concepts() and not name_normalisation.is_province(word)
    ]
    shared = max(((rarity.of(a) * near, a) for a, _, near in common if a in who), default=(0.0, ""))
    one_text, begins = _without_spaces(left.letters, right.letters)
    over, other = ([], []) if one_text or begins else (over, other)
    apart = [max(((rarity.of(word), word) for word in words), default=(0.0, "")) for words in (over, other)]
    both = min(apart[0][0], apart[1][0])
    shortened = left.acronym and right.acronym
    return Likeness(
        left,
        right,
        alike=bool(common or one_text) and not over and not other and not begins and not shortened,
        contained=(not over or not other) and bool(who) and not shortened,
        first=bool(who) and _near(mine[0], theirs[0]) > 0 and mine[0] in who,
        acronym=(shortened and mine == theirs) or _acronym(mine, other, theirs) or _acronym(theirs, over, mine),
        shared=shared[0],
        apart=both,
        telling=(shared[1], apart[0][1] if both else "", apart[1][1] if both else ""),
    )


def _cut_alike(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Chinese pieces; one that begins with one of the other name is cut behind it, since nothing else shows words."""
    return _cut_behind(mine, theirs), _cut_behind(theirs, mine)


def _cut_behind(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    cut: list[str] = []
    for piece in mine:
        fitting = [other for other in theirs if piece != other and len(other) > 1 and piece.startswith(other)]
        head = max(fitting, key=len, default="")
        cut += [head, piece.removeprefix(head)] if head else [piece]
    return cut


_Common = list[tuple[str, str, float]]


def _match(mine: Sequence[str], theirs: Sequence[str]) -> tuple[_Common, list[str], list[str]]:
    """Words with their counterparts and how near they are, the nearest first; the words of each that have none."""
    over, other = list(mine), list(theirs)
    common = _written_together(over, other) + _written_together(other, over)
    near = ((_near(a, b), -i, -j) for i, a in enumerate(over) for j, b in enumerate(other))
    done: tuple[set[int], set[int]] = (set(), set())
    for likeness, i, j in sorted((found for found in near if found[0] > 0), reverse=True):
        if -i not in done[0] and -j not in done[1]:
            done[0].add(-i)
            done[1].add(-j)
            common.append((over[-i], other[-j], likeness))
    left_over = [word for i, word in enumerate(over) if i not in done[0]]
    return common, left_over, [word for j, word in enumerate(other) if j not in done[1]]


@lru_cache(maxsize=1 << 18)
def _near(one: str, other: str) -> float:
    """How near two words are, 0 where they are two: a beginning counts as its word, an initial less.

    Only Latin letters are spelt in several ways.
    """
    if one == other:
        return 1.0
    if not one.isascii() or not other.isascii() or name_normalisation.are_two(one, other):
        return 0.0
    begins = one.startswith(other) or other.startswith(one)
    if min(len(one), len(other)) == 1:
        return 0.6 if begins else 0.0
    if min(len(one), len(other)) >= _SHORTEST and begins:
        return 0.85
    likeness = float(Indel.normalized_similarity(one, other))
    return likeness if likeness >= _NEAR else 0.0


def _written_together(wholes: list[str], parts: list[str]) -> _Common:
    """Words of `wholes` that are several of `parts` written as one; takes them out of both."""
    found: _Common = []
    for whole in list(wholes):
        within = [part for part in parts if 1 < len(part) < len(whole) and part in whole]
        if len(within) > 1 and _NEAR * len(whole) <= sum(map(len, within)) <= len(whole):
            found.append((whole, "".join(within), 0.95))
            wholes.remove(whole)
            for part in within:
                parts.remove(part)
    return found


def _without_spaces(left: str, right: str) -> tuple[bool, bool]:
    """Whether two names have the same letters; whether only one goes on, and the other is too long for chance."""
    short, long = sorted((left, right), key=len)
    return short == long != "", short != long and len(short) >= _LONG and long.startswith(short)


def _not_said_twice(over: list[str], words: Sequence[str]) -> list[str]:
    """`over` without what abbreviates the other words of its own name, as in "Union of Public Transport (UPT)"."""
    return [word for word in over if not _stands_for(word, [other for other in words if other != word])]


def _acronym(words: Sequence[str], rest: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether one of `words` is made of the initials of the `rest` of the other name, or of the `whole` of it."""
    return any(_stands_for(word, full) for word in words if word.isascii() for full in (rest, whole))


def _stands_for(word: str, full: Sequence[str]) -> bool:
    """XUT stands for Xi'an University of Technology: all its letters, at most one initial left out, any order of three.

    The order may differ, since languages order the same words differently (西安理工大学 ends in what is its U).
    """
    initials = "".join(other[0] for other in full)
    if len(word) < _SHORTEST or len(initials) > len(word) + 1:
        return False
    in_order = word[0] == initials[:1] and LCSseq.similarity(word, initials) == len(word)
    return in_order or (word[0] == initials[:1] and sorted(word) == sorted(initials))
