"""Similarity of two names, as an explainable sum of weighted features.

The words of one name are matched with those of the other. Six features are then computed, each with a weight that only
supports or only opposes a match. The weights were fitted to pairs of names of CORDIS participants (`make bench` refits
them on parts of the pairs and tests on the others). Their signs were fixed in advance: the non-matching pairs were
selected because they share many words, so a free fit would learn to distrust agreement.

The weight of a word depends on its document frequency among the names at hand (`Rarity`): 西安 weighs more than 大学.
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
"""Log odds of a pair without any feature."""

WEIGHTS = {"equal": 3.7, "contained": 1.1, "first": 0.5, "acronym": 3.0, "shared": 0.6, "different": -2.5}
"""Weight of each feature; the last two features are from 0 to 1, the others 0 or 1."""

_MIN_SIMILARITY = 0.8
"""Minimum similarity of the letters of two spellings of one word."""

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


@dataclass(frozen=True, slots=True)
class Similarity:
    """Features of a pair of names.

    Attributes:
        left, right: the names.
        equal: every word of each name has a counterpart in the other.
        contained: every word of one name has a counterpart in the other.
        first: the first words are counterparts and distinctive.
        acronym: a word of one name consists of the initials of the other.
        shared: highest weight of a common distinctive word; 0 if there is none.
        different: both names have words without a counterpart: the highest weight of each, and the lower of the two.
        words: that common word, and the two words that differ; empty if there is none.
    """

    left: Name
    right: Name
    equal: bool = False
    contained: bool = False
    first: bool = False
    acronym: bool = False
    shared: float = 0.0
    different: float = 0.0
    words: tuple[str, str, str] = ("", "", "")

    @property
    def log_odds(self) -> float:
        """The natural logarithm of the odds that both names denote the same organisation."""
        return BASE + sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


def compare(left: Name, right: Name, rarity: Rarity) -> Similarity:
    """Compare two names: in Chinese characters if both have them, otherwise in Latin letters."""
    native = left.han and right.han
    mine, theirs = _aligned(left.pieces, right.pieces) if native else (left.words, right.words)
    common, my_rest, their_rest = _match(mine, theirs)
    my_rest, their_rest = _without_own_acronym(my_rest, mine), _without_own_acronym(their_rest, theirs)
    distinctive = [(a, b, near) for a, b, near in common if _is_distinctive(a) and _is_distinctive(b)]
    shared = max(((min(rarity.weight(a), rarity.weight(b)) * near, a) for a, b, near in distinctive), default=(0.0, ""))
    same_letters, is_prefix = _compare_letters(left.letters, right.letters)
    my_rest, their_rest = ([], []) if same_letters or is_prefix else (my_rest, their_rest)
    rests = [max(((rarity.weight(word), word) for word in rest), default=(0.0, "")) for rest in (my_rest, their_rest)]
    different = min(rests[0][0], rests[1][0])
    acronyms = left.acronym and right.acronym
    return Similarity(
        left,
        right,
        equal=bool(common or same_letters) and not my_rest and not their_rest and not is_prefix and not acronyms,
        contained=(not my_rest or not their_rest) and bool(distinctive) and not acronyms,
        first=any((a, b) == (mine[0], theirs[0]) for a, b, _ in distinctive),
        acronym=(acronyms and mine == theirs)
        or _has_acronym(mine, their_rest, theirs)
        or _has_acronym(theirs, my_rest, mine),
        shared=shared[0],
        different=different,
        words=(shared[1], rests[0][1] if different else "", rests[1][1] if different else ""),
    )


def _is_distinctive(word: str) -> bool:
    return word not in name_normalisation.concepts() and not name_normalisation.is_province(word)


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


_Common = list[tuple[str, str, float]]
"""Words with their counterparts and the similarity of both."""


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


def _without_own_acronym(rest: list[str], words: Sequence[str]) -> list[str]:
    """Remove an acronym of the name itself from `rest`, as in "Union of Public Transport (UPT)"."""
    return [word for word in rest if not _abbreviates(word, [other for other in words if other != word])]


def _has_acronym(words: Sequence[str], rest: Sequence[str], name: Sequence[str]) -> bool:
    """Return whether one of `words` abbreviates the `rest` of the other name, or all of it."""
    return any(_abbreviates(word, full) for word in words if word.isascii() for full in (rest, name))


def _abbreviates(word: str, full: Sequence[str]) -> bool:
    """Return whether `word` is an acronym of `full`, as XUT of Xi'an University of Technology.

    At most one initial may be missing. At least three letters may be in another order after the first, because
    languages order the same words differently (西安理工大学 ends with its U).
    """
    initials = "".join(other[0] for other in full)
    if len(word) < _MIN_LETTERS or len(initials) > len(word) + 1:
        return False
    in_order = word[0] == initials[:1] and LCSseq.similarity(word, initials) == len(word)
    return in_order or (word[0] == initials[:1] and sorted(word) == sorted(initials))
