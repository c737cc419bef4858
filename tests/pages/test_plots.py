"""Pictures of answers fit their frame, and a series of years has all of its years."""

import re

import pytest
from lxml import etree

from kg.model import Table
from kg.model.cell import Cell
from kg.pages import plots
from kg.pages.charts import shortened, width_of, wrapped
from kg.pages.served import Point


def word(key: str, **values: object) -> str:
    return f"{key} {values}"


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in etree.fromstring(picture).iter("text")]


def chart(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    return plots.columns(Table(columns, rows, ()), word, str, lambda cell, _: str(cell))


def test_a_series_of_years_has_all_years_and_sums_rows_of_one_year() -> None:
    picture = chart(("year", "period", "links"), tuple((1990 + one // 2, "x", 2) for one in range(60)))
    assert picture.count("<rect") == 30
    assert {"1990", "2019", "2019: 4"} == set(texts(picture))


def test_bars_have_the_names_of_all_columns_of_names() -> None:
    rows = tuple((f"province {one}", f"firm {one}", one) for one in range(5))
    assert "province 3 · firm 3" in texts(chart(("place", "firm", "links"), rows))


@pytest.mark.parametrize("name", ["西安" * 30, "W" * 80, "Xi'an University of Architecture and Technology"])
def test_names_on_a_map_stay_in_its_frame(name: str) -> None:
    points = [Point(name, float(north), float(east)) for north in (10, 40) for east in (-120, 0, 140)]
    picture = plots.places(points, word)
    (width,) = re.findall(r'viewBox="0 0 (\d+)', picture)
    for one in etree.fromstring(picture).iter("text"):
        assert float(one.attrib["x"]) >= 0
        assert float(one.attrib["x"]) + width_of(one.text or "") <= float(width) + 1


def test_a_name_is_wrapped_into_two_lines_at_most() -> None:
    assert wrapped("Xi'an University of Architecture and Technology", 130) == [
        "Xi'an University of",
        "Architecture and T…",
    ]
    assert wrapped("短名", 130) == ["短名"]
    assert shortened("西安建筑科技大学", 60) == "西安建筑…"
