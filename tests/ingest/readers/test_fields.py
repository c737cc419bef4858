"""A field has a value or raises a `CellError`, and nothing else."""

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
    lambda nested: st.lists(nested, max_size=3) | st.dictionaries(st.text(max_size=3), nested, max_size=3),
)
NUMBERS = st.from_regex(r"-?[0-9]{1,20}([.,][0-9]{1,20})?([eE][+-]?[0-9]{1,9})?", fullmatch=True)


@given(ANYTHING | NUMBERS)
def test_any_content_gives_a_value_or_a_cell_error(value: object) -> None:
    row = Fields({"x": value})
    for read in (
        row.text,
        row.required,
        row.day,
        row.month,
        row.money,
        row.point,
        row.country,
        row.objects,
        row.texts,
        row.nested,
    ):
        with suppress(CellError):
            read("x")
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
def test_an_invalid_day_is_refused(text: str) -> None:
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
    half = Fields({"lat": 52})
    assert (half.point("lat", "lng"), dict(half.left_open)) == (None, {("lat", "52,"): None})
    with pytest.raises(CellError, match="latitude must be between"):
        Fields({"lat": 95, "lng": 4}).point("lat", "lng")


def test_a_list_may_be_a_single_value() -> None:
    row = Fields({"one": {"a": 1}, "many": [{"a": 1}, {"a": 2}], "text": "x", "none": None, "empty": {}})
    assert [[one.text("a") for one in row.objects(name)] for name in ("one", "many", "none", "empty")] == [
        ["1"],
        ["1", "2"],
        [],
        [],
    ]
    assert (row.texts("text"), row.texts("none")) == (["x"], [])


def test_an_error_contains_the_path_of_the_field() -> None:
    with pytest.raises(CellError) as raised:
        Fields({"geo": {"lat": "north", "lng": "4"}}).nested("geo").point("lat", "lng")
    assert (raised.value.column, raised.value.value) == ("geo.lat", "north")


def test_countries_have_codes_of_iso_and_of_the_european_union() -> None:
    assert [COUNTRIES[code] for code in ("GR", "EL", "GB", "UK", "CN")] == [
        *("Greece", "Greece", "United Kingdom", "United Kingdom", "China")
    ]
    assert all(len(code) == 2 and code.isupper() and name for code, name in COUNTRIES.items())


@pytest.mark.parametrize(
    ("address", "host"),
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
def test_the_host_of_an_address(address: str, host: tuple[str, ...]) -> None:
    assert domain(address) == host
