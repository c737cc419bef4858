"""The map within the report: an SVG in which each shape links to the section of its organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.map.scene.styles import OF_PAGE
from kg.map.svg import elements, render
from kg.map.svg.canvas import fit
from kg.map.svg.display_list import display_list
from kg.model.display import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.map.scene.model import Scene
    from kg.map.svg.shapes import DisplayList, Point

_WIDTH = 1030.0
_HEIGHTS = 420.0, 900.0


def figure(scene: Scene, anchors: Mapping[str, int]) -> tuple[str, DisplayList]:
    """Return an ``<svg>`` element in the colours of the page, with its display list.

    `anchors` contains the number of each actor's section by IRI.
    """

    def link(point: Point) -> Mapping[str, str]:
        # Left out of the tab order: the tables contain the same links by name.
        return {"href": f"#a{anchors[point.iri]}", "tabindex": "-1"} if point.iri in anchors else {}

    drawn = display_list(scene)
    points = tuple(replace(point, name=safe(point.name), rows=tuple(map(safe, point.rows))) for point in drawn.points)
    drawn = replace(drawn, points=points)
    canvas = fit(drawn, (0.0, 0.0), _WIDTH, _HEIGHTS)
    size = f"{elements.number(canvas.frame.width)} {elements.number(canvas.frame.height)}"
    root = ET.Element("svg", viewBox=f"0 0 {size}", role="group")
    render.paint(root, drawn, canvas, replace(OF_PAGE, ground=OF_PAGE.raised), link)
    return ET.tostring(root, encoding="unicode"), drawn
