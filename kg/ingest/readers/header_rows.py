"""Header rows of a table: the names of its columns, and the place of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers.cells import Merged, folded, one_line
from kg.ingest.readers.input_files import column_list
from kg.ingest.readers.sheet_ranges import letters
from kg.texts import Message, Text, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.ingest.readers.table_layout import Layout

SEARCHED = 50
"""Rows in which a header is searched for."""


class MissingColumnError(InputError):
    """A column that a table does not have."""

    def __init__(self, column: str, message: Text) -> None:
        """Create the error for a column."""
        super().__init__(message)
        self.column = column


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
                "{path}: no row among the first {rows} contains {header_texts}; correct header",
                path=path,
                rows=SEARCHED,
                header_texts=listed(layout.header_texts),
            )
    elif not numbers:
        numbers = tuple(rows)[:1]
    missing = [number for number in numbers if number not in rows]
    if missing or not numbers:
        raise InputError(
            "{path}: the header row {missing} is blank; correct header", path=path, missing=missing[0] if missing else 1
        )
    width = max(len(rows[number]) for number in numbers)
    columns = [
        [rows[number][place] if place < len(rows[number]) else "" for number in numbers] for place in range(width)
    ]
    names = tuple("/".join(dict.fromkeys(one_line(part) for part in parts if part)) for parts in columns)
    while names and not names[-1]:
        names = names[:-1]
    last = max(numbers)
    if _spans(names, rows.get(last + 1, ())):
        wide = ", ".join(map(str, (*numbers, last + 1)))
        raise InputError(
            "{path}:{last}: a column name spans several rows; write header: [{wide}]", path=path, last=last, wide=wide
        )
    return names, last


def _spans(names: Sequence[str], following: Sequence[str]) -> bool:
    """Return whether a column name is repeated in the row that follows, because its cell is merged."""
    return any(
        isinstance(cell, Merged) and one_line(cell) in names[place : place + 1] for place, cell in enumerate(following)
    )


def find_column(
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
            raise InputError(
                "{path}: the column {wanted!r} is repeated ({cells}); rename one of them",
                path=path,
                wanted=wanted,
                cells=cells,
            )
    others = [number for number, cells in first if folded(wanted) in map(folded, cells)]
    row = Message(" (row {row} has it; write header: {row})", row=others[0]) if others else Text("", "")
    hint = Text("", "") if layout.header_texts else row
    raise MissingColumnError(
        wanted,
        Message(
            "{path} has no column {wanted!r}{hint}; its columns are: {columns}",
            path=path,
            wanted=wanted,
            hint=hint,
            columns=column_list([name for name in names if name]),
        ),
    )
