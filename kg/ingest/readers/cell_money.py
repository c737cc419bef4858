"""Strict parsers for amounts of money as people write them into cells."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from kg.ingest.readers.cells import ParseError

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
_IN_YUAN = re.compile(r"(千万|百万|千|万|亿)(?:元|(?=[)\]】]|$))")
_SIGN_OR_CODE = r"(?:EUR|USD|GBP|CNY|RMB|CHF|SEK|HKD|JPY|€|\$|£|¥)"
_IN_LATIN = {
    "thousand": rf"(?<![A-Za-z])k ?{_SIGN_OR_CODE}|{_SIGN_OR_CODE} ?k\b|\(k\)|\bthousands?\b"
    rf"|{_SIGN_OR_CODE} ?['’]?000s?\b|['’]000\b",
    "million": rf"(?<![A-Za-z])(?:M|mn|mio\.?) ?{_SIGN_OR_CODE}|{_SIGN_OR_CODE} ?(?:M|mn|mio)\b|\bmillions?\b",
    "billion": rf"(?<![A-Za-z])bn ?{_SIGN_OR_CODE}|{_SIGN_OR_CODE} ?bn\b|\bbillions?\b",
}
_MAX_LENGTH = 100


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


def unit_in(heading: str) -> str:
    """Return the unit of amounts in a heading, a key of `UNITS`; empty if it names none beyond the currency.

    >>> unit_in("经费（万元）"), unit_in("Value (USD k)"), unit_in("金额")
    ('万元', 'thousand', '')
    """
    plain = unicodedata.normalize("NFKC", heading)
    chinese = _IN_YUAN.search(plain)
    if chinese:
        return f"{chinese[1]}元"
    return next((unit for unit, pattern in _IN_LATIN.items() if re.search(pattern, plain, re.IGNORECASE)), "")
