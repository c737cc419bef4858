"""Strict parsers for dates, terms and amounts of money as people write them into cells."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from kg.ingest.readers.cells import Number, ParseError
from kg.ingest.readers.numerals import LETTERS, with_digits

_YEAR, _MONTH, _DAY = r"(?P<y>[0-9]{4})", r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = rf"(?P<name>(?:{'|'.join(_NAMES)})[a-z]*)\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-{_MONTH}-{_DAY}(?:[T ][0-9:.]+Z?)?",
        rf"{_YEAR}/{_MONTH}/{_DAY}(?: [0-9:.]+)?",
        rf"{_YEAR}\.{_MONTH}\.{_DAY}\.?",
        rf"{_YEAR}年{_MONTH}月{_DAY}[日号]?",
        rf"{_DAY}\. ?{_MONTH}\. ?{_YEAR}",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        rf"{_YEAR}[-/.]{_MONTH}",
        rf"{_YEAR}年{_MONTH}月?",
        rf"{_YEAR}年?",
        rf"{_MONTH}月{_DAY}[日号]",
        rf"--{_MONTH}-{_DAY}",
        rf"{_DAY}(?:st|nd|rd|th)? {_NAMED},? {_YEAR}",
        rf"{_NAMED} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_NAMED},? {_YEAR}",
    )
)
EARLIEST, LATEST = 1800, 2200
"""Range of plausible years."""

_AMBIGUOUS = re.compile(r"[0-9]{4}\.1")
_TO = re.compile(r"\s*(?:~|～|—+|–|―|至|到|\bto\b|\buntil\b)\s*|\s+-\s+", re.IGNORECASE)
_DASH = re.compile(r"(?<=[0-9年月日号])-(?=[0-9]{4})")
_DURATION = re.compile(
    r"(?:约|共|为期|期限)?\s*(?P<n>[0-9]+(?:\.[0-9]+)?)?\s*(?P<half>半)?\s*个?(?P<unit>年|月|天|日|周年|years?|months?|days?|y|m|d)?"
    r"(?P<more>半)?(?:整|期)?",
    re.IGNORECASE,
)
DURATION_UNITS = {"years": 12, "months": 1, "days": 0}
"""Units of durations, with their months; a day has none."""
_UNIT_WORDS = {"年": "years", "周年": "years", "月": "months", "天": "days", "日": "days"}
_YUAN = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
UNITS = _YUAN | {"thousand": 10**3, "million": 10**6, "billion": 10**9}
"""Units of amounts, with their value in the currency."""
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8} | {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "k": 10**3, "m": 10**6,
}  # fmt: skip
CURRENCIES = {
    "¥": "CNY", "￥": "CNY", "元": "CNY", "人民币": "CNY", "RMB": "CNY", "圆": "CNY", "$": "USD", "US$": "USD",
    "美元": "USD", "€": "EUR", "欧元": "EUR", "£": "GBP", "英镑": "GBP", "HK$": "HKD", "港元": "HKD", "港币": "HKD",
    "日元": "JPY", "卢布": "RUB", "韩元": "KRW",
}  # fmt: skip
"""Words and signs of currencies."""
_SIGNS = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<about>约|近|about |approximately |~|≈)?\s*(?P<before>{_SIGNS}|[A-Z]{{3}})?\s*"
    r"(?P<n>[+-]?(?:[0-9]{1,3}(?:[, '][0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,9})?)"
    r"\s*(?P<scale>千万|百万|千|万|亿|thousand|million|billion)?"
    rf"\s*(?P<after>{_SIGNS}|[A-Z]{{3}})?整?",
)
_MAX_LENGTH = 100
_LEAP = 2000


class Span(NamedTuple):
    """First and last possible day of a date, and its precision; no days if the date has no year."""

    first: date | None
    last: date | None
    precision: str


class Duration(NamedTuple):
    """A length of time in whole months, or in days."""

    months: int
    days: int


def span(text: str) -> Span:
    """Parse a day, a month, a year, or a day without a year.

    >>> span("2025年3月").last.isoformat(), span("Mar 2025").first.isoformat()
    ('2025-03-31', '2025-03-01')

    Raises:
        ValueError: the text has another form, or the date does not exist.
    """
    if isinstance(text, Number) and _AMBIGUOUS.fullmatch(text):
        raise ParseError("is not a clear month but a number: January or October; format it as text, such as 2023.10")
    plain = re.sub(r"\s*([年月日号])\s*", r"\1", unicodedata.normalize("NFKC", text[:_MAX_LENGTH])).strip()
    plain = with_digits(plain) if re.match(f"[{LETTERS}]+年|[{LETTERS}]+月", plain) else plain
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(plain))), None)
    if match is None:
        raise ParseError("is not a day, month or year; write it as 2025-03-18, 2025-03 or 2025")
    parts = {name: value for name, value in match.groupdict().items() if value}
    year, day = int(parts.get("y", _LEAP)), int(parts.get("d", 1))
    month = _NAMES.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts.get("m", 1))
    if not EARLIEST <= year <= LATEST:
        raise ParseError(
            "is not in the years {earliest} to {latest}; correct the year", earliest=EARLIEST, latest=LATEST
        )
    try:
        first = date(year, month, day)
    except ValueError as error:
        raise ParseError("is a date that does not exist; correct it") from error
    if "y" not in parts:
        return Span(None, None, "monthDay")
    if "m" not in parts and "name" not in parts:
        return Span(first, date(year, 12, 31), "year")
    if "d" not in parts:
        return Span(first, date(year, month, monthrange(year, month)[1]), "month")
    return Span(first, first, "day")


def term(text: str) -> tuple[Span, Span]:
    """Parse a start and an end in one cell.

    >>> [one.first.isoformat() for one in term("2024.5-2025.4")]
    ['2024-05-01', '2025-04-01']

    Raises:
        ValueError: the text is not two dates.
    """
    plain = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()
    parts = _TO.split(plain)
    if len(parts) != 2:  # noqa: PLR2004 - a start and an end
        parts = _DASH.split(plain)
    if len(parts) != 2:  # noqa: PLR2004
        raise ParseError("is not a start and an end; write it as 2024-05 – 2025-04")
    return span(parts[0]), span(parts[1])


def duration(text: str, unit: str | None = None) -> Duration:
    """Parse a length of time; `unit` is that of a bare number: years, months or days.

    >>> duration("三年"), duration("18", "months"), duration("一年半")
    (Duration(months=36, days=0), Duration(months=18, days=0), Duration(months=18, days=0))

    Raises:
        ValueError: the text is not a length of time, or has no unit.
    """
    plain = with_digits(unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip())
    match = _DURATION.fullmatch(plain)
    if not match or not (match["n"] or match["half"]):
        raise ParseError("is not a duration; write it as 3年, 36个月, 3 years or 36 months")
    word = (match["unit"] or "").lower()
    written = _UNIT_WORDS.get(word) or {"y": "years", "m": "months", "d": "days"}.get(word[:1]) or unit
    if written is None:
        raise ParseError("is not a duration without a unit; add the unit to the mapping, such as in: years")
    number = Decimal(match["n"] or 0) + (Decimal("0.5") if match["half"] or match["more"] else 0)
    months = number * DURATION_UNITS[written]
    if not 0 < number <= 1200 or months != int(months) or (written == "days" and number != int(number)):  # noqa: PLR2004
        raise ParseError("is not a whole number of months or days; correct it")
    return Duration(int(months), int(number) if written == "days" else 0)


def after(start: date, length: Duration) -> date:
    """Return the last day of a term that begins on `start`.

    >>> after(date(2023, 3, 1), Duration(36, 0)).isoformat()
    '2026-02-28'
    """
    month = start.month - 1 + length.months
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, monthrange(year, month)[1])
    shift = 0 if day < start.day else 1
    return date(year, month, day) + timedelta(days=length.days - shift)


def money(text: str, unit: int = 1, currency: str = "CNY") -> Decimal:
    """Parse an amount of `currency`, with a decimal point and optional commas between groups of three digits.

    Args:
        text: the amount; a unit in it, as in "120万元", takes precedence over `unit`.
        unit: multiplier for a number without a unit.
        currency: ISO 4217 code, which words and signs in the text must have.

    >>> money("1.2", unit=UNITS["亿元"]) == money("￥12,000万元") == 120_000_000
    True

    Raises:
        ValueError: the text is not an exact amount of 0 or more.
    """
    amount, kind = about_money(text, unit, currency)
    if kind != "exact":
        raise ParseError("is not an exact amount; write it without 约")
    return amount


def about_money(text: str, unit: int = 1, currency: str = "CNY") -> tuple[Decimal, str]:
    """Parse an amount as `money` does, and its kind, a notation of ``count-kind``: "约100万元" is approximate.

    Raises:
        ValueError: the text is not an amount of 0 or more.
    """
    plain = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()
    match = _MONEY.fullmatch(plain)
    signs = [sign for sign in (match["before"], match["after"]) if sign] if match else []
    if not match or any(CURRENCIES.get(sign, sign) != currency for sign in signs):
        if currency == "CNY":
            raise ParseError("is not an amount of CNY; write 1250000, 1,250,000.50 or 125万元")
        raise ParseError("is not an amount of {currency}; write 1250000 or 1,250,000.50", currency=currency)
    number = Decimal(re.sub(r"[, ']", "", match["n"]))
    if number < 0:
        raise ParseError("is not an amount of 0 or more; correct the sign")
    has_unit = match["scale"] or match["after"] in {"元", "圆", "美元", "欧元", "英镑", "港元", "日元", "韩元", "卢布"}
    return number * (_SCALES[match["scale"] or ""] if has_unit else unit), "approximate" if match["about"] else "exact"
