"""How a name is broken into the rows of a label on the map."""

from functools import cache
from math import ceil
from unicodedata import east_asian_width

FULL = 22
"""Width of a full row, in columns: a Chinese character takes two, a Latin letter one."""

_WIDE = 1.5  # columns a character, on average, from which a name is taken to be Chinese


def rows(name: str) -> tuple[str, ...]:
    """The name in as few rows as full ones allow, as even as they can be.

    Rows are broken between words, or anywhere where the script has no spaces. A word longer than a row stays whole.
    """
    words = name.split()
    wide = _width(name) >= _WIDE * len(name)
    parts, space = (list("".join(words)), "") if wide else (words, " ")
    fewest = len(_fill(parts, space, FULL))
    least = ceil(_width(name) / max(fewest, 1))
    filled = (_fill(parts, space, limit) for limit in range(least, FULL + 1))
    return next((found for found in filled if len(found) <= fewest), _fill(parts, space, FULL))


def _fill(parts: list[str], space: str, limit: int) -> tuple[str, ...]:
    """The parts in rows of at most `limit` columns, each as full as it gets."""
    found: list[str] = []
    for part in parts:
        longer = f"{found[-1]}{space}{part}" if found else part
        if found and _width(longer) <= limit:
            found[-1] = longer
        else:
            found.append(part)
    return tuple(found)


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
