"""Tasks of a worker that answer a question or a query for a page: a table, or an error with its place, as JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import Error, LimitError, StoreError
from kg.mcp.tasks import opened
from kg.pages.asked import MAX_ROWS
from kg.query import answers
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Cell, Table

_PLACE = re.compile(r"(?:line |at )(\d+)(?:, column |:)(\d+)")
"""The place of an error in a query."""


def question(store: str, name: str, given: Mapping[str, str], lang: str) -> Iterator[bytes]:
    """Yield the answer to a shipped question, or the error of its parameters."""
    graph = opened(store, lang)
    try:
        table = answers.question(graph.view, name, given, graph.settings, labels=True, max_rows=MAX_ROWS)
    except (LimitError, StoreError):
        raise
    except Error as error:
        yield _refused(error.message, None)
        return
    yield _encoded(table)


def query(store: str, text: str, lang: str) -> Iterator[bytes]:
    """Yield the answer to a query, or its error with line and column."""
    graph = opened(store, lang)
    try:
        table = answers.query(graph.view, text, graph.settings, labels=True, max_rows=MAX_ROWS)
    except (LimitError, StoreError):
        raise
    except Error as error:
        found = _PLACE.search(error.message.en or "")
        yield _refused(error.message, (int(found[1]), int(found[2])) if found else None)
        return
    yield _encoded(table)


def _refused(message: Text, place: tuple[int, int] | None) -> bytes:
    return json.dumps({"error": message.pair, "place": place}).encode()


def _encoded(table: Table) -> bytes:
    notes = [note.pair if isinstance(note, Text) else (note, note) for note in table.notes]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return json.dumps(
        {"columns": table.columns, "rows": rows, "notes": notes, "truncated": table.truncated}, ensure_ascii=False
    ).encode()


def _cell(cell: Cell) -> object:
    """Return a cell as JSON can represent it; a day as text."""
    if isinstance(cell, Text):
        return cell.localise("en")
    return cell.isoformat() if isinstance(cell, date) else cell
