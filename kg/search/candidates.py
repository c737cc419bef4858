"""Names that may match a query, by kind of match: all that do, and few others. `kg.search.match` decides."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kg.search.build import HEADS, NO_CHARACTER, letters_of, sign
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
    first = (index.arrays["heads"][0] == numbers[0]) | (index.arrays["first.area"] == numbers[0])
    wanted = np.bitwise_or.reduce(sign(numbers))
    rows: Array = np.flatnonzero(first)
    return _in_order(index, np.compress((index.arrays["signs"].take(rows) & wanted) == wanted, rows), numbers)


def _in_order(index: SearchIndex, rows: Array, numbers: Array) -> Array:
    """Return those of `rows` whose first characters contain all of a text in order, and those of longer names."""
    starts, heads = index.arrays["starts"], index.arrays["heads"]
    wanted = np.append(numbers, NO_CHARACTER)
    found = np.zeros(len(rows), np.intp)
    for at in range(HEADS):
        found += (heads[at].take(rows) == wanted.take(found)) & (found < len(numbers))
    return np.compress((found == len(numbers)) | (starts.take(rows + 1) - starts.take(rows) > HEADS), rows)


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
    if len(_equal(index, sample, numbers, rest)) == len(sample):  # nearly all places have the whole text
        rows = index.arrays["rows"].take(places)
    else:
        rows = _equal(index, places, numbers, rest)
    return rows[np.append(True, rows[1:] != rows[:-1])] if len(rows) else rows


def _equal(index: SearchIndex, places: Array, numbers: Array, offsets: list[int]) -> Array:
    """Return the names of the places at which the characters at `offsets` are those of a text, all in one name."""
    flat, starts = index.arrays["flat"], index.arrays["starts"]
    for offset in offsets:
        places = places.take(np.flatnonzero(flat.take(places + offset) == numbers[offset]))
    rows = index.arrays["rows"].take(places)
    whole = (starts.take(rows) <= places) & (places + len(numbers) <= starts.take(rows + 1))
    return np.compress(whole, rows)


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
    half = len(text) // 2
    kept = [_with_one_other(index, _beginnings(index, text[:half]), text, range(half, len(text)))]
    numbers = index.characters(text[half:])
    if numbers is not None:
        kept.append(_with_one_other(index, _with_part_at(index, numbers, half), text, range(len(text))))
    return kept


def _with_part_at(index: SearchIndex, numbers: Array, offset: int) -> Array:
    """Return the names that have characters, by their numbers, at `offset`; of long ones, the rarest pair of them."""
    if offset + len(numbers) <= HEADS:
        heads = index.arrays["heads"]
        rows = np.flatnonzero(heads[offset] == numbers[0])
        for at in range(1, len(numbers)):
            rows = rows[heads[offset + at].take(rows) == numbers[at]]
        return rows
    at, places = _rarest(index, numbers)
    begin = places.astype(np.int64) - at - offset
    rows = index.arrays["rows"][places]
    return np.compress((begin >= 0) & (index.arrays["starts"][rows] == begin), rows).astype(np.int64)


def _with_one_other(index: SearchIndex, rows: Array, text: str, offsets: range) -> Array:
    """Return those of `rows` in which at most one character at `offsets` differs from `text`."""
    starts, flat, heads = (index.arrays[name] for name in ("starts", "flat", "heads"))
    numbers = [index.characters(char) for char in text]
    rows = rows[starts.take(rows + 1) - starts.take(rows) >= len(text)]
    wrong = np.zeros(len(rows), np.int8)
    for offset in offsets:
        number = numbers[offset]
        if number is None:
            wrong += 1
        else:
            own = heads[offset].take(rows) if offset < HEADS else flat.take(starts.take(rows) + offset)
            wrong += own != number[0]
        kept = np.flatnonzero(wrong < 2)  # noqa: PLR2004 - one character may differ
        if len(kept) < len(rows):
            rows, wrong = rows.take(kept), wrong.take(kept)
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
