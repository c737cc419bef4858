"""Cell values are parsed or refused, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers import cell_values


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025-03-18", "2025-03-18", "2025-03-18", "day"),
        ("2025/3/18", "2025-03-18", "2025-03-18", "day"),
        ("2025.03.18", "2025-03-18", "2025-03-18", "day"),
        ("2025年3月18日", "2025-03-18", "2025-03-18", "day"),
        ("2024-02-29 00:00:00", "2024-02-29", "2024-02-29", "day"),
        ("2024年2月", "2024-02-01", "2024-02-29", "month"),
        ("2025-12", "2025-12-01", "2025-12-31", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2025年", "2025-01-01", "2025-12-31", "year"),
    ],
)
def test_a_day_a_month_or_a_year(text: str, first: str, last: str, precision: str) -> None:
    assert cell_values.span(text) == (date.fromisoformat(first), date.fromisoformat(last), precision)


@pytest.mark.parametrize("text", ["11月8日", "2月29日", "--11-08"])
def test_a_day_without_a_year_has_no_bounds(text: str) -> None:
    assert cell_values.span(text) == (None, None, "monthDay")


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "13月1日", "0001-01-01", "9999", "8 November", "", "２０２５", "1" * 5000]
)
def test_an_invalid_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day|is not in the years|does not exist"):
        cell_values.span(text)


@given(st.dates(date(cell_values.EARLIEST, 1, 1), date(cell_values.LATEST, 12, 31)))
def test_every_date_round_trips(day: date) -> None:
    assert cell_values.span(day.isoformat()) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("36", 36, "exact"),
        ("36家", 36, "exact"),
        ("1,200", 1200, "exact"),
        ("280余家", 280, "moreThan"),
        ("超过280", 280, "moreThan"),
        ("over 280", 280, "moreThan"),
        (">280", 280, "moreThan"),
        ("至少30家", 30, "atLeast"),
        ("30+", 30, "atLeast"),
        ("30家以上", 30, "atLeast"),
        ("约50", 50, "approximate"),
        ("About 50", 50, "approximate"),
        ("50左右", 50, "approximate"),
    ],
)
def test_a_count_has_a_kind(text: str, number: int, kind: str) -> None:
    assert cell_values.count(text) == (number, kind)


@pytest.mark.parametrize("text", ["", "many", "若干", "-3", "3.5", "36 or so", "9" * 20, "1,2"])
def test_an_invalid_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        cell_values.count(text)


def test_money() -> None:
    assert cell_values.money("1,250,000.50") == Decimal("1250000.50")
    assert cell_values.money("-3") == Decimal(-3)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("120", 10_000, 1_200_000),
        ("120万", 1, 1_200_000),
        ("120 万元", 10_000, 1_200_000),
        ("120元", 10_000, 120),
        ("1.5亿元", 1, 150_000_000),
        ("3千万", 1, 30_000_000),
        ("1.2 million", 1, 1_200_000),
    ],
)
def test_money_in_units(text: str, unit: int, amount: int) -> None:
    assert cell_values.money(text, unit) == amount


def test_yuan_require_the_currency_cny() -> None:
    assert cell_values.money("3万", currency="USD") == 30_000
    with pytest.raises(ValueError, match=r"is not an amount of USD; write 1250000 or 1,250,000\.50$"):
        cell_values.money("3万元", currency="USD")


@pytest.mark.parametrize("text", ["", "1.963.982,50", "1e9", "NaN", "Infinity", "万", "12万万", "12美元", "1,25"])
def test_an_invalid_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        cell_values.money(text)


@given(st.text(max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for parse in (cell_values.span, cell_values.count, cell_values.money):
        message = ""
        try:
            parse(text)
        except ValueError as error:
            message = str(error)
        assert not message or message.startswith(("is not ", "is a date "))
