"""Numbers and dates are read as their format shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.texts import english
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers.cells import Fault
from kg.ingest.readers.number_formats import shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("2023.1", "0.00", "2023.10"),
        ("125", '0"万元"', "125万元"),
        ("125", "0.00万元", "125.00万元"),
        ("1250000", "#,##0.00", "1,250,000.00"),
        ("1250000", "[$¥-804]#,##0;[Red]-[$¥-804]#,##0", "¥1,250,000"),
        ("-5", "0;[Red]0", "-5"),
        ("42", "00000", "00042"),
        ("123000", '0!.0,"万"', "12.3万"),
        ("125000", '#,##0,"千元"', "125千元"),
        ("250000", '[>=10000]0!.0,"万元";0"元"', "25.0万元"),
        ("9999", '[>=10000]0!.0,"万元";0"元"', "9999元"),
        ("0.125", "0.0%", "12.5%"),
        ("0", '_-* #,##0_-;-* #,##0_-;_-* "-"_-', "0"),
        ("12", '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', "¥12.00"),
        ("0", "0;-0;;@", ""),
        ("0.30000000000000004", "", "0.3"),
        ("3.5", "", "3.5"),
    ],
)
def test_a_number_keeps_the_text_of_its_format(stored: str, code: str, text: str) -> None:
    assert shown(stored, code, from_1904=False) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("45000", "yyyy-mm-dd", "2023-03-15"),
        ("45000", 'yyyy"年"m"月"', "2023-03"),
        ("45000", "mmm-yy", "2023-03"),
        ("45000", "yyyy", "2023"),
        ("45000", "[$-804]yyyy年m月d日;@", "2023-03-15"),
        ("45000", 'm"月"d"日"', "3月15日"),
        ("45000.5", "yyyy-m-d h:mm", "2023-03-15 12:00"),
        ("45000", "yyyy-m-d h:mm", "2023-03-15"),
        ("0.5", "h:mm", "12:00"),
        ("1.125", "[h]:mm", "27:00"),
        ("1.125", "[mm]", "1620:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
    ],
)
def test_a_date_has_the_precision_of_its_format(stored: str, code: str, text: str) -> None:
    assert shown(stored, code, from_1904=False) == text


def test_days_may_count_from_1904() -> None:
    assert shown("43538", "yyyy-mm-dd", from_1904=True) == "2023-03-15"


@pytest.mark.parametrize(
    ("stored", "code", "reason"),
    [
        ("6.1010119900101001E17", "", "a number of 18 digits, of which a spreadsheet keeps 15; enter it as text"),
        ("123456", '0!.0,"万"', "its format hides some digits of the number; show all digits"),
        ("-1", "yyyy-mm-dd", "the format is that of a date, but the number is outside the calendar"),
        ("45000", "mmm", "the format shows a month or a day without a year; show the year"),
    ],
)
def test_a_number_that_is_not_shown_whole_is_refused(stored: str, code: str, reason: str) -> None:
    cell = shown(stored, code, from_1904=False)
    assert isinstance(cell, Fault)
    assert english(cell.reason).startswith(reason)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["", "0", "0.00", "#,##0.00", "General", '0.0"万元"']))
def test_no_digit_is_lost(value: Decimal, code: str) -> None:
    text = shown(str(value), code, from_1904=False)
    assert Decimal(text.replace(",", "").replace("万元", "").replace("General", "")) == value


@given(st.text(st.sampled_from('0#?.,;"%!\\[]$¥年月日ymdhse@万元_*/+-'), max_size=20), st.floats(-1e6, 1e6))
def test_any_format_gives_a_text(code: str, value: float) -> None:
    assert "\n" not in shown(repr(value), code, from_1904=False)
