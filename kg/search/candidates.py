"""Names that may match a query, by kind of match: all that do, and few others. `kg.search.match` decides."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kg.search.build import letters_of, sign
from kg.search.match import MIN_TYPED, is_han
from kg.search.pinyin import spelt_rows
from kg.search.short_names import short_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.search.arrays import Array
    from kg.search.index import SearchIndex
    from kg.search.match import Kind


def _names(index: SearchIndex, text: str) -> Array:
    return np.array(index.equal(text), np.int64)


def _short_names(index: SearchIndex, text: str) -> Array:
    rows = [row for name in _by_short_name().get(text, ()) for row in index.equal(name)]
    return np.array(rows, np.int64)


@cache
def _by_short_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, several in short_names().items():
        for one in several:
            found[one] = (*found.get(one, ()), name)
    return found


def _beginnings(index: SearchIndex, text: str) -> Array:
    rows = index.beginning(text)
    return np.arange(rows.start, rows.stop)


def _abbreviations(index: SearchIndex, text: str) -> Array:
    """Return names with the initials `text`, or with all its characters, the first one at the beginning."""
    if not is_han(text) or len(text) == 1:
        return np.flatnonzero(index.arrays["initials.hash"] == crc32(text.encode()))
    numbers = index.characters(text)
    if numbers is None:
        return np.zeros(0, np.int64)
    first = (index.arrays["first"] == numbers[0]) | (index.arrays["first.area"] == numbers[0])
    wanted = np.bitwise_or.reduce(sign(numbers))
    rows: Array = np.flatnonzero(first)
    return np.compress((index.arrays["signs"][rows] & wanted) == wanted, rows)


def _parts(index: SearchIndex, text: str) -> Array:
    """Return the names that contain `text`."""
    numbers = index.characters(text) if len(text) > 1 else None
    if numbers is None:
        return np.zeros(0, np.int64)
    at, places = _rarest(index, numbers)
    flat = index.arrays["flat"]
    places = places.astype(np.int64) - at
    places = places[(places >= 0) & (places + len(numbers) <= len(flat))]
    for offset, number in enumerate(numbers):
        if offset not in {at, at + 1}:
            places = places[flat[places + offset] == number]
    rows: Array = index.arrays["rows"][places]
    rows = rows[rows == index.arrays["rows"][places + len(numbers) - 1]]
    return rows[np.append(True, rows[1:] != rows[:-1])] if len(rows) else rows


def _rarest(index: SearchIndex, numbers: Array) -> tuple[int, Array]:
    """Return the rarest pair of neighbours by its place among `numbers`, and its places."""
    found = (
        (at, index.places(*pair))
        for at, pair in enumerate(zip(numbers[:-1].tolist(), numbers[1:].tolist(), strict=True))
    )
    return min(found, key=lambda one: len(one[1]))


def _pinyin(index: SearchIndex, text: str) -> Array:
    if len(text) == 1 or not text.isascii():
        return np.zeros(0, np.int64)
    first, letters = ord(text[0]), index.arrays["letters"]
    rows = index.arrays["letters.rows"][letters[first] : letters[first + 1]]
    wanted = np.uint64(letters_of(text))
    return spelt_rows(index, rows[(index.arrays["spelt.letters"][rows] & wanted) == wanted], text)


def _typing_errors(index: SearchIndex, text: str) -> Array:
    """Return names that begin with `text`, with one letter exchanged with the next, superfluous, or another one."""
    if len(text) < MIN_TYPED:
        return np.zeros(0, np.int64)
    found = [np.zeros(0, np.int64)]
    for at in range(len(text)):
        swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        found += [_beginnings(index, swapped), _names(index, text[:at] + text[at + 1 :])]
    return np.unique(np.concatenate([*found, *_substituted(index, text)]))


def _substituted(index: SearchIndex, text: str) -> list[Array]:
    """Return names with another letter in either half of `text`; the other half is as typed."""
    half, starts, flat = len(text) // 2, index.arrays["starts"], index.arrays["flat"]
    same = [_beginnings(index, text[:half])]
    numbers = index.characters(text[half:])
    if numbers is not None:
        at, places = _rarest(index, numbers)
        begin = places.astype(np.int64) - at - half
        rows = index.arrays["rows"][places]
        same.append(rows[(begin >= 0) & (starts[rows] == begin)].astype(np.int64))
    alphabet = {char: index.characters(char) for char in text}
    wanted = [int(one[0]) if one is not None else 1 << 17 for one in map(alphabet.__getitem__, text)]
    kept = []
    for rows in same:
        rows = rows[starts[rows + 1] - starts[rows] >= len(text)]  # noqa: PLW2901 - fewer of the same
        wrong = np.zeros(len(rows), np.int8)
        for offset, number in enumerate(wanted):
            wrong += flat[starts[rows] + offset] != number
            rows, wrong = rows[wrong < 2], wrong[wrong < 2]  # noqa: PLR2004, PLW2901 - one letter may differ
        kept.append(rows)
    return kept


ROWS: Mapping[Kind, Callable[[SearchIndex, str], Array]] = {
    "name": _names,
    "short name": _short_names,
    "beginning": _beginnings,
    "abbreviation": _abbreviations,
    "part": _parts,
    "pinyin": _pinyin,
    "typing error": _typing_errors,
}
"""Rows of the index for a folded query, by kind of match, the best kind first."""
