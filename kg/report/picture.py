"""The scene as SVG within the report: each shape leads to the links of its organisation."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.draw.labels import rows
from kg.draw.scene import KNOT_SIZE, Halo, Scene, SceneKnot, SceneNode
from kg.draw.styles import MOST_STROKES, SECTORS, halo_radius, style_of
from kg.export.table import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 360
"""Organisations that are drawn at most, those of the highest score."""

_NAMED = 60
_ROWS = 3
_MARGIN = 70.0


def picture(scene: Scene, anchors: Mapping[str, int]) -> str:
    """An ``<svg>`` element; colours are the classes of the style sheet, `anchors` the numbers of actors by IRI."""
    order = sorted(range(len(scene.nodes)), key=lambda i: anchors[scene.nodes[i].iri])[:MOST]
    drawn = frozenset(order)
    n = len(scene.nodes)
    edges = [one for one in scene.edges if one.a in drawn and (one.b >= n or one.b in drawn)]
    knots = sorted({one.b - n for one in edges if one.b >= n})
    left, top, wide, high = _box([*(scene.nodes[i] for i in order)], [scene.knots[k] for k in knots])
    root = ET.Element("svg", viewBox=f"{left:.0f} {top:.0f} {wide:.0f} {high:.0f}", role="group")
    lines = ET.SubElement(root, "g", {"class": "ties"})
    for edge in edges:
        a, b = scene.nodes[edge.a], scene.nodes[edge.b] if edge.b < n else scene.knots[edge.b - n]
        told = {"x1": _cut(a.x), "y1": _cut(a.y), "x2": _cut(b.x), "y2": _cut(b.y)}
        ET.SubElement(lines, "line", told | {"stroke-width": _cut(min(1 + 0.8 * sqrt(len(edge.links)), 6))})
    for k in knots:
        knot = scene.knots[k]
        _ring(root, (knot.x, knot.y), KNOT_SIZE, knot.halo)
        told = {"cx": _cut(knot.x), "cy": _cut(knot.y), "r": _cut(KNOT_SIZE), "class": "knot"}
        ET.SubElement(root, "circle", told)
    for i in sorted(order, key=lambda i: -scene.nodes[i].size):
        _actor(root, scene.nodes[i], anchors, scene.lang)
    _names(root, [scene.nodes[i] for i in order[:_NAMED]], scene.lang, wide / 95)
    return ET.tostring(root, encoding="unicode")


def _box(nodes: Sequence[SceneNode], knots: Sequence[SceneKnot]) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is drawn, map units."""
    places = [*((one.x, one.y) for one in nodes), *((one.x, one.y) for one in knots)] or [(0.0, 0.0)]
    xs, ys = zip(*places, strict=True)
    room = max((node.size for node in nodes), default=0.0) + _MARGIN
    return min(xs) - room, min(ys) - room, max(xs) - min(xs) + 2 * room, max(ys) - min(ys) + 2 * room


def _actor(root: ET.Element, node: SceneNode, anchors: Mapping[str, int], lang: str) -> None:
    _ring(root, (node.x, node.y), node.size, node.halo)
    style = style_of(node.kind, node.sector)
    kind = f"{node.sector if node.sector in SECTORS else 'other'}{' hollow' if style.hollow else ''}"
    # Not in the order of the tab key: the tables lead to the same places, by name.
    link = ET.SubElement(root, "a", {"href": f"#a{anchors[node.iri]}", "tabindex": "-1", "class": kind})
    name = ET.SubElement(link, "title")
    name.text = _name(node, lang)
    if style.shape in _CORNERS:
        points = " ".join(
            f"{_cut(node.x + x * node.size)},{_cut(node.y + y * node.size)}" for x, y in _CORNERS[style.shape]
        )
        ET.SubElement(link, "polygon", points=points)
    else:
        ET.SubElement(link, "circle", cx=_cut(node.x), cy=_cut(node.y), r=_cut(node.size))


_CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1.05), (1.15, 0.94), (-1.15, 0.94)),
    "triangleDown": ((0, 1.05), (1.15, -0.94), (-1.15, -0.94)),
    "hexagon": tuple((cos(i * pi / 3), sin(i * pi / 3)) for i in range(6)),
    "star": tuple(
        ((0.41 if i % 2 else 1.07) * sin(i * pi / 5), 0.08 - (0.41 if i % 2 else 1.07) * cos(i * pi / 5))
        for i in range(10)
    ),
}
"""Corners at size 1, as the map draws them; any other shape is a disc."""


def _ring(root: ET.Element, place: tuple[float, float], size: float, halo: Halo) -> None:
    """A stroke for each party that nobody named, as many as a ring can show."""
    if not halo.count:
        return
    radius = halo_radius(size, halo.count)
    count = min(halo.count, MOST_STROKES)
    around = 2 * pi * radius
    told = {"cx": _cut(place[0]), "cy": _cut(place[1]), "r": _cut(radius), "class": "halo"}
    gap = around / count
    ET.SubElement(
        root, "circle", told | {"stroke-dasharray": f"{_cut(min(2.0, gap / 2))} {_cut(gap - min(2.0, gap / 2))}"}
    )


def _names(root: ET.Element, nodes: Sequence[SceneNode], lang: str, size: float) -> None:
    """The names of the first actors, each where neither another name nor one of them stands already."""
    group = ET.SubElement(root, "g", {"class": "names", "font-size": _cut(size), "aria-hidden": "true"})
    taken = [(one.x - one.size, one.y - one.size, one.x + one.size, one.y + one.size) for one in nodes]
    for node in nodes:
        lines = rows(_name(node, lang))[:_ROWS]
        wide = size * max(sum(0.56 if letter < "\u2e80" else 1 for letter in line) for line in lines) / 2
        high = size * 1.1 * len(lines)
        for top in (node.y + node.size + size * 0.25, node.y - node.size - size * 0.4 - high):
            box = (node.x - wide, top, node.x + wide, top + high)
            if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                taken.append(box)
                for k, line in enumerate(lines):
                    y = _cut(top + size * (0.9 + 1.1 * k))
                    ET.SubElement(group, "text", x=_cut(node.x), y=y).text = line
                break


def _name(node: SceneNode, lang: str) -> str:
    return safe(node.label.best(lang) or node.iri)


def _cut(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
