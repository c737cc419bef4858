"""The scene as SVG within the report: each shape leads to the links of its organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.export.table import safe
from kg.map.scene.styles import OF_PAGE
from kg.map.svg import elements, render
from kg.map.svg.display_list import Plan, Spot, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.map.scene.model import Scene

_WIDTH = 1030.0
_HEIGHTS = 420.0, 900.0


def picture(scene: Scene, anchors: Mapping[str, int]) -> tuple[str, Plan]:
    """An ``<svg>`` element in the colours of the page, and what it shows; `anchors` numbers the actors by IRI."""

    def link(spot: Spot) -> Mapping[str, str]:
        # Not in the order of the tab key: the tables lead to the same places, by name.
        return {"href": f"#a{anchors[spot.iri]}", "tabindex": "-1"} if spot.iri in anchors else {}

    shown = plan(scene)
    shown = replace(
        shown,
        spots=tuple(replace(spot, name=safe(spot.name), rows=tuple(map(safe, spot.rows))) for spot in shown.spots),
    )
    sheet = render.fitted(shown, (0.0, 0.0), _WIDTH, _HEIGHTS)
    size = f"{elements.number(sheet.frame.width)} {elements.number(sheet.frame.height)}"
    root = ET.Element("svg", viewBox=f"0 0 {size}", role="group")
    render.paint(root, shown, sheet, replace(OF_PAGE, ground=OF_PAGE.raised), link)
    return ET.tostring(root, encoding="unicode"), shown
