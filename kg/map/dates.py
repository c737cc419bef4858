"""Dates of links, as precisely as they are known."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.map.messages import UI
from kg.texts import Message, Text

if TYPE_CHECKING:
    from kg.query.cards import LinkCard

_BY, _FROM = Message("by {day}", "page"), Message("from {day}", "page")
_NO_YEAR = re.compile(r"--\d\d-\d\d$")


def beginning(card: LinkCard) -> Text:
    """Return the beginning of a link: a day, month, year or period, the words of the source, or that it is unknown."""
    if card.start is None and card.latest is None:
        return stated_as(card.stated_as) if card.stated_as else UI["noDate"]
    return between(card.start, card.latest)


def stated_as(text: str) -> Text:
    """Return the date of a source in words: ``--11-08`` is a day without a year."""
    return UI["noYear"].format(date=text[2:]) if _NO_YEAR.match(text) else Text(text, text)


def between(first: date | None, last: date | None) -> Text:
    """Return the period of the possible days; not both bounds are ``None``."""
    if first is None:
        return _BY.format(day=last)
    if last is None:
        return _FROM.format(day=first)
    period = span(first, last)
    return Text(period, period)


def day(text: str) -> date | None:
    """Return a day; ``None`` for another text, which `kg validate` reports."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def span(first: date, last: date) -> str:
    """Return the days from `first` to `last`, shortened to a year, a month or a day if they are exactly that.

    >>> span(date(2025, 2, 1), date(2025, 2, 28))
    '2025-02'
    """
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _is_last_of_month(last):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()}–{last.isoformat()}"


def _is_last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).month != day.month
