"""The sheet and the header of a table, found by the headings that ledgers have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.inspect.budget import Budget
from kg.ingest.inspect.columns import ColumnGuess, guess
from kg.ingest.inspect.words import ROLES
from kg.ingest.readers import header_rows, row_rules, spreadsheets
from kg.ingest.readers.cell_money import unit_in
from kg.ingest.readers.cells import Merged, folded, one_line
from kg.ingest.readers.table_layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.ingest.readers.input_files import Inputs

_HEADING = re.compile("|".join(f"(?:{pattern})" for _, pattern in ROLES), re.IGNORECASE)
_SEARCHED, _MAX_ROWS = 30, 20_000
_MAX_HEADING = 40
_OWNER = re.compile(
    r"(?:^|\s)(?:[0-9]{4}年度?)?([^，。0-9\s]{1,20}?(?:大学|学院|高等专科学校|公司|集团))"
    r"|\b((?:[A-Z][\w’'-]+ )*University(?: of [A-Z][\w’'-]+)*)"
)
_LIST_WORDS = re.compile(
    r"^(?:(?:The|Annual|Ledger|List|Lists|Register|Overview|Table|Report|Partnerships?|Partners?|Agreements?|MoUs?|Contracts?"
    r"|Cooperations?|Collaborations?|Projects?|Industry|Links|Export|Of|For) )+"
)
_FORM_LINE = re.compile(
    r"^(?:填[报表制写]|单位|日期|制表|编制|时间|date|unit|prepared|as of)|单位\s*[:：]", re.IGNORECASE
)
_UNIT_LINE = re.compile(
    r"单位\s*[:：]?\s*(?:人民币)?\s*[（(]?(?:千万|百万|千|万|亿)?元|[（(](?:千万|百万|千|万|亿)元[）)]"
    r"|\b(?:amounts?|values?|figures)\b.*|[（(]in [^)）]*[)）]",
    re.IGNORECASE,
)

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Survey:
    """A table as it seems to be.

    Attributes:
        sheet: name of the sheet; empty for other files than workbooks.
        header_rows: numbers of the header rows.
        rows: rows below the header that seem to be records.
        totals, notes: numbers of the rows that seem to be totals and notes.
        columns: guesses about the columns.
        title: text above the header.
        owner: organisation that keeps the ledger, by the title, the sheet, the file or the only value of a column of
            universities; empty if unknown.
        is_partial: whether rows remain that were not read, because the table is too large.
        words: notations that a person gives, by key of the link (``kind``, ``stage``) and word.
    """

    sheet: str
    header_rows: tuple[int, ...]
    rows: int
    totals: int
    notes: int
    columns: tuple[ColumnGuess, ...]
    title: str
    owner: str
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    is_partial: bool = False

    def column(self, role: str) -> ColumnGuess | None:
        """Return the first column of a role."""
        return next((column for column in self.columns if column.role == role), None)


def survey(inputs: Inputs, path: Path, sheet: str | None = None) -> Survey:
    """Return the table in `path` as it seems to be; of several sheets, the one with the most headings and rows.

    `sheet` chooses a sheet.

    Raises:
        InputError: the file cannot be read, or contains no table.
    """
    found = []
    for name in sheets_of(inputs, path) if sheet is None else [sheet]:
        rows, is_partial = _rows(inputs, path, name)
        if rows:
            found.append(_survey(path, name, rows, _header(rows), is_partial=is_partial))
    if not found:
        raise InputError("{path}: the file contains no table; name another file", path=path)
    return max(found, key=lambda one: (sum(bool(column.role) for column in one.columns), one.rows))


def survey_at(inputs: Inputs, path: Path, sheet: str, header: tuple[int, ...]) -> Survey | None:
    """Return the table below the header in the rows with these numbers; `None` if a row is missing or apart.

    Raises:
        InputError: the file cannot be read.
    """
    rows, is_partial = _rows(inputs, path, sheet)
    places = [place for place, (number, _) in enumerate(rows) if number in header]
    if len(places) != len(header) or places != list(range(places[0], places[0] + len(places))):
        return None
    return _survey(path, sheet, rows, (places[0], len(places)), is_partial=is_partial)


def _rows(inputs: Inputs, path: Path, sheet: str) -> tuple[list[Row], bool]:
    """Return the first rows that are not empty, and whether rows remain."""
    grid = iter(spreadsheets.grid_of(inputs, path, Layout(sheet=sheet or None), None))
    budget = Budget()
    first = list(takewhile(lambda row: budget.allows(row[1]), islice(grid, _MAX_ROWS)))
    is_partial = budget.is_spent or next(grid, None) is not None
    return [row for row in first if any(row[1])], is_partial


def sheets_of(inputs: Inputs, path: Path) -> list[str]:
    """Return the names of the visible sheets; one empty name for other files than workbooks."""
    if spreadsheets.suffix_of(path) not in spreadsheets.WORKBOOKS:
        return [""]
    return [sheet.name for sheet in spreadsheets.sheets(inputs, path) if not sheet.hidden]


def _survey(path: Path, sheet: str, rows: Sequence[Row], header: tuple[int, int], *, is_partial: bool) -> Survey:
    place, count = header
    numbers = tuple(number for number, _ in rows[place : place + count])
    names, _ = header_rows.header(path, rows[: place + count], Layout(header_rows=numbers))
    above = list(dict.fromkeys(one_line(cell) for _, cells in rows[:place] for cell in cells if cell))
    below = [cells for _, cells in rows[place + count :]]
    kinds = [row_rules.kind_of(dict(enumerate_names(names, cells)), [names[0]]) for cells in below]
    records = [cells for cells, kind in zip(below, kinds, strict=True) if kind is None]
    title = next((text for text in above if not _FORM_LINE.search(text)), "")
    owner = next((match for text in (*above, sheet, path.stem) if (match := _owner(text))), "")
    columns = guess(names, records, next((unit for text in above if (unit := _unit_above(text))), ""))
    ours = next((column.values for column in columns if column.role == "university"), ())
    owner = owner or (ours[0][0] if len(ours) == 1 else "")
    return Survey(
        sheet, numbers, len(records), kinds.count("totals"), kinds.count("notes"),
        tuple(column for column in columns if column.name), title, owner, is_partial=is_partial,
    )  # fmt: skip


def _unit_above(text: str) -> str:
    """Return the unit of amounts that a line above the header states."""
    match = _UNIT_LINE.search(text)
    return unit_in(match[0]) or "元" if match else ""


def enumerate_names(names: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return each name with its cell; a column without a name has its number as a name."""
    return [(name or str(place), cells[place] if place < len(cells) else "") for place, name in enumerate(names)]


