"""Rows of a table in CSV, TSV, XLSX or Parquet, packed or not. Every cell is a text; missing values are empty texts.

Only the columns that a caller names are read. Names match whatever their width, case, blanks and line breaks.
"""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.errors import InputError
from kg.ingest.readers import workbooks
from kg.ingest.readers.cells import Merged, clean, folded
from kg.ingest.readers.header_rows import SEARCHED, find_column, header
from kg.ingest.readers.input_files import lines_of
from kg.ingest.readers.records import RowLocation
from kg.ingest.readers.sheet_ranges import letters
from kg.texts import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.table_layout import Layout

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
"""Suffixes of tables; a text may be packed by gzip, and any table in a zip archive."""
_TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
_DELIMITERS = (",", ";", "\t", "|")

Grid: TypeAlias = "Iterator[tuple[int, tuple[str, ...]]]"
"""Rows with their numbers."""


class Table(NamedTuple):
    """An open table.

    Attributes:
        names: all column names, of which some may be empty.
        rows: location and cells of each row that is not blank; the cells are by the caller's names, from the left.
    """

    names: tuple[str, ...]
    rows: Iterator[tuple[RowLocation, dict[str, str]]]


def tables(inputs: Inputs, path: Path) -> tuple[Path, ...]:
    """Return the tables in `path`: the file itself, or the tables among the members of a zip archive.

    Raises:
        InputError: the suffix is not supported, or an archive contains no table.
    """
    if path.suffix.lower() == ".zip":
        members = tuple(part for part in inputs.parts_of(path) if suffix_of(part) in SUFFIXES)
        if not members:
            raise InputError(
                "{path}: the archive contains no table; use one of: {SUFFIXES}", path=path, SUFFIXES=listed(SUFFIXES)
            )
        return members
    if suffix_of(path) not in SUFFIXES:
        older = "; save it as .xlsx" if suffix_of(path) in {".xls", ".ods", ".et", ".numbers"} else ""
        raise InputError(
            "{path}: unsupported table format{older}; use one of: {SUFFIXES}",
            path=path,
            older=older,
            SUFFIXES=listed(SUFFIXES),
        )
    return (path,)


def suffix_of(path: Path) -> str:
    """Return the suffix of a table in lower case, that below ``.gz`` if it is packed."""
    below = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return below.suffix.lower()


def open_table(inputs: Inputs, path: Path, layout: Layout, wanted: Sequence[str]) -> Table:
    """Open the table in `path` and find the columns that are `wanted`.

    Raises:
        InputError: the file is damaged or too large, the header or a column is missing, or a column is repeated.
    """
    grid = grid_of(inputs, path, layout, wanted)
    first = list(islice(grid, max(SEARCHED, *layout.header_rows, 0)))
    names, after = header(path, first, layout)
    where = {one: find_column(path, names, one, first, layout) for one in wanted}
    body = (row for row in chain(first, grid) if row[0] > after)
    in_order = dict(sorted(where.items(), key=lambda item: item[1]))
    return Table(names, _located(path, names, in_order, body))


def grid_of(inputs: Inputs, path: Path, layout: Layout, wanted: Sequence[str] | None) -> Grid:
    """Yield the rows of the table with their numbers; a blank row may be left out.

    Raises:
        InputError: the file is damaged or too large.
    """
    suffix = suffix_of(path)
    if suffix in WORKBOOKS:
        return _sheet(inputs, path, layout)
    if suffix == ".parquet":
        from kg.ingest.readers import parquet_rows  # noqa: PLC0415 - takes 0.15 s, and few tables are of this format

        return parquet_rows.read(inputs, path, wanted)
    return _delimited(inputs, path, layout)


