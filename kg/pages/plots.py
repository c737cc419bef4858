"""Pictures of answers: bars by name or by year, and a map of places."""

from __future__ import annotations

from collections import Counter
from math import cos, pi
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.map.svg.elements import add
from kg.model.display import safe
from kg.pages.charts import shortened, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.model import Cell, Table
    from kg.pages.served import Point

MAX_BARS = 20
"""Rows of a chart by name; one by year has all."""
_MIN_ROWS = 3
"""Rows below which there is no chart."""

_WIDTH = 360.0
"""Width of a picture in its own units; a telephone shows it in its own size, so that its text is readable."""
_NAMES, _ROW, _NUMBER = 150.0, 20.0, 56.0
"""Width of names, height of a row, and width of a number behind a bar."""
_YEARS_HEIGHT = 150.0
_MAP_HEIGHT, _MARGIN = 260.0, 14.0
_MOST = 1e15
"""Size of a number from which on there is no picture."""
_YEARS = range(1000, 2200)
_LINE = 14.0
"""Distance between two names on the map, down."""


def columns(
    table: Table, word: Callable[..., str], column: Callable[[str], str], text: Callable[[Cell, str], str]
) -> str:
    """Return the first column of numbers of several rows as bars by name or by year; nothing without one."""
    numeric = [place for place in range(1, len(table.columns)) if _all(table, place, _is_number)]
    if len(table.rows) < _MIN_ROWS or not numeric:
        return ""
    values = [max(float(row[numeric[0]]), 0.0) for row in table.rows]  # type: ignore[arg-type]  # all are numbers
    title = column(table.columns[numeric[0]])
    years = [row[0] for row in table.rows]
    if _all(table, 0, _is_year) and len(set(years)) > 1:
        return _by_year(zip(map(int, years), values, strict=True), word("yearsChart", column=title))  # type: ignore[arg-type]
    names = [place for place in range(numeric[0]) if not _all(table, place, _is_iri)] or [0]
    labels = [" · ".join(text(row[place], table.columns[place]) for place in names) for row in table.rows]
    rows = list(zip(labels, values, strict=True))[:MAX_BARS]
    return _by_name(rows, word("valuesChart", column=title, n=len(rows)))


def _by_name(rows: Sequence[tuple[str, float]], caption: str) -> str:
    """Return a bar for each row, beside its name and before its number."""
    most = max(size for _, size in rows) or 1.0
    root = _picture("bars", _ROW * len(rows) + 4)
    for number, (name, size) in enumerate(rows):
        top, length = _ROW * number, (_WIDTH - _NAMES - _NUMBER) * size / most
        add(root, "text", shortened(safe(name), _NAMES - 8), x=_NAMES - 8, y=top + 15, **{"class": "end"})
        add(root, "rect", x=_NAMES, y=top + 4, width=round(length, 1), height=14, fill="var(--accent)")
        add(root, "text", f"{size:,.6g}", x=round(_NAMES + length + 5), y=top + 15)
    return _figure(root, caption)


def _by_year(rows: Iterable[tuple[int, float]], caption: str) -> str:
    """Return a bar for each year with the sum of its rows, and the first, the last and the greatest in words."""
    values: Counter[int] = Counter()
    for year, size in rows:
        values[year] += size  # type: ignore[assignment]  # a counter also adds fractions
    first, last, most = min(values), max(values), max(values.values()) or 1.0
    step = (_WIDTH - 4) / (last - first + 1)
    root = _picture("bars", _YEARS_HEIGHT + 22)
    for year, size in sorted(values.items()):
        height = (_YEARS_HEIGHT - 20) * size / most
        place = {"x": round(2 + (year - first) * step, 1), "y": round(_YEARS_HEIGHT - height, 1)}
        bar = add(
            root, "rect", **place, width=round(max(step - 1, 0.5), 1), height=round(height, 1), fill="var(--accent)"
        )
        add(bar, "title", f"{year}: {size:,.6g}")
    add(root, "line", x1=0, x2=_WIDTH, y1=_YEARS_HEIGHT, y2=_YEARS_HEIGHT, stroke="var(--edge)")
    add(root, "text", str(first), x=2, y=_YEARS_HEIGHT + 16)
    add(root, "text", str(last), x=_WIDTH - 2, y=_YEARS_HEIGHT + 16, **{"class": "end"})
    highest = max(values, key=lambda year: (values[year], year))
    middle = 2 + (highest - first + 0.5) * step
    label = f"{highest}: {values[highest]:,.6g}"
    half = width_of(label) / 2
    add(root, "text", label, x=round(min(max(middle, half), _WIDTH - half) - half), y=14)
    return _figure(root, caption)


def places(points: Sequence[Point], word: Callable[..., str]) -> str:
    """Return places by longitude and latitude, north at the top; nothing for fewer than two different places."""
    where = sorted({(one.longitude, one.latitude) for one in points})
    if len(where) < 2:  # noqa: PLR2004 - a single place needs no map
        return ""
    west, east = where[0][0], where[-1][0]
    south, north = min(y for _, y in where), max(y for _, y in where)
    middle = cos(pi * (south + north) / 360)
    across, down = max((east - west) * middle, 0.1), max(north - south, 0.1)
    scale = min((_WIDTH - 2 * _MARGIN) / across, (_MAP_HEIGHT - 2 * _MARGIN) / down)
    left = (_WIDTH - (east - west) * middle * scale) / 2
    root = _picture("places", (north - south) * scale + 2 * _MARGIN)
    where_of = {
        one: (left + (one.longitude - west) * middle * scale, _MARGIN + (north - one.latitude) * scale)
        for one in points
    }
    for one, (x, y) in where_of.items():
        add(add(root, "circle", cx=round(x, 1), cy=round(y, 1), r=4), "title", safe(one.text))
    taken: list[tuple[float, float, float]] = []
    for one, (x, y) in where_of.items():
        name = shortened(safe(one.text), _WIDTH / 2 - 20)
        size = width_of(name)
        start = x + 7 if x + 7 + size <= _WIDTH else x - 7 - size
        ends = (start - 2, start + size + 2, y)
        if start >= 0 and all(ends[0] > end or ends[1] < begin or abs(y - row) >= _LINE for begin, end, row in taken):
            taken.append(ends)
            add(root, "text", name, x=round(start), y=round(y + 4))
    return _figure(root, word("placesMap", n=len(points)))


def _all(table: Table, place: int, holds: Callable[[object], bool]) -> bool:
    return all(holds(row[place]) for row in table.rows)


def _is_number(cell: object) -> bool:
    """Return whether a cell is a number that a picture can have: neither infinite nor without a value."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < _MOST


def _is_year(cell: object) -> bool:
    """Return whether a cell is a year: a number, or four digits."""
    if isinstance(cell, str):
        return len(cell) == 4 and cell.isascii() and cell.isdigit()  # noqa: PLR2004 - the digits of a year
    return isinstance(cell, int) and cell in _YEARS


def _is_iri(cell: object) -> bool:
    return str(cell).startswith("https://")


def _picture(kind: str, height: float) -> ET.Element:
    return ET.Element("svg", {"class": kind, "viewBox": f"0 0 {_WIDTH:g} {height:.0f}", "role": "img"})


def _figure(picture: ET.Element, caption: str) -> str:
    """Return a picture with its caption, which is its description for people who do not see it too."""
    picture.set("aria-label", safe(caption))
    root = ET.Element("figure")
    root.append(picture)
    add(root, "figcaption", safe(caption))
    return ET.tostring(root, encoding="unicode")
