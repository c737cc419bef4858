"""Answers as text of a bounded size: the number of rows, the notes, and the rows as CSV. Nothing is cut silently."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Table
    from kg.texts import Text

MOST_ROWS = 200
"""Largest number of rows of an answer."""

BUDGET = 20_000
"""Largest number of characters of the rows of an answer; about 7,000 tokens of English."""

CELL = 2_000
"""Largest number of characters of a cell."""


def bounded(table: Table, limit: int, lang: str) -> str:
    """Return `table` as text with at most `limit` rows."""
    table = table.localise(lang)
    rows = list(_fitting(table, min(max(limit, 1), MOST_ROWS)))
    lines = [localise(_extent(len(rows), table), lang), *(f"- {note}" for note in table.notes), ""]
    return "\n".join(lines) + "\n" + _csv([list(table.columns)]) + "".join(rows)


def _extent(shown: int, table: Table) -> Text:
    """Return how many of the rows are shown, with a way to see the others."""
    if table.truncated:
        return Message(
            "{shown} of more than {total} rows; narrow the request, or count first", shown=shown, total=len(table)
        )
    if shown < len(table):
        return Message(
            "{shown} of {total} rows; narrow the request, or pass a larger limit (at most {most})",
            shown=shown,
            total=len(table),
            most=MOST_ROWS,
        )
    return Message("{shown} of {total} rows", shown=shown, total=len(table))


def _fitting(table: Table, limit: int) -> Iterator[str]:
    """Yield the first rows as CSV until the limit or the budget is reached; the first row is always there."""
    left = BUDGET
    for row in table.rows[:limit]:
        line = _csv([[_cell(value) for value in row]])
        left -= len(line)
        if left < 0 and left + len(line) < BUDGET:
            return
        yield line


def _cell(value: object) -> str:
    """Return a cell as text; one that is cut states its length."""
    text = "" if value is None else str(value)
    return text if len(text) <= CELL else f"{text[:CELL]} [cut: {CELL} of {len(text)} characters]"


def _csv(rows: list[list[str]]) -> str:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(rows)
    return output.getvalue()
