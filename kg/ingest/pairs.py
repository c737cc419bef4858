"""The table of pairs that a person decides: written from suggestions, and read with its decisions."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError, reason
from kg.export.cells import FORMULA, delimited
from kg.files import read_plain
from kg.resolve.judgements import DIFFERENT, SAME, UNSURE
from kg.terms import readable
from kg.texts import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.model import Table

COLUMNS = ("left", "right", "score", "reason", "decision")
CHINESE = "reason_zh"
"""Optional column with the reason in Chinese, beside an English one."""
_DECISIONS = {
    **dict.fromkeys(("same", "相同", "同一", "一致"), SAME),
    **dict.fromkeys(("different", "不同", "不一致"), DIFFERENT),
    **dict.fromkeys(("unsure", "待定", "存疑", "不确定"), UNSURE),
}


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        number: line of the row for messages; the header is line 1.
        left, right: names, keys or IRIs of two actors.
        score: of the suggestion; ``None`` if the cell is empty.
        reason: of the suggestion, or that of the person.
        decision: a verdict; ``None`` if the person left it open.
        reason_zh: the reason in Chinese, if the table has that column.
    """

    number: int
    left: str
    right: str
    score: float | None
    reason: str
    decision: str | None
    reason_zh: str | None = None


def text(suggestions: Table) -> str:
    """Return a table of suggestions as CSV for spreadsheets, with an empty column of decisions."""
    places = [suggestions.columns.index(name) for name in ("left", "right", "score", "reasons")]
    rows = ([row[place] for place in places] for row in suggestions.rows)
    named = ((readable(str(left)), readable(str(right)), score, why, "") for left, right, score, why in rows)
    return delimited(COLUMNS, named, ",", spreadsheet=True)


def read(file: Path) -> tuple[Row, ...]:
    """Return the rows of a table of pairs; columns may be in any order, and further ones are ignored.

    Raises:
        InputError: the file is not UTF-8, lacks a column, or a cell is malformed.
    """
    try:
        content = read_plain(file).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "{file}: cannot be read as UTF-8 text ({error}); save it as CSV UTF-8", file=file, error=reason(error)
        ) from error
    head = content.partition("\n")[0]
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=head.count))
    names = [name.strip() for name in next(lines, [])]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InputError(
            "{file}: the column {column} is missing; the columns are {columns}",
            file=file,
            column=missing[0],
            columns=listed(COLUMNS),
        )
    return tuple(_rows(file, lines, {name: names.index(name) for name in (*COLUMNS, CHINESE) if name in names}))


def _rows(file: Path, lines: Iterator[list[str]], places: dict[str, int]) -> Iterator[Row]:
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        left, right, score, why, word = (_cell(cells, places[name]) for name in COLUMNS)
        if not left or not right:
            raise InputError(
                "{file}:{number}: left or right is empty; name two actors, or delete the row", file=file, number=number
            )
        if word and word.casefold() not in _DECISIONS:
            raise InputError(
                "{file}:{number}: decision is {word!r}; write same, different or unsure, or leave it empty",
                file=file,
                number=number,
                word=word,
            )
        try:
            value = float(score) if score else None
        except ValueError as error:
            raise InputError(
                "{file}:{number}: score is {score!r}; write a number from 0 to 1, or leave it empty",
                file=file,
                number=number,
                score=score,
            ) from error
        chinese = _cell(cells, places[CHINESE]) if CHINESE in places else ""
        yield Row(number, left, right, value, why, _DECISIONS.get(word.casefold()), chinese or None)


def _cell(cells: list[str], place: int) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    value = cells[place].strip() if place < len(cells) else ""
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value
