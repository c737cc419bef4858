"""Cells and rows of delimited text, with protection against formulas in spreadsheets."""

from collections.abc import Iterable, Sequence

from kg.model import Cell
from kg.model.display import known, plain

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""First characters of a text that a spreadsheet may run as a formula; some programs accept full-width signs."""


BOM = "\ufeff"
"""The byte order mark, by which spreadsheets recognise UTF-8."""


def delimited(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str, *, spreadsheet: bool = False
) -> str:
    """Return lines of cells (RFC 4180 quoting, line feeds), the column names first.

    For a spreadsheet the text starts with a BOM, and a text that starts like a formula gets a leading apostrophe, which
    spreadsheets hide. Numbers are unchanged. Without `spreadsheet` every cell is exact.
    """
    guard = _inert if spreadsheet else str
    lines = [[guard(name) for name in columns]]
    lines += [[guard(cell) if isinstance(cell, str) else plain(cell) for cell in map(known, row)] for row in rows]
    separators = {delimiter, ",", ";", "\t"} if spreadsheet else {delimiter}  # a spreadsheet splits by its locale
    return BOM * spreadsheet + "".join(f"{_line(cells, delimiter, separators)}\n" for cells in lines)


def _line(cells: Sequence[str], delimiter: str, separators: set[str]) -> str:
    # csv.writer does not quote a lone carriage return if lines end in a line feed, but readers break the line there.
    special = {*separators, '"', "\r", "\n"}
    quoted = ('"{}"'.format(cell.replace('"', '""')) if special & set(cell) else cell for cell in cells)
    # Readers skip an empty line.
    return delimiter.join(quoted) or '""'


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
