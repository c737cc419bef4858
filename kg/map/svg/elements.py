"""Elements of a drawing: text stands in them as text only, and numbers as short as they can be."""

import re
from collections.abc import Mapping
from math import cos, pi, sin
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2000/svg"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    # As vis-network draws them: side 2.3 times the size, the middle of gravity a little aside.
    "triangle": ((0, -1.0525), (1.15, 0.9392), (-1.15, 0.9392)),
    "triangleDown": ((0, 1.0525), (1.15, -0.9392), (-1.15, -0.9392)),
    "hexagon": tuple((cos(i * pi / 3), sin(i * pi / 3)) for i in range(6)),
    "star": tuple(
        (0.82 * (0.5 if i % 2 else 1.3) * sin(i * pi / 5), 0.082 - 0.82 * (0.5 if i % 2 else 1.3) * cos(i * pi / 5))
        for i in range(10)
    ),
}


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str | float) -> ET.Element:
    """A new last child of `parent`; ``stroke_width`` is the attribute ``stroke-width``.

    A character that no XML document can hold becomes U+FFFD.
    """
    told = {name.rstrip("_").replace("_", "-"): _plain(value) for name, value in attributes.items()}
    child = ET.SubElement(parent, tag, told)
    child.text = None if text is None else _plain(text)
    return child


Paint = Mapping[str, str | float]
"""Attributes of an element."""


def shape(
    parent: ET.Element, name: str, place: tuple[float, float], size: float, /, **paint: str | float
) -> ET.Element:
    """One of the shapes of `kg.map.scene.styles` around a place; any other is a disc."""
    x, y = place
    if name not in _CORNERS:
        return add(parent, "circle", cx=x, cy=y, r=size, **paint)
    corners = " ".join(f"{number(x + dx * size)},{number(y + dy * size)}" for dx, dy in _CORNERS[name])
    return add(parent, "polygon", points=corners, **paint)


def ring(place: tuple[float, float], radius: float, begin: float, end: float) -> str:
    """The path of an arc of a circle, clockwise from the angle `begin` to `end` in radians, in two halves."""
    half = (begin + end) / 2

    def at(angle: float) -> str:
        return f"{number(place[0] + radius * cos(angle))} {number(place[1] + radius * sin(angle))}"

    r, large = number(radius), int(half - begin > pi)
    return f"M{at(begin)}A{r} {r} 0 {large} 1 {at(half)}A{r} {r} 0 {large} 1 {at(end)}"


def number(value: float) -> str:
    """To a hundredth, without zeros at its end."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(value: str | float) -> str:
    return _UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) else number(value)
