"""The scene as SVG within the report: each shape leads to the links of its organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.draw import painting, shapes
from kg.draw.plan import Plan, Spot, plan
from kg.draw.styles import OF_PAGE
from kg.export.table import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.draw.scene import Scene

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
    sheet = painting.fitted(shown, (0.0, 0.0), _WIDTH, _HEIGHTS)
    size = f"{shapes.number(sheet.frame.width)} {shapes.number(sheet.frame.height)}"
    root = ET.Element("svg", viewBox=f"0 0 {size}", role="group")
    painting.paint(root, shown, sheet, replace(OF_PAGE, ground=OF_PAGE.raised), link)
    return ET.tostring(root, encoding="unicode"), shown
