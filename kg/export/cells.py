"""Cells and rows of delimited text: what a value looks like, and what a spreadsheet must not run."""

import math
from collections.abc import Iterable, Sequence
from datetime import date

from kg.model import Cell, Text

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""What a text starts with that a spreadsheet may take for a formula; some read the full-width signs as the plain."""


def known(cell: Cell) -> str | float | date | None:
    """Return `cell` as a plain value: ``None`` for nan and the infinities, English for a `Text` not yet localised."""
    if isinstance(cell, Text):
        return cell.localise("en")
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def plain(cell: Cell) -> str:
    """A value as text: nothing for ``None``, true and false, ISO dates, numbers with all their digits."""
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


def delimited(columns: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str) -> str:
    """Lines of cells (RFC 4180 quoting, lines end in a line feed), the column names first.

    A text that starts like a formula gets an apostrophe in front, which a spreadsheet takes as "this is text" and other
    programs see; numbers stay as they are. Take one apostrophe off such a cell to have what was there.
    """
    lines = [[_inert(name) for name in columns]]
    lines += [[_inert(cell) if isinstance(cell, str) else plain(cell) for cell in map(known, row)] for row in rows]
    return "".join(f"{_line(cells, delimiter)}\n" for cells in lines)


def _line(cells: Sequence[str], delimiter: str) -> str:
    # csv.writer leaves a lone carriage return unquoted where lines end in a line feed; a reader breaks the line there.
    special = {delimiter, '"', "\r", "\n"}
    quoted = ('"{}"'.format(cell.replace('"', '""')) if special & set(cell) else cell for cell in cells)
    # A line with nothing in it would be no row.
    return delimiter.join(quoted) or '""'


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
