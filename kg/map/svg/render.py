"""A `Plan` painted as elements of an SVG: what lies beneath, lines, rings, points, and names where there is room."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from xml.etree import ElementTree as ET

from kg.map.scene.styles import MOST_STROKES, Theme, ring_radius
from kg.map.svg import elements, label_placement
from kg.map.svg.display_list import Plan, Spot, Stroke

LARGEST_SCALE = 2.0
_MARGIN = 70.0  # pixels in which names stand out beyond the points
_STROKE = 0.45  # width of a line over that of the page, at least
_SURE = 10  # so many names are written even where they cover points
_BEND = 0.22
_BAND_NAME = 13.0
_COUNT = 10.5  # size of the letters beside a ring
_APART = 38.0  # pixels between two names of the net

Link = Callable[[Spot], Mapping[str, str]]
"""The attributes of a spot's link, where it leads somewhere."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where map units lie on the picture: `scale` pixels for each, the origin at `x`, `y`; `frame` holds the map."""

    scale: float
    x: float
    y: float
    frame: label_placement.Box

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a place."""
        return self.x + x * self.scale, self.y + y * self.scale


def fitted(plan: Plan, corner: tuple[float, float], wide: float, heights: tuple[float, float]) -> Sheet:
    """The plan in a frame of so many pixels from its upper left corner, not higher than the second of `heights`."""
    boxes = [plan.home] if plan.home else list(_extents(plan))
    left, top = (min(box[axis] for box in boxes) for axis in (0, 1))
    right, low = (max(box[axis] for box in boxes) for axis in (2, 3))
    margin = 0.0 if plan.home else _MARGIN
    across, along = max(right - left, 1e-6), max(low - top, 1e-6)
    most = float("inf") if plan.pixels else LARGEST_SCALE
    scale = min((wide - 2 * margin) / across, (heights[1] - margin) / along, most)
    frame = label_placement.Box(*corner, wide, max(along * scale + margin, heights[0]))
    x = frame.x + wide / 2 - (left + right) / 2 * scale
    return Sheet(scale, x, frame.y + frame.height / 2 - (low + top) / 2 * scale, frame)


def _extents(plan: Plan) -> Iterator[tuple[float, float, float, float]]:
    for spot in plan.spots:
        reach = 0.0 if plan.pixels else spot.reach
        yield spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach
    yield from (band.box for band in plan.bands)
    if plan.bands:
        yield from ((x, y, x, y) for _, places in plan.net for x, y in places)
    if not plan.spots:
        yield -1.0, -1.0, 1.0, 1.0


def paint(root: ET.Element, plan: Plan, sheet: Sheet, theme: Theme, link: Link | None = None) -> None:
    """All of the plan within the frame of the sheet; what reaches beyond it is cut off."""
    frame = sheet.frame
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    view = " ".join(map(elements.number, box.values()))
    inner = elements.add(root, "svg", **box, viewBox=view)
    taken = [*_beneath(elements.add(inner, "g"), plan, sheet, theme)]
    lines = elements.add(inner, "g", fill="none", stroke=theme.edge, stroke_opacity=0.5)
    _lines(lines, plan, sheet)
    rings = elements.add(
        inner, "g", fill="none", stroke=theme.muted, stroke_opacity=0.5, stroke_width=4 * _scale(plan, sheet)
    )
    for spot in plan.spots:
        _ring(rings, spot, plan, sheet)
    points = elements.add(inner, "g")
    for spot in sorted(plan.spots, key=lambda spot: (spot.style is not None or plan.pixels, -spot.size)):
        _point(points, spot, plan, sheet, theme, link)
    _names(elements.add(inner, "g"), plan, sheet, theme, taken)


def _scale(plan: Plan, sheet: Sheet) -> float:
    """Pixels for each unit of a size."""
    return 1.0 if plan.pixels else sheet.scale


def _beneath(group: ET.Element, plan: Plan, sheet: Sheet, theme: Theme) -> Iterator[label_placement.Box]:
    """The net, the bands and the bars; yields where a name stands."""
    written = [float("-inf")]
    for name, places in plan.net:
        told = " ".join(",".join(map(elements.number, sheet.at(*place))) for place in places)
        elements.add(group, "polyline", points=told, fill="none", stroke=theme.edge, stroke_opacity=0.28)
        x, y = sheet.at(*places[0])
        if name and (plan.pixels or x - max(written) >= _APART):
            written.append(x)
            elements.add(group, "text", name, x=x + 3, y=y + 9, font_size=_COUNT, fill=theme.muted)
            yield label_placement.Box(x + 3, y, label_placement.width(name, _COUNT), _COUNT * 1.2)
    for band in plan.bands:
        (x, y), (right, bottom) = sheet.at(*band.box[:2]), sheet.at(*band.box[2:])
        fill = theme.colour(band.style) if band.style else theme.edge
        elements.add(group, "rect", x=x, y=y, width=right - x, height=bottom - y, fill=fill, fill_opacity=0.07)
        paint: elements.Paint = {"font_size": _BAND_NAME, "font_weight": 650, "fill": theme.muted}
        elements.add(group, "text", band.name, x=x, y=y - 4, **paint)
        yield label_placement.Box(
            x, y - _BAND_NAME * 1.4, label_placement.width(band.name, _BAND_NAME), _BAND_NAME * 1.4
        )
    bars = elements.add(group, "g", stroke=theme.edge, stroke_opacity=0.4, stroke_linecap="round")
    for begin, end in plan.bars:
        (x1, y1), (x2, y2) = sheet.at(*begin), sheet.at(*end)
        elements.add(bars, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=11 * sheet.scale)


def _lines(group: ET.Element, plan: Plan, sheet: Sheet) -> None:
    """All strokes of one width as one path, which is a third as long as a line for each."""
    courses: dict[float, list[str]] = {}
    for stroke in plan.strokes:
        spoke = stroke.b.style is None and not stroke.arc
        wide = min(0.8 + 0.9 * sqrt(stroke.links - (0.6 if spoke else 0)), 5) * max(
            min(_scale(plan, sheet), 1), _STROKE
        )
        courses.setdefault(wide, []).append(_course(stroke, sheet))
    for wide, course in sorted(courses.items()):
        elements.add(group, "path", d="".join(course), stroke_width=wide)


def _course(stroke: Stroke, sheet: Sheet) -> str:
    """From one spot to the other, straight or bent."""
    a, b = sorted((sheet.at(stroke.a.x, stroke.a.y), sheet.at(stroke.b.x, stroke.b.y)))
    if not stroke.arc:
        return f"M{_spot(a)}L{_spot(b)}"
    bend = ((a[0] + b[0]) / 2 + _BEND * (b[1] - a[1]), (a[1] + b[1]) / 2 - _BEND * (b[0] - a[0]))
    return f"M{_spot(a)}Q{_spot(bend)} {_spot(b)}"


def _spot(place: tuple[float, float]) -> str:
    return f"{elements.number(round(place[0], 1))} {elements.number(round(place[1], 1))}"


def _ring(group: ET.Element, spot: Spot, plan: Plan, sheet: Sheet) -> None:
    """One stroke for each unnamed party, as far as a ring can show them; a lower bound leaves the ring open."""
    ring = spot.ring
    if not ring.count:
        return
    radius = ring_radius(spot.size, ring.count) * _scale(plan, sheet)
    begin, end = (-pi / 4, pi * 1.5) if ring.bound else (-pi / 2, pi * 1.5)
    stroke = (end - begin) * radius / min(ring.count, MOST_STROKES)
    dashes = f"{elements.number(stroke * 0.4)} {elements.number(stroke * 0.6)}"
    path = elements.ring(sheet.at(spot.x, spot.y), radius, begin, end)
    elements.add(group, "path", d=path, stroke_dasharray=dashes)


def _point(group: ET.Element, spot: Spot, plan: Plan, sheet: Sheet, theme: Theme, link: Link | None) -> None:
    scale = _scale(plan, sheet)
    size = spot.size * scale
    look: elements.Paint = {"fill": theme.accent if spot.rows else theme.edge}
    if spot.style:
        own, wide = theme.colour(spot.style), max(min(scale, 1), _STROKE)
        hollow: elements.Paint = {"fill": theme.ground, "stroke": own, "stroke_width": 2.5 * wide}
        look = hollow if spot.style.hollow else {"fill": own, "stroke": theme.ground, "stroke_width": wide}
    elif spot.rows:
        look = {**look, "fill_opacity": 0.82, "stroke": theme.ground}
    told = link(spot) if link else {}
    parent = elements.add(group, "a", **told) if told else group
    one = elements.shape(parent, spot.style.shape if spot.style else "dot", sheet.at(spot.x, spot.y), size, **look)
    if spot.name:
        elements.add(one, "title", spot.name)


def _names(group: ET.Element, plan: Plan, sheet: Sheet, theme: Theme, taken: Sequence[label_placement.Box]) -> None:
    """As many names as find a free place, the first ones first, then the numbers beside the rings."""
    scale = _scale(plan, sheet)
    wishes = []
    for turn, spot in enumerate(spot for spot in plan.spots if spot.rows):
        told = spot.rows if len(spot.rows) < 3 or turn < _SURE else (spot.rows[0], f"{spot.rows[1]}…")  # noqa: PLR2004 - two rows are short
        size = 11.5 + min(4.0, spot.size / 8)
        away = spot.reach * scale + 2
        wishes.append(label_placement.Wish(turn, told, size, *sheet.at(spot.x, spot.y), away, sure=turn < _SURE))
    discs = [_disc(spot, sheet, scale) for spot in plan.spots]
    found = label_placement.placed(wishes, discs, sheet.frame, taken)
    covered = [*taken, *(one.box for one in found)]
    for spot in plan.spots:
        text, boxes = _count(spot, sheet, scale)
        free = next((box for box in boxes if not any(box.meets(other) for other in covered)), None)
        if free:
            covered.append(free)
            _write(group, (text,), free, _COUNT, (theme.muted, theme.ground))
    for one in found:
        _write(group, one.wish.rows, one.box, one.wish.size, (theme.ink, theme.ground))


def _disc(spot: Spot, sheet: Sheet, scale: float) -> label_placement.Box:
    x, y = sheet.at(spot.x, spot.y)
    reach = spot.reach * scale
    return label_placement.Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _count(spot: Spot, sheet: Sheet, scale: float) -> tuple[str, list[label_placement.Box]]:
    """How many a ring stands for, and where that may stand: to its upper right, or at another corner."""
    ring = spot.ring
    if not ring.count:
        return "", []
    text = f"≥{ring.count}" if ring.bound else f"+{ring.count}"
    (x, y), wide, high = sheet.at(spot.x, spot.y), label_placement.width(text, _COUNT), 12.6
    away = ring_radius(spot.size, ring.count) * scale * 0.71 + 2
    corners = ((away, -away - high), (away, away), (-away - wide, away), (-away - wide, -away - high))
    return text, [label_placement.Box(x + dx, y + dy, wide, high) for dx, dy in corners]


def _write(
    group: ET.Element, told: tuple[str, ...], box: label_placement.Box, size: float, inks: tuple[str, str]
) -> None:
    """Rows of text in the middle of a box, with a rim of the ground's colour, which is the second of `inks`."""
    middle = box.x + box.width / 2
    paint: elements.Paint = {"text_anchor": "middle", "font_size": size, "font_weight": 500, "stroke_linejoin": "round"}
    rim: elements.Paint = {"stroke": inks[1], "stroke_width": 3.5, "paint_order": "stroke", "fill": inks[0]}
    text = elements.add(group, "text", **paint, **rim)
    for turn, row in enumerate(told):
        elements.add(text, "tspan", row, x=middle, y=box.y + 1 + turn * size * 1.2 + size * 0.85)
