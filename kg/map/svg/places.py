"""Bars beside the view by city: the number of organisations in each province or country."""

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import Theme
from kg.map.svg import elements, label_placement
from kg.map.svg import text as svg_text
from kg.map.svg.shapes import DisplayList
from kg.texts import Text

_MOST = 10  # provinces and countries with a bar of their own
_LETTERS = 12.0
_ROW = 17.0
_GAP = 8.0
_MAX_BAR = 200.0


def totals(scene: Scene, nodes: Sequence[int]) -> list[tuple[str, int]]:
    """Return the provinces and countries of these actors with their numbers, the largest first."""
    names = [_name(scene, region) for i in nodes if (region := scene.nodes[i].region) is not None]
    return sorted(Counter(names).items(), key=lambda one: (-one[1], one[0]))


def _name(scene: Scene, region: Text) -> str:
    """Return the name of a province or country; the provinces of China are regions of their own."""
    name = svg_text.text(scene, region)
    return svg_text.word(scene, "countryOnly").format(name=name) if region.en == "China" else name


def add(group: ET.Element, scene: Scene, drawn: DisplayList, area: tuple[float, float, float], theme: Theme) -> float:
    """Draw a bar for each province or country into an area (left, top, width), and return the lower edge."""
    x, y, wide = area
    rows = totals(scene, drawn.nodes) if drawn.view == "geo" else []
    if not rows:
        return y
    head: elements.Paint = {"font_size": _LETTERS, "font_weight": 650, "fill": theme.ink}
    elements.add(group, "text", svg_text.word(scene, "byPlace"), x=x, y=y + _LETTERS, **head)
    y += _ROW + 4
    shown, rest = rows[:_MOST], rows[_MOST:]
    names = max(label_placement.width(name, _LETTERS) for name, _ in shown) + _GAP
    room = min(max(wide - names - 40, 20.0), _MAX_BAR)
    for name, count in shown:
        bar = count / shown[0][1] * room
        elements.add(group, "text", name, x=x, y=y + _LETTERS, font_size=_LETTERS, fill=theme.ink)
        elements.add(group, "rect", x=x + names, y=y + 3, width=bar, height=_LETTERS - 2, fill=theme.accent)
        number: elements.Paint = {"font_size": _LETTERS, "fill": theme.muted}
        elements.add(group, "text", str(count), x=x + names + bar + 5, y=y + _LETTERS, **number)
        y += _ROW
    if rest:
        others = f"{svg_text.counted(scene, 'otherPlaces', len(rest))} · {sum(count for _, count in rest)}"
        elements.add(group, "text", others, x=x, y=y + _LETTERS, font_size=_LETTERS, fill=theme.muted)
        y += _ROW
    return y + _GAP
