"""Blocking: candidate pairs of actors that share a distinctive feature, so that 100,000 names can be compared.

Each actor is in several blocks: one for each word of a name, one for the two rarest words of a name together, one for
the sorted initials (which match an acronym with its name), one for the beginning of a name without spaces, and one for
each web domain. All pairs within a block are candidates. A block of more than `MAX_BLOCK` actors is not distinctive; it
is skipped and counted.
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

MAX_BLOCK = 40
"""Maximum number of actors in a block."""

_BEGINNING = 6
_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Candidates:
    """Distinct pairs of positions in the list of profiles, sorted, and the number of blocks too large to compare."""

    pairs: tuple[tuple[int, int], ...]
    skipped_blocks: int


def candidates(profiles: Sequence[Profile], rarity: Rarity) -> Candidates:
    """Return the candidate pairs of `profiles`."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        for key in set(_keys(profile, rarity)):
            blocks[key].append(position)
    pairs = {pair for block in blocks.values() if 1 < len(block) <= MAX_BLOCK for pair in combinations(block, 2)}
    return Candidates(tuple(sorted(pairs)), sum(len(block) > MAX_BLOCK for block in blocks.values()))


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
