"""Rows of a table in CSV, TSV, XLSX or Parquet, packed or not. Every cell is a text; missing values are empty texts.

Only the columns that a caller names are read. Names match whatever their width, case, blanks and line breaks.
"""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.errors import InputError
from kg.ingest.readers import parquet_rows, workbooks
from kg.ingest.readers.cells import Merged, clean, folded, one_line
from kg.ingest.readers.input_files import lines_of, listed
from kg.ingest.readers.records import RowLocation
from kg.ingest.readers.sheet_ranges import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.table_layout import Layout

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
"""Suffixes of tables; a text may be packed by gzip, and any table in a zip archive."""
_TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
_SEARCHED = 50
"""Rows in which a header is searched for."""
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


class MissingColumnError(InputError):
    """A column that a table does not have."""

    def __init__(self, column: str, message: str) -> None:
        """Create the error for a column."""
        super().__init__(message)
        self.column = column


def tables(inputs: Inputs, path: Path) -> tuple[Path, ...]:
    """Return the tables in `path`: the file itself, or the tables among the members of a zip archive.

    Raises:
        InputError: the suffix is not supported, or an archive contains no table.
    """
    if path.suffix.lower() == ".zip":
        members = tuple(part for part in inputs.parts_of(path) if suffix_of(part) in SUFFIXES)
        if not members:
            raise InputError(f"{path}: the archive contains no table; use one of: {', '.join(SUFFIXES)}")
        return members
    if suffix_of(path) not in SUFFIXES:
        older = "; save it as .xlsx" if suffix_of(path) in {".xls", ".ods", ".et", ".numbers"} else ""
        raise InputError(f"{path}: unsupported table format{older}; use one of: {', '.join(SUFFIXES)}")
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
    first = list(islice(grid, max(_SEARCHED, *layout.header_rows, 0)))
    names, after = header(path, first, layout)
    where = {one: _find(path, names, one, first, layout) for one in wanted}
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
        return parquet_rows.read(inputs, path, wanted)
    return _delimited(inputs, path, layout)


def header(path: Path, first: Sequence[tuple[int, tuple[str, ...]]], layout: Layout) -> tuple[tuple[str, ...], int]:
    """Return the column names and the number of the last header row.

    Raises:
        InputError: the header is missing.
    """
    rows = {number: cells for number, cells in first if any(cells)}
    numbers = layout.header_rows
    if layout.header_texts:
        texts = set(map(folded, layout.header_texts))
        numbers = tuple(number for number, cells in rows.items() if texts <= set(map(folded, cells)))[:1]
        if not numbers:
            raise InputError(
                f"{path}: no row among the first {_SEARCHED} contains {listed(layout.header_texts)}; correct header"
            )
    elif not numbers:
        numbers = tuple(rows)[:1]
    missing = [number for number in numbers if number not in rows]
    if missing or not numbers:
        raise InputError(f"{path}: the header row {missing[0] if missing else 1} is blank; correct header")
    width = max(len(rows[number]) for number in numbers)
    columns = [
        [rows[number][place] if place < len(rows[number]) else "" for number in numbers] for place in range(width)
    ]
    names = tuple("/".join(dict.fromkeys(one_line(part) for part in parts if part)) for parts in columns)
    while names and not names[-1]:
        names = names[:-1]
    following = rows.get(max(numbers) + 1, ())
    if any(
        isinstance(cell, Merged) and one_line(cell) in names[place : place + 1] for place, cell in enumerate(following)
    ):
        wide = ", ".join(map(str, (*numbers, max(numbers) + 1)))
        raise InputError(f"{path}:{max(numbers)}: a column name spans several rows; write header: [{wide}]")
    return names, max(numbers)


def _find(
    path: Path, names: Sequence[str], wanted: str, first: Sequence[tuple[int, tuple[str, ...]]], layout: Layout
) -> int:
    """Return the place of a column: of the same name, then of the same folded name, then of its lowest part.

    Raises:
        InputError: there is none, or there are several.
    """
    for same in (
        [place for place, name in enumerate(names) if name == wanted],
        [place for place, name in enumerate(names) if folded(name) == folded(wanted)],
        [
            place
            for place, name in enumerate(names)
            if "/" in name and folded(name.rpartition("/")[2]) == folded(wanted)
        ],
    ):
        if len(same) == 1:
            return same[0]
        if same:
            cells = ", ".join(letters(place) for place in same)
            raise InputError(f"{path}: the column {wanted!r} is repeated ({cells}); rename one of them")
    others = [number for number, cells in first if folded(wanted) in map(folded, cells)]
    hint = f" (row {others[0]} has it; write header: {others[0]})" if others and not layout.header_texts else ""
    raise MissingColumnError(
        wanted, f"{path} has no column {wanted!r}{hint}; its columns are: {listed([name for name in names if name])}"
    )


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
                f"{path}:{number}: {len(cells)} cells in {named} columns; "
                "check the line for a missing quotation mark or delimiter"
            )
        beyond = [place for place in (*blank, *range(named, len(cells))) if place < len(cells) and cells[place]]
        if beyond and not isinstance(cells[beyond[0]], Merged):
            cell = f"{letters(beyond[0])}{number}"
            raise InputError(f"{path}:{number}: the cell {cell} has a value under no column name; name the column")
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
            raise InputError(f"{path}:{rows.line_num}: {error}") from error


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
        except workbooks.BROKEN as error:
            raise InputError(f"{path}: the workbook cannot be read ({error}); save it again") from error


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
        except workbooks.BROKEN as error:
            raise InputError(f"{path}: the workbook cannot be read ({error}); save it again") from error
        except InputError as error:
            raise InputError(f"{path}: {str(error).removeprefix(f'{path}: ')}") from error


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
    names = ", ".join(sheet.name for sheet in sheets)
    if not names:
        raise InputError(f"{path}: the workbook has no sheet; save it as Excel Workbook (.xlsx)")
    first = visible[0].name if visible else "NAME"
    raise InputError(f"{path}: name the sheet in the mapping, such as sheet: {first}; the sheets are: {names}")


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
