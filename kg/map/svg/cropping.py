"""Cropping of a display list to the visible part: a link that leaves it becomes a short line with a number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt

from kg.map.svg.shapes import Box, DisplayList, Exit, Line, Point

_ARROWS = {(-1, 0): "←", (1, 0): "→", (0, -1): "↑", (0, 1): "↓"}


def cropped(drawn: DisplayList, visible: Box) -> DisplayList:
    """Return the points within `visible` with their lines; each city has one exit per side of the picture."""
    left, top, right, bottom = visible
    inside = {point for point in drawn.points if left <= point.x <= right and top <= point.y <= bottom}
    lines, leaving = [], defaultdict[tuple[Point, tuple[int, int]], list[Line]](list)
    for line in drawn.lines:
        if line.a in inside and line.b in inside:
            lines.append(line)
        elif line.a in inside or line.b in inside:
            own, other = (line.a, line.b) if line.a in inside else (line.b, line.a)
            leaving[own, _side(other.x - own.x, other.y - own.y)].append(line)
    points = tuple(point for point in drawn.points if point in inside)
    return replace(drawn, points=points, lines=tuple(lines), exits=_exits(leaving), viewport=visible)


def _side(dx: float, dy: float) -> tuple[int, int]:
    """Return the side of a picture towards which a line leads."""
    if abs(dx) >= abs(dy):
        return (1 if dx > 0 else -1), 0
    return 0, (1 if dy > 0 else -1)


def _exits(leaving: Mapping[tuple[Point, tuple[int, int]], Sequence[Line]]) -> tuple[Exit, ...]:
    """Return the exits, those of the most links first; a link with several parties elsewhere counts once."""
    found = []
    for (own, side), lines in leaving.items():
        ways = [_direction(own, line) for line in lines]
        dx, dy = (sum(axis) for axis in zip(*ways, strict=True))
        length = sqrt(dx * dx + dy * dy)
        records = frozenset().union(*(line.records for line in lines))
        found.append(Exit(own, dx / length, dy / length, records, f"{_ARROWS[side]} {len(records)}"))
    return tuple(sorted(found, key=lambda one: (-len(one.records), one.point.iri, one.text)))


def _direction(own: Point, line: Line) -> tuple[float, float]:
    other = line.b if line.a == own else line.a
    dx, dy = other.x - own.x, other.y - own.y
    length = sqrt(dx * dx + dy * dy)
    return dx / length, dy / length
