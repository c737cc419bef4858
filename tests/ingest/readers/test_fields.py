"""What a cell holds, or what is wrong with it; whatever it is, nothing else is raised."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.fields import CellError, Fields, domain

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
NUMBERS = st.from_regex(r"-?[0-9]{1,20}([.,][0-9]{1,20})?([eE][+-]?[0-9]{1,9})?", fullmatch=True)


@given(ANYTHING | NUMBERS)
def test_whatever_a_field_holds_it_is_a_value_or_wrong(value: object) -> None:
    row = Fields({"x": value})
    for ask in (
        row.text,
        row.need,
        row.day,
        row.month,
        row.money,
        row.point,
        row.country,
        row.each,
        row.texts,
        row.inner,
    ):
        with suppress(CellError):
            ask("x")
    with suppress(CellError):
        money = row.money("x")
        assert money is None or (0 <= money < 10**13 and len(f"{money:f}") < 200)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-01-31", date(2016, 1, 31)),
        ("2021-02-11 08:47:26", date(2021, 2, 11)),
        ("1 October 2012", date(2012, 10, 1)),
        ("", None),
    ],
)
def test_a_day(text: str, day: date | None) -> None:
    assert Fields({"x": text}).day("x") == day


@pytest.mark.parametrize("text", ["31/01/2016", "1 Oct 2012", "2016-02-30", "0001-01-01", "9999-12-31", "16-1-1"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(CellError):
        Fields({"x": text}).day("x")


def test_a_month_has_a_first_and_a_last_day() -> None:
    assert Fields({"x": "Feb 2016"}).month("x") == (date(2016, 2, 1), date(2016, 2, 29))
    assert Fields({"x": "Dec 2015"}).month("x") == (date(2015, 12, 1), date(2015, 12, 31))


def test_a_point_comes_from_one_field_or_from_two() -> None:
    two = Fields({"lat": Decimal("52.1"), "lng": 4})
    assert two.point("lat", "lng") == (Decimal("52.1"), Decimal(4))
    assert Fields({"x": "-33.4, 170"}).point("x") == (Decimal("-33.4"), Decimal(170))
    assert Fields({}).point("lat", "lng") is None
    with pytest.raises(CellError, match="degrees go from"):
        Fields({"lat": 52}).point("lat", "lng")


def test_a_list_of_one_may_be_that_one() -> None:
    row = Fields({"one": {"a": 1}, "many": [{"a": 1}, {"a": 2}], "text": "x", "none": None, "empty": {}})
    assert [[one.text("a") for one in row.each(name)] for name in ("one", "many", "none", "empty")] == [
        ["1"],
        ["1", "2"],
        [],
        [],
    ]
    assert (row.texts("text"), row.texts("none")) == (["x"], [])


def test_where_a_value_is_wrong_is_told_by_its_path() -> None:
    with pytest.raises(CellError) as told:
        Fields({"geo": {"lat": "north", "lng": "4"}}).inner("geo").point("lat", "lng")
    assert (told.value.column, told.value.value) == ("geo.lat", "north")


def test_a_country_is_known_by_the_codes_of_iso_and_of_the_union() -> None:
    assert [COUNTRIES[code] for code in ("GR", "EL", "GB", "UK", "CN")] == [
        *("Greece", "Greece", "United Kingdom", "United Kingdom", "China")
    ]
    assert all(len(code) == 2 and code.isupper() and name for code, name in COUNTRIES.items())


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://www.tue.nl/en", ("tue.nl",)),
        ("WWW.CEA.FR", ("cea.fr",)),
        ("https://例え.jp/", ("xn--r8jz45g.jp",)),
        ("javascript:alert(1)", ()),
        ("http://[::1", ()),
        ("no data", ()),
        ("", ()),
    ],
)
def test_the_host_of_an_address(address: str, found: tuple[str, ...]) -> None:
    assert domain(address) == found
