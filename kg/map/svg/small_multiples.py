"""Small multiples: one small map for each year, with the links that began in it in colour."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import Theme, style_of
from kg.map.svg import elements, label_placement
from kg.map.svg import text as svg_text
from kg.map.svg.shapes import DisplayList
from kg.network.nodes import record_of
from kg.query.cards import LinkCard

_MIN_WIDTH = 120.0  # minimum width of a small map, pixels
_MOST_COLUMNS = 7
_GAP, _PADDING = 14.0, 10.0
_MAX_NEW = 3  # names of newcomers below a small map
_LETTERS, _ROW = 10.5, 14.0
_HEAD, _MAP, _FOOT = 26.0, 120.0, 12.0 + (1 + _MAX_NEW) * _ROW  # heights of the parts of a small map


class Year(NamedTuple):
    """The IRIs of the links that began in a year, and of those that possibly did."""

    year: int
    certain: tuple[str, ...]
    possible: tuple[str, ...]


def years(cards: Mapping[str, LinkCard], links: Sequence[str]) -> list[Year]:
    """Return every year in which a link may have begun; a link with one known bound is possible in several years."""
    known = [day for iri in links for day in (cards[iri].start, cards[iri].latest) if day]
    panels = []
    for year in range(min(known).year, max(known).year + 1) if known else ():
        first_day, last_day = date(year, 1, 1), date(year, 12, 31)
        spans = {
            iri: (cards[iri].start or date.min, cards[iri].latest or date.max)
            for iri in links
            if cards[iri].start or cards[iri].latest
        }
        inside = {iri: span for iri, span in spans.items() if span[0] <= last_day and span[1] >= first_day}
        certain = tuple(iri for iri, (first, last) in inside.items() if first >= first_day and last <= last_day)
        if inside:
            panels.append(Year(year, certain, tuple(iri for iri in inside if iri not in certain)))
    return panels


def add(root: ET.Element, scene: Scene, drawn: DisplayList, area: tuple[float, float, float], theme: Theme) -> float:
    """Draw the small maps into an area (left, top, width) and return their lower edge."""
    left, top, wide = area
    panels = years(scene.links, [iri for iri, parties in scene.members.items() if {*parties} & {*drawn.nodes}])
    columns = min(max(int((wide + _GAP) / (_MIN_WIDTH + _GAP)), 2), _MOST_COLUMNS)
    width = (wide - _GAP * (columns - 1)) / columns
    height = _HEAD + _MAP + _FOOT
    for turn, year in enumerate(panels):
        at = left + turn % columns * (width + _GAP), top + turn // columns * (height + _GAP)
        box = {"x": at[0], "y": at[1], "width": width, "height": height}
        elements.add(root, "rect", **box, rx=8, fill=theme.raised, stroke=theme.rule)
        name: elements.Paint = {"font_size": 14, "font_weight": 650, "fill": theme.ink}
        elements.add(root, "text", str(year.year), x=at[0] + _PADDING, y=at[1] + 19, **name)
        for place, row in enumerate(_rows(scene, drawn, year, width - 2 * _PADDING)):
            foot = {"x": at[0] + _PADDING, "y": at[1] + _HEAD + _MAP + 12 + place * _ROW}
            elements.add(root, "text", row, **foot, font_size=_LETTERS, fill=theme.muted)
        _small(root, scene, drawn, (year, (at[0] + _PADDING, at[1] + _HEAD, width - 2 * _PADDING)), theme)
    return top + ceil(len(panels) / columns) * (height + _GAP)


def _rows(scene: Scene, drawn: DisplayList, year: Year, wide: float) -> Iterator[str]:
    """Yield the number of links that began, and the names of the largest of their parties without an earlier link."""
    caption = svg_text.counted(scene, "inWindow", n=len({*map(record_of, year.certain)}))
    if year.possible:
        caption += " · " + svg_text.counted(scene, "perhaps", n=len({*map(record_of, year.possible)}))
    yield caption
    shown, own = {*drawn.nodes}, {i for iri in year.certain for i in scene.members[iri]}
    new = [i for i in own & shown if all(_begin(scene.links[iri]) >= year.year for iri in scene.nodes[i].links)]
    for i in sorted(new, key=lambda i: (-(scene.nodes[i].score or 0.0), i))[:_MAX_NEW]:
        name = svg_text.text(scene, scene.nodes[i].shown) or svg_text.word(scene, "nameless")
        yield _shortened(name, wide)


def _begin(card: LinkCard) -> int:
    """Return the year in which a link may first have begun; a link without a date is in no year."""
    day = card.start or card.latest
    return day.year if day else date.max.year


def _shortened(name: str, wide: float) -> str:
    """Return a name that fits, cut where it does not."""
    if label_placement.width(name, _LETTERS) <= wide:
        return name
    cut = next(k for k in range(len(name), 0, -1) if label_placement.width(name[:k] + "…", _LETTERS) <= wide or k == 1)
    return name[:cut].rstrip() + "…"


def _small(
    root: ET.Element, scene: Scene, drawn: DisplayList, one: tuple[Year, tuple[float, float, float]], theme: Theme
) -> None:
    """Draw the map of one year into its area."""
    year, (left, top, wide) = one
    nodes = [scene.nodes[i] for i in drawn.nodes]
    low = min(node.x for node in nodes), min(node.y for node in nodes)
    high = max(node.x for node in nodes), max(node.y for node in nodes)
    scale = min(wide / max(high[0] - low[0], 1.0), _MAP / max(high[1] - low[1], 1.0))
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2

    def at(i: int) -> tuple[float, float]:
        x, y = scene.nodes[i].x - middle[0], scene.nodes[i].y - middle[1]
        return left + wide / 2 + x * scale, top + _MAP / 2 + y * scale

    faint = elements.add(root, "g", fill=theme.edge, fill_opacity=0.35)
    for i in drawn.nodes:
        x, y = at(i)
        elements.add(faint, "circle", cx=x, cy=y, r=0.9)
    for links, alpha in ((year.possible, 0.35), (year.certain, 1.0)):
        group = elements.add(root, "g", opacity=alpha)
        for iri in links:
            ends = {i: at(i) for i in scene.members[iri] if i in drawn.nodes}
            x2, y2 = (sum(axis) / len(ends) for axis in zip(*ends.values(), strict=True))
            for x, y in ends.values():
                line = {"x1": x, "y1": y, "x2": x2, "y2": y2}
                elements.add(group, "line", **line, stroke=theme.edge, stroke_opacity=0.7)
            for i, (x, y) in ends.items():
                style = style_of(scene.nodes[i].kind, scene.nodes[i].sector)
                elements.add(group, "circle", cx=x, cy=y, r=2.6, fill=theme.colour(style))
