"""Lines of a terminal: folded, cut and padded to a width in columns, and styled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wcwidth import wcswidth, wcwidth

from kg.cli.columns import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING, _CLOSING = r"（〔【《〈「『“‘(\[", r"、。，：；！？）〕】》〉」』”’…)\]"
_IDEOGRAPHS = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
BREAK = re.compile(
    r"(?<=[ /×+])|(?<=[a-z]-)(?=[A-Za-z])"
    rf"|(?<=[{_IDEOGRAPHS}{_CLOSING}])(?![{_CLOSING}])|(?<=[^{_OPENING}\s])(?=[{_IDEOGRAPHS}{_OPENING}])"
)
"""Places where a line may break; no line of Chinese begins with a closing mark or ends with an opening one."""
BOLD, DIM, RESET = "\033[1m", "\033[2m", "\033[0m"


def fold(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns, broken after blanks and separators where possible."""
    line = ""
    for chunk in BREAK.split(text):
        rest = chunk
        if line and columns_of(line + rest.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line = ""
        while columns_of(rest.rstrip(" ")) > width:
            head = _prefix(rest, width)
            yield head
            rest = rest[len(head) :]
        line += rest
    yield line.rstrip(" ")


def beside(name: str, text: str, size: int, width: int, *, colour: bool) -> Iterator[str]:
    """Yield `text` beside `name`, folded to the width."""
    room = max(width - size - len(GAP), 20)
    for number, part in enumerate(fold(text, room)):
        head = cut(name, size) if not number else ""
        yield styled(padded(head, size, number=False), DIM, colour=colour) + GAP + part


def cut(text: str, width: int) -> str:
    """Return `text`, or its beginning with an ellipsis if it is wider than `width`."""
    return text if columns_of(text) <= width else _prefix(text, width - 1) + "…"


def _prefix(text: str, width: int) -> str:
    used = 0
    for place, char in enumerate(text):
        used += max(wcwidth(char), 0)
        if used > width:
            return text[:place]
    return text


def padded(cell: str, size: int, *, number: bool) -> str:
    """Return `cell` filled with blanks to `size` columns; a number is aligned to the right."""
    space = " " * (size - columns_of(cell))
    return space + cell if number else cell + space


def styled(line: str, style: str, *, colour: bool) -> str:
    """Return `line` in a style of the terminal, if it is coloured."""
    return f"{style}{line}{RESET}" if colour and line.strip() else line


def columns_of(text: str) -> int:
    """Return the number of columns of `text`; characters that a terminal does not print count as one."""
    width = wcswidth(text)
    return len(text) if width < 0 else width
