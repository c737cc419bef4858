"""Typed access to the cells and fields of a row: texts, choices, dates, amounts, coordinates.

Rows come from outside and may contain anything anywhere: a list instead of a text, a date that does not exist, a number
with enough digits to fill the memory. Every method of `Fields` returns a value of its type or raises `CellError`, which
`parse_row` turns into a refused row.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from kg.ingest.readers.cells import ParseError, one_line
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.records import UNDATED, Dates, Name, Refused, RowLocation
from kg.texts import Message, localise, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.ingest.readers.records import Row
    from kg.texts import Text

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
_MAX_MONEY = 10**13
_POLE = 90
_SHOWN = 100


class CellError(ValueError):
    """A value that is invalid in its column or field."""

    def __init__(self, column: str, reason: str | Text, value: object = "") -> None:
        """Create the error for a column of a table or a path in a record, such as ``geo.latitude``."""
        self.reason = message(reason)
        super().__init__(localise(self.reason, "en"))
        self.column, self.value = column, str(value)[:_SHOWN]


def parse_row(location: RowLocation, parse: Callable[..., Row], *arguments: object) -> Row:
    """Return ``parse(location, *arguments)``, or a refused row if that raises a `CellError`."""
    try:
        return parse(location, *arguments)
    except CellError as error:
        return Refused(RowLocation(location.file, location.row, error.column), error.reason, error.value)


class Fields:
    """Fields of a row by name; missing, null and blank fields are empty.

    Attributes:
        left_open: path and value of each field whose value is not used, also of the objects in this one.
    """

    def __init__(self, data: object, path: str = "", left_open: dict[tuple[str, str], None] | None = None) -> None:
        """Wrap a JSON object or a row of a table; an object in another one shares its `left_open`.

        Raises:
            CellError: `data` is not an object.
        """
        if not isinstance(data, dict):
            raise CellError(path, "an object with named fields is required", type(data).__name__)
        self._data, self._path = data, path
        self.left_open = {} if left_open is None else left_open

    def __contains__(self, name: str) -> bool:
        """Return whether the field exists, empty or not."""
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the fields."""
        return iter(self._data)

    def having(self, name: str, value: str) -> Fields:
        """Return the fields with another value of one."""
        return Fields({**self._data, name: value}, self._path, self.left_open)

    def error(self, name: str, reason: str | Text, value: object = "") -> CellError:
        """Return an error about that field, to be raised."""
        return CellError(self._path + name, reason, value)

    def text(self, name: str) -> str:
        """Return a text without invisible characters and line breaks; numbers and booleans are converted."""
        value = self._data.get(name)
        return one_line(value) if type(value) is str else self._text(name, value)

    def raw(self, name: str) -> str:
        """Return a text with its original white space."""
        return str(self._data.get(name) or "") if self.text(name) else ""

    def required(self, name: str) -> str:
        """Return a text that contains more than dots, so that a key can be made from it."""
        text = self.text(name)
        if not text.strip("."):
            raise self.error(name, "the field is empty; fill it in", text)
        return text

    def match(self, name: str, pattern: re.Pattern[str], form: str) -> str:
        """Return a required text that matches `pattern`; `form` describes the pattern in a message."""
        text = self.required(name)
        if not pattern.fullmatch(text):
            raise self.error(name, form, text)
        return text

    def identifier(
        self, name: str, pattern: re.Pattern[str], form: str, addresses: Mapping[str, re.Pattern[str]]
    ) -> str:
        """Return a text like `match`; if it is missing, the group of the address of the record itself."""
        if not self.text(name):
            for field, address_form in addresses.items():
                if found := address_form.fullmatch(self.text(field)):
                    return found[1]
        return self.match(name, pattern, form)

    def choice(self, name: str, values: Mapping[str, _T], unknown: _T) -> _T:
        """Return the value for a text that is a key of `values`; a cell may repeat its text (``PRC;PRC``).

        For another text, leave the field open and return `unknown`.
        """
        text = self.text(name)
        parts = {text} if text in values else {part.strip() for part in text.split(";")}
        if len(parts) == 1 and parts <= values.keys():
            return values[parts.pop()]
        self.leave_open(name, text)
        return unknown

    def leave_open(self, name: str, text: str) -> None:
        """List the text of a field as one that is not used."""
        self.left_open[self._path + name, text[:_SHOWN] or "empty"] = None

    def is_null(self, name: str) -> bool:
        """Return whether the field exists and is null."""
        return name in self._data and self._data[name] is None

    def nulls(self, name: str) -> int:
        """Return the number of nulls in a list."""
        value = self._data.get(name)
        return value.count(None) if isinstance(value, list) else 0

    def country(self, name: str) -> tuple[Name, ...]:
        """Return the English name of the country with that code; nothing for an empty field or an unknown code."""
        country = self.choice(name, COUNTRIES, None) if self.text(name) else None
        return (Name(country, "en"),) if country else ()

    def day(self, name: str) -> date | None:
        """Return a date written as ``2016-01-31`` (a time after it is ignored) or ``31 January 2016``."""
        text = self.text(name)
        if not text:
            return None
        iso, english = _ISO.match(text), _ENGLISH.fullmatch(text)
        if iso:
            parts = (int(part) for part in iso.groups())
        elif english and english[2] in _MONTHS:
            parts = (int(part) for part in (english[3], _MONTHS.index(english[2]) + 1, english[1]))
        else:
            raise self.error(name, "it must be a date such as 2016-01-31 or 31 January 2016", text)
        return self._date(name, *parts)

    def month(self, name: str) -> tuple[date | None, date | None]:
        """Return the first and the last day of a month written as ``Sep 2015``."""
        text = self.text(name)
        if not text:
            return None, None
        month = _MONTH.fullmatch(text)
        if not month or month[1] not in _SHORT_MONTHS:
            raise self.error(name, "it must be a month such as Sep 2015", text)
        first = self._date(name, int(month[2]), _SHORT_MONTHS.index(month[1]) + 1, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def period(self, start: str, end: str) -> Dates:
        """Return the bounds of a period whose start or end may be unknown."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            raise self.error(
                end,
                Message("it must not be before {start}, which is {first}", start=start, first=first),
                self.text(end),
            )
        if first is None and last is None:
            return UNDATED
        return Dates(first, first, last, last, "day", f"{self.text(start)} – {self.text(end)}")

    def money(self, name: str) -> Decimal | None:
        """Return an amount of at least 0, with a decimal point or comma."""
        amount = self._number(name, self.text(name))
        if amount is not None and not 0 <= amount < _MAX_MONEY:
            raise self.error(name, "it must be an amount of 0 or more", amount)
        return amount

    def whole(self, name: str) -> int | None:
        """Return a whole number of at least 0."""
        number = self._number(name, self.text(name))
        if number is not None and (number < 0 or number != int(number) or number >= _MAX_MONEY):
            raise self.error(name, "it must be a whole number of 0 or more", number)
        return None if number is None else int(number)

    def point(self, *names: str) -> tuple[Decimal, Decimal] | None:
        """Return latitude and longitude in degrees, from two fields or from one such as ``52.1,4.3``."""
        texts = [self.text(name) for name in names] if len(names) > 1 else self.text(names[0]).split(",")
        if not all(texts):
            if any(texts):
                self.leave_open(names[0], ",".join(texts))
            return None
        if len(texts) != len(("latitude", "longitude")):
            raise self.error(names[0], "it must be a latitude and a longitude, such as 52.1,4.3", self.text(names[0]))
        latitude, longitude = (self._number(names[0], text) for text in texts)
        if latitude is None or longitude is None or abs(latitude) > _POLE or abs(longitude) > 2 * _POLE:
            reason = Message("latitude must be between -90 and 90 degrees, longitude between -180 and 180")
            raise self.error(names[0], reason, ",".join(texts))
        return latitude, longitude

    def nested(self, name: str) -> Fields:
        """Return a nested object; an object without fields if there is none."""
        return Fields(self._data.get(name) or {}, f"{self._path}{name}.", self.left_open)

    def objects(self, name: str) -> list[Fields]:
        """Return the objects of a list; some exports write a list of one object as that object."""
        return [Fields(one, f"{self._path}{name}.", self.left_open) for one in self._list(name)]

    def texts(self, name: str) -> list[str]:
        """Return the non-empty texts of a list, or the only text."""
        values = self._list(name)
        return [text for one in values if (text := one_line(one) if type(one) is str else self._text(name, one))]

    def _text(self, name: str, value: object) -> str:
        if isinstance(value, dict | list):
            raise self.error(name, "a text is required", type(value).__name__)
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def _list(self, name: str) -> list[object]:
        value = self._data.get(name)
        if not isinstance(value, list):
            return [] if value in (None, "", {}) else [value]
        if None in value:
            self.left_open[self._path + name, "null"] = None
        return [one for one in value if one is not None]

    def _number(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        if not _NUMBER.fullmatch(text.strip()):
            raise self.error(name, "it must be a number", text)
        return Decimal(text.strip().replace(",", "."))

    def _date(self, name: str, year: int, month: int, day: int) -> date:
        try:
            value = date(year, month, day)
        except ValueError:
            raise self.error(name, "the date does not exist", self.text(name)) from None
        if year not in _YEARS:
            raise self.error(
                name,
                Message("the year must be between {first} and {last}", first=_YEARS[0], last=_YEARS[-1]),
                self.text(name),
            )
        return value


def domain(address: str) -> tuple[str, ...]:
    """Return the host of a web address in lower case, without ``www.``; nothing for other texts.

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


def address(text: str) -> str:
    """Return a web address as it is.

    Raises:
        ValueError: the text is not an http or https address.
    """
    if not text.startswith(("http://", "https://")) or not domain(text) or text.split() != [text]:
        raise ParseError("it must be a web address such as https://example.org/papers/1")
    return text
