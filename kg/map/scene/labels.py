"""Line breaks in the labels of the map."""

from functools import cache
from itertools import pairwise
from math import ceil
from unicodedata import east_asian_width

FULL_ROW = 22
"""Maximum width of a row in columns; a Chinese character takes two columns, a Latin letter one."""

MAX_UTF16_UNIT = "\uffff"
"""The last character that is one unit of a JavaScript string."""

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


def cuts(name: str | None) -> object:
    """Return the positions in the name at which label rows start, or the rows if positions do not suffice."""
    label_rows = rows(name or "")
    if len(label_rows) < 2:  # noqa: PLR2004 - one row needs no cut
        return 0
    places, at = [], 0
    for row in label_rows[:-1]:
        at += len(row)
        at += name[at : at + 1] == " " if name else 0
        places.append(at)
    ends = [0, *places, len(name or "")]
    pieces = tuple((name or "")[a:b].strip(" ") for a, b in pairwise(ends))
    return places if pieces == label_rows and max(name or "", default="") <= MAX_UTF16_UNIT else list(label_rows)


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
