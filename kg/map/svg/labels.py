"""The texts of a picture: names of points, numbers of rings and ribbons, and numbers of links that leave it."""

from collections.abc import Iterator, Sequence
from math import sqrt
from xml.etree import ElementTree as ET

from kg.map.scene.styles import Theme, ring_radius
from kg.map.svg import elements
from kg.map.svg.canvas import Canvas, scale
from kg.map.svg.label_placement import Box, LabelRequest, PlacedLabel, place, width
from kg.map.svg.shapes import DisplayList, Exit, Point

COUNT = 10.5
"""Font size of the number beside a ring."""

_RIBBON_TEXT = 12.0
_RIBBON_ROWS = (0.0, 8.0, -8.0, 16.0, -16.0, 24.0, 36.0, 48.0, 60.0)  # vertical shifts of the text of a ribbon, pixels
_CITY_LEADERS = (
    240.0,
    60.0,
)  # maximum length of the leader line of a city with several organisations, or with one; pixels
_LEADER, _LED = 120.0, 20  # maximum length of another leader line, pixels; the number of points that may have one
_EXITS = (24.0, 34.0, 44.0, 56.0, 70.0, 86.0, 104.0)  # lengths of lines that leave the picture, pixels
_TURNS = (0.0, 0.3, -0.3, 0.6, -0.6, 1.0, -1.0, 1.6, -1.6)  # sideways shift of the end of such a line, over its length
_FADING = (0.55, 0.4, 0.27, 0.15)  # opacity of the parts of such a line


def add(
    group: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme, occupied: Sequence[Box]
) -> tuple[str, ...]:
    """Draw the texts of ribbons, the names by priority, then the numbers beside the rings.

    Return the labels of the cities for which there is no room.
    """
    per_unit = scale(drawn, canvas)
    discs = [_disc(point, canvas, per_unit) for point in drawn.points]
    covered = [*occupied]
    for candidates in _ribbon_texts(drawn, canvas):
        box = _first_free(list(candidates), [*covered, *discs], covered)
        covered.append(box)
        _write(group, (candidates[box],), box, _RIBBON_TEXT, (theme.ink, theme.ground))
    placed = place([*_requests(drawn, canvas)], discs, canvas.frame, covered)
    for label in placed:
        _leader(group, label, theme)
    covered.extend(label.box for label in placed)
    for point in drawn.points:
        text, boxes = _count(point, canvas, per_unit)
        free = next((box for box in boxes if not any(box.overlaps(other) for other in covered)), None)
        if free:
            covered.append(free)
            _write(group, (text,), free, COUNT, (theme.muted, theme.ground))
    for label in placed:
        _write(group, label.request.rows, label.box, label.request.size, (theme.ink, theme.ground))
    named = {(label.request.x, label.request.y) for label in placed}
    left = [point for point in drawn.points if canvas.at(point.x, point.y) not in named]
    return tuple(" ".join(point.rows) for point in left) if drawn.pixels else ()


def exits(group: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme, occupied: Sequence[Box]) -> list[Box]:
    """Draw the links that leave the picture, and return the boxes of their numbers."""
    discs = [_disc(point, canvas, scale(drawn, canvas)) for point in drawn.points]
    covered = [*occupied]
    for leaving in drawn.exits:
        covered.append(_exit(group, leaving, canvas, theme, ([*covered, *discs], covered)))
    return covered[len(occupied) :]


def outline(theme: Theme) -> elements.Paint:
    """Return the attributes of a text with an outline in the colour of the ground."""
    return {"stroke": theme.ground, "stroke_width": 3.5, "stroke_linejoin": "round", "paint_order": "stroke"}


def _requests(drawn: DisplayList, canvas: Canvas) -> Iterator[LabelRequest]:
    """Yield the label of each point, by priority."""
    per_unit = scale(drawn, canvas)
    for turn, point in enumerate(point for point in drawn.points if point.rows):
        rows = point.rows
        if len(rows) > 2 and not point.is_required:  # noqa: PLR2004 - two rows are short enough for every label
            rows = rows[0], f"{rows[1]}…"
        size = 11.5 + min(4.0, point.size / 8)
        if drawn.pixels:
            size = max(size * min(0.8 + 0.2 * per_unit, 1.0), COUNT)
        distance = point.reach * per_unit + 2
        leader = _LEADER if turn < _LED else 0.0
        if drawn.pixels:
            leader = _CITY_LEADERS[0 if point.is_required else 1]
        yield LabelRequest(rows, size, *canvas.at(point.x, point.y), distance, point.is_required, leader)


def _first_free(boxes: Sequence[Box], obstacles: Sequence[Box], texts: Sequence[Box]) -> Box:
    """Return the first box clear of all obstacles; else clear of the texts; else the first."""
    for others in (obstacles, texts):
        for box in boxes:
            if not any(box.overlaps(other) for other in others):
                return box
    return boxes[0]


