"""The layout of a table: sheet, header, merged cells, encoding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of the header and the rows in a file.

    Attributes:
        sheet: name of a sheet; `None` if the workbook has one visible sheet.
        header_rows: numbers of the rows with the column names, from 1; empty for the first row that is not blank.
        header_texts: names that the header row contains, by which it is found; empty if `header_rows` applies.
        fill_merged: whether a merged cell is the value of each of its rows.
        encoding: codec of a text; `None` to decide by evidence.
        delimiter: of a text; `None` to decide by the header.
    """

    sheet: str | None = None
    header_rows: tuple[int, ...] = ()
    header_texts: tuple[str, ...] = ()
    fill_merged: bool = True
    encoding: str | None = None
    delimiter: str | None = None
