"""Dates and terms in cells are parsed or refused, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers import cell_dates, cell_money, counts


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
        ("２０２５", "2025-01-01", "2025-12-31", "year"),
        ("二〇二五年十二月", "2025-12-01", "2025-12-31", "month"),
        ("8 November 2025", "2025-11-08", "2025-11-08", "day"),
        ("Mar. 2025", "2025-03-01", "2025-03-31", "month"),
        ("20250318", "2025-03-18", "2025-03-18", "day"),
        ("03/15/2023", "2023-03-15", "2023-03-15", "day"),
        ("15/03/2023", "2023-03-15", "2023-03-15", "day"),
        ("2022年第3季度", "2022-07-01", "2022-09-30", ""),
        ("2023 Q1", "2023-01-01", "2023-03-31", ""),
        ("2023年下半年", "2023-07-01", "2023-12-31", ""),
    ],
)
def test_a_day_a_month_or_a_year(text: str, first: str, last: str, precision: str) -> None:
    assert cell_dates.span(text) == (date.fromisoformat(first), date.fromisoformat(last), precision)


@pytest.mark.parametrize(("order", "month"), [("DMY", 4), ("MDY", 3)])
def test_either_number_of_a_date_may_be_the_month(order: str, month: int) -> None:
    assert cell_dates.span("03/04/2023", order).first == date(2023, month, 7 - month)
    with pytest.raises(ValueError, match="is not a clear date"):
        cell_dates.span("03/04/2023")


@pytest.mark.parametrize("text", ["11月8日", "2月29日", "--11-08"])
def test_a_day_without_a_year_has_no_bounds(text: str) -> None:
    assert cell_dates.span(text) == (None, None, "monthDay")


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "13月1日", "0001-01-01", "9999", "8 November", "", "1" * 5000]
)
def test_an_invalid_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day|is not in the years|does not exist"):
        cell_dates.span(text)


@given(st.dates(date(cell_dates.EARLIEST, 1, 1), date(cell_dates.LATEST, 12, 31)))
def test_every_date_round_trips(day: date) -> None:
    assert cell_dates.span(day.isoformat()) == (day, day, "day")


@given(st.text(max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for parse in (cell_dates.span, cell_dates.term, cell_dates.duration, counts.count, cell_money.money):
        message = ""
        try:
            parse(text)
        except ValueError as error:
            message = str(error)
        assert not message or message.startswith(("is not ", "is a date "))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024.5-2025.4", "2024-05-01", "2025-04-30"),
        ("2024年5月至2025年4月", "2024-05-01", "2025-04-30"),
        ("2024-05-06~2025-05-05", "2024-05-06", "2025-05-05"),
        ("2020—2025年", "2020-01-01", "2025-12-31"),
        ("三年（2023.6起）", "2023-06-01", "2026-06-29"),
        ("2023年6月1日起，期限3年", "2023-06-01", "2026-05-31"),
    ],
)
def test_a_term_has_a_start_and_an_end(text: str, start: str, end: str) -> None:
    first, last = cell_dates.term(text)
    assert last
    assert (str(first.first), str(last.last)) == (start, end)


@pytest.mark.parametrize("text", ["2021.09—长期", "2021年9月起", "since September 2021", "自2021年9月起长期"])
def test_a_term_may_have_an_open_end(text: str) -> None:
    start, end = cell_dates.term(text, is_open="长期".__eq__)
    assert (start.first, end) == (date(2021, 9, 1), None)


@pytest.mark.parametrize(
    ("text", "unit", "months", "days"),
    [
        ("3", "years", 36, 0),
        ("三年", None, 36, 0),
        ("一年半", None, 18, 0),
        ("半年", None, 6, 0),
        ("36个月", "years", 36, 0),
        ("18 months", None, 18, 0),
        ("90天", None, 0, 90),
    ],
)
def test_a_duration_is_in_months_or_days(text: str, unit: str | None, months: int, days: int) -> None:
    assert cell_dates.duration(text, unit) == (months, days)


def test_a_duration_requires_a_unit() -> None:
    with pytest.raises(ValueError, match="add the unit to the mapping, such as in: years"):
        cell_dates.duration("3")


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_a_term_ends_on_the_day_before_it_would_begin_again(start: date, months: int) -> None:
    last = cell_dates.after(start, cell_dates.Duration(months, 0))
    following = date.fromordinal(last.toordinal() + 1)
    apart = (following.year - start.year) * 12 + following.month - start.month
    assert apart == months or (following.day == 1 and apart in {months, months + 1})
    assert following.day == start.day or start.day > 28
