"""Rendering of a `DisplayList` as SVG: background, lines, rings, points, and labels where there is room."""

from collections.abc import Callable, Iterator, Mapping
from math import pi, sqrt
from xml.etree import ElementTree as ET

from kg.map.scene.styles import MAX_DASHES, Theme, ring_radius
from kg.map.svg import elements, label_placement, labels
from kg.map.svg.canvas import Canvas, scale
from kg.map.svg.ribbons import Ribbon
from kg.map.svg.shapes import DisplayList, Line, Point

_MIN_LINE_SCALE = 0.45  # minimum width of a line relative to the page
_BEND = 0.22
_BAND_NAME = 13.0
_NAME_DISTANCE = 38.0  # pixels between two names of the graticule

LinkAttributes = Callable[[Point], Mapping[str, str]]
"""A function that returns the attributes of a point's hyperlink; empty without a target."""


def paint(
    root: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme, link: LinkAttributes | None = None
) -> tuple[str, ...]:
    """Draw the display list, clipped to the frame of the canvas; return the cities without a label."""
    frame = canvas.frame
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    view = " ".join(map(elements.number, box.values()))
    inner = elements.add(root, "svg", **box, viewBox=view)
    occupied = [*_background(elements.add(inner, "g"), drawn, canvas, theme)]
    lines = elements.add(inner, "g", fill="none", stroke=theme.edge, stroke_opacity=0.5)
    _lines(lines, drawn, canvas)
    occupied.extend(labels.exits(elements.add(inner, "g"), drawn, canvas, theme, occupied))
    rings = elements.add(
        inner, "g", fill="none", stroke=theme.muted, stroke_opacity=0.5, stroke_width=4 * scale(drawn, canvas)
    )
    for point in drawn.points:
        _ring(rings, point, drawn, canvas)
    points = elements.add(inner, "g")
    for point in sorted(drawn.points, key=lambda point: (point.style is not None or drawn.pixels, -point.size)):
        _point(points, point, drawn, canvas, theme, link)
    return labels.add(elements.add(inner, "g"), drawn, canvas, theme, occupied)


def _background(group: ET.Element, drawn: DisplayList, canvas: Canvas, theme: Theme) -> Iterator[label_placement.Box]:
    """Draw the graticule, the bands and the spans; yield the boxes of their names."""
    named_at = [float("-inf")]
    for name, positions in drawn.graticule:
        points = " ".join(",".join(map(elements.number, canvas.at(*position))) for position in positions)
        elements.add(group, "polyline", points=points, fill="none", stroke=theme.edge, stroke_opacity=0.28)
        x, y = canvas.at(*positions[0])
        if drawn.bands:
            y = min(y, canvas.at(*drawn.bands[0].box[:2])[1] - _BAND_NAME * 1.4 - labels.COUNT * 1.2)
        if name and (drawn.pixels or x - max(named_at) >= _NAME_DISTANCE):
            named_at.append(x)
            elements.add(group, "text", name, x=x + 3, y=y + 9, font_size=labels.COUNT, fill=theme.muted)
            yield label_placement.Box(x + 3, y, label_placement.width(name, labels.COUNT), labels.COUNT * 1.2)
    for band in drawn.bands:
        (x, y), (right, bottom) = canvas.at(*band.box[:2]), canvas.at(*band.box[2:])
        fill = theme.colour(band.style) if band.style else theme.edge
        elements.add(group, "rect", x=x, y=y, width=right - x, height=bottom - y, fill=fill, fill_opacity=0.07)
    for ribbon in drawn.ribbons:
        _ribbon(group, ribbon, canvas, theme)
    for band in drawn.bands:
        x, y = canvas.at(*band.box[:2])
        box = label_placement.Box(
            x, y - _BAND_NAME * 1.4, label_placement.width(band.name, _BAND_NAME), _BAND_NAME * 1.4
        )
        paint: elements.Paint = {"font_size": _BAND_NAME, "font_weight": 650, "fill": theme.muted}
        elements.add(group, "text", band.name, x=x, y=y - 4, **paint, **labels.outline(theme))
        yield box
    spans = elements.add(group, "g", stroke=theme.edge, stroke_opacity=0.4, stroke_linecap="round")
    for start, end in drawn.spans:
        (x1, y1), (x2, y2) = canvas.at(*start), canvas.at(*end)
        elements.add(spans, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=11 * canvas.scale)


def _ribbon(group: ET.Element, ribbon: Ribbon, canvas: Canvas, theme: Theme) -> None:
    """Draw a ribbon in the colours of its two sectors."""
    (left, top), (right, bottom) = (
        canvas.at(ribbon.x + side * ribbon.width / 2, y) for side, y in ((-1, ribbon.top), (1, ribbon.bottom))
    )
    for style in ribbon.styles:
        fill = theme.colour(style)
        elements.add(
            group, "rect", x=left, y=top, width=right - left, height=bottom - top, fill=fill, fill_opacity=0.14
        )


def _lines(group: ET.Element, drawn: DisplayList, canvas: Canvas) -> None:
    """Draw all lines of one width as one path, which is a third as long as one element per line."""
    paths: dict[float, list[str]] = {}
    for line in drawn.lines:
        spoke = line.b.style is None and not line.arc
        wide = min(0.8 + 0.9 * sqrt(line.links - (0.6 if spoke else 0)), 5) * max(
            min(scale(drawn, canvas), 1), _MIN_LINE_SCALE
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
    radius = ring_radius(point.size, ring.count) * scale(drawn, canvas)
    start, end = (-pi / 4, pi * 1.5) if ring.bound else (-pi / 2, pi * 1.5)
    dash = (end - start) * radius / min(ring.count, MAX_DASHES)
    dashes = f"{elements.number(dash * 0.4)} {elements.number(dash * 0.6)}"
    path = elements.arc(canvas.at(point.x, point.y), radius, start, end)
    elements.add(group, "path", d=path, stroke_dasharray=dashes)


def _point(
    group: ET.Element, point: Point, drawn: DisplayList, canvas: Canvas, theme: Theme, link: LinkAttributes | None
) -> None:
    per_unit = scale(drawn, canvas)
    size = point.size * per_unit
    paint: elements.Paint = {"fill": theme.accent if point.rows else theme.edge}
    if point.style:
        own, wide = theme.colour(point.style), max(min(per_unit, 1), _MIN_LINE_SCALE)
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
