"""The XML of a sheet, parsed by expat one row at a time, without a tree: a sheet can have millions of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from kg.ingest.readers.sheet_ranges import Range, letters, merged_range

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_COLUMNS = 16_384
"""Largest number of columns, and of cells in a row."""
_BLOCK, _OVERLAP = 1 << 18, 4096
_MAX_MERGED = 1 << 16
_HIDDEN_COLUMNS = 100
_FACTS = re.compile(rb"<(?:[A-Za-z]\w*:)?(?P<tag>mergeCell|col|row)\s(?P<attributes>[^>]*?)/?>")
_ATTRIBUTE = re.compile(rb'\b(?P<name>\w+)\s*=\s*["\'](?P<value>[^"\']*)["\']')
_TRUE = frozenset({b"1", b"true", b"on"})


@dataclass(slots=True)
class Cell:
    """A cell of the XML: its attributes, whether it has a formula, its stored value and its inline text."""

    reference: str
    kind: str
    style: int
    has_formula: bool = False
    stored: str = ""
    inline: str = ""


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


class _RowHandler:
    """Handlers of expat that collect complete rows in `done`."""

    def __init__(self) -> None:
        self.done: list[tuple[str, list[Cell]]] = []
        self.text: list[str] = []
        self._row = ""
        self._cells: list[Cell] = []
        self._cell = Cell("", "n", 0)
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell = Cell(attributes.get("r", ""), attributes.get("t", "n"), int(attributes.get("s", "0")))
        elif tag in {"v", "t"}:
            self.text.clear()
        elif tag == "row":
            self._row, self._cells = attributes.get("r", ""), []
        elif tag == "f":
            self._cell.has_formula = True
        elif tag == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v":
            self._cell.stored = "".join(self.text)
        elif tag == "c":
            self._cells.append(self._cell)
            if len(self._cells) > MAX_COLUMNS:
                raise ValueError(f"a row has more than {MAX_COLUMNS} cells")
        elif tag == "t" and not self._is_phonetic:
            self._cell.inline += "".join(self.text)
        elif tag == "row":
            self.done.append((self._row, self._cells))
        elif tag == "rPh":
            self._is_phonetic = False


def rows(stream: IO[bytes]) -> Iterator[tuple[str, list[Cell]]]:
    """Yield the number of each row, empty if it is not written, with its cells.

    Raises:
        ValueError: the XML declares a document type, which entities require.
        xml.parsers.expat.ExpatError: the XML is not well-formed.
    """
    state = _RowHandler()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = state.start, state.end
    parser.CharacterDataHandler = state.text.append
    parser.StartDoctypeDeclHandler = _refuse
    while block := stream.read(_BLOCK):
        parser.Parse(block, False)  # noqa: FBT003 - expat takes no names
        yield from state.done
        state.done.clear()
    parser.Parse(b"", True)  # noqa: FBT003
    yield from state.done


def _refuse(*_: object) -> None:
    raise ValueError("it declares a document type")


def facts(stream: IO[bytes]) -> SheetFacts:
    """Return the merged and hidden cells of a sheet.

    Raises:
        ValueError: there are too many merged cells.
    """
    merged: set[Range] = set()
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    row, rest = 0, b""
    while block := stream.read(_BLOCK):
        text, consumed = rest + block, 0
        for match in _FACTS.finditer(text):
            consumed = match.end()
            attributes = {one["name"]: one["value"] for one in _ATTRIBUTE.finditer(match["attributes"])}
            if match["tag"] == b"row":
                row = int(attributes.get(b"r", row + 1))
                if attributes.get(b"hidden") in _TRUE:
                    hidden_rows.add(row)
            elif match["tag"] == b"mergeCell":
                merged.add(merged_range(attributes.get(b"ref", b"").decode()))
            elif attributes.get(b"hidden") in _TRUE:
                first, last = int(attributes.get(b"min", 1)), int(attributes.get(b"max", 1))
                hidden_columns.update(range(first - 1, min(last, first + _HIDDEN_COLUMNS)))
        if len(merged) > _MAX_MERGED:
            raise ValueError(f"more than {_MAX_MERGED} merged cells")
        rest = text[max(consumed, len(text) - _OVERLAP) :]
    columns = tuple(letters(column) for column in sorted(hidden_columns))
    return SheetFacts(tuple(sorted(merged)), tuple(sorted(hidden_rows)), columns)
