"""Rows of a table in CSV, TSV, XLSX or Parquet, with every cell as text and missing values as empty text."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, TYPE_CHECKING, NamedTuple

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from kg.errors import InputError
from kg.ingest.readers.input_files import MAX_LINE, header_of, listed
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs

MAX_BYTES = 1 << 29
"""Bytes of a decompressed workbook, and of a row group of a Parquet file."""

MERGED = "#MERGED!"
"""Text of each cell that is merged with cells of other rows, because the row of its value is ambiguous."""

_MERGED = re.compile(rb'<(?:[A-Za-z]+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_MAX_MERGED = 1 << 16
_BLOCK, _OVERLAP = 1 << 20, 200

Rows = tuple[tuple[str, ...], "Iterator[tuple[RowLocation, dict[str, str]]]"]
"""Column names, and the rows as dictionaries."""


def open_table(inputs: Inputs, path: Path, sheet: str | None) -> Rows:
    """Open the table in `path`; `sheet` selects a sheet of a workbook.

    Raises:
        InputError: the suffix is not supported, the file is damaged or too large when decompressed, or a column has
            no name or a repeated one.
    """
    suffix = path.suffix.lower()
    if suffix not in _OPENERS:
        raise InputError(f"{path}: unsupported table format; use one of: {', '.join(_OPENERS)}")
    return _OPENERS[suffix](inputs, path, sheet)


def _delimited(inputs: Inputs, path: Path, _: str | None) -> Rows:
    headers = {delimiter: header_of(inputs, path, delimiter) for delimiter in (",", ";", "\t")}
    delimiter = max(headers, key=lambda one: len(headers[one]))
    return headers[delimiter], inputs.table(path, (), delimiter)


def _workbook(inputs: Inputs, path: Path, sheet: str | None) -> Rows:
    rows = _sheet_rows(inputs, path, sheet)
    _, first = next(rows, (0, ()))
    while first and not first[-1]:
        first = first[:-1]
    if MERGED in first:
        raise InputError(f"{path}:1: a column name spans several rows; put all names into the first row only")
    return _checked(path, first), _located(path, first, rows)


def _sheet_rows(inputs: Inputs, path: Path, sheet: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a sheet with their numbers, beginning with the header."""
    with inputs.binary(path) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            size = sum(entry.file_size for entry in archive.infolist())
            if size > MAX_BYTES:
                raise InputError(f"{path}: {size} bytes when decompressed, more than {MAX_BYTES}; save it as CSV")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            name = _sheet_name(path, book.sheetnames, sheet)
            rows = (tuple(_text(cell) for cell in cells) for cells in book[name].iter_rows(values_only=True))
            # openpyxl does not report the merged cells of a streamed sheet, only the path of the sheet
            with archive.open(book[name]._worksheet_path) as part:  # type: ignore[attr-defined] # noqa: SLF001
                merged = _merged_ranges(path, part)
            yield from _with_merged(enumerate(rows, start=1), merged)
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, EOFError) as error:
            raise InputError(f"{path}: the workbook cannot be read ({error}); save it again") from error


class _Range(NamedTuple):
    """Merged cells: rows `first` to `last` inclusive, columns `left` to `right` exclusive, counted from 0."""

    first: int
    last: int
    left: int
    right: int


def _merged_ranges(path: Path, part: IO[bytes]) -> list[_Range]:
    """Return the merged cells of a sheet that span several rows, the last first."""
    references: set[tuple[bytes, ...]] = set()
    text = b""
    while block := part.read(_BLOCK):
        text = text[-_OVERLAP:] + block
        references.update(_MERGED.findall(text))
        if len(references) > _MAX_MERGED:
            raise InputError(f"{path}: more than {_MAX_MERGED} merged cells; unmerge them")
    ranges = (_Range(int(top), int(end), _column(left) - 1, _column(right)) for left, top, right, end in references)
    return sorted((one for one in ranges if one.last > one.first), reverse=True)


def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode())


def _with_merged(
    rows: Iterable[tuple[int, tuple[str, ...]]], merged: list[_Range]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield `rows` with `MERGED` in every cell of a non-empty merged range."""
    until: dict[int, int] = {}
    for number, cells in rows:
        while merged and merged[-1].first <= number:
            one = merged.pop()
            if any(cells[one.left : one.left + 1]):
                until.update(dict.fromkeys(range(one.left, min(one.right, len(cells))), one.last))
        yield number, tuple(MERGED if until.get(place, 0) >= number else cell for place, cell in enumerate(cells))


def _sheet_name(path: Path, names: list[str], sheet: str | None) -> str:
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet not in names:
        raise InputError(f"{path}: name the sheet in the mapping; the sheets are: {', '.join(names)}")
    return sheet


def _parquet(inputs: Inputs, path: Path, _: str | None) -> Rows:
    with inputs.binary(path) as stream:
        try:
            names = tuple(pq.read_schema(stream).names)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{path}: the Parquet file cannot be read ({error}); export it again") from error
    return _checked(path, names), _located(path, names, _parquet_rows(inputs, path))


def _parquet_rows(inputs: Inputs, path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    with inputs.binary(path) as stream:
        try:
            file = pq.ParquetFile(stream)
            groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
            if any(group.total_byte_size > MAX_BYTES for group in groups):
                raise InputError(f"{path}: a row group has more than {MAX_BYTES} bytes; write smaller row groups")
            number = 0
            for batch in file.iter_batches(4096):
                for row in batch.to_pylist():
                    number += 1
                    yield number, tuple(_text(cell) for cell in row.values())
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the Parquet file cannot be read ({error}); export it again") from error


def _checked(path: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    if not names or not all(names):
        raise InputError(f"{path}:1: a column has no name; name every column in the first row")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(f"{path}:1: the column {listed(repeated[:1])} is repeated; rename one of them")
    return names


def _located(
    path: Path, names: tuple[str, ...], rows: Iterator[tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[RowLocation, dict[str, str]]]:
    """Yield the non-empty rows as dictionaries with their locations."""
    for number, cells in rows:
        if any(cells[len(names) :]):
            raise InputError(f"{path}:{number}: a value in a column without a name; name it in the first row")
        if any(cells):
            yield RowLocation(path.name, number), dict(zip(names, cells, strict=False))


def _text(cell: object) -> str:
    """Return a cell as people would type it: dates without a midnight time, integers without a fraction."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 10**15:
            return str(int(cell))
        case str() | int() | float() | Decimal():
            text = str(cell).strip()
            if len(text) > MAX_LINE:
                raise InputError(f"a cell of more than {MAX_LINE} characters; check that this is a table")
            return text
    raise ValueError(f"a cell of type {type(cell).__name__}, which is not a text, number or date")


_OPENERS: dict[str, Callable[[Inputs, Path, str | None], Rows]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
