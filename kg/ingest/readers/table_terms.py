"""Dates and amounts of the link in a row of a table."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kg.ingest.readers import cell_dates, cell_money
from kg.ingest.readers.cells import Fault, Merged, ParseError, folded, one_line
from kg.ingest.readers.fields import CellError
from kg.ingest.readers.records import Amount, Dates, key
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.ingest.readers.table_mapping import Column, MoneyMapping, TermMapping

_T = TypeVar("_T")
_UNKNOWN = cell_dates.Span(None, None, "")
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
        return _as_of(mapping, cells), None
    used = (mapping.start, mapping.end, mapping.both, mapping.duration)
    is_open = {column for column in used if column and folded(cells[column.name]) in mapping.open}
    start, end, length = _stated(mapping, cells, is_open)
    if start and length and start.first and start.last:
        computed = cell_dates.Span(
            cell_dates.after(start.first, length), cell_dates.after(start.last, length), start.precision
        )
        _check_length(end, computed, mapping.duration, cells)
        end = end or computed
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


def _stated(
    mapping: TermMapping, cells: Mapping[str, str], is_open: set[Column]
) -> tuple[cell_dates.Span | None, cell_dates.Span | None, cell_dates.Duration | None]:
    """Return the start, the end and the length that the cells state.

    Raises:
        CellError: a cell cannot be parsed.
    """
    day = partial(cell_dates.span, order=mapping.order)
    start = None if mapping.start in is_open else parsed(cells, mapping.start, day)
    end = None if mapping.end in is_open else parsed(cells, mapping.end, partial(_end, order=mapping.order))
    if mapping.both and mapping.both not in is_open:
        both = partial(_both, start=start, mapping=mapping)
        start, end = parsed(cells, mapping.both, both) or (start, end)
    length = None
    if mapping.duration and mapping.duration not in is_open:
        length = parsed(cells, mapping.duration, partial(cell_dates.duration, unit=mapping.unit))
    if isinstance(end, cell_dates.Duration):
        if length not in {None, end} and mapping.end:
            raise CellError(mapping.end.name, "differs from the duration; correct one of them", cells[mapping.end.name])
        return start, None, end
    return start, end, length


def _check_length(
    end: cell_dates.Span | None, computed: cell_dates.Span, column: Column | None, cells: Mapping[str, str]
) -> None:
    """Check that a stated end is at most a month away from the start with the duration.

    Raises:
        CellError: it is further away.
    """
    if not (end and end.first and end.last and computed.first and computed.last and column):
        return
    if end.last < computed.first or computed.last < end.first:
        away = min(abs((end.last - computed.first).days), abs((end.first - computed.last).days))
        if away > _DAYS_OF_A_MONTH:
            reason = Message("the end {last} differs from start and duration; correct one of them", last=end.last)
            raise CellError(column.name, reason, cells[column.name])


def _as_of(mapping: TermMapping, cells: Mapping[str, str]) -> Dates:
    """Return the bounds of a link that held on a day: it began on that day or before, and ended on it or later."""
    held = parsed(cells, mapping.as_of, partial(cell_dates.span, order=mapping.order))
    return Dates(start_latest=held.last, end_earliest=held.first) if held else Dates()


def _end(text: str, order: str | None) -> cell_dates.Span | cell_dates.Duration:
    """Return an end, or a length with its unit, as "3 years" below "valid until"."""
    try:
        return cell_dates.span(text, order)
    except ValueError:
        with suppress(ValueError):
            return cell_dates.duration(text)
        raise


def _both(
    text: str, start: cell_dates.Span | None, mapping: TermMapping
) -> tuple[cell_dates.Span | None, cell_dates.Span | cell_dates.Duration | None]:
    """Return start and end of a cell with both; a single date is the end if the start is in another cell."""
    try:
        return cell_dates.term(text, mapping.order, lambda part: folded(part) in mapping.open)
    except ValueError:
        if not cell_dates.halves(text):
            one = _end(text, mapping.order)
            return (start, one) if start or isinstance(one, cell_dates.Duration) else (one, None)
        raise


def amounts(mappings: tuple[MoneyMapping, ...], cells: Mapping[str, str]) -> tuple[Amount, ...]:
    """Return the amounts of the whole link.

    Raises:
        CellError: a cell is not an amount, or is merged with those of other rows.
    """
    found = []
    for one in mappings:
        value = parsed(cells, one.column, partial(cell_money.about_money, unit=one.unit, currency=one.currency))
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
