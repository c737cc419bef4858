"""Small pictures in pages: bars, intervals of ranks, and an actor with its partners."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wcwidth import wcswidth

from kg.map.scene.styles import SECTORS
from kg.map.svg.elements import add
from kg.model.display import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.model import Cell, Table
    from kg.pages.model import ActorPage
    from kg.pages.parts import Standing
    from kg.pages.served import Point
    from kg.texts import Text

WIDTH, HEIGHT = 160.0, 12.0
MAX_NEIGHBOURS = 12
MIN_NEIGHBOURS = 3
"""Partners below which there is no picture."""
_NAME = 24
"""Columns of a name beside a partner; a Chinese character takes two."""


def bar(share: float) -> str:
    """Return a bar of a share of 1."""
    root = _canvas()
    add(root, "rect", x=0, y=3, width=WIDTH, height=6, fill="var(--rule)")
    add(root, "rect", x=0, y=3, width=round(WIDTH * min(max(share, 0.0), 1.0), 1), height=6, fill="var(--accent)")
    return ET.tostring(root, encoding="unicode")


def interval(standing: Standing) -> str:
    """Return the rank of an actor as a dot, and its interval as a line; the first rank is at the left."""
    root, middle = _canvas(), HEIGHT / 2
    add(root, "line", x1=4, x2=WIDTH - 4, y1=middle, y2=middle, stroke="var(--rule)", stroke_width=1)

    def place(rank: int) -> float:
        return round(4 + (WIDTH - 8) * (rank - 1) / max(standing.of - 1, 1), 1)

    if standing.lower is not None and standing.upper is not None:
        ends = place(standing.lower), place(standing.upper)
        add(root, "line", x1=ends[0], x2=ends[1], y1=middle, y2=middle, stroke="var(--accent)", stroke_width=3)
    add(root, "circle", cx=place(standing.rank), cy=middle, r=3.5, fill="var(--ink)")
    return ET.tostring(root, encoding="unicode")


def _canvas() -> ET.Element:
    attributes = {"class": "chart", "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "aria-hidden": "true"}
    return ET.Element("svg", attributes)


def neighbours(page: ActorPage, word: Callable[..., str], text: Callable[[Text], str]) -> str:
    """Return an actor among its partners with most links as an ``<svg>`` element; nothing if there are few.

    The list of partners contains the same.
    """
    listed = [(one, group.sector) for group in page.partners for one in group.listed]
    if len(listed) < MIN_NEIGHBOURS:
        return ""
    chosen = sorted(listed, key=lambda item: (-item[0].links, item[0].ref.path or ""))[:MAX_NEIGHBOURS]
    chosen.sort(key=lambda item: (item[1], -item[0].links, item[0].ref.path or ""))
    root = ET.Element("svg", {"viewBox": "-260 -125 520 250", "role": "img"})
    root.set("aria-label", safe(word("neighbours", name=text(page.head.label))))
    angles = (2 * pi * (place + 0.5) / len(chosen) - pi / 2 for place in range(len(chosen)))
    places = [(cos(angle), sin(angle)) for angle in angles]
    for width in sorted({_width(one.links) for one, _ in chosen}):
        ends = (place for (one, _), place in zip(chosen, places, strict=True) if _width(one.links) == width)
        add(root, "path", d="".join(f"M0 0L{x * 120:.0f} {y * 100:.0f}" for x, y in ends), stroke_width=width)
    for (one, sector), (x, y) in zip(chosen, places, strict=True):
        add(root, "circle", cx=round(x * 120), cy=round(y * 100), r=5, **{"class": _sector(sector)})
        name = safe(text(one.ref.label))
        shown = name if wcswidth(name) <= _NAME else f"{_cut(name)}…"
        add(root, "text", shown, x=round(x * 130), y=round(y * 108 + 4), **({} if x > 0 else {"class": "end"}))
    add(root, "circle", r=8, **{"class": _sector(page.head.sector)})
    return ET.tostring(root, encoding="unicode")


def _cut(name: str) -> str:
    """Return the beginning of a name that fits."""
    return next(name[:size] for size in range(min(len(name), _NAME), -1, -1) if wcswidth(name[:size]) < _NAME)


def _width(links: int) -> int:
    return min(links, 6)


def _sector(sector: str) -> str:
    return sector if sector in SECTORS else "other"


MAX_BARS = 20
"""Rows of a chart."""

_MAP_WIDTH, _MAP_HEIGHT, _MARGIN = 640.0, 300.0, 24.0
_MOST = 1e15
"""Size of a number from which on there is no picture."""

_NAMED = (130.0, 13.0)
"""Distance between two names on the map, across and down."""


def columns(
    table: Table, word: Callable[..., str], column: Callable[[str], str], text: Callable[[Cell, str], str]
) -> str:
    """Return the first column of numbers of several rows as bars beside the first column; nothing without one."""
    rows = table.rows[:MAX_BARS]
    numeric = [place for place in range(1, len(table.columns)) if all(_is_number(row[place]) for row in rows)]
    if len(rows) < MIN_NEIGHBOURS or not numeric:
        return ""
    values = [max(float(row[numeric[0]]), 0.0) for row in rows]  # type: ignore[arg-type]  # all are numbers
    names = [place for place in range(numeric[0]) if not str(rows[0][place]).startswith("https://")] or [0]
    most = max(values) or 1.0
    root = ET.Element("svg", {"class": "bars", "viewBox": f"0 0 520 {18 * len(rows) + 4}", "role": "img"})
    caption = word("valuesChart", column=column(table.columns[numeric[0]]), n=len(rows))
    for number, (row, size) in enumerate(zip(rows, values, strict=True)):
        name = safe(text(row[names[-1]], table.columns[names[-1]]))
        shown = name if wcswidth(name) <= _NAME else f"{_cut(name)}…"
        add(root, "text", shown, x=160, y=18 * number + 14, **{"class": "end"})
        add(root, "rect", x=168, y=18 * number + 4, width=round(280 * size / most, 1), height=12, fill="var(--accent)")
        add(root, "text", f"{size:,.6g}", x=round(174 + 280 * size / most), y=18 * number + 14)
    return _figure(root, caption)


def _figure(picture: ET.Element, caption: str) -> str:
    """Return a picture with its caption, which is its description for people who do not see it too."""
    picture.set("aria-label", safe(caption))
    root = ET.Element("figure")
    root.append(picture)
    add(root, "figcaption", safe(caption))
    return ET.tostring(root, encoding="unicode")


def _is_number(cell: object) -> bool:
    """Return whether a cell is a number that a picture can have: neither infinite nor without a value."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < _MOST


