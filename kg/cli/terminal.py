"""Tables for a terminal: fitted to its width, with cards for long rows, percentages, and colour where it is wanted."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal

from wcwidth import wcswidth, wcwidth

from kg.cli import language
from kg.cli.columns import GAP, MEASURED, count_lines, fitted, kept_columns
from kg.model import display
from kg.texts import Message, listed, localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from kg.model import Cell, Table

Layout = Literal["table", "cards", "description", "fields"]
"""Rows side by side; a card for each row; a card for each subject; or the fields of each subject."""

PERCENTAGES = frozenset({"coverage", "internal_share"})
"""Columns with a share that people read as a percentage."""
IRI_LISTS = frozenset({"evidence", "sources", "link_iris", "links"})
"""Columns with IRIs, which are counted unless they are asked for."""

_LABEL = "_label"
_NARROWEST = 9
_LONG_WORD = 20
_LONG_KEY, _COPIED_KEY = 14, 24
_KEY = re.compile(r"[\w:/.%-]+")
_TALL = 5
"""Mean number of lines of a row above which rows become cards."""
_OPENING, _CLOSING = r"（〔【《〈「『“‘(\[", r"、。，：；！？）〕】》〉」』”’…)\]"
_IDEOGRAPHS = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_BREAK = re.compile(
    r"(?<=[ /×+])|(?<=[a-z]-)(?=[A-Za-z])"
    rf"|(?<=[{_IDEOGRAPHS}{_CLOSING}])(?![{_CLOSING}])|(?<=[^{_OPENING}\s])(?=[{_IDEOGRAPHS}{_OPENING}])"
)
"""Places where a line may break; no line of Chinese begins with a closing mark or ends with an opening one."""
_BOLD, _DIM, _RESET = "\033[1m", "\033[2m", "\033[0m"


def width_of(stream: TextIO | None) -> int | None:
    """Return the width of the terminal, in columns; ``None`` if `stream` is not a terminal and COLUMNS is not set."""
    if (stream is not None and stream.isatty()) or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size().columns
    return None


def has_colour(stream: TextIO | None) -> bool:
    """Return whether output to `stream` is coloured: by NO_COLOR and FORCE_COLOR, else if it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def dimmed(line: str) -> str:
    """Return a line for standard error: folded to the width of a terminal, and dimmed if it is coloured."""
    if sys.stderr is not None and sys.stderr.isatty():
        line = "\n".join(fold(line, shutil.get_terminal_size().columns))
    return f"{_DIM}{line}{_RESET}" if has_colour(sys.stderr) else line


