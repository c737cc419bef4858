"""Strict parsers for dates, terms and durations as people write them into cells."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers.cells import Number, ParseError
from kg.ingest.readers.numerals import LETTERS, with_digits

if TYPE_CHECKING:
    from collections.abc import Callable

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
        rf"{_YEAR}年?\s?(?:第(?=.季))?(?:Q|(?=.季))(?P<quarter>[1-4一二三四])(?:季度?)?",
        rf"Q(?P<quarter>[1-4]) {_YEAR}",
        rf"{_YEAR}年(?P<part>[上下])半年",
        rf"(?P<one>[0-9]{{1,2}})(?P<sign>[/-])(?P<two>[0-9]{{1,2}})(?P=sign){_YEAR}(?: [0-9:.]+(?: ?[AP]M)?)?",
    )
)
EARLIEST, LATEST = 1800, 2200
"""Range of plausible years."""

_AMBIGUOUS = re.compile(r"[0-9]{4}\.1")
_TO = re.compile(r"\s*(?:~|～|—+|–|―|至|到|\bto\b|\buntil\b)\s*|\s+-\s+", re.IGNORECASE)
_SINCE = re.compile(
    r"(?:自|从|from|since|starting)?\s*(?P<start>[^()]*[0-9年月日号度])\s*(?:起|开始)(?:实?施|生效)?[,，;；]?\s*(?P<length>.*)"
    r"|(?:from|since|starting)\s+(?P<only>.+)|(?P<before>.+?)\s*\((?:自|从|from|since)?\s*(?P<after>[^()]+?)\s*(?:起|开始)?\)",
    re.IGNORECASE,
)
_DASH = re.compile(r"(?<=[0-9年月日号度])-(?=[0-9]{4})")
_DURATION = re.compile(
    r"(?:约|共|为期|期限)?\s*(?P<n>[0-9]+(?:\.[0-9]+)?)?\s*(?P<half>半)?\s*个?(?P<unit>年|月|天|日|周年|years?|months?|days?|y|m|d)?"
    r"(?P<more>半)?(?:整|期)?",
    re.IGNORECASE,
)
DATE_ORDERS = ("DMY", "MDY")
"""Orders of day, month and year in a date such as 03/04/2023."""
_TWELVE = 12
DURATION_UNITS = {"years": 12, "months": 1, "days": 0}
"""Units of durations, with their months; a day has none."""
_UNIT_WORDS = {"年": "years", "周年": "years", "月": "months", "天": "days", "日": "days"}
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


def span(text: str, order: str | None = None) -> Span:
    """Parse a day, a month, a quarter, half a year, a year, or a day without a year.

    `order` is a member of `DATE_ORDERS`. Without it, 03/04/2023 is refused, and 03/15/2023 is not.

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
    year = int(parts.get("y", _LEAP))
    if not EARLIEST <= year <= LATEST:
        raise ParseError(
            "is not in the years {earliest} to {latest}; correct the year", earliest=EARLIEST, latest=LATEST
        )
    if "quarter" in parts or "part" in parts:
        return _part_of_year(year, parts)
    month, day = _month_and_day(parts, order)
    try:
        first = date(year, month, day or 1)
    except ValueError as error:
        raise ParseError("is a date that does not exist; correct it") from error
    if "y" not in parts:
        return Span(None, None, "monthDay")
    if not {"m", "name", "two"} & parts.keys():
        return Span(first, date(year, 12, 31), "year")
    if not day:
        return Span(first, date(year, month, monthrange(year, month)[1]), "month")
    return Span(first, first, "day")


def _month_and_day(parts: dict[str, str], order: str | None) -> tuple[int, int | None]:
    """Return the month and the day of a date; January for a year, and no day for a month.

    Raises:
        ValueError: two numbers may both be the month, and `order` is not given.
    """
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if order is None and one <= _TWELVE and two <= _TWELVE and one != two:
            raise ParseError(
                "is not a clear date: either number may be the month; write 2023-04-03, or add date_order to link"
            )
        is_month_first = order == "MDY" if order else two > _TWELVE
        return (one, two) if is_month_first else (two, one)
    month = _NAMES.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts.get("m", 1))
    return month, int(parts["d"]) if "d" in parts else None


def date_order(text: str) -> str:
    """Return the order of the numbers in a date, if only one order is possible.

    >>> date_order("03/15/2023"), date_order("15/03/2023"), date_order("03/04/2023")
    ('MDY', 'DMY', '')
    """
    match = _DATES[-1].fullmatch(unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip())
    if match is None:
        return ""
    return "MDY" if int(match["two"]) > _TWELVE else "DMY" if int(match["one"]) > _TWELVE else ""


def has_two_orders(text: str) -> bool:
    """Return whether a text is a date such as 03/04/2023, in which either number may be the month."""
    match = _DATES[-1].fullmatch(unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip())
    return match is not None and match["one"] != match["two"] and not date_order(text)


def _part_of_year(year: int, parts: dict[str, str]) -> Span:
    """Return the bounds of a quarter or of half a year, which have no name among the precisions."""
    if "quarter" in parts:
        number = parts["quarter"]
        last = 3 * ("一二三四".index(number) + 1 if number in "一二三四" else int(number))
        months = 3
    else:
        last, months = (6 if parts["part"] == "上" else 12), 6
    return Span(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]), "")


def term(
    text: str, order: str | None = None, is_open: Callable[[str], bool] = lambda _: False
) -> tuple[Span, Span | None]:
    """Parse a start and an end in one cell: two dates, a date with an open end, or a date with a duration.

    >>> [one.first.isoformat() for one in term("2024.5-2025.4")]
    ['2024-05-01', '2025-04-01']
    >>> term("三年（2023.6起）")[1].last.isoformat(), term("2023年6月起")[1]
    ('2026-06-29', None)

    Raises:
        ValueError: the text is none of these.
    """
    plain = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()
    parts = halves(plain)
    if parts:
        return span(parts[0], order), None if is_open(parts[1]) else span(parts[1], order)
    since = _SINCE.fullmatch(plain)
    if since is None:
        raise ParseError("is not a start and an end; write it as 2024-05 – 2025-04")
    start = span(since["start"] or since["only"] or since["after"], order)
    length = since["length"] or since["before"] or ""
    if not length or is_open(length) or not start.first or not start.last:
        return start, None
    months = duration(length)
    return start, Span(after(start.first, months), after(start.last, months), start.precision)


def halves(text: str) -> list[str]:
    """Return the two texts around the only dash or word that divides a term; nothing if there is none.

    >>> halves("2021.09—长期")
    ['2021.09', '长期']
    """
    plain = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).strip()
    found = (pattern.split(plain) for pattern in (_TO, _DASH))
    return next((parts for parts in found if len(parts) == 2 and all(parts)), [])  # noqa: PLR2004 - a start and an end


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
