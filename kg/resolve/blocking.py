"""Which pairs are worth comparing: those that share something telling, so that a hundred thousand names are no matter.

Each actor is put into blocks: one for each rare word of a name, for the two rarest words of a name together, for the
initials in order of the alphabet (an acronym meets the name that it stands for), for the beginning of a name without
spaces, and for a domain of the web. Within a block every pair is compared. A block of more than `MOST` actors tells
nothing, and is passed over and counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.resolve.name_similarity import Rarity
    from kg.resolve.profiles import Profile

MOST = 40
"""How many actors a block may have."""

_BEGINNING = 6
_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of positions in the list of profiles, in order, each once; how many blocks were too large to compare."""

    pairs: tuple[tuple[int, int], ...]
    passed_over: int


def candidates(profiles: Sequence[Profile], rarity: Rarity) -> Candidates:
    """The pairs of `profiles` that are worth comparing."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        for key in set(_keys(profile, rarity)):
            blocks[key].append(position)
    pairs = {pair for block in blocks.values() if 1 < len(block) <= MOST for pair in combinations(block, 2)}
    return Candidates(tuple(sorted(pairs)), sum(len(block) > MOST for block in blocks.values()))


def _keys(profile: Profile, rarity: Rarity) -> Iterator[tuple[str, ...]]:
    for name in profile.names:
        for words in {name.words, name.pieces}:
            yield from (("word", word) for word in words)
            yield ("words", *_rarest(words, rarity))
            yield ("beginning", "".join(words)[:_BEGINNING])
        if name.acronym:
            yield ("initials", "".join(sorted(name.words[0])))
        elif len(name.words) >= _INITIALS:
            yield ("initials", "".join(sorted(word[0] for word in name.words)))
    yield from (("domain", domain) for domain in profile.domains)


def _rarest(words: Iterable[str], rarity: Rarity) -> tuple[str, ...]:
    return tuple(sorted(sorted(words, key=lambda word: (rarity.count(word), word))[:2]))
