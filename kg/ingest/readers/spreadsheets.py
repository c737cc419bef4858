"""The rows of a table, whatever program wrote it: CSV and TSV, XLSX, Parquet. Every cell is text; empty is empty."""

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
from kg.ingest.readers.input_files import LONGEST_LINE, header_of, shown
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs

MOST = 1 << 29
"""Bytes that a workbook may hold when it is unpacked, and a group of rows of a Parquet file."""

MERGED = "#MERGED!"
"""Stands in each cell of a workbook that is one with cells of other rows: which of them it is for nobody can tell."""

_MERGED = re.compile(rb'<(?:[A-Za-z]+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_MOST_SPANS = 1 << 16
_BLOCK, _OVERLAP = 1 << 20, 200

Rows = tuple[tuple[str, ...], "Iterator[tuple[RowLocation, dict[str, str]]]"]
"""The names of the columns, and the rows by these names."""


def open_table(inputs: Inputs, path: Path, sheet: str | None) -> Rows:
    """The table in `path`; `sheet` names one of a workbook.

    Raises:
        InputError: the suffix is none of these, the file is damaged or too large when unpacked, or its columns have no
            names or twice the same.
    """
    suffix = path.suffix.lower()
    if suffix not in _OPENERS:
        raise InputError(f"{path}: a table is one of: {', '.join(_OPENERS)}")
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
        raise InputError(
            f"{path}:1: a name of a column reaches over several rows; put all names into the first row alone"
        )
    return _checked(path, first), _filled(path, first, rows)


def _sheet_rows(inputs: Inputs, path: Path, sheet: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of one sheet with their numbers, the header first."""
    with inputs.binary(path) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MOST:
                raise InputError(f"{path}: unpacks to {unpacked} bytes, more than {MOST}; save the sheet as CSV")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            name = _chosen(path, book.sheetnames, sheet)
            rows = (tuple(_text(cell) for cell in cells) for cells in book[name].iter_rows(values_only=True))
            # Of a sheet that it streams openpyxl tells no merged cells, only where it is.
            with archive.open(book[name]._worksheet_path) as part:  # type: ignore[attr-defined] # noqa: SLF001
                spans = _spans(path, part)
            yield from _marked(enumerate(rows, start=1), spans)
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, EOFError) as error:
            raise InputError(f"{path}: is no workbook that can be read ({error}); save it again") from error


class _Span(NamedTuple):
    """Cells that are one: rows from `first` to `last`, columns from `left` to before `right`, which count from 0."""

    first: int
    last: int
    left: int
    right: int


def _spans(path: Path, part: IO[bytes]) -> list[_Span]:
    """The merged cells that reach over several rows, of the part of a workbook that is a sheet; the last first."""
    found: set[tuple[bytes, ...]] = set()
    seen = b""
    while block := part.read(_BLOCK):
        seen = seen[-_OVERLAP:] + block
        found.update(_MERGED.findall(seen))
        if len(found) > _MOST_SPANS:
            raise InputError(f"{path}: has more than {_MOST_SPANS} merged cells; unmerge them")
    spans = (_Span(int(top), int(bottom), _column(left) - 1, _column(right)) for left, top, right, bottom in found)
    return sorted((span for span in spans if span.last > span.first), reverse=True)


def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode())


def _marked(rows: Iterable[tuple[int, tuple[str, ...]]], spans: list[_Span]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """`rows` with `MERGED` in all cells of the `spans` in which something stands."""
    until: dict[int, int] = {}
    for number, cells in rows:
        while spans and spans[-1].first <= number:
            span = spans.pop()
            if any(cells[span.left : span.left + 1]):
                until.update(dict.fromkeys(range(span.left, min(span.right, len(cells))), span.last))
        yield number, tuple(MERGED if until.get(at, 0) >= number else cell for at, cell in enumerate(cells))


def _chosen(path: Path, names: list[str], sheet: str | None) -> str:
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet not in names:
        raise InputError(f"{path}: say in the mapping which sheet; there are: {', '.join(names)}")
    return sheet


def _parquet(inputs: Inputs, path: Path, _: str | None) -> Rows:
    with inputs.binary(path) as stream:
        try:
            names = tuple(pq.read_schema(stream).names)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{path}: is no Parquet file that can be read ({error})") from error
    return _checked(path, names), _filled(path, names, _parquet_rows(inputs, path))


def _parquet_rows(inputs: Inputs, path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    with inputs.binary(path) as stream:
        try:
            file = pq.ParquetFile(stream)
            groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
            if any(group.total_byte_size > MOST for group in groups):
                raise InputError(f"{path}: a group of its rows has more than {MOST} bytes; write it in smaller ones")
            number = 0
            for batch in file.iter_batches(4096):
                for row in batch.to_pylist():
                    number += 1
                    yield number, tuple(_text(cell) for cell in row.values())
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: is no Parquet file that can be read ({error})") from error


def _checked(path: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    if not names or not all(names):
        raise InputError(f"{path}:1: a column has no name; name each in the first row")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{path}:1: the column {shown(twice[:1])} is there twice; name each once")
    return names


def _filled(
    path: Path, names: tuple[str, ...], rows: Iterator[tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[RowLocation, dict[str, str]]]:
    """The rows by the names of their columns; one that is all empty is no row."""
    for number, cells in rows:
        if any(cells[len(names) :]):
            raise InputError(f"{path}:{number}: a cell has a value under no column; name the column in the first row")
        if any(cells):
            yield RowLocation(path.name, number), dict(zip(names, cells, strict=False))


def _text(cell: object) -> str:
    """A cell as somebody would type it: no day has an hour that it was not given, and no whole number a fraction."""
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
            if len(text) > LONGEST_LINE:
                raise InputError(f"a cell has more than {LONGEST_LINE} characters; this is no table")
            return text
    raise ValueError(f"a cell holds a {type(cell).__name__}, which is no text, number or day")


_OPENERS: dict[str, Callable[[Inputs, Path, str | None], Rows]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
