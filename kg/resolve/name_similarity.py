"""Similarity of two names, as an explainable sum of weighted features.

The words of one name are matched with those of the other. Nine features are then computed, each with a weight that only
supports or only opposes a match. The weights were fitted to pairs of names of CORDIS participants (`make bench` refits
them on parts of the pairs and tests on the others). Their signs were fixed in advance: the non-matching pairs were
selected because they share many words, so a free fit would learn to distrust agreement.

The weight of a word depends on its document frequency among the names at hand (`Rarity`): 西安 weighs more than 大学.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from kg.resolve import acronyms, name_normalisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.resolve.name_normalisation import Name

BASE = -0.5
"""Log odds of a pair without any feature."""

WEIGHTS = {
    "equal": 3.9,
    "contained": 1.5,
    "extended": -2.4,
    "first": 0.4,
    "acronym": 3.0,
    "generic": 2.0,
    "unique": 1.5,
    "shared": 0.6,
    "different": -2.1,
}
"""Weight of each feature; the last two features are from 0 to 1, the others 0 or 1."""

_Common = list[tuple[str, str, float]]
"""Words with their counterparts and the similarity of both."""

_SCHOOLS = frozenset({"university", "college", "school", "academy", "polytechnic"})
"""Concepts of bodies of which a place has several, so that an extra word is the name of another."""
_UNITS = frozenset({"university", "college", "school", "faculty", "laboratory", "department", "branch"})
"""Concepts of units, and of a university beside the other party of a joint unit."""
_HARMLESS = frozenset({"association", "group"})
_MOST_EXTRA = 2
_MANY_NAMES = 1000
_MIN_SIMILARITY = 0.8
"""Minimum similarity of the letters of two spellings of one word."""

_DIGITS = re.compile(r"[0-9]+")
_MIN_WEIGHT = 0.05
_MIN_LETTERS = 3
_LONG = 12


class Rarity:
    """Weights of words by inverse document frequency among the names at hand."""

    def __init__(self, all_names: Iterable[Name]) -> None:
        """Count the names that contain each word, in both scripts."""
        self._count: Counter[str] = Counter()
        self._names = 1
        for name in all_names:
            self._names += 1
            self._count.update({*name.words, *name.pieces})

    def weight(self, word: str) -> float:
        """Return ln(N / n) / ln N, at least 0.05, where N - 1 is the number of names and n - 1 that with `word`."""
        return max(_MIN_WEIGHT, math.log(self._names / (self._count[word] + 1)) / math.log(max(self._names, 2)))

    def count(self, word: str) -> int:
        """Return the number of names that contain `word`."""
        return self._count[word]

    def is_unique(self, word: str) -> bool:
        """Return whether two names at most contain `word`; among few names, that means nothing."""
        return self._names >= _MANY_NAMES and self._count[word] <= len(("one name", "another"))


@dataclass(frozen=True, slots=True)
class Similarity:
    """Features of a pair of names.

    Attributes:
        left, right: the names.
        equal: every word of each name has a counterpart in the other.
        contained: every word of one name has a counterpart in the other.
        extended: one name is contained, and the few extra words of the other mark another body: a unit, a subsidiary, a
            foundation, or another university of a place.
        first: the first words are counterparts and distinctive.
        acronym: a word of one name consists of the initials of the other.
        generic: both names consist of concepts, and one contains the other except for a country.
        unique: no third name contains a common distinctive word.
        shared: highest weight of a common distinctive word; 0 if there is none.
        different: both names have words without a counterpart: the highest weight of each, and the lower of the two.
        mark: the word that marks another body, if `extended`.
        words: that common word, and the two words that differ; empty if there is none.
    """

    left: Name
    right: Name
    equal: bool = False
    contained: bool = False
    extended: bool = False
    first: bool = False
    acronym: bool = False
    generic: bool = False
    unique: bool = False
    shared: float = 0.0
    different: float = 0.0
    words: tuple[str, str, str] = ("", "", "")
    mark: str = ""

    @property
    def log_odds(self) -> float:
        """The natural logarithm of the odds that both names denote the same organisation."""
        return BASE + sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


def compare(left: Name, right: Name, rarity: Rarity) -> Similarity:
    """Compare two names: in Chinese characters if both have them, otherwise in Latin letters."""
    native = left.han and right.han
    mine, theirs = _aligned(left.pieces, right.pieces) if native else (left.words, right.words)
    common, my_rest, their_rest = _match(mine, theirs)
    my_rest, their_rest = acronyms.without_own(my_rest, mine, left), acronyms.without_own(their_rest, theirs, right)
    distinctive = [(a, b, near) for a, b, near in common if _is_distinctive(a) and _is_distinctive(b)]
    shared = max(((min(rarity.weight(a), rarity.weight(b)) * near, a) for a, b, near in distinctive), default=(0.0, ""))
    same_letters, is_prefix = _compare_letters(left.letters, right.letters)
    extra = _extra(my_rest, their_rest)
    is_generic = not distinctive and len(common) > 1 and extra == []
    my_rest, their_rest = ([], []) if same_letters or is_prefix else (my_rest, their_rest)
    rests = [max(((rarity.weight(word), word) for word in rest), default=(0.0, "")) for rest in (my_rest, their_rest)]
    different = min(rests[0][0], rests[1][0])
    are_acronyms = left.acronym and right.acronym
    equal = bool(common or same_letters) and not my_rest and not their_rest and not is_prefix and not are_acronyms
    contained = (not my_rest or not their_rest) and bool(distinctive) and not are_acronyms
    mark = _mark(extra or [], common) if contained and not equal else ""
    return Similarity(
        left,
        right,
        equal=equal,
        contained=contained,
        extended=bool(mark),
        first=any((a, b) == (mine[0], theirs[0]) for a, b, _ in distinctive),
        acronym=(are_acronyms and mine == theirs)
        or acronyms.abbreviates_any(mine, (their_rest, theirs, *right.spelt))
        or acronyms.abbreviates_any(theirs, (my_rest, mine, *left.spelt)),
        generic=is_generic and not equal,
        unique=any(rarity.is_unique(a) for a, _, _ in distinctive if len(a) >= _MIN_LETTERS),
        shared=shared[0],
        different=different,
        words=(shared[1], rests[0][1] if different else "", rests[1][1] if different else ""),
        mark=mark,
    )


def _extra(my_rest: Sequence[str], their_rest: Sequence[str]) -> list[str] | None:
    """Return the words that one name has beyond the other, apart from countries; ``None`` if both have some."""
    if my_rest and their_rest:
        return None
    words = map(name_normalisation.term, (*my_rest, *their_rest))
    return [word for word in words if word not in name_normalisation.countries()]


def _mark(extra: Sequence[str], common: _Common) -> str:
    """Return the extra word that marks another body; three or more without a unit are rather a translation."""
    concepts, shared = name_normalisation.concepts(), {name_normalisation.term(word) for word, _, _ in common}
    if not _UNITS.isdisjoint(extra) and _UNITS.isdisjoint(shared):
        return next(word for word in extra if word in _UNITS)
    if not _SCHOOLS.isdisjoint(shared):
        marks = [word for word in extra if word not in _HARMLESS]
        marks = [word for word in marks if word not in concepts or len(extra) <= _MOST_EXTRA]
    else:
        harmless = _HARMLESS | {"technology"}  # 华为 and 华为技术有限公司
        marks = [word for word in extra if len(extra) <= _MOST_EXTRA and word in concepts and word not in harmless]
    return next(iter(marks), "")


def _is_distinctive(word: str) -> bool:
    return name_normalisation.term(word) not in name_normalisation.concepts() and not name_normalisation.is_province(
        word
    )


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Split Chinese pieces that begin with a piece of the other name, because the script has no word boundaries."""
    return _split_prefixes(mine, theirs), _split_prefixes(theirs, mine)