def _header(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the place of the first header row among `rows`, and the number of header rows."""
    scores = [_score(cells) for _, cells in rows[:_SEARCHED]]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    following = rows[best + 1][1] if best + 1 < len(rows) else ()
    first = rows[best][1]
    spans = any(
        isinstance(cell, Merged) and place < len(first) and folded(cell) == folded(first[place])
        for place, cell in enumerate(following)
    )
    above = rows[best - 1][1] if best else ()
    if not spans and any(
        isinstance(cell, Merged) and place < len(above) and folded(cell) == folded(above[place])
        for place, cell in enumerate(first)
    ):
        return best - 1, 2
    return best, 2 if spans else 1


def _score(cells: Sequence[str]) -> float:
    """Return the number of distinct headings in a row; long texts and repeated ones are none."""
    texts = list(dict.fromkeys(one_line(cell) for cell in cells if cell))
    headings = sum(len(text) <= _MAX_HEADING and bool(_HEADING.search(text)) for text in texts)
    numbers = sum(text.replace(".", "").replace("-", "").isdigit() for text in texts)
    return headings + 0.3 * (len(texts) - headings) - numbers if len(texts) > 1 else 0.0


def _owner(text: str) -> str:
    match = _OWNER.search(one_line(text.replace("_", " ")))
    return match[1] or _LIST_WORDS.sub("", match[2]).strip() if match else ""
