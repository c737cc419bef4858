"""Tables for a terminal: fitted to its width, with cards for long rows, percentages, and colour where it is wanted."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import replace
from itertools import groupby, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from kg.cli import language
from kg.cli.columns import GAP, MEASURED, count_lines, fitted, kept_columns
from kg.cli.folding import BOLD, BREAK, DIM, RESET, beside, columns_of, fold, padded, styled
from kg.model import display
from kg.texts import Message, listed, localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TextIO

    from kg.model import Cell, Table

Layout = Literal["table", "cards", "description", "fields"]
"""Rows side by side; a card for each row; a card for each subject; or the fields of each subject."""

PERCENTAGES = frozenset({"coverage", "internal_share"})
"""Columns with a share that people read as a percentage."""
IRI_LISTS = frozenset({"evidence", "sources", "link_iris", "links"})
"""Columns with IRIs, which are counted unless they are asked for."""

_LABEL = "_label"
_SUBJECT = " | "
"""The mark between a property and the key of another description."""
_NARROWEST = 9
_LONG_WORD = 20
_LONG_KEY, _COPIED_KEY = 14, 24
_KEY = re.compile(r"[\w:/.%-]+")
_TALL = 5
"""Mean number of lines of a row above which rows become cards."""
_ROWS: Mapping[Layout, int] = MappingProxyType({"table": 40, "cards": 20})
"""Number of rows that a terminal shows at first."""
_VALUES = 5
"""Number of values of one property that a terminal shows."""


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
    return f"{DIM}{line}{RESET}" if has_colour(sys.stderr) else line


def render(table: Table, layout: Layout, *, wide: bool, first: bool = False, head: Callable[[str], str] = str) -> str:
    """Return a localised `table` for standard output; with `wide` it is complete.

    Args:
        table: the table.
        layout: how the rows are laid out.
        wide: whether the table is complete, whatever the terminal.
        first: whether a terminal shows the first rows only, and their number.
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
    shown = cells[: _ROWS.get(layout)] if first else cells
    lines: Iterator[str]
    if layout == "table":
        lines = _table(table, shown, width, head, colour=colour)
    elif layout == "cards":
        lines = _cards(table.columns, shown, width, head, colour=colour)
    elif layout == "fields":
        lines = _fields(shown, width, colour=colour)
    else:
        lines = _description(table.columns, shown, width, colour=colour)
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    if len(shown) == len(cells):
        return text
    number = Message("Shown: {shown} of {total} rows. --limit {total} prints all.", shown=len(shown), total=len(cells))
    return text + "".join(f"{line}\n" for line in _note(number, width, colour=colour))


def _note(message: Message, width: int, *, colour: bool) -> Iterator[str]:
    """Yield the lines of a note under a table."""
    yield from (styled(line, DIM, colour=colour) for line in fold(localise(message, language.current()), width))


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
    natural = [max(map(columns_of, column)) for column in columns]
    narrowest = [
        size if number else min(size, max(_NARROWEST, _narrowest(column, is_first=not place)))
        for place, (size, number, column) in enumerate(zip(natural, numeric, columns, strict=True))
    ]
    sizes = [[columns_of(cell) for cell in row] for row in cells[:MEASURED]]
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
    yield from (styled(line, BOLD, colour=colour) for line in _lines(names, widths, numbers))
    yield styled(GAP.join("-" * size for size in widths), DIM, colour=colour)
    for row in cells:
        yield from _lines([row[place] for place in kept], widths, numbers)
    if omitted := [name for place, name in enumerate(heads) if place not in kept]:
        note = Message("Omitted columns: {names}. --wide prints them.", names=listed(omitted))
        yield from _note(note, width, colour=colour)


def _narrowest(column: Sequence[str], *, is_first: bool) -> int:
    """Return the width at which no key and no word breaks, except long ones and words of wide characters.

    The first column and IRIs contain keys that people copy, so that longer ones are kept whole.
    """
    words = (word.rstrip(" ") for cell in column for word in BREAK.split(cell))
    keys = (
        cell
        for cell in column
        if _KEY.fullmatch(cell) and len(cell) <= (_COPIED_KEY if is_first or cell.startswith("id:") else _LONG_KEY)
    )
    short = (word for word in words if len(word) <= _LONG_WORD)
    return max((len(word) for word in (*short, *keys) if columns_of(word) == len(word)), default=0)


def _lines(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of one row: each cell folded to the width of its column."""
    folded = [fold(cell, size) for cell, size in zip(row, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        yield GAP.join(
            padded(part, size, number=number) for part, size, number in zip(parts, widths, numeric, strict=True)
        )


def _cards(
    columns: Sequence[str], cells: list[list[str]], width: int, head: Callable[[str], str], *, colour: bool
) -> Iterator[str]:
    """Yield one block for each row: its label as a heading, then a line for each other value."""
    title = next((name for name in ("label", "left_name", "actor") if name in columns), columns[0])
    names = [name for name in columns if name != title]
    size = max((columns_of(head(name)) for name in names), default=0)
    for number, row in enumerate(cells):
        values = dict(zip(columns, row, strict=True))
        if number:
            yield ""
        yield styled(values[title] or "—", BOLD, colour=colour)
        for name in names:
            if values[name]:
                yield from beside(head(name), values[name], size, width, colour=colour)


def _fields(cells: list[list[str]], width: int, *, colour: bool) -> Iterator[str]:
    """Yield a block for each subject: its key as a heading, then its fields."""
    for number, (subject, rows) in enumerate(groupby(cells, key=lambda row: row[0])):
        group = list(rows)
        size = max(columns_of(row[1]) for row in group)
        if number:
            yield ""
        yield styled(subject, BOLD, colour=colour)
        for row in group:
            yield from beside(row[1], " ".join(filter(None, row[2:])), size, width, colour=colour)


def _description(columns: Sequence[str], cells: list[list[str]], width: int, *, colour: bool) -> Iterator[str]:
    """Yield property, value with its label, and the number of pieces of evidence.

    Equal properties share a name, and their first values are printed. The key behind a property, which is that of
    another description of the same actor, becomes a heading.
    """
    size = min(max(columns_of(row[0].split(_SUBJECT)[0]) for row in cells), width // 3)
    counted = columns[-1] in IRI_LISTS
    previous = ""
    for heading, rows in groupby(cells, key=lambda row: row[0]):
        name, _, subject = heading.partition(_SUBJECT)
        if subject != previous:
            yield from ("", styled(subject, BOLD, colour=colour))
        previous = subject
        values = list(rows)
        for number, (_, value, label, evidence) in enumerate(values[:_VALUES]):
            text = f"{label} ({value})" if label and label != value else value
            text += f" [{evidence}]" if counted and evidence != "0" else ""
            yield from beside("" if number else name, text, size, width, colour=colour)
        if len(values) > _VALUES:
            more = Message("and {count} more; --wide prints them", count=len(values) - _VALUES)
            yield from beside("", localise(more, language.current()), size, width, colour=colour)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    values = [cell for cell in cells if cell is not None]
    return bool(values) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in values)
