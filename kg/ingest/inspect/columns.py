"""Guesses of the role of each column, by its heading and its values."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ingest.inspect.words import OPEN, ROLES
from kg.ingest.readers import cell_dates, cell_money, counts
from kg.ingest.readers.cells import Fault, folded, one_line
from kg.ingest.readers.chinese_types import kind_by_name
from kg.ingest.readers.open_lists import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST = 0.6
"""Share of the values that must have the form of the role."""
_SINGLE = frozenset(
    {"key", "start", "end", "term", "duration", "kind", "stage", "name", "university", "unit", "partner", "count"}
)
"""Roles that one column has at most."""
_LENGTH = re.compile(r"[（(\[]?(年|月|个月|years?|months?)[）)\]]?$", re.IGNORECASE)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """The guess about a column.

    Attributes:
        name: heading on one line.
        role: a role of `kg.ingest.inspect.words.ROLES`; empty if unknown.
        unit: unit in the heading.
        values: distinct values with their numbers, most frequent first.
        filled: number of cells with a value.
    """

    name: str
    role: str
    unit: str
    values: tuple[tuple[str, int], ...] = field(repr=False)
    filled: int

    @property
    def examples(self) -> str:
        """The most frequent values, for messages."""
        return "; ".join(value[:24] for value, _ in self.values[:_SHOWN])

    def words(self, test: Callable[[str], bool]) -> list[str]:
        """Return the distinct values that pass a test."""
        return [value for value, _ in self.values if test(folded(value))]


def currency_of(text: str) -> str:
    """Return the currency that a text names by a code of ISO 4217, a word or a sign; empty if it names none."""
    code = re.search(r"(?:EUR|USD|GBP|CNY|RMB|HKD|JPY|CHF|SEK)\b", text)
    if code:
        return "CNY" if code[0] == "RMB" else code[0]
    signs = [sign for sign in cell_money.CURRENCIES if sign in text]
    return cell_money.CURRENCIES[max(signs, key=len)] if signs else ""


def _amount(text: str) -> object:
    return cell_money.about_money(text, currency=currency_of(text) or "CNY")


_NUMBERS: dict[str, Callable[[str], object]] = {"money": _amount, "count": counts.count}


def guess(names: Sequence[str], rows: Sequence[Sequence[str]], unit: str = "") -> tuple[ColumnGuess, ...]:
    """Return a guess about each column, by the headings and the rows of a table.

    `unit` is the unit of amounts that a line above the header states, as in 单位：万元.
    """
    found: list[ColumnGuess] = []
    taken: Counter[str] = Counter()
    for place, name in enumerate(names):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        values = Counter(one_line(cell) for cell in cells if not isinstance(cell, Fault))
        role = _role(name, list(values.elements()))
        if role in _SINGLE and taken[role]:
            role = ""
        taken[role] += 1
        found.append(ColumnGuess(name, role, _unit(name, role, unit), tuple(values.most_common()), len(cells)))
    return _completed(found)


def _unit(name: str, role: str, unit: str) -> str:
    """Return the unit in a heading; `unit` is that of the amounts of the whole table."""
    if role == "money":
        return cell_money.unit_in(name) or ("元" if re.search(r"(?<![美欧日港])元", name) else unit)
    found = _LENGTH.search(name)
    return found[1].lower() if found else ""


def has_bare_numbers(column: ColumnGuess) -> bool:
    """Return whether some values are numbers without a unit, other than 0."""
    return any(re.fullmatch(r"[0-9,.' ]*[1-9][0-9,.' ]*", value) for value, _ in column.values)


def expected(column: ColumnGuess) -> bool:
    """Return whether the heading of a column that is not read is that of a date, an amount or a count."""
    heading = one_line(column.name).rpartition("/")[2]
    role = next((role for role, pattern in ROLES if re.search(pattern, heading, re.IGNORECASE)), "")
    return not column.role and column.filled > 0 and role in {"start", "end", "term", *_NUMBERS}


def _role(name: str, values: list[str]) -> str:
    """Return the role by the heading, corrected by the form of the values."""
    heading = one_line(name).rpartition("/")[2]
    role = next((role for role, pattern in ROLES if re.search(pattern, heading, re.IGNORECASE)), "")
    if not values:
        return role if role in {"remark", "ignored"} else ""
    if role in {"start", "end", "term"}:
        return _time(role, values, heading)
    if role in _NUMBERS:
        return role if _mostly(values, _NUMBERS[role]) else ""
    if not role and _mostly(values, _day) and not _mostly(values, _small):
        return "start"
    if not role and _named(values):
        return "partner"
    return role


def _time(role: str, values: list[str], heading: str) -> str:
    if _mostly(values, _term):
        return "term"
    if _mostly(values, lambda text: cell_dates.duration(text, "years")) and (
        role == "term" or re.search(r"[年月]|year|month", heading)
    ):
        return "duration" if not _mostly(values, _day) else "end"
    if _mostly(values, _ending if role == "end" else _dated):
        return "end" if role != "start" else "start"
    return ""


def _day(text: str) -> cell_dates.Span:
    """Parse a date; of two possible orders of day and month, either will do."""
    return cell_dates.span(text, cell_dates.date_order(text) or "DMY")


def _term(text: str) -> None:
    """Parse a start and an end."""
    cell_dates.term(text, cell_dates.date_order(next(iter(cell_dates.halves(text)), "")) or "DMY", is_open)


def is_open(text: str) -> bool:
    """Return whether a text is a word for a link without an end."""
    return bool(OPEN.fullmatch(folded(text)))


def _dated(text: str) -> None:
    """Check that a text is a date, or a start and an end."""
    if not _is_term(text):
        _day(text)


def _ending(text: str) -> None:
    """Check that a text is a date, a start and an end, or a length with its unit."""
    if not _parses(text, cell_dates.duration):
        _dated(text)


def _small(text: str) -> None:
    if not text.isdigit() or int(text) > 1000:  # noqa: PLR2004 - a row number, not a year
        raise ValueError(text)


def _named(values: list[str]) -> bool:
    """Return whether most values have the form of organisations."""
    distinct = list(dict.fromkeys(values))[:200]
    kinds = [kind_by_name(value) for value in distinct]
    return sum(kind != "OtherOrganisation" for kind in kinds) >= _MOST * len(distinct)


def _mostly(values: list[str], parse: Callable[[str], object]) -> bool:
    """Return whether most values can be parsed; words for empty cells and open ends do not count."""
    counted = [value for value in values if folded(value) not in PLACEHOLDERS and not is_open(value)]
    return bool(counted) and sum(_parses(value, parse) for value in counted) >= _MOST * len(counted)


def _parses(value: str, parse: Callable[[str], object]) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _completed(found: list[ColumnGuess]) -> tuple[ColumnGuess, ...]:
    """Return the guesses with a key and a partner, if columns without a role can be them."""
    roles = {one.role for one in found}
    if "partner" not in roles:  # the ledger of a firm has universities as partners
        found = [_with(one, "partner") if one.role == "university" else one for one in found]
    if not roles & {"partner", "university"}:
        best = max((one for one in found if not one.role and one.filled), key=lambda one: len(one.values), default=None)
        found = [_with(one, "partner") if one is best else one for one in found]
    if not roles & {"end", "term"}:  # some cells below 签订日期 contain a start and an end
        found = [_with(one, "term") if one.role == "start" and one.words(_is_term) else one for one in found]
    return tuple(found)


def _is_term(value: str) -> bool:
    return _parses(value, _term)


def _with(one: ColumnGuess, role: str) -> ColumnGuess:
    return ColumnGuess(one.name, role, one.unit, one.values, one.filled)
