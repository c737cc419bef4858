"""Arrays of the search index: names in order, the places of pairs of characters, and the syllables of Chinese names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from kg.search.arrays import texts
from kg.search.match import without_area
from kg.search.spelling import spelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.search.arrays import Array
    from kg.search.spelling import Spelling
    from kg.texts import Text

LINKS_BITS, ACTOR_BITS = 24, 24
"""Bits of the number of links and of the actor in the order of a row."""

HEADS, NO_CHARACTER = 12, 0xFFFF
"""First characters of a name that are kept by place, and the number of none."""

_PAIR = 16
"""Bits of the number of a character; alphabets are smaller."""


class Named(NamedTuple):
    """A name of an actor, by the number of the actor, with the spellings of the name."""

    spelling: Spelling
    actor: int
    name: str


def arrays(
    names: Iterable[tuple[str, str]],
    labels: Mapping[str, Text],
    links: Mapping[str, int],
    short: Iterable[tuple[str, str]] = (),
) -> dict[str, Array]:
    """Return the arrays of the index of `names` and of `short` names, pairs of an actor and a name."""
    full = set(names)
    pairs = sorted(full.union(short))
    actors = sorted({actor for actor, _ in pairs})
    numbers = {actor: number for number, actor in enumerate(actors)}
    rows = sorted(Named(spelt(name), numbers[actor], name) for actor, name in pairs)
    rows = [row for row in rows if row.spelling.folded]
    counts = np.array([links.get(actor, 0) for actor in actors], np.int64)
    own = np.array([row.actor for row in rows], np.int64)
    most = (1 << LINKS_BITS) - 1
    order = ((most - np.minimum(counts[own], most)) << ACTOR_BITS) | own if rows else own
    return {
        **texts("actors", actors),
        **texts("en", ((labels[one].en or "") if one in labels else "" for one in actors)),
        **texts("zh", ((labels[one].zh or "") if one in labels else "" for one in actors)),
        **texts("names", (row.name for row in rows)),
        **texts("initials", (row.spelling.initials for row in rows)),
        "short": np.array([(actors[row.actor], row.name) not in full for row in rows], np.bool_),
        "links": counts,
        "order": order,
        "initials.hash": np.array([crc32(row.spelling.initials.encode()) for row in rows], np.uint32),
        **_characters([row.spelling.folded for row in rows]),
        **_syllables([row.spelling.syllables for row in rows]),
    }


def _characters(folded: Sequence[str]) -> dict[str, Array]:
    """Return the characters of all names, where each name begins, and the places of each pair of characters."""
    points = np.frombuffer("".join(folded).encode("utf-32-le", "replace"), "<u4")
    starts = np.zeros(len(folded) + 1, np.int64)
    np.cumsum([len(name) for name in folded], out=starts[1:])
    alphabet, numbers = np.unique(points, return_inverse=True)
    flat = numbers.astype(np.uint16)
    rows = np.repeat(np.arange(len(folded), dtype=np.int32), np.diff(starts))
    places = np.flatnonzero(rows[:-1] == rows[1:]) if len(rows) else np.zeros(0, np.int64)
    pairs = (flat[places].astype(np.uint32) << _PAIR) | flat[places + 1] if len(places) else np.zeros(0, np.uint32)
    by_pair = np.argsort(pairs, kind="stable")
    keys, first = np.unique(pairs[by_pair], return_index=True)
    number = {int(point): place for place, point in enumerate(alphabet)}
    shorter = [without_area(name) for name in folded]
    return {
        "alphabet": alphabet,
        "flat": flat,
        "starts": starts,
        "rows": rows,
        "heads": _heads(flat, starts),
        "first.area": np.array([number[ord(name[0])] for name in shorter], np.uint16),
        "signs": _signs(flat, starts),
        "pairs": keys,
        "pairs.starts": np.append(first, len(places)).astype(np.int64),
        "pairs.places": places[by_pair].astype(np.uint32),
    }


def _heads(flat: Array, starts: Array) -> Array:
    """Return the first characters of each name by their place; a name without one there has `NO_CHARACTER`."""
    heads = np.full((HEADS, len(starts) - 1), NO_CHARACTER, np.uint16)
    sizes = np.diff(starts)
    for at in range(HEADS):
        rows = np.flatnonzero(sizes > at)
        heads[at, rows] = flat[starts[rows] + at]
    return heads


def _signs(flat: Array, starts: Array) -> Array:
    """Return the signature of each name: the bits of its characters."""
    return np.bitwise_or.reduceat(sign(flat), starts[:-1].astype(np.intp)) if len(flat) else np.zeros(0, np.uint64)


def sign(characters: Array) -> Array:
    """Return one of 64 bits for each number of a character."""
    spread = characters.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.uint64(1) << (spread >> np.uint64(58))


def _syllables(spelt: Sequence[tuple[str, ...]]) -> dict[str, Array]:
    """Return the syllables of Chinese names, and the names by their first letter."""
    words = sorted({syllable for several in spelt for syllable in several})
    numbers = {word: number for number, word in enumerate(words)}
    starts = np.zeros(len(spelt) + 1, np.int64)
    np.cumsum([len(several) for several in spelt], out=starts[1:])
    letters = np.array([sum(1 << one for one in {_bit(c) for s in several for c in s}) for several in spelt], np.uint64)
    first = np.array([ord(several[0][0]) if several else 0 for several in spelt], np.uint32)
    own = np.flatnonzero((first > 0) & (first < _ASCII))
    by_letter = own[np.argsort(first[own], kind="stable")].astype(np.int32)
    return {
        **texts("syllables", words),
        "spelt": np.array([numbers[syllable] for several in spelt for syllable in several], np.uint32),
        "spelt.starts": starts,
        "spelt.letters": letters,
        "spelt.length": np.array([sum(map(len, several)) for several in spelt], np.int32),
        "letters": np.searchsorted(first[by_letter], np.arange(_ASCII + 1)).astype(np.int64),
        "letters.rows": by_letter,
    }


_ASCII = 128


def _bit(char: str) -> int:
    return ord(char) & 63


def letters_of(text: str) -> int:
    """Return the bits of the letters of `text`."""
    return sum(1 << one for one in {_bit(char) for char in text})
