"""What the cells and fields of a row hold: texts, choices, days, money, points; or what is wrong with them.

A row comes from outside and may hold anything anywhere: a list where a text belongs, a day that no calendar has, a
number whose digits would fill the memory. Whoever asks a `Fields` for a value gets one of that kind, or `CellError` is
raised, which `judged` makes a refused row of.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.records import UNDATED, Dates, Name, Refused, RowLocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.ingest.readers.records import Row

_T = TypeVar("_T")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ENGLISH = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")
_MONTH = re.compile(r"([A-Z][a-z]{2}) ([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT_MONTHS = tuple(month[:3] for month in _MONTHS)
_YEARS = range(1900, 2101)
_MOST_MONEY = 10**13
_POLE = 90
_SHOWN = 100


class CellError(ValueError):
    """A value that cannot be what its field is for."""

    def __init__(self, column: str, reason: str, value: object = "") -> None:
        """`column` as in the header, or as a path in a record: ``geo.latitude``."""
        super().__init__(reason)
        self.column, self.reason, self.value = column, reason, str(value)[:_SHOWN]


def judged(location: RowLocation, make: Callable[..., Row], *given: object) -> Row:
    """What `make` makes of `location` and what is given, or a refused row where something in it is wrong."""
    try:
        return make(location, *given)
    except CellError as wrong:
        return Refused(RowLocation(location.file, location.row, wrong.column), wrong.reason, wrong.value)


class Fields:
    """A row by the names of its fields; what is missing, null or blank is empty."""

    def __init__(self, data: object, path: str = "") -> None:
        """`data` is an object of JSON, or a row of a table.

        Raises:
            CellError: it is something else.
        """
        if not isinstance(data, dict):
            raise CellError(path, "an object with named fields belongs here", type(data).__name__)
        self._data, self._path = data, path

    def __contains__(self, name: str) -> bool:
        """Whether there is such a field, empty or not."""
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        """The names of the fields."""
        return iter(self._data)

    def wrong(self, name: str, reason: str, value: object = "") -> CellError:
        """To be raised: what is wrong with that field."""
        return CellError(self._path + name, reason, value)

    def text(self, name: str) -> str:
        """A text, white space put in order; a number or a truth is written as one."""
        value = self._data.get(name)
        return " ".join(value.split()) if type(value) is str else self._text(name, value)

    def raw(self, name: str) -> str:
        """A text with the white space that it has."""
        return str(self._data.get(name) or "") if self.text(name) else ""

    def need(self, name: str) -> str:
        """A text that must be there, and be more than dots, so that a key can be made of it."""
        found = self.text(name)
        if not found.strip("."):
            raise self.wrong(name, "it is empty; fill it in", found)
        return found

    def match(self, name: str, pattern: re.Pattern[str], form: str) -> str:
        """A text that must be there, in that form; `form` says which in words."""
        found = self.need(name)
        if not pattern.fullmatch(found):
            raise self.wrong(name, form, found)
        return found

    def among(self, name: str, known: Mapping[str, _T]) -> _T:
        """What `known` makes of a text that must be one of its keys; a cell may repeat it (``PRC;PRC``)."""
        text = self.text(name)
        if text in known:
            return known[text]
        found = {part.strip() for part in text.split(";")}
        if len(found) != 1 or not found <= known.keys():
            raise self.wrong(name, f"it must be one of {', '.join(filter(None, known))}", text)
        return known[found.pop()]

    def country(self, name: str) -> tuple[Name, ...]:
        """The English name of the country of that code, none where the field is empty."""
        return (Name(self.among(name, COUNTRIES), "en"),) if self.text(name) else ()

    def day(self, name: str) -> date | None:
        """A day: ``2016-01-31`` (a time of day after it is left off) or ``31 January 2016``."""
        found = self.text(name)
        if not found:
            return None
        iso, english = _ISO.match(found), _ENGLISH.fullmatch(found)
        if iso:
            parts = (int(part) for part in iso.groups())
        elif english and english[2] in _MONTHS:
            parts = (int(part) for part in (english[3], _MONTHS.index(english[2]) + 1, english[1]))
        else:
            raise self.wrong(name, "it must be a day, such as 2016-01-31 or 31 January 2016", found)
        return self._day(name, *parts)

    def month(self, name: str) -> tuple[date | None, date | None]:
        """The first and the last day of a month that is written ``Sep 2015``."""
        found = self.text(name)
        if not found:
            return None, None
        month = _MONTH.fullmatch(found)
        if not month or month[1] not in _SHORT_MONTHS:
            raise self.wrong(name, "it must be a month, such as Sep 2015", found)
        first = self._day(name, int(month[2]), _SHORT_MONTHS.index(month[1]) + 1, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def lasting(self, start: str, end: str) -> Dates:
        """The bounds of what lasted from one day to another, of which either may be unknown."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            raise self.wrong(end, f"it must not be before {start}, which is {first}", self.text(end))
        if first is None and last is None:
            return UNDATED
        return Dates(first, first, last, last, "day", f"{self.text(start)} – {self.text(end)}")

    def money(self, name: str) -> Decimal | None:
        """An amount, 0 or more, with a point or a comma before the cents."""
        found = self._number(name, self.text(name))
        if found is not None and not 0 <= found < _MOST_MONEY:
            raise self.wrong(name, "it must be an amount of 0 or more", found)
        return found

    def point(self, *names: str) -> tuple[Decimal, Decimal] | None:
        """Latitude and longitude in degrees, from two fields, or from one that holds ``52.1,4.3``; none where empty."""
        texts = [self.text(name) for name in names] if len(names) > 1 else self.text(names[0]).split(",")
        if not any(texts):
            return None
        if len(texts) != len(("latitude", "longitude")):
            raise self.wrong(names[0], "it must be a latitude and a longitude, such as 52.1,4.3", self.text(names[0]))
        latitude, longitude = (self._number(names[0], text) for text in texts)
        if latitude is None or longitude is None or abs(latitude) > _POLE or abs(longitude) > 2 * _POLE:
            raise self.wrong(names[0], "degrees go from -90 to 90 north and from -180 to 180 east", ",".join(texts))
        return latitude, longitude

    def inner(self, name: str) -> Fields:
        """An object within; one without fields where there is none."""
        return Fields(self._data.get(name) or {}, f"{self._path}{name}.")

    def each(self, name: str) -> list[Fields]:
        """The objects of a list; some exports write a list of one as that one."""
        return [Fields(one, f"{self._path}{name}.") for one in self._listed(name)]

    def texts(self, name: str) -> list[str]:
        """The texts of a list, or the only one; empty ones are left off."""
        found = self._listed(name)
        return [text for one in found if (text := one if type(one) is str else self._text(name, one))]

    def _text(self, name: str, value: object) -> str:
        if isinstance(value, dict | list):
            raise self.wrong(name, "a text belongs here", type(value).__name__)
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def _listed(self, name: str) -> list[object]:
        value = self._data.get(name)
        return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]

    def _number(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        if not _NUMBER.fullmatch(text.strip()):
            raise self.wrong(name, "it must be a number", text)
        return Decimal(text.strip().replace(",", "."))

    def _day(self, name: str, year: int, month: int, day: int) -> date:
        try:
            found = date(year, month, day)
        except ValueError:
            raise self.wrong(name, "no calendar has such a day", self.text(name)) from None
        if year not in _YEARS:
            raise self.wrong(name, f"a year from {_YEARS[0]} to {_YEARS[-1]} is expected", self.text(name))
        return found


def domain(address: str) -> tuple[str, ...]:
    """The host of a web address in lower case, without ``www.``; none where it is no address of the web.

    >>> domain("http://www.tue.nl/en"), domain("www.tue.nl"), domain("javascript:alert(1)"), domain("no data")
    (('tue.nl',), ('tue.nl',), (), ())
    """
    try:
        split = urlsplit(address if "//" in address else f"//{address}")
        host = (split.hostname or "").encode("idna").decode() if split.scheme in {"", "http", "https"} else ""
    except ValueError:
        return ()
    host = host.lower().removeprefix("www.").rstrip(".")
    return (host,) if _HOST.fullmatch(host) else ()
