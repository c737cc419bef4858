"""A table for people: aligned text for a terminal, HTML for a notebook.

Numbers have 4 significant digits, IRIs are shortened, and characters that could control a terminal become U+FFFD.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from wcwidth import wcswidth

from kg.terms import readable
from kg.texts import Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model.cell import Cell

FIRST_ROWS = 20
"""The number of rows that an interactive session displays."""

WIDEST = 60
"""The number of characters of a cell that an interactive session displays."""

_GAP = "  "
_DIGITS = 4
_CONTROL = {"Cc", "Cs", "Zl", "Zp"}
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_XML = frozenset("\ufffe\uffff")


def text(columns: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Iterable[Text | str]) -> str:
    """Return the first rows, the number of further rows, and the notes, as lines."""
    return "\n".join([aligned(columns, rows[:FIRST_ROWS], WIDEST).rstrip("\n"), *_below(rows, notes)])


def html(columns: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Iterable[Text | str]) -> str:
    """Return the first rows, the number of further rows, and the notes, as HTML."""
    first = rows[:FIRST_ROWS]
    sides = ["right" if right else "left" for right in _right(columns, first)]
    head = _html_row("th", map(safe, columns), sides)
    body = "".join(_html_row("td", (_shortened(cell_text(cell), WIDEST) for cell in row), sides) for row in first)
    below = "".join(f"<p>{escape(sentence)}</p>" for sentence in _below(rows, notes))
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{below}"


def aligned(columns: Sequence[str], rows: Sequence[Sequence[Cell]], widest: int | None = None) -> str:
    """Return columns aligned by the width that a terminal gives them, each line with a line feed.

    Cells of more than `widest` characters are shortened.
    """
    cells = [[_shortened(cell_text(cell), widest) for cell in row] for row in rows]
    heads = [safe(name) for name in columns]
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    right = _right(columns, rows)
    rule = ["-" * width for width in widths]
    return "".join(f"{line}\n" for line in _lines([heads, rule, *cells], widths, right))


def cell_text(cell: Cell) -> str:
    """Return a cell for people: 4 significant digits, IRIs shortened, nothing for ``None``."""
    value = known(cell)
    if isinstance(value, float):
        return _short(value)
    if not isinstance(value, str):
        return safe(plain(value))
    return safe(" ".join(map(readable, value.split(" "))) if "://" in value else value)


def _shortened(string: str, widest: int | None) -> str:
    return string if widest is None or len(string) <= widest else string[: widest - 1] + "…"


def safe(string: str) -> str:
    """Return `string` on one line, without characters that move the cursor, set colours or reverse the text."""
    if string.isprintable():  # no such character is printable
        return string
    return "".join(
        "\ufffd" if unicodedata.category(char) in _CONTROL or char in _BIDIRECTIONAL | _NOT_XML else char
        for char in string
    )


def known(cell: Cell) -> str | float | date | None:
    """Return `cell` as a plain value: ``None`` for nan and the infinities, English for a `Text` not yet localised."""
    if isinstance(cell, Text):
        return cell.localise("en")
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def plain(cell: Cell) -> str:
    """Return a value as text: nothing for ``None``, true and false, ISO dates, numbers with all digits."""
    match known(cell):
        case None:
            return ""
        case bool(value):
            return "true" if value else "false"
        case date() as day:
            return day.isoformat()
        case float(value):
            return repr(value)
        case value:
            return str(value)


def _below(rows: Sequence[Sequence[Cell]], notes: Iterable[Text | str]) -> Iterator[str]:
    """Yield the lines below a table: the number of further rows, and the notes."""
    count = len(rows) - FIRST_ROWS
    if count > 0:
        yield f"… {count} more {'row' if count == 1 else 'rows'}"
    yield from (safe(localise(note, "en")) for note in notes)


def _html_row(tag: str, cells: Iterable[str], sides: Sequence[str]) -> str:
    pairs = zip(cells, sides, strict=True)
    return (
        "<tr>" + "".join(f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>' for cell, side in pairs) + "</tr>"
    )


def _lines(rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    for row in rows:
        cells = zip(row, widths, right, strict=True)
        yield _GAP.join(_padded(cell, width, to_right=number) for cell, width, number in cells).rstrip()


def _padded(cell: str, width: int, *, to_right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if to_right else cell + space


def _short(number: float) -> str:
    """Return four significant digits, without an exponent for large numbers: 0.09243, 1.5, 12346."""
    return f"{number:.0f}" if abs(number) >= 10**_DIGITS else f"{number:.{_DIGITS}g}"


def _width(string: str) -> int:
    # -1 means a character that a terminal cannot show; then the length is the best estimate.
    width = wcswidth(string)
    return len(string) if width < 0 else width


def _right(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[bool]:
    """Return whether each column contains numbers, which are aligned to the right."""
    return [_numeric([row[place] for row in rows]) for place in range(len(columns))]


def _numeric(cells: Sequence[Cell]) -> bool:
    values = [cell for cell in cells if cell is not None]
    return bool(values) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in values)
