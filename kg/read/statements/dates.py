"""Dates of a text; the year of the page's date completes one without a year, as an inference."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.model import When

if TYPE_CHECKING:
    from kg.read.model import Document

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]}|t?\\.)?" if len(name) > 3 else name for name in _MONTHS)
_ZH = re.compile(r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?|(?<=\d年)$)")
_ZH_YEAR = re.compile(r"(?P<y>(?:19|20)\d{2})年(?!\d)")


@functools.cache
def _en() -> re.Pattern[str]:
    day = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?P<m1>{_MONTH}) {day.format('d1')}(?:, ?(?P<y1>\d{{4}}))?(?!\d)"
        rf"|\b{day.format('d2')} (?P<m2>{_MONTH})(?: (?P<y2>\d{{4}}))?"
    )


def dates(text: str, document: Document) -> list[tuple[int, int, When]]:
    """Return the dates of a text with their offsets."""
    found = []
    for match in (_ZH if document.lang == "zh" else _en()).finditer(text):
        parts = match.groupdict()
        year = parts.get("y") or parts.get("y1") or parts.get("y2")
        month = parts.get("m") or parts.get("m1") or parts.get("m2")
        day = parts.get("d") or parts.get("d1") or parts.get("d2")
        if not month or (document.lang == "zh" and not day and not year):
            continue
        number = int(month) if month.isdigit() else 1 + [name[:3] for name in _MONTHS].index(month[:3])
        if 1 <= number <= 12 and (not day or 1 <= int(day) <= 31):
            found.append(
                (match.start(), match.end(), when(match.group(), (year, number, int(day) if day else None), document))
            )
    return found


def when(words: str, parts: tuple[str | None, int, int | None], document: Document) -> When:
    """Return a date; without a year, the last such day before the page's date, marked as inferred."""
    year, month, day = parts
    rest = f"{month:02d}" + (f"-{day:02d}" if day else "")
    if year:
        return When(f"{year}-{rest}", words)
    if document.date is None:
        return When(f"--{rest}", words)
    page_year = int(document.date[:4])
    later = len(document.date) >= 7 and rest[: len(document.date) - 5] > document.date[5:]
    return When(f"{page_year - later}-{rest}", words, inferred=True, reason="date-of-the-page")
