"""Rendering of a `DisplayList` as SVG: background, lines, rings, points, and labels where there is room."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from xml.etree import ElementTree as ET

from kg.map.scene.styles import MAX_DASHES, Theme, ring_radius
from kg.map.svg import elements, label_placement
from kg.map.svg.display_list import DisplayList, Line, Point
from kg.map.svg.ribbons import Ribbon

MAX_SCALE = 2.0
_MARGIN = 70.0  # pixels for labels outside the outermost points, at most a part of the width
_MIN_LINE_SCALE = 0.45  # minimum width of a line relative to the page
_REQUIRED_LABELS = 10  # this number of labels is drawn even if they cover points
_BEND = 0.22
_BAND_NAME = 13.0
_RIBBON_TEXT = 12.0
_COUNT = 10.5  # font size of the number beside a ring
_NAME_DISTANCE = 38.0  # pixels between two names of the graticule

LinkAttributes = Callable[[Point], Mapping[str, str]]
"""A function that returns the attributes of a point's hyperlink; empty without a target."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The mapping from map units to pixels: `scale`, the origin at `x`, `y`, and the `frame` of the map."""

    scale: float
    x: float
    y: float
    frame: label_placement.Box

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a position in map units."""
        return self.x + x * self.scale, self.y + y * self.scale


def fit(drawn: DisplayList, corner: tuple[float, float], wide: float, heights: tuple[float, float]) -> Canvas:
    """Return a canvas `wide` pixels wide and within the minimum and maximum of `heights` that contains all shapes."""
    boxes = [drawn.viewport] if drawn.viewport else list(_extents(drawn))
    left, top = (min(box[axis] for box in boxes) for axis in (0, 1))
    right, low = (max(box[axis] for box in boxes) for axis in (2, 3))
    margin = 0.0 if drawn.viewport else min(_MARGIN, 0.09 * wide)
    across, along = max(right - left, 1e-6), max(low - top, 1e-6)
    most = float("inf") if drawn.pixels else MAX_SCALE
    scale = min((wide - 2 * margin) / across, (heights[1] - margin) / along, most)
    frame = label_placement.Box(*corner, wide, max(along * scale + margin, heights[0]))
    x = frame.x + wide / 2 - (left + right) / 2 * scale
    return Canvas(scale, x, frame.y + frame.height / 2 - (low + top) / 2 * scale, frame)


def _extents(drawn: DisplayList) -> Iterator[tuple[float, float, float, float]]:
    for point in drawn.points:
        reach = 0.0 if drawn.pixels else point.reach
        yield point.x - reach, point.y - reach, point.x + reach, point.y + reach
    yield from (band.box for band in drawn.bands)
    if drawn.bands:
        yield from ((x, y, x, y) for _, positions in drawn.graticule for x, y in positions)
    if not drawn.points:
        yield -1.0, -1.0, 1.0, 1.0


def paint(
    root: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme, link: LinkAttributes | None = None
) -> None:
    """Draw the display list, clipped to the frame of the canvas."""
    frame = canvas.frame
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    view = " ".join(map(elements.number, box.values()))
    inner = elements.add(root, "svg", **box, viewBox=view)
    occupied = [*_background(elements.add(inner, "g"), drawn, canvas, theme)]
    lines = elements.add(inner, "g", fill="none", stroke=theme.edge, stroke_opacity=0.5)
    _lines(lines, drawn, canvas)
    rings = elements.add(
        inner, "g", fill="none", stroke=theme.muted, stroke_opacity=0.5, stroke_width=4 * _scale(drawn, canvas)
    )
    for point in drawn.points:
        _ring(rings, point, drawn, canvas)
    points = elements.add(inner, "g")
    for point in sorted(drawn.points, key=lambda point: (point.style is not None or drawn.pixels, -point.size)):
        _point(points, point, drawn, canvas, theme, link)
    _labels(elements.add(inner, "g"), drawn, canvas, theme, occupied)


def _scale(drawn: DisplayList, canvas: Canvas) -> float:
    """Return the pixels per unit of a size."""
    return 1.0 if drawn.pixels else canvas.scale


def _background(group: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme) -> Iterator[label_placement.Box]:
    """Draw the graticule, the bands and the spans; yield the boxes of their names."""
    named_at = [float("-inf")]
    for name, positions in drawn.graticule:
        points = " ".join(",".join(map(elements.number, canvas.at(*position))) for position in positions)
        elements.add(group, "polyline", points=points, fill="none", stroke=theme.edge, stroke_opacity=0.28)
        x, y = canvas.at(*positions[0])
        if name and (drawn.pixels or x - max(named_at) >= _NAME_DISTANCE):
            named_at.append(x)
            elements.add(group, "text", name, x=x + 3, y=y + 9, font_size=_COUNT, fill=theme.muted)
            yield label_placement.Box(x + 3, y, label_placement.width(name, _COUNT), _COUNT * 1.2)
    for band in drawn.bands:
        (x, y), (right, bottom) = canvas.at(*band.box[:2]), canvas.at(*band.box[2:])
        fill = theme.colour(band.style) if band.style else theme.edge
        elements.add(group, "rect", x=x, y=y, width=right - x, height=bottom - y, fill=fill, fill_opacity=0.07)
        paint: elements.Paint = {"font_size": _BAND_NAME, "font_weight": 650, "fill": theme.muted}
        elements.add(group, "text", band.name, x=x, y=y - 4, **paint)
        yield label_placement.Box(
            x, y - _BAND_NAME * 1.4, label_placement.width(band.name, _BAND_NAME), _BAND_NAME * 1.4
        )
    for ribbon in drawn.ribbons:
        yield from _ribbon(group, ribbon, canvas, theme)
    spans = elements.add(group, "g", stroke=theme.edge, stroke_opacity=0.4, stroke_linecap="round")
    for start, end in drawn.spans:
        (x1, y1), (x2, y2) = canvas.at(*start), canvas.at(*end)
        elements.add(spans, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=11 * canvas.scale)


def _ribbon(group: ET.Element, ribbon: Ribbon, canvas: Canvas, theme: Theme) -> Iterator[label_placement.Box]:
    """Draw a ribbon, with its text if there is room; yield the box of the text."""
    (left, top), (right, bottom) = (
        canvas.at(ribbon.x + side * ribbon.width / 2, y) for side, y in ((-1, ribbon.top), (1, ribbon.bottom))
    )
    for style in ribbon.styles:
        fill = theme.colour(style)
        elements.add(
            group, "rect", x=left, y=top, width=right - left, height=bottom - top, fill=fill, fill_opacity=0.14
        )
    wide = label_placement.width(ribbon.text, _RIBBON_TEXT)
    if wide + 4 < right - left:
        x, y = canvas.at(ribbon.x, ribbon.below)
        paint: elements.Paint = {"font_size": _RIBBON_TEXT, "font_weight": 600, "fill": theme.ink}
        elements.add(group, "text", ribbon.text, x=x, y=y + 4, text_anchor="middle", **paint)
        yield label_placement.Box(x - wide / 2, y - 8, wide, 16)


def _lines(group: ET.Element, drawn: DisplayList, canvas: Canvas) -> None:
    """Draw all lines of one width as one path, which is a third as long as one element per line."""
    paths: dict[float, list[str]] = {}
    for line in drawn.lines:
        spoke = line.b.style is None and not line.arc
        wide = min(0.8 + 0.9 * sqrt(line.links - (0.6 if spoke else 0)), 5) * max(
            min(_scale(drawn, canvas), 1), _MIN_LINE_SCALE
        )
        paths.setdefault(wide, []).append(_path(line, canvas))
    for wide, path in sorted(paths.items()):
        elements.add(group, "path", d="".join(path), stroke_width=wide)


def _path(line: Line, canvas: Canvas) -> str:
    """Return the path from one point to the other, straight or bent."""
    a, b = sorted((canvas.at(line.a.x, line.a.y), canvas.at(line.b.x, line.b.y)))
    if not line.arc:
        return f"M{_pair(a)}L{_pair(b)}"
    bend = ((a[0] + b[0]) / 2 + _BEND * (b[1] - a[1]), (a[1] + b[1]) / 2 - _BEND * (b[0] - a[0]))
    return f"M{_pair(a)}Q{_pair(bend)} {_pair(b)}"


def _pair(position: tuple[float, float]) -> str:
    return f"{elements.number(round(position[0], 1))} {elements.number(round(position[1], 1))}"


def _ring(group: ET.Element, point: Point, drawn: DisplayList, canvas: Canvas) -> None:
    """Draw one dash per unnamed party, up to `MAX_DASHES`; the ring of a lower bound is open."""
    ring = point.ring
    if not ring.count:
        return
    radius = ring_radius(point.size, ring.count) * _scale(drawn, canvas)
    start, end = (-pi / 4, pi * 1.5) if ring.bound else (-pi / 2, pi * 1.5)
    dash = (end - start) * radius / min(ring.count, MAX_DASHES)
    dashes = f"{elements.number(dash * 0.4)} {elements.number(dash * 0.6)}"
    path = elements.arc(canvas.at(point.x, point.y), radius, start, end)
    elements.add(group, "path", d=path, stroke_dasharray=dashes)


def _point(
    group: ET.Element, point: Point, drawn: DisplayList, canvas: Canvas, theme: Theme, link: LinkAttributes | None
) -> None:
    scale = _scale(drawn, canvas)
    size = point.size * scale
    paint: elements.Paint = {"fill": theme.accent if point.rows else theme.edge}
    if point.style:
        own, wide = theme.colour(point.style), max(min(scale, 1), _MIN_LINE_SCALE)
        hollow: elements.Paint = {"fill": theme.ground, "stroke": own, "stroke_width": 2.5 * wide}
        paint = hollow if point.style.hollow else {"fill": own, "stroke": theme.ground, "stroke_width": wide}
    elif point.rows:
        paint = {**paint, "fill_opacity": 0.82, "stroke": theme.ground}
    target = link(point) if link else {}
    parent = elements.add(group, "a", **target) if target else group
    shape = point.style.shape if point.style else "dot"
    element = elements.shape(parent, shape, canvas.at(point.x, point.y), size, **paint)
    if point.name:
        elements.add(element, "title", point.name)


def _labels(
    group: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme, occupied: Sequence[label_placement.Box]
) -> None:
    """Draw the labels that find a free position by priority, then the numbers beside the rings."""
    scale = _scale(drawn, canvas)
    requests = []
    for turn, point in enumerate(point for point in drawn.points if point.rows):
        required = turn < _REQUIRED_LABELS
        rows = point.rows
        if len(rows) > 2 and not required:  # noqa: PLR2004 - two rows are short enough for every label
            rows = rows[0], f"{rows[1]}…"
        size = 11.5 + min(4.0, point.size / 8)
        distance = point.reach * scale + 2
        x, y = canvas.at(point.x, point.y)
        requests.append(label_placement.LabelRequest(rows, size, x, y, distance, required=required))
    discs = [_disc(point, canvas, scale) for point in drawn.points]
    placed = label_placement.place(requests, discs, canvas.frame, occupied)
    covered = [*occupied, *(label.box for label in placed)]
    for point in drawn.points:
        text, boxes = _count(point, canvas, scale)
        free = next((box for box in boxes if not any(box.overlaps(other) for other in covered)), None)
        if free:
            covered.append(free)
            _write(group, (text,), free, _COUNT, (theme.muted, theme.ground))
    for label in placed:
        _write(group, label.request.rows, label.box, label.request.size, (theme.ink, theme.ground))


def _disc(point: Point, canvas: Canvas, scale: float) -> label_placement.Box:
    x, y = canvas.at(point.x, point.y)
    reach = point.reach * scale
    return label_placement.Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _count(point: Point, canvas: Canvas, scale: float) -> tuple[str, list[label_placement.Box]]:
    """Return the number of parties in a ring and its possible boxes: at the upper right, or at another corner."""
    ring = point.ring
    if not ring.count:
        return "", []
    text = f"≥{ring.count}" if ring.bound else f"+{ring.count}"
    (x, y), wide, high = canvas.at(point.x, point.y), label_placement.width(text, _COUNT), 12.6
    away = ring_radius(point.size, ring.count) * scale * 0.71 + 2
    offsets = ((away, -away - high), (away, away), (-away - wide, away), (-away - wide, -away - high))
    return text, [label_placement.Box(x + dx, y + dy, wide, high) for dx, dy in offsets]


def _write(
    group: ET.Element, rows: tuple[str, ...], box: label_placement.Box, size: float, colours: tuple[str, str]
) -> None:
    """Draw rows of text in the middle of a box, in the first of `colours` with an outline in the second."""
    middle = box.x + box.width / 2
    paint: elements.Paint = {"text_anchor": "middle", "font_size": size, "font_weight": 500, "stroke_linejoin": "round"}
    outline: elements.Paint = {"stroke": colours[1], "stroke_width": 3.5, "paint_order": "stroke", "fill": colours[0]}
    text = elements.add(group, "text", **paint, **outline)
    for turn, row in enumerate(rows):
        elements.add(text, "tspan", row, x=middle, y=box.y + 1 + turn * size * 1.2 + size * 0.85)
