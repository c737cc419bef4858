"""Numbers and dates of a workbook as their number format shows them (ECMA-376, part 1, 18.8.30 and 18.8.31).

A date is written as ISO 8601, with the precision of its format. A number keeps the literal text of its format (units,
currencies, leading zeros), and no digit is rounded away.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kg.ingest.readers.cells import Fault, Number
from kg.texts import Message

MAX_DIGITS = 15
"""Significant digits that a spreadsheet keeps."""

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: 'yyyy"年"m"月"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: "h:mm", 56: "h:mm:ss",
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a workbook uses without defining them; 27 to 58 are those of Chinese and Japanese editions."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<marked>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<general>General|G/通用格式)|(?P<era>(?:gg?g?)?e+)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4})|(?P<exponent>[eE][+-]0+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<fraction>/)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_ELAPSED = re.compile(r"[hmsHMS]+")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a workbook has no time zone
_LAST_SERIAL = 2_958_465
_FIRST_TRUE_SERIAL = 60


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    condition: tuple[str, Decimal] | None
    tokens: tuple[_Token, ...]

    def has(self, *kinds: str) -> bool:
        """Return whether a token is of one of the kinds."""
        return any(token.kind in kinds for token in self.tokens)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code[:255]):
        kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
        if kind == "other" and text == ";":
            sections.append([])
            conditions.append(None)
        elif kind == "bracket":
            condition, currency = _CONDITION.fullmatch(text), _CURRENCY.match(text)
            if condition:
                conditions[-1] = (condition[1], Decimal(condition[2]))
            elif _ELAPSED.fullmatch(text):
                sections[-1].append(_Token("elapsed", text[0].lower()))
            elif currency and currency[1]:
                sections[-1].append(_Token("literal", currency[1]))
        elif kind:
            literal = kind in {"quoted", "escaped", "marked", "other"}
            sections[-1].append(_Token("literal" if literal else kind, text))
    return tuple(map(_Section, conditions, map(tuple, sections)))


def is_date(code: str) -> bool:
    """Return whether a format shows a number as a date, a time or a duration."""
    return _sections(code)[0].has("date", "era", "elapsed", "ampm")


def shown(stored: str, code: str, *, from_1904: bool) -> str:
    """Return a stored number as its format shows it; `code` is the format, and empty for General.

    >>> shown("2023.1", "0.00", from_1904=False), shown("125", '0"万元"', from_1904=False)
    ('2023.10', '125万元')
    """
    number = Decimal(stored)
    digits = len(str(abs(int(number)))) if number.is_finite() and abs(number.adjusted()) < 400 else 0  # noqa: PLR2004
    if not digits:
        return Fault(stored, "it is not a number; correct the cell")
    if digits > MAX_DIGITS:
        return Fault(
            stored,
            Message(
                "a number of {digits} digits, of which a spreadsheet keeps {max_digits}; enter it as text",
                digits=digits,
                max_digits=MAX_DIGITS,
            ),
        )
    number = Decimal(format(float(number), f".{MAX_DIGITS}g"))
    if not code:
        return Number(plain(number))
    if is_date(code):
        return _date(number, _sections(code)[0], from_1904=from_1904)
    return _number(number, _sections(code))


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without trailing zeros."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _date(serial: Decimal, section: _Section, *, from_1904: bool) -> str:
    if not 0 <= serial <= _LAST_SERIAL:
        return Fault(
            str(serial), "the format is that of a date, but the number is outside the calendar; correct the cell"
        )
    letters = {token.text[0].lower() for token in section.tokens if token.kind in {"date", "era", "elapsed"}}
    if section.has("elapsed"):
        return _duration(serial, section)
    shift = 1 if not from_1904 and serial < _FIRST_TRUE_SERIAL else 0  # 1900 has a 29 February in a spreadsheet
    moment = _EPOCHS[from_1904] + timedelta(days=shift, seconds=round(float(serial) * 86400))
    has_time = bool(letters & {"h", "s"})
    is_minute = has_time and not letters & {"y", "e", "d"}
    month = "m" in letters and not is_minute
    if letters & {"y", "e"}:
        day = f"{moment:%Y-%m-%d}" if "d" in letters else f"{moment:%Y-%m}" if month else f"{moment:%Y}"
    else:
        day = f"{moment.month}月{moment.day}日" if month and "d" in letters else ""
    if day and not has_time:
        return day
    if not day and not has_time:
        return Fault(str(moment.date()), "the format shows a month or a day without a year; show the year")
    clock = f"{moment:%H:%M:%S}" if "s" in letters else f"{moment:%H:%M}"
    return day if day and not (moment.hour or moment.minute or moment.second) else f"{day} {clock}".strip()


def _duration(serial: Decimal, section: _Section) -> str:
    seconds = round(float(serial) * 86400)
    letters = {token.text[0].lower() for token in section.tokens if token.kind in {"date", "elapsed"}}
    first = next(token.text for token in section.tokens if token.kind == "elapsed")
    if first == "h":
        text = f"{seconds // 3600}:{seconds % 3600 // 60:02}"
        return f"{text}:{seconds % 60:02}" if "s" in letters else text
    return f"{seconds // 60}:{seconds % 60:02}" if first == "m" else str(seconds)


def _number(number: Decimal, sections: tuple[_Section, ...]) -> str:
    section, signed = _chosen(number, sections)
    value = number if signed else abs(number)
    if not section.tokens:
        return "" if len(sections) > 1 else plain(value)
    if section.has("general", "text", "exponent", "fraction") or not section.has("digit"):
        literal = "".join(token.text for token in section.tokens if token.kind == "literal")
        return plain(value) if section.has("exponent", "fraction") or not number else plain(value) + literal
    return _placed(value, section)


def _chosen(number: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """Return the section that applies, and whether the sign is shown in addition."""
    if any(section.condition for section in sections):
        compare = {
            "<": number.__lt__, "<=": number.__le__, ">": number.__gt__, ">=": number.__ge__,
            "=": number.__eq__, "<>": number.__ne__,
        }  # fmt: skip
        for section in sections[:2]:
            if section.condition and compare[section.condition[0]](section.condition[1]):
                return section, True
        return sections[min(len(sections) - 1, 2)], True
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:  # noqa: PLR2004 - the third section is that of zero
        return sections[2], False
    return sections[0], True


def _placed(value: Decimal, section: _Section) -> str:
    """Return a number in the digits of a section, with the literal text before, within and after them."""
    tokens = list(section.tokens)
    places = [index for index, token in enumerate(tokens) if token.kind in {"digit", "point", "comma"}]
    first, last = places[0], places[-1]
    thousands = 0
    while last > first and tokens[last].kind == "comma":
        thousands, last = thousands + 1, last - 1
    if section.has("percent"):
        value *= 100
    value /= Decimal(1000) ** thousands
    core = tokens[first : last + 1]
    before = "".join(token.text for token in tokens[:first] if token.kind == "literal")
    after = "".join(token.text for token in tokens[last + 1 :] if token.kind in {"literal", "percent"})
    whole, decimals = _digits(core)
    if any(token.kind == "literal" for token in core):
        return _interleaved(value, core, before, after)
    text = plain(abs(value))
    integer, _, fraction = text.partition(".")
    integer = integer.rjust(whole, "0")
    if any(token.kind == "comma" for token in core):
        integer = f"{int(integer):,}".rjust(whole, "0")
    fraction = fraction.ljust(decimals, "0")
    sign = "-" if value < 0 and "-" not in before else ""
    return f"{sign}{before}{integer}{'.' if fraction else ''}{fraction}{after}".strip()


def _digits(core: list[_Token]) -> tuple[int, int]:
    """Return the number of required digits before and after the point."""
    point = next((index for index, token in enumerate(core) if token.kind == "point"), len(core))
    required = [token.text == "0" for token in core]
    return sum(required[:point]), sum(required[point:])


def _interleaved(value: Decimal, core: list[_Token], before: str, after: str) -> str:
    """Return a number whose format has literal text between its digits, as ``0!.0`` has."""
    slots = sum(token.kind == "digit" for token in core)
    point = next((index for index, token in enumerate(core) if token.kind == "point"), len(core))
    decimals = sum(token.kind == "digit" for token in core[point:])
    scaled = abs(value) * Decimal(10) ** decimals
    digits = str(int(scaled))
    if scaled != int(scaled):
        return Fault(plain(value), "its format hides some digits of the number; show all digits")
    digits = digits.rjust(slots, "0")
    extra, pieces = len(digits) - slots, []
    for token in core:
        if token.kind == "digit":
            pieces.append(digits[: extra + 1])
            digits, extra = digits[extra + 1 :], 0
        elif token.kind in {"literal", "point"}:
            pieces.append(token.text)
    return f"{'-' if value < 0 else ''}{before}{''.join(pieces)}{after}"
