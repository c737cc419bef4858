"""Sheets of a workbook in Office Open XML (.xlsx), transitional or strict, read cell by cell as they are shown.

The XML is read directly ([decision 24](../../../docs/decisions/0024-workbooks-are-read-as-shown.md)): neither openpyxl
nor calamine gives number formats, formulas without values, hidden rows and merged cells in one pass. The dimension that
a sheet declares is ignored.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from itertools import count
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kg.errors import InputError
from kg.ingest.readers import number_formats
from kg.ingest.readers.cells import Fault, Merged, clean
from kg.ingest.readers.sheet_ranges import REFERENCE, Range, column_index, letters, merged_range

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1 << 29
"""Bytes of a decompressed workbook."""
MAX_COLUMNS = 16_384
_MAX_MERGED = 1 << 16
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?$")
_UNMERGE = "the cell is merged with cells of other rows; unmerge them, or write merged: fill"
_OLE = b"\xd0\xcf\x11\xe0"
BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError, EOFError, NotImplementedError, RuntimeError,
    ParseError, DefusedXmlException,
)  # fmt: skip
"""Exceptions that a damaged workbook raises."""


class SheetRow(NamedTuple):
    """A row of a sheet: its number from 1, and its cells from the first column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its part of the package, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of a sheet besides its cells.

    Attributes:
        merged: ranges of merged cells.
        hidden_rows, hidden_columns: numbers from 1 and letters of hidden rows and columns.
    """

    merged: tuple[Range, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]


class Workbook:
    """An open workbook.

    Attributes:
        sheets: all worksheets in their order.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Open the package and read its list of sheets, its formats and its shared texts.

        Raises:
            InputError: the workbook is too large, encrypted or of an older format.
        """
        if stream.read(4) == _OLE:
            raise InputError("an older (.xls) or encrypted workbook; save it as .xlsx without a password")
        self._archive = zipfile.ZipFile(stream)
        size = sum(entry.file_size for entry in self._archive.infolist())
        if size > MAX_BYTES:
            raise InputError(f"{size} bytes when decompressed, more than {MAX_BYTES}; save it as CSV")
        self._names = {entry.filename.lower(): entry.filename for entry in self._archive.infolist()}
        main = next(iter(self._related("", "officeDocument")), ("", "xl/workbook.xml"))[1]
        parts = dict(self._related(main, "worksheet"))
        book = self._tree(main)
        self.from_1904 = any(
            element.get("date1904") in {"1", "true"} for element in book.iter() if _tag(element) == "workbookPr"
        )
        self.sheets = tuple(
            Sheet(element.get("name", ""), parts[relation], element.get("state", "visible") != "visible")
            for element in book.iter()
            if _tag(element) == "sheet" and (relation := _relation(element)) in parts
        )
        self._codes = self._formats(next(iter(self._related(main, "styles")), ("", ""))[1])
        self._shared = self._texts(next(iter(self._related(main, "sharedStrings")), ("", ""))[1])

    def facts(self, sheet: Sheet) -> SheetFacts:
        """Return the merged and hidden cells of a sheet.

        Raises:
            InputError: there are too many merged cells.
        """
        merged, rows, columns = [], [], []
        row = 0
        for element in self._elements(sheet.part):
            tag = _tag(element)
            if tag == "row":
                row = int(element.get("r") or row + 1)
                if _true(element.get("hidden")):
                    rows.append(row)
            elif tag == "col" and _true(element.get("hidden")):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                columns += [letters(number - 1) for number in range(first, min(last, first + 99) + 1)]
            elif tag == "mergeCell":
                merged.append(merged_range(element.get("ref", "")))
                if len(merged) > _MAX_MERGED:
                    raise InputError(f"more than {_MAX_MERGED} merged cells; unmerge them")
        return SheetFacts(tuple(sorted(merged)), tuple(rows), tuple(columns))

    def rows(self, sheet: Sheet, merged: tuple[Range, ...], *, fill: bool) -> Iterator[SheetRow]:
        """Yield the rows of a sheet; `merged` cells have their value in each row and column, or a fault."""
        waiting = sorted(merged, reverse=True)
        active: dict[Range, str] = {}
        number = 0
        for element in self._elements(sheet.part):
            if _tag(element) != "row":
                continue
            number = int(element.get("r") or number + 1)
            cells = self._cells(element)
            while waiting and waiting[-1].top <= number:
                one = waiting.pop()
                if text := cells.get(one.left, ""):
                    active[one] = text
            for one, text in list(active.items()):
                if one.bottom < number:
                    del active[one]
                    continue
                spread = text if one.top == one.bottom else Merged(text) if fill else Fault(text, _UNMERGE)
                cells.update(dict.fromkeys(range(one.left, one.right + 1), spread))
            width = max(cells, default=-1) + 1
            yield SheetRow(number, tuple(cells.get(column, "") for column in range(width)))

    def _cells(self, row: Element) -> dict[int, str]:
        cells, following = {}, count()
        for element in row:
            if _tag(element) != "c":
                continue
            match = REFERENCE.fullmatch(element.get("r", ""))
            column = column_index(match[1]) if match else next(following)
            if column >= MAX_COLUMNS:
                raise ValueError(f"there is no column {element.get('r')}")
            following = count(column + 1)
            text = self._cell(element)
            if text:
                cells[column] = text
        return cells

    def _cell(self, element: Element) -> str:
        """Return a cell as it is shown."""
        parts = {_tag(part): part for part in element}
        stored = parts["v"].text or "" if "v" in parts else ""
        kind = element.get("t", "n")
        if kind == "s":
            return self._shared[int(stored)] if stored else ""
        if kind == "inlineStr":
            return _text(parts["is"]) if "is" in parts else ""
        if kind == "str":
            return clean(_unescaped(stored))
        if not stored.strip():
            return Fault("", "a formula without a value; open the workbook, and save it") if "f" in parts else ""
        return self._shown(stored.strip(), kind, int(element.get("s", "0")))

    def _shown(self, stored: str, kind: str, style: int) -> str:
        """Return a stored number, day, truth value or error as it is shown."""
        if kind == "e":
            return Fault(stored, "the spreadsheet reports an error here; fix the formula")
        if kind == "b":
            return str(_true(stored)).lower()
        if kind == "d":
            return _MIDNIGHT.sub("", stored)
        return number_formats.shown(stored, self._codes[style] if self._codes else "", from_1904=self.from_1904)

    def _formats(self, part: str) -> tuple[str, ...]:
        """Return the format of each cell style; empty for General."""
        if not part:
            return ()
        root = self._tree(part)
        codes = dict(number_formats.BUILT_IN)
        for element in root.iter():
            if _tag(element) == "numFmt" and element.get("numFmtId", "").isdigit():
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        styles = next((element for element in root if _tag(element) == "cellXfs"), None)
        found = [codes.get(int(style.get("numFmtId", "0")), "") for style in (styles if styles is not None else ())]
        return tuple("" if code in {"General", "@", "G/通用格式"} else code for code in found)

    def _texts(self, part: str) -> list[str]:
        return [_text(element) for element in self._elements(part) if _tag(element) == "si"] if part else []

    def _related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yield id and part of each relationship of that kind; the last word of its type is the same in all forms."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations.lower() not in self._names:
            return
        for element in self._tree(relations):
            if element.get("Type", "").rpartition("/")[2] == kind:
                target = element.get("Target", "")
                path = target if target.startswith("/") else posixpath.join(folder, target)
                yield element.get("Id", ""), posixpath.normpath(path).lstrip("/")

    def _open(self, part: str) -> IO[bytes]:
        return self._archive.open(self._names[part.lower()])

    def _tree(self, part: str) -> Element:
        root: Element | None = None
        with self._open(part) as stream:
            for event, element in iterparse(stream, ("start",)):
                del event
                root = element if root is None else root
        if root is None:
            raise ValueError(f"{part} is empty")
        return root

    def _elements(self, part: str) -> Iterator[Element]:
        """Yield the rows, columns, merged cells and shared texts of a part, each complete and then cleared."""
        with self._open(part) as stream:
            parents: list[Element] = []
            for event, element in iterparse(stream, ("start", "end")):
                if event == "start":
                    parents.append(element)
                    continue
                parents.pop()
                if _tag(element) in {"row", "col", "mergeCell", "si"}:
                    yield element
                    if parents:
                        parents[-1].clear()


def _text(element: Element) -> str:
    """Return the text of a shared or an inline text, without the phonetic guides of Japanese."""
    pieces = []
    for part in element:
        if _tag(part) == "t":
            pieces.append(part.text or "")
        elif _tag(part) == "r":
            pieces += [run.text or "" for run in part if _tag(run) == "t"]
    return clean(_unescaped("".join(pieces)))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    units = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _relation(element: Element) -> str:
    return next((value for name, value in element.items() if name.rpartition("}")[2] == "id" and "}" in name), "")


def _true(text: str | None) -> bool:
    return text in {"1", "true", "on"}
