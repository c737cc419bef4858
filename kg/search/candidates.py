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

_SAMPLE = 500
"""Places of a frequent pair that are compared before all of them are."""

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.search.arrays import Array
    from kg.search.index import SearchIndex
    from kg.search.match import Kind


def _names(index: SearchIndex, text: str) -> Array:
    return np.array(index.equal(text), np.int64)


def _short_names(index: SearchIndex, text: str) -> Array:
    rows = [row for name in _by_short_name().get(text, ()) for row in index.equal(name)]
    stated = (row for row in index.equal(text) if index.is_short(row))
    return np.array(sorted({*rows, *stated}), np.int64)


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
    at, pair = _rarest(index, numbers)
    places = pair.astype(np.int64) - at
    places = places[(places >= 0) & (places + len(numbers) <= len(index.arrays["flat"]))]
    rest = [offset for offset in range(len(numbers)) if offset not in {at, at + 1}]
    sample = places[:: max(len(places) // _SAMPLE, 1)]
    if len(_equal(index, sample, numbers, rest)) < len(sample):  # else nearly all places have the whole text
        places = _equal(index, places, numbers, rest)
    rows = index.arrays["rows"][places]
    return rows[np.append(True, rows[1:] != rows[:-1])] if len(rows) else rows


def _equal(index: SearchIndex, places: Array, numbers: Array, offsets: list[int]) -> Array:
    """Return the places at which the characters at `offsets` are those of a text, all of them in one name."""
    flat, rows = index.arrays["flat"], index.arrays["rows"]
    for offset in offsets:
        places = places[flat[places + offset] == numbers[offset]]
    return np.compress(rows[places] == rows[places + len(numbers) - 1], places)


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
    return np.concatenate([*found, *_substituted(index, text)])


def _substituted(index: SearchIndex, text: str) -> list[Array]:
    """Return names with another letter in either half of `text`; the other half is as typed."""
    half, starts = len(text) // 2, index.arrays["starts"]
    kept = [_with_one_other(index, _beginnings(index, text[:half]), text, range(half, len(text)))]
    numbers = index.characters(text[half:])
    if numbers is not None:
        at, places = _rarest(index, numbers)
        begin = places.astype(np.int64) - at - half
        rows = index.arrays["rows"][places]
        rows = rows[(begin >= 0) & (starts[rows] == begin)].astype(np.int64)
        kept.append(_with_one_other(index, rows, text, range(len(text))))
    return kept


def _with_one_other(index: SearchIndex, rows: Array, text: str, offsets: range) -> Array:
    """Return those of `rows` in which at most one character at `offsets` differs from `text`."""
    starts, flat = index.arrays["starts"], index.arrays["flat"]
    numbers = [index.characters(char) for char in text]
    rows = rows[starts[rows + 1] - starts[rows] >= len(text)]
    wrong = np.zeros(len(rows), np.int8)
    for offset in offsets:
        number = numbers[offset]
        wrong += (flat[starts[rows] + offset] != number[0]) if number is not None else 1
        rows, wrong = rows[wrong < 2], wrong[wrong < 2]  # noqa: PLR2004 - one character may differ
    return rows


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