def _ribbon_texts(drawn: DisplayList, canvas: Canvas) -> Iterator[dict[Box, str]]:
    """Yield the possible positions of the text of each ribbon: on the ribbon where it is wide enough, else beside.

    Where there is no room for number and share, the share alone is an option.
    """
    for ribbon in drawn.ribbons:
        options: dict[Box, str] = {}
        for rows in (_RIBBON_ROWS[:5], _RIBBON_ROWS[5:]):
            for text in (ribbon.text, ribbon.text.rpartition(" ")[2]):
                (x, y), wide, high = canvas.at(ribbon.x, ribbon.below), width(text, _RIBBON_TEXT) + 6, 17.0
                half = ribbon.width / 2 * canvas.scale
                columns = [0.0] if wide < 2 * half else [half + wide / 2, -half - wide / 2, 0.0]
                boxes = (Box(x + dx - wide / 2, y + dy - high / 2, wide, high) for dx in columns for dy in rows)
                options.update({box: text for box in boxes if box not in options})
        inside = {box: text for box, text in options.items() if canvas.frame.contains(box)}
        yield inside or options


def _exit(
    group: ET.Element, leaving: Exit, canvas: Canvas, theme: Theme, taken: tuple[Sequence[Box], Sequence[Box]]
) -> Box:
    """Draw a line that fades towards the number of the links that leave the picture; return the box of the number."""
    x, y = canvas.at(leaving.point.x, leaving.point.y)
    wide, high, radius = width(leaving.text, COUNT) + 4, COUNT * 1.2 + 2, leaving.point.size
    ends = {}
    for length in _EXITS:
        for turn in _TURNS:
            reach = (radius + length) / sqrt(1 + turn * turn)
            end = x + reach * (leaving.dx - turn * leaving.dy), y + reach * (leaving.dy + turn * leaving.dx)
            ends[Box(end[0] - wide / 2, end[1] - high / 2, wide, high)] = end
    box = _first_free([one for one in ends if canvas.frame.contains(one)] or list(ends), *taken)
    end_x, end_y = ends[box]
    for turn, opacity in enumerate(_FADING):
        (x1, y1), (x2, y2) = (
            (x + (end_x - x) * part / len(_FADING), y + (end_y - y) * part / len(_FADING)) for part in (turn, turn + 1)
        )
        paint: elements.Paint = {"stroke": theme.edge, "stroke_opacity": opacity, "stroke_width": leaving.width}
        elements.add(group, "line", x1=x1, y1=y1, x2=x2, y2=y2, **paint)
    _write(group, (leaving.text,), box, COUNT, (theme.muted, theme.ground))
    return box


def _leader(group: ET.Element, label: PlacedLabel, theme: Theme) -> None:
    """Draw the line from a point to its label, with an outline that separates it from the shapes below."""
    if label.leader:
        (x1, y1), (x2, y2) = label.leader
        for stroke, wide in ((theme.ground, 2.6), (theme.ink, 0.8)):
            elements.add(group, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=wide)


def _disc(point: Point, canvas: Canvas, per_unit: float) -> Box:
    x, y = canvas.at(point.x, point.y)
    reach = point.reach * per_unit
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _count(point: Point, canvas: Canvas, per_unit: float) -> tuple[str, list[Box]]:
    """Return the number of parties in a ring and its possible boxes: at the upper right, or at another corner."""
    ring = point.ring
    if not ring.count:
        return "", []
    text = f"≥{ring.count}" if ring.bound else f"+{ring.count}"
    (x, y), wide, high = canvas.at(point.x, point.y), width(text, COUNT), 12.6
    away = ring_radius(point.size, ring.count) * per_unit * 0.71 + 2
    offsets = ((away, -away - high), (away, away), (-away - wide, away), (-away - wide, -away - high))
    return text, [Box(x + dx, y + dy, wide, high) for dx, dy in offsets]


def _write(group: ET.Element, rows: tuple[str, ...], box: Box, size: float, colours: tuple[str, str]) -> None:
    """Draw rows of text in the middle of a box, in the first of `colours` with an outline in the second."""
    middle = box.x + box.width / 2
    paint: elements.Paint = {"text_anchor": "middle", "font_size": size, "font_weight": 500, "stroke_linejoin": "round"}
    outlined: elements.Paint = {"stroke": colours[1], "stroke_width": 3.5, "paint_order": "stroke", "fill": colours[0]}
    text = elements.add(group, "text", **paint, **outlined)
    for turn, row in enumerate(rows):
        elements.add(text, "tspan", row, x=middle, y=box.y + 1 + turn * size * 1.2 + size * 0.85)
