"""Sheets of a workbook in Office Open XML (.xlsx), transitional or strict, read cell by cell as they are shown.

The XML is read directly ([decision 25](../../../docs/decisions/0025-workbooks-are-read-as-shown.md)): neither openpyxl
nor calamine gives number formats, formulas without values, hidden rows and merged cells in one pass. The dimension that
a sheet declares is ignored.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kg.errors import InputError
from kg.ingest.readers import number_formats, sheet_xml
from kg.ingest.readers.cells import Fault, Merged, clean
from kg.ingest.readers.sheet_ranges import REFERENCE, Range, column_index
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.texts import Text

MAX_BYTES = 1 << 29
"""Bytes of a decompressed workbook."""
MAX_ROW = 1 << 20
"""Largest number of a row."""
_MAX_TAGS = 8_000_000
"""Tags of a part that is read as a tree: two million shared texts."""
_DIGITS = 20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?$")
_UNMERGE = "the cell is merged with cells of other rows; unmerge them, or write merged: fill"
_OLE = b"\xd0\xcf\x11\xe0"
BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError, EOFError, NotImplementedError, RuntimeError,
    ParseError,
    DefusedXmlException, ExpatError,
    lzma.LZMAError, zlib.error,
)  # fmt: skip
"""Exceptions that a damaged workbook raises."""


def cause(error: Exception) -> Exception | Text:
    """Return what is wrong with a damaged workbook."""
    if isinstance(error, DefusedXmlException):
        return Message("it declares entities")
    return Message("it has no part {part}", part=error.args[0]) if isinstance(error, KeyError) else error


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
            raise InputError(
                "{size} bytes when decompressed, more than {MAX_BYTES}; save it as CSV", size=size, MAX_BYTES=MAX_BYTES
            )
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

    def facts(self, sheet: Sheet) -> sheet_xml.SheetFacts:
        """Return the merged and hidden cells of a sheet."""
        with self._archive.open(self._names[sheet.part.lower()]) as stream:
            return sheet_xml.facts(stream)

    def rows(self, sheet: Sheet, merged: tuple[Range, ...], *, fill: bool) -> Iterator[SheetRow]:
        """Yield the rows of a sheet; `merged` cells have their value in each row and column, or a fault."""
        waiting = sorted(merged, reverse=True)
        active: dict[Range, str] = {}
        number = 0
        with self._archive.open(self._names[sheet.part.lower()]) as stream:
            for written, parts in sheet_xml.rows(stream):
                number = int(written) if written else number + 1
                if number > MAX_ROW:
                    raise ValueError(f"there is no row {number}")
                cells = self._cells(parts)
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

    def _cells(self, parts: list[sheet_xml.Cell]) -> dict[int, str]:
        cells, following = {}, 0
        for one in parts:
            match = REFERENCE.fullmatch(one.reference)
            column = column_index(match[1]) if match else following
            if column >= sheet_xml.MAX_COLUMNS:
                raise ValueError(f"there is no column {one.reference}")
            following = column + 1
            if text := self._cell(one):
                cells[column] = text
        return cells

    def _cell(self, one: sheet_xml.Cell) -> str:
        """Return a cell as it is shown."""
        if one.kind == "s":
            return self._shared_text(one.stored) if one.stored else ""
        if one.kind == "inlineStr":
            return clean(_unescaped(one.inline))
        if one.kind == "str":
            return clean(_unescaped(one.stored))
        stored = one.stored.strip()
        if not stored:
            return Fault("", "a formula without a value; open the workbook, and save it") if one.has_formula else ""
        return self._shown(stored, one.kind, one.style)

    def _shared_text(self, index: str) -> str:
        if not index.isdecimal() or int(index[:_DIGITS]) >= len(self._shared):
            raise ValueError(f"there is no shared text {index[:_DIGITS]}")
        return self._shared[int(index)]

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
        return [_text(element) for element in self._tree(part) if _tag(element) == "si"] if part else []

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

    def _tree(self, part: str) -> Element:
        with self._archive.open(self._names[part.lower()]) as stream:
            content = stream.read()
        if (tags := content.count(b"<")) > _MAX_TAGS:
            raise InputError(
                "{part}: {tags} tags, more than {limit}; save it as CSV", part=part, tags=tags, limit=_MAX_TAGS
            )
        return fromstring(content)


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
