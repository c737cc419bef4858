"""Small charts in the cells of tables: a bar with a mark, and a dot with an interval.

The text of the same row contains the numbers, so assistive technology skips the charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.map.svg.elements import add

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH, HEIGHT = 240.0, 14.0
_MARGIN = 6.0
_RADIUS = 4.0


def bar(value: float, scale: float, colour: str = "var(--accent)", mark: float | None = None) -> str:
    """Return a bar of the length `value` of `scale`, with a line at `mark`, as an ``<svg>`` element."""
    root = _canvas()
    add(root, "rect", x=0, y=3, width=_place(value, scale), height=HEIGHT - 6, fill=colour)
    if mark is not None:
        place = _place(mark, scale)
        add(root, "line", x1=place, x2=place, y1=0, y2=HEIGHT, stroke="var(--ink)", stroke_width=2)
    return ET.tostring(root, encoding="unicode")


def interval(value: float, ends: tuple[float, float] | None, scale: float, colour: str = "var(--accent)") -> str:
    """Return a dot at `value` of `scale`, with a line between the `ends` of its interval, as an ``<svg>`` element."""
    root, middle = _canvas(), HEIGHT / 2
    add(root, "line", x1=_MARGIN, x2=WIDTH - _MARGIN, y1=middle, y2=middle, stroke="var(--rule)", stroke_width=1)
    if ends is not None:
        first, last = (_inside(end, scale) for end in ends)
        add(root, "line", x1=first, x2=last, y1=middle, y2=middle, stroke=colour, stroke_width=3)
    add(root, "circle", cx=_inside(value, scale), cy=middle, r=_RADIUS, fill=colour)
    return ET.tostring(root, encoding="unicode")


def scale_of(values: Iterable[float | None]) -> float:
    """Return the largest of `values`, or 1 if there is none above 0: the value at the right end of a chart."""
    return max((value for value in values if value is not None and value > 0), default=1.0)


def _canvas() -> ET.Element:
    attributes = {"class": "chart", "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "aria-hidden": "true"}
    return ET.Element("svg", attributes)


def _place(value: float, scale: float) -> float:
    return WIDTH * min(max(value / scale, 0.0), 1.0)


def _inside(value: float, scale: float) -> float:
    return _MARGIN + (WIDTH - 2 * _MARGIN) * min(max(value / scale, 0.0), 1.0)
