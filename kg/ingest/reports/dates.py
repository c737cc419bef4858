"""Dates of facts: as the sentence states them, and with the year that an inference adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers.cell_dates import span
from kg.ingest.readers.records import UNDATED, Dates
from kg.texts import Message

if TYPE_CHECKING:
    from datetime import date

    from kg.read.model import When


def fault(when: When | None) -> Message | None:
    """Return why a date cannot be written, or ``None``."""
    try:
        if when is not None:
            span(when.value)
    except ValueError as error:
        return Message("the date {value!r} {error}", value=when.value if when else "", error=error)
    return None


def stated(when: When | None) -> Dates:
    """Return what the sentence itself states: a day without a year has no bounds."""
    if when is None:
        return UNDATED
    if when.inferred or when.value.startswith("--"):
        rest = when.value.removeprefix("--") if when.value.startswith("--") else when.value[5:]
        return Dates(precision="monthDay" if "-" in rest else "monthWithoutYear", stated_as=f"--{rest}")
    return bounds(when)


def bounds(when: When) -> Dates:
    """Return the bounds of a date with a year; none if its year is unknown."""
    if when.value.startswith("--"):
        return UNDATED
    found = span(when.value)
    return Dates(found.first, found.last, precision=found.precision or None, stated_as=when.value)


def year(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of the year of a date."""
    found = span(text[:4])
    return found.first, found.last
