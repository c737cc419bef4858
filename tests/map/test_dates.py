"""`kg.map.dates`: the beginning of a link, as precisely as it is known."""

from __future__ import annotations

from datetime import date

import pytest

from kg.map import dates


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2020, 3, 1), date(2020, 3, 1), "2020-03-01"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2019, 1, 1), date(2020, 12, 31), "2019–2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020-02"),
        (date(2020, 12, 1), date(2020, 12, 31), "2020-12"),
        (date(2020, 2, 1), date(2020, 2, 28), "2020-02-01–2020-02-28"),
        (date(2020, 2, 1), date(2021, 2, 28), "2020-02-01–2021-02-28"),
        (date(9999, 12, 1), date(9999, 12, 31), "9999-12"),
    ],
)
def test_a_period_is_shortened_to_a_year_a_month_or_a_day(first: date, last: date, expected: str) -> None:
    assert dates.between(first, last).en == expected


def test_a_single_bound_is_stated() -> None:
    assert dates.between(None, date(2023, 1, 10)).en == "by 2023-01-10"
    assert dates.between(date(2020, 2, 1), None).en == "from 2020-02-01"
