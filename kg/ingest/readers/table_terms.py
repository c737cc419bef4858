"""Dates and amounts of the link in a row of a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kg.ingest.readers import cell_values
from kg.ingest.readers.cells import Fault, Merged, ParseError, folded, one_line
from kg.ingest.readers.fields import CellError
from kg.ingest.readers.records import Amount, Dates, key
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.ingest.readers.table_mapping import Column, MoneyMapping, TermMapping

_T = TypeVar("_T")
_UNKNOWN = cell_values.Span(None, None, "")
_DAYS_OF_A_MONTH = 28
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""Errors of a spreadsheet, as a text table contains them."""


def cell(cells: Mapping[str, str], column: Column) -> str:
    """Return the text of a cell.

    Raises:
        CellError: the cell cannot be read.
    """
    text = cells[column.name]
    if isinstance(text, Fault):
        raise CellError(column.name, text.reason, text.removeprefix("?"))
    if text in _ERRORS:
        raise CellError(column.name, "the spreadsheet reports an error here; fix the formula", text)
    return text


def parsed(cells: Mapping[str, str], column: Column | None, parse: Callable[[str], _T]) -> _T | None:
    """Return the parsed value of a cell; `None` if it is empty.

    Raises:
        CellError: the cell cannot be read or parsed.
    """
    if column is None or not cells[column.name]:
        return None
    text = cell(cells, column)
    try:
        return parse(text)
    except ParseError as error:
        raise CellError(column.name, error.reason, text) from error


def dates(mapping: TermMapping, cells: Mapping[str, str]) -> tuple[Dates, int | None]:
    """Return the bounds of the link and its length in months.

    Raises:
        CellError: a cell cannot be parsed, or the end is before the start.
    """
    if mapping.as_of:
        return _as_of(mapping.as_of, cells), None
    used = (mapping.start, mapping.end, mapping.both, mapping.duration)
    is_open = {column for column in used if column and folded(cells[column.name]) in mapping.open}
    start, end = (
        None if column in is_open else parsed(cells, column, cell_values.span)
        for column in (mapping.start, mapping.end)
    )
    length = None
    if mapping.both and mapping.both not in is_open:
        start, end = parsed(cells, mapping.both, partial(_both, start=start)) or (start, end)
    if mapping.duration and mapping.duration not in is_open:
        length = parsed(cells, mapping.duration, partial(cell_values.duration, unit=mapping.unit))
    if start and length and start.first and start.last:
        computed = cell_values.after(start.first, length), cell_values.after(start.last, length)
        if end and end.first and end.last and (end.last < computed[0] or computed[1] < end.first) and mapping.duration:
            away = min(abs((end.last - computed[0]).days), abs((end.first - computed[1]).days))
            if away > _DAYS_OF_A_MONTH:
                reason = Message("the end {last} differs from start and duration; correct one of them", last=end.last)
                raise CellError(mapping.duration.name, reason, cells[mapping.duration.name])
        end = end or cell_values.Span(*computed, start.precision)
    if start and end and start.first and end.last and end.last < start.first:
        column = mapping.end or mapping.both or mapping.duration
        raise CellError(
            column.name if column else "", "the end is before the start", cells[column.name] if column else ""
        )
    stated = [cells[column.name] for column in used if column and cells[column.name]]
    first, last = start or _UNKNOWN, end or _UNKNOWN
    precision = (start or end or _UNKNOWN).precision or None
    months = length.months or None if length and not length.days else None
    return Dates(first.first, first.last, last.first, last.last, precision, " – ".join(stated) or None), months


def _as_of(column: Column, cells: Mapping[str, str]) -> Dates:
    """Return the bounds of a link that held on a day: it began on that day or before, and ended on it or later."""
    held = parsed(cells, column, cell_values.span)
    return Dates(start_latest=held.last, end_earliest=held.first) if held else Dates()


def _both(text: str, start: cell_values.Span | None) -> tuple[cell_values.Span | None, cell_values.Span | None]:
    """Return start and end of a cell with both; a single date is the end if the start is in another cell."""
    try:
        return cell_values.term(text)
    except ValueError:
        one = cell_values.span(text)
        return (start, one) if start else (one, None)


def amounts(mappings: tuple[MoneyMapping, ...], cells: Mapping[str, str]) -> tuple[Amount, ...]:
    """Return the amounts of the whole link.

    Raises:
        CellError: a cell is not an amount, or is merged with those of other rows.
    """
    found = []
    for one in mappings:
        value = parsed(cells, one.column, partial(cell_values.about_money, unit=one.unit, currency=one.currency))
        if value is not None:
            not_merged(cells, one.column)
            found.append(Amount(key(one_line(one.column.name)), value[0], one.currency, one.kind, value[1]))
    return tuple(found)


def not_merged(cells: Mapping[str, str], column: Column) -> None:
    """Check that a number belongs to one row.

    Raises:
        CellError: the cell is merged with those of other rows.
    """
    if isinstance(cells[column.name], Merged):
        raise CellError(column.name, "one number for several merged rows; unmerge the cell", cells[column.name])