def _located(
    path: Path, names: Sequence[str], where: dict[str, int], rows: Iterable[tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[RowLocation, dict[str, str]]]:
    """Yield the rows that are not blank, with the wanted cells by name."""
    named = len(names)
    is_text = suffix_of(path) in _TEXTS
    blank = [place for place, name in enumerate(names) if not name]
    for number, cells in rows:
        filled = sum(map(bool, cells))
        if not filled:
            continue
        if is_text and filled > 1 and len(cells) < named:  # a line of one cell is a note
            raise InputError(
                "{path}:{number}: {cells} cells in {named} columns; check the line for a missing quotation mark or "
                "delimiter",
                path=path,
                number=number,
                cells=len(cells),
                named=named,
            )
        beyond = [place for place in (*blank, *range(named, len(cells))) if place < len(cells) and cells[place]]
        if beyond and not isinstance(cells[beyond[0]], Merged):
            cell = f"{letters(beyond[0])}{number}"
            raise InputError(
                "{path}:{number}: the cell {cell} has a value under no column name; name the column",
                path=path,
                number=number,
                cell=cell,
            )
        yield (
            RowLocation(path.name, number),
            {name: cells[place] if place < len(cells) else "" for name, place in where.items()},
        )


def _delimited(inputs: Inputs, path: Path, layout: Layout) -> Grid:
    delimiter = layout.delimiter or _delimiter(inputs, path, layout)
    with inputs.text(path, layout.encoding) as stream:
        rows = csv.reader(lines_of(stream, path), delimiter=delimiter, strict=True)
        line = 1
        try:
            for row in rows:
                yield line, tuple(map(clean, row))
                line = rows.line_num + 1
        except csv.Error as error:
            raise InputError("{path}:{line_num}: {error}", path=path, line_num=rows.line_num, error=error) from error


def _delimiter(inputs: Inputs, path: Path, layout: Layout) -> str:
    """Return the delimiter that divides one of the first lines into the most cells."""
    with inputs.text(path, layout.encoding) as stream:
        lines = list(islice(lines_of(stream, path), max(20, *layout.header_rows, 0)))
    widths = {}
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            rows = []
        widths[delimiter] = max((sum(map(bool, row)) for row in rows), default=0)
    return max(_DELIMITERS, key=lambda one: widths[one])


def sheets(inputs: Inputs, path: Path) -> tuple[workbooks.Sheet, ...]:
    """Return the sheets of a workbook.

    Raises:
        InputError: the workbook is damaged or too large.
    """
    with inputs.binary(path) as stream:
        try:
            return workbooks.Workbook(io.BytesIO(stream.read())).sheets
        except (*workbooks.BROKEN, InputError) as error:
            raise _broken(path, error) from error


def _sheet(inputs: Inputs, path: Path, layout: Layout) -> Grid:
    """Yield the rows of a sheet, merged cells filled or marked as faults."""
    with inputs.binary(path) as stream:
        try:
            packed = stream if path in inputs.paths and path.suffix.lower() in WORKBOOKS else io.BytesIO(stream.read())
            book = workbooks.Workbook(packed)
            sheet = sheet_of(path, book.sheets, layout.sheet)
            facts = book.facts(sheet)
            hidden = [f"rows {_numbers(facts.hidden_rows)}"] if facts.hidden_rows else []
            hidden += [f"columns {', '.join(facts.hidden_columns[:20])}"] if facts.hidden_columns else []
            if hidden:
                inputs.note(f"{path}: hidden {' and '.join(hidden)} of sheet {sheet.name} are read too")
            yield from book.rows(sheet, facts.merged, fill=layout.fill_merged)
        except (*workbooks.BROKEN, InputError) as error:
            raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> InputError:
    if isinstance(error, InputError):
        is_named = str(error).startswith(f"{path}:")
        return error if is_named else InputError("{path}: {value}", path=path, value=error.message)
    return InputError(
        "{path}: the workbook cannot be read ({error}); save it again", path=path, error=workbooks.cause(error)
    )


def sheet_of(path: Path, sheets: Sequence[workbooks.Sheet], wanted: str | None) -> workbooks.Sheet:
    """Return the sheet of that name, or the only visible one.

    Raises:
        InputError: there is none, or several and no name.
    """
    visible = [sheet for sheet in sheets if not sheet.hidden]
    if wanted is None and len(visible) == 1:
        return visible[0]
    found = [sheet for sheet in sheets if wanted is not None and folded(sheet.name) == folded(wanted)]
    if len(found) == 1:
        return found[0]
    names = listed(sheet.name for sheet in sheets)
    if not sheets:
        raise InputError("{path}: the workbook has no sheet; save it as Excel Workbook (.xlsx)", path=path)
    first = visible[0].name if visible else "NAME"
    raise InputError(
        "{path}: name the sheet in the mapping, such as sheet: {first}; the sheets are: {names}",
        path=path,
        first=first,
        names=names,
    )


def _numbers(rows: Sequence[int]) -> str:
    """Return row numbers as ranges, cut after ten of them."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
    return ", ".join(texts[:10]) + (" and others" if len(texts) > 10 else "")  # noqa: PLR2004 - ten are enough to find them
