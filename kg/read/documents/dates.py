"""Dates of publication: in metadata, and in the path of an address."""

from __future__ import annotations

import re
from datetime import date

_STATED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:[-/.年]\s*(?P<month>\d{1,2})(?!\d)(?:\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d))?|(?!\d))"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_PATH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])(?:[-/_]?(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)"
)


def stated(text: str) -> str | None:
    """Return the first date of a text, with the parts that it has; ``None`` without a year.

    >>> stated("发布时间：2025年11月8日"), stated("2025-03-18T09:30:00+08:00"), stated("20251108")
    ('2025-11-08', '2025-03-18', '2025-11-08')
    """
    return _first((_COMPACT, _STATED), text)


def in_address(address: str) -> str | None:
    """Return the date in the path of an address, such as ``/2025-11/08/`` or ``/20251108/``.

    >>> in_address("https://news.example/2025-11/11/c_1139523.htm"), in_address("https://news.example/info/1042.htm")
    ('2025-11-11', None)
    """
    path = address.partition("://")[2].partition("/")[2].partition("?")[0]
    return max(
        (found for match in _PATH.finditer(path) if (found := _iso(match))), key=len, default=None
    )  # /202511/t20251108_123.html contains the month and the day


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str | None:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if found := _iso(match):
                return found
    return None


def _iso(match: re.Match[str]) -> str | None:
    """Return a date in the form of ISO 8601; ``None`` if the calendar does not contain it."""
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    try:
        whole = date(year or 0, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]