def _split_prefixes(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    pieces: list[str] = []
    for piece in mine:
        prefixes = [other for other in theirs if piece != other and len(other) > 1 and piece.startswith(other)]
        prefix = max(prefixes, key=len, default="")
        pieces += [prefix, piece.removeprefix(prefix)] if prefix else [piece]
    return pieces


def _match(mine: Sequence[str], theirs: Sequence[str]) -> tuple[_Common, list[str], list[str]]:
    """Match words greedily by similarity; return the matches and the unmatched words of each name."""
    my_rest, their_rest = list(mine), list(theirs)
    common = _match_compounds(my_rest, their_rest) + _match_compounds(their_rest, my_rest)
    candidates = (
        (_word_similarity(one, other), -i, -j) for i, one in enumerate(my_rest) for j, other in enumerate(their_rest)
    )
    matched: tuple[set[int], set[int]] = (set(), set())
    for similarity, i, j in sorted((candidate for candidate in candidates if candidate[0] > 0), reverse=True):
        if -i not in matched[0] and -j not in matched[1]:
            matched[0].add(-i)
            matched[1].add(-j)
            common.append((my_rest[-i], their_rest[-j], similarity))
    unmatched = [word for i, word in enumerate(my_rest) if i not in matched[0]]
    return common, unmatched, [word for j, word in enumerate(their_rest) if j not in matched[1]]


@lru_cache(maxsize=1 << 18)
def _word_similarity(one: str, other: str) -> float:
    """Return the similarity of two words, 0 for different words; a prefix or an initial counts as its word, but less.

    Only Latin words have several spellings.
    """
    if one == other:
        return 1.0
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0.0
    if not one.isascii() or not other.isascii() or name_normalisation.are_distinct(one, other):
        return 0.0
    is_prefix = one.startswith(other) or other.startswith(one)
    if min(len(one), len(other)) == 1:
        return 0.6 if is_prefix else 0.0
    if min(len(one), len(other)) >= _MIN_LETTERS and is_prefix:
        return 0.85
    similarity = float(Indel.normalized_similarity(one, other))
    return similarity if similarity >= _MIN_SIMILARITY else 0.0


def _match_compounds(compounds: list[str], parts: list[str]) -> _Common:
    """Match words that consist of several words of the other name, and remove both from the lists."""
    matches: _Common = []
    for compound in list(compounds):
        within = [part for part in parts if 1 < len(part) < len(compound) and part in compound]
        if len(within) > 1 and _MIN_SIMILARITY * len(compound) <= sum(map(len, within)) <= len(compound):
            matches.append((compound, "".join(within), 0.95))
            compounds.remove(compound)
            for part in within:
                parts.remove(part)
    return matches


def _compare_letters(left: str, right: str) -> tuple[bool, bool]:
    """Return whether two names have the same letters, and whether the shorter is a prefix too long to be chance."""
    short, long = sorted((left, right), key=len)
    return short == long != "", short != long and len(short) >= _LONG and long.startswith(short)
