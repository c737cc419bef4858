"""References of cells such as ``B2``, and ranges of merged cells."""

from __future__ import annotations

import re
from typing import NamedTuple

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
"""The reference of one cell: its letters and its row."""


class Range(NamedTuple):
    """Merged cells: rows `top` to `bottom` inclusive from 1, columns `left` to `right` inclusive from 0."""

    top: int
    bottom: int
    left: int
    right: int


def letters(column: int) -> str:
    """Return the letters of a column; `column` is from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        text, column = chr(ord("A") + rest) + text, column - 1
    return text


def column_index(text: str) -> int:
    """Return the number of a column from 0, by its letters."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def merged_range(reference: str) -> Range:
    """Return the range of a reference such as ``A2:B3``.

    Raises:
        ValueError: the reference is malformed.
    """
    first, _, last = reference.partition(":")
    top, bottom = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last or first)
    if not top or not bottom:
        raise ValueError(f"the merged cells {reference!r} do not exist")
    return Range(int(top[2]), int(bottom[2]), column_index(top[1]), column_index(bottom[1]))