def render(table: Table, layout: Layout, *, wide: bool, head: Callable[[str], str] = str) -> str:
    """Return a localised `table` for standard output; with `wide` every IRI and every column is complete.

    Args:
        table: the table.
        layout: how the rows are laid out.
        wide: whether cells are complete, whatever the width of the terminal.
        head: the function that returns the printed head of a column.
    """
    width, colour = width_of(sys.stdout), has_colour(sys.stdout)
    if width is None or wide or not table.rows:
        return display.aligned([head(name) for name in table.columns], table.rows)
    table = _with_labels_in_cells(table)
    cells = [
        [
            _cell(name if place or layout != "fields" else "", cell)
            for place, (name, cell) in enumerate(zip(table.columns, row, strict=True))
        ]
        for row in table.rows
    ]
    lines: Iterator[str]
    if layout == "table":
        lines = _table(table, cells, width, head, colour=colour)
    elif layout == "cards":
        lines = _cards(table.columns, cells, width, head, colour=colour)
    elif layout == "fields":
        lines = _fields(cells, width, colour=colour)
    else:
        lines = _description(table.columns, cells, width, colour=colour)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _with_labels_in_cells(table: Table) -> Table:
    """Return `table` with each column of labels (``x_label``) merged into the column ``x`` that it describes."""
    places = {name: place for place, name in enumerate(table.columns)}
    labels = {place: places[name + _LABEL] for name, place in places.items() if name + _LABEL in places}
    kept = [place for place in places.values() if place not in labels.values()]

    def cell(row: Sequence[Cell], place: int) -> Cell:
        label = row[labels[place]] if place in labels else None
        if label is None or label == row[place]:
            return row[place]
        return label if row[place] is None else f"{label} ({display.cell_text(row[place])})"

    rows = tuple(tuple(cell(row, place) for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


def _cell(name: str, cell: Cell) -> str:
    """Return a cell for people: percentages as such, lists of IRIs as their number."""
    if name in PERCENTAGES and isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell:.0%}"
    if name in IRI_LISTS and isinstance(cell, str):
        return str(len(cell.split()))
    return display.cell_text(cell)


def _table(
    table: Table, cells: list[list[str]], width: int, head: Callable[[str], str], *, colour: bool
) -> Iterator[str]:
    """Yield aligned lines of at most `width` columns; the widest text columns are folded first."""
    numeric = [
        name in IRI_LISTS | PERCENTAGES or _is_numeric([row[place] for row in table.rows])
        for place, name in enumerate(table.columns)
    ]
    heads = [display.safe(head(name)) for name in table.columns]
    columns = list(zip(heads, *cells, strict=True))
    natural = [max(map(_width, column)) for column in columns]
    narrowest = [
        size if number else min(size, max(_NARROWEST, _narrowest(column, is_first=not place)))
        for place, (size, number, column) in enumerate(zip(natural, numeric, columns, strict=True))
    ]
    sizes = [[_width(cell) for cell in row] for row in cells[:MEASURED]]
    for kept in kept_columns(table.columns, cells):
        room, least = [natural[place] for place in kept], [narrowest[place] for place in kept]
        of_kept = [[row[place] for place in kept] for row in sizes]
        widths = fitted(room, least, width, of_kept)
        if widths is not None and count_lines(of_kept, widths) <= _TALL * len(of_kept):
            break
    else:
        yield from _cards(table.columns, cells, width, head, colour=colour)
        return
    names, numbers = [heads[place] for place in kept], [numeric[place] for place in kept]
    yield from (_styled(line, _BOLD, colour=colour) for line in _lines(names, widths, numbers))
    yield _styled(GAP.join("-" * size for size in widths), _DIM, colour=colour)
    for row in cells:
        yield from _lines([row[place] for place in kept], widths, numbers)
    if omitted := [name for place, name in enumerate(heads) if place not in kept]:
        note = localise(
            Message("Omitted columns: {names}. --wide prints them.", names=listed(omitted)), language.current()
        )
        yield from (_styled(line, _DIM, colour=colour) for line in fold(note, width))


def _narrowest(column: Sequence[str], *, is_first: bool) -> int:
    """Return the width at which no key and no word breaks, except long ones and words of wide characters.

    The first column and IRIs contain keys that people copy, so that longer ones are kept whole.
    """
    words = (word.rstrip(" ") for cell in column for word in _BREAK.split(cell))
    keys = (
        cell
        for cell in column
        if _KEY.fullmatch(cell) and len(cell) <= (_COPIED_KEY if is_first or cell.startswith("id:") else _LONG_KEY)
    )
    short = (word for word in words if len(word) <= _LONG_WORD)
    return max((len(word) for word in (*short, *keys) if _width(word) == len(word)), default=0)


def _lines(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of one row: each cell folded to the width of its column."""
    folded = [fold(cell, size) for cell, size in zip(row, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        yield GAP.join(
            _padded(part, size, number=number) for part, size, number in zip(parts, widths, numeric, strict=True)
        )


def _padded(cell: str, size: int, *, number: bool) -> str:
    space = " " * (size - _width(cell))
    return space + cell if number else cell + space


def _cards(
    columns: Sequence[str], cells: list[list[str]], width: int, head: Callable[[str], str], *, colour: bool
) -> Iterator[str]:
    """Yield one block for each row: its label as a heading, then a line for each other value."""
    title = next((name for name in ("label", "left_name", "actor") if name in columns), columns[0])
    names = [name for name in columns if name != title]
    size = max((_width(head(name)) for name in names), default=0)
    for number, row in enumerate(cells):
        values = dict(zip(columns, row, strict=True))
        if number:
            yield ""
        yield _styled(values[title] or "—", _BOLD, colour=colour)
        for name in names:
            if values[name]:
                yield from _folded(head(name), values[name], size, width, colour=colour)


def _fields(cells: list[list[str]], width: int, *, colour: bool) -> Iterator[str]:
    """Yield a block for each subject: its key as a heading, then its fields."""
    for number, (subject, rows) in enumerate(groupby(cells, key=lambda row: row[0])):
        group = list(rows)
        size = max(_width(row[1]) for row in group)
        if number:
            yield ""
        yield _styled(subject, _BOLD, colour=colour)
        for row in group:
            yield from _folded(row[1], " ".join(filter(None, row[2:])), size, width, colour=colour)


def _description(columns: Sequence[str], cells: list[list[str]], width: int, *, colour: bool) -> Iterator[str]:
    """Yield property, value with its label, and the number of pieces of evidence; equal properties share a name."""
    size = min(max(_width(row[0]) for row in cells), width // 3)
    counted = columns[-1] in IRI_LISTS
    previous = ""
    for row in cells:
        name, value, label = row[0], row[1], row[2]
        text = f"{label} ({value})" if label and label != value else value
        if counted and row[3] != "0":
            text += f" [{row[3]}]"
        yield from _folded("" if name == previous else name, text, size, width, colour=colour)
        previous = name


def _folded(name: str, text: str, size: int, width: int, *, colour: bool) -> Iterator[str]:
    """Yield `text` beside `name`, folded to the width."""
    room = max(width - size - len(GAP), 20)
    for number, part in enumerate(fold(text, room)):
        head = _cut(name, size) if not number else ""
        yield _styled(_padded(head, size, number=False), _DIM, colour=colour) + GAP + part


def fold(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns, broken after blanks and separators where possible."""
    line = ""
    for chunk in _BREAK.split(text):
        rest = chunk
        if line and _width(line + rest.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line = ""
        while _width(rest.rstrip(" ")) > width:
            head = _prefix(rest, width)
            yield head
            rest = rest[len(head) :]
        line += rest
    yield line.rstrip(" ")


def _cut(text: str, width: int) -> str:
    """Return `text`, or its beginning with an ellipsis if it is wider than `width`."""
    return text if _width(text) <= width else _prefix(text, width - 1) + "…"


def _prefix(text: str, width: int) -> str:
    used = 0
    for place, char in enumerate(text):
        used += max(wcwidth(char), 0)
        if used > width:
            return text[:place]
    return text


def _styled(line: str, style: str, *, colour: bool) -> str:
    return f"{style}{line}{_RESET}" if colour and line.strip() else line


def _width(text: str) -> int:
    width = wcswidth(text)
    return len(text) if width < 0 else width


def _is_numeric(cells: Sequence[Cell]) -> bool:
    values = [cell for cell in cells if cell is not None]
    return bool(values) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in values)
