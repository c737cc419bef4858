"""Line breaks in the labels of the map."""

from functools import cache
from math import ceil
from unicodedata import east_asian_width

FULL_ROW = 22
"""Maximum width of a row in columns; a Chinese character takes two columns, a Latin letter one."""

_MIN_CHINESE = 1.5  # mean columns per character from which a name is treated as Chinese


def rows(name: str) -> tuple[str, ...]:
    """Return the name in the fewest rows that fit, as even as possible.

    Rows break between words, or anywhere in scripts without spaces. A word longer than a row is not broken.
    """
    words = name.split()
    chinese = _width(name) >= _MIN_CHINESE * len(name)
    parts, space = (list("".join(words)), "") if chinese else (words, " ")
    fewest = len(_fill(parts, space, FULL_ROW))
    least = ceil(_width(name) / max(fewest, 1))
    candidates = (_fill(parts, space, limit) for limit in range(least, FULL_ROW + 1))
    return next((filled for filled in candidates if len(filled) <= fewest), _fill(parts, space, FULL_ROW))


def _fill(parts: list[str], space: str, limit: int) -> tuple[str, ...]:
    """Return the parts in rows of at most `limit` columns, filled greedily."""
    filled: list[str] = []
    for part in parts:
        longer = f"{filled[-1]}{space}{part}" if filled else part
        if filled and _width(longer) <= limit:
            filled[-1] = longer
        else:
            filled.append(part)
    return tuple(filled)


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
