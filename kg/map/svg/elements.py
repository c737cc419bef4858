"""SVG elements with escaped text and short numbers."""

import re
from collections.abc import Mapping
from math import cos, pi, sin
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2000/svg"
_FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def around(angle: float) -> tuple[float, float]:
    """Return the cosine and the sine to 12 digits, because processors differ in the digits beyond."""
    return round(cos(angle), 12), round(sin(angle), 12)


_CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    # As in vis-network: the side is 2.3 times the size, and the centroid is slightly off the centre.
    "triangle": ((0, -1.0525), (1.15, 0.9392), (-1.15, 0.9392)),
    "triangleDown": ((0, 1.0525), (1.15, -0.9392), (-1.15, -0.9392)),
    "hexagon": tuple(around(i * pi / 3) for i in range(6)),
    "star": tuple(
        (0.82 * (0.5 if i % 2 else 1.3) * y, 0.082 - 0.82 * (0.5 if i % 2 else 1.3) * x)
        for i, (x, y) in enumerate(around(i * pi / 5) for i in range(10))
    ),
}


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str | float) -> ET.Element:
    """Append a child to `parent` and return it; the argument ``stroke_width`` is the attribute ``stroke-width``.

    Characters that XML forbids become U+FFFD.
    """
    named = {name.rstrip("_").replace("_", "-"): _plain(value) for name, value in attributes.items()}
    child = ET.SubElement(parent, tag, named)
    child.text = None if text is None else _plain(text)
    return child


Paint = Mapping[str, str | float]
"""Attributes of an element."""


def shape(
    parent: ET.Element, name: str, position: tuple[float, float], size: float, /, **paint: str | float
) -> ET.Element:
    """Append the shape `name` of `kg.map.scene.styles` around a position; an unknown name is a disc."""
    x, y = position
    if name not in _CORNERS:
        return add(parent, "circle", cx=x, cy=y, r=size, **paint)
    corners = " ".join(f"{number(x + dx * size)},{number(y + dy * size)}" for dx, dy in _CORNERS[name])
    return add(parent, "polygon", points=corners, **paint)


def arc(centre: tuple[float, float], radius: float, start: float, end: float) -> str:
    """Return the path of a clockwise circular arc between two angles in radians, drawn as two halves."""
    half = (start + end) / 2

    def at(angle: float) -> str:
        x, y = around(angle)
        return f"{number(centre[0] + radius * x)} {number(centre[1] + radius * y)}"

    r, large = number(radius), int(half - start > pi)
    return f"M{at(start)}A{r} {r} 0 {large} 1 {at(half)}A{r} {r} 0 {large} 1 {at(end)}"


def number(value: float) -> str:
    """Return `value` with at most two decimals and without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(value: str | float) -> str:
    return _FORBIDDEN_IN_XML.sub("\ufffd", value) if isinstance(value, str) else number(value)
