"""Strict parsers for dates, counts and amounts of money as people write them into cells."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple

_YEAR, _MONTH, _DAY = r"(?P<y>[0-9]{4})", r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-{_MONTH}-{_DAY}(?:[T ][0-9:.]+)?",
        rf"{_YEAR}/{_MONTH}/{_DAY}",
        rf"{_YEAR}\.{_MONTH}\.{_DAY}",
        rf"{_YEAR}年{_MONTH}月{_DAY}[日号]",
        rf"{_YEAR}[-/.]{_MONTH}",
        rf"{_YEAR}年{_MONTH}月",
        rf"{_YEAR}年?",
        rf"{_MONTH}月{_DAY}[日号]",
        rf"--{_MONTH}-{_DAY}",
    )
)
EARLIEST, LATEST = 1800, 2200
"""Range of plausible years."""

_NUMBER = r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*(?:家|个|所|项|名)?"
_COUNTS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("exact", _NUMBER),
        ("moreThan", rf"(?:>|over|more than|超过|逾)\s*{_NUMBER}"),
        ("moreThan", r"(?P<n>[0-9]+)\s*(?:余|多)\s*(?:家|个|所|项|名)?"),
        ("atLeast", rf"(?:≥|>=|at least|至少|不少于)\s*{_NUMBER}"),
        ("atLeast", rf"{_NUMBER}\s*(?:\+|or more|以上)"),
        ("approximate", rf"(?:~|about|around|approximately|约|近)\s*{_NUMBER}"),
        ("approximate", rf"{_NUMBER}\s*左右"),
    )
)
_YUAN = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
UNITS = _YUAN | {"thousand": 10**3, "million": 10**6, "billion": 10**9}
"""Units of amounts, with their value in the currency."""

_MONEY = re.compile(
    r"(?P<n>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,9})?)"
    r"\s*(?P<unit>(?:千|万|百万|千万|亿)?元?|thousand|million|billion)"
)
_MAX_LENGTH = 100
_LEAP = 2000


class Span(NamedTuple):
    """First and last possible day of a date, and its precision; no days if the date has no year."""

    first: date | None
    last: date | None
    precision: str


def span(text: str) -> Span:
    """Parse a day, a month, a year, or a day without a year.

    >>> span("2025年3月").last.isoformat()
    '2025-03-31'

    Raises:
        ValueError: the text has another form, or the date does not exist.
    """
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text[:_MAX_LENGTH]))), None)
    if match is None:
        raise ValueError("is not a day, month or year; write it as 2025-03-18, 2025-03 or 2025")
    parts = {name: int(number) for name, number in match.groupdict().items()}
    year, month = parts.get("y", _LEAP), parts.get("m", 1)
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"is not in the years {EARLIEST} to {LATEST}; correct the year")
    try:
        first = date(year, month, parts.get("d", 1))
    except ValueError as error:
        raise ValueError("is a date that does not exist; correct it") from error
    if "y" not in parts:
        return Span(None, None, "monthDay")
    if "m" not in parts:
        return Span(first, date(year, 12, 31), "year")
    if "d" not in parts:
        return Span(first, date(year, month, monthrange(year, month)[1]), "month")
    return Span(first, first, "day")


def count(text: str) -> tuple[int, str]:
    """Parse a count and its kind, a notation of ``count-kind``: "280余" and "over 280" mean more than 280.

    >>> count("超过280家")
    (280, 'moreThan')

    Raises:
        ValueError: the text is not a count.
    """
    for kind, pattern in _COUNTS:
        if len(text) <= _MAX_LENGTH and (match := pattern.fullmatch(text)):
            number = int(match["n"].replace(",", ""))
            if number < 10**9:
                return number, kind
    raise ValueError("is not a count; write 36, over 280, at least 30 or about 50")


def money(text: str, unit: int = 1, currency: str = "CNY") -> Decimal:
    """Parse an amount of `currency`, with a decimal point and optional commas between groups of three digits.

    Args:
        text: the amount; a unit in it, as in "120万元", takes precedence over `unit`.
        unit: multiplier for a number without a unit.
        currency: ISO 4217 code; units with 元 require CNY.

    >>> money("1.2", unit=UNITS["亿元"]) == money("12,000万元") == 120_000_000
    True

    Raises:
        ValueError: the text is not an amount.
    """
    match = _MONEY.fullmatch(text)
    if not match or ("元" in text and currency != "CNY"):
        raise ValueError(
            f"is not an amount of {currency}; write 1250000 or 1,250,000.50" + " or 125万元" * (currency == "CNY")
        )
    written = match["unit"]
    return Decimal(match["n"].replace(",", "")) * ((UNITS.get(written) or UNITS[f"{written}元"]) if written else unit)
