"""A small map for each year in which links began: all points faintly in their places, in colour those of the year."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import Theme, style_of
from kg.map.svg import elements
from kg.map.svg import text as svg_text
from kg.map.svg.display_list import Plan
from kg.model import LinkCard

_COLUMNS = 5
_GAP, _INSIDE = 14.0, 10.0
_HEAD, _MAP, _FOOT = 26.0, 150.0, 22.0  # heights of the parts of a small map


class Year(NamedTuple):
    """The links that began in a year for certain, and those that perhaps did."""

    year: int
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


def years(cards: Mapping[str, LinkCard], links: Sequence[str]) -> list[Year]:
    """Every year in which one of the links may have begun; a link of which one bound is known is of no certain year."""
    known = [day for iri in links for day in (cards[iri].start, cards[iri].latest) if day]
    found = []
    for year in range(min(known).year, max(known).year + 1) if known else ():
        low, high = date(year, 1, 1), date(year, 12, 31)
        spans = {
            iri: (cards[iri].start or date.min, cards[iri].latest or date.max)
            for iri in links
            if cards[iri].start or cards[iri].latest
        }
        there = {iri: span for iri, span in spans.items() if span[0] <= high and span[1] >= low}
        sure = tuple(iri for iri, (first, last) in there.items() if first >= low and last <= high)
        if there:
            found.append(Year(year, sure, tuple(iri for iri in there if iri not in sure)))
    return found


def add(root: ET.Element, scene: Scene, plan: Plan, place: tuple[float, float, float], theme: Theme) -> float:
    """Draws them from an upper left corner on, in so much width; returns where they end."""
    left, top, wide = place
    told = years(scene.links, [iri for iri, parties in scene.members.items() if {*parties} & {*plan.named}])
    width = (wide - _GAP * (_COLUMNS - 1)) / _COLUMNS
    height = _HEAD + _MAP + _FOOT
    for turn, year in enumerate(told):
        at = left + turn % _COLUMNS * (width + _GAP), top + turn // _COLUMNS * (height + _GAP)
        box = {"x": at[0], "y": at[1], "width": width, "height": height}
        elements.add(root, "rect", **box, rx=8, fill=theme.raised, stroke=theme.rule)
        name: elements.Paint = {"font_size": 14, "font_weight": 650, "fill": theme.ink}
        elements.add(root, "text", str(year.year), x=at[0] + _INSIDE, y=at[1] + 19, **name)
        said = svg_text.counted(scene, "inWindow", n=len(year.sure))
        if year.perhaps:
            said += " · " + svg_text.counted(scene, "perhaps", n=len(year.perhaps))
        foot = {"x": at[0] + _INSIDE, "y": at[1] + height - 9}
        elements.add(root, "text", said, **foot, font_size=11.5, fill=theme.muted)
        _small(root, scene, plan, (year, (at[0] + _INSIDE, at[1] + _HEAD, width - 2 * _INSIDE)), theme)
    return top + ceil(len(told) / _COLUMNS) * (height + _GAP)


def _small(
    root: ET.Element, scene: Scene, plan: Plan, one: tuple[Year, tuple[float, float, float]], theme: Theme
) -> None:
    """The map of one year in its box."""
    year, (left, top, wide) = one
    nodes = [scene.nodes[i] for i in plan.named]
    low = min(node.x for node in nodes), min(node.y for node in nodes)
    high = max(node.x for node in nodes), max(node.y for node in nodes)
    scale = min(wide / max(high[0] - low[0], 1.0), _MAP / max(high[1] - low[1], 1.0))
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2

    def at(i: int) -> tuple[float, float]:
        x, y = scene.nodes[i].x - middle[0], scene.nodes[i].y - middle[1]
        return left + wide / 2 + x * scale, top + _MAP / 2 + y * scale

    faint = elements.add(root, "g", fill=theme.edge, fill_opacity=0.35)
    for i in plan.named:
        x, y = at(i)
        elements.add(faint, "circle", cx=x, cy=y, r=0.9)
    for links, alpha in ((year.perhaps, 0.35), (year.sure, 1.0)):
        group = elements.add(root, "g", opacity=alpha)
        for iri in links:
            spots = {i: at(i) for i in scene.members[iri] if i in plan.named}
            x2, y2 = (sum(axis) / len(spots) for axis in zip(*spots.values(), strict=True))
            for x, y in spots.values():
                line = {"x1": x, "y1": y, "x2": x2, "y2": y2}
                elements.add(group, "line", **line, stroke=theme.edge, stroke_opacity=0.7)
            for i, (x, y) in spots.items():
                look = style_of(scene.nodes[i].kind, scene.nodes[i].sector)
                elements.add(group, "circle", cx=x, cy=y, r=2.6, fill=theme.colour(look))