def places(points: Sequence[Point], word: Callable[..., str]) -> str:
    """Return places by longitude and latitude, north at the top; nothing for fewer than two different places."""
    where = sorted({(one.longitude, one.latitude) for one in points})
    if len(where) < 2:  # noqa: PLR2004 - a single place needs no map
        return ""
    west, east = where[0][0], where[-1][0]
    south, north = min(y for _, y in where), max(y for _, y in where)
    middle = cos(pi * (south + north) / 360)
    scale = min(
        (_MAP_WIDTH - 2 * _MARGIN) / max((east - west) * middle, 0.1),
        (_MAP_HEIGHT - 2 * _MARGIN) / max(north - south, 0.1),
    )
    root = ET.Element("svg", {"class": "places", "viewBox": f"0 0 {_MAP_WIDTH:g} {_MAP_HEIGHT:g}", "role": "img"})
    named: list[tuple[float, float]] = []
    for one in points:
        x, y = _MARGIN + (one.longitude - west) * middle * scale, _MARGIN + (north - one.latitude) * scale
        dot = add(root, "circle", cx=round(x, 1), cy=round(y, 1), r=4)
        add(dot, "title", safe(one.text))
        if all(abs(x - other) > _NAMED[0] or abs(y - above) > _NAMED[1] for other, above in named):
            named.append((x, y))
            name = safe(one.text)
            shown = name if wcswidth(name) <= _NAME else f"{_cut(name)}…"
            add(root, "text", shown, x=round(x + 7), y=round(y + 4))
    return _figure(root, word("placesMap", n=len(points)))
