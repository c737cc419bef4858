"""Cells and rows of delimited text: what a value looks like, and what a spreadsheet must not run."""

from collections.abc import Iterable, Sequence

from kg.model import Cell
from kg.model.display import known, plain

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""What a text starts with that a spreadsheet may take for a formula; some read the full-width signs as the plain."""


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
