"""A `Scene` as one picture that stands still, for reports: an SVG that holds everything it needs, and its PNG.

It shows what the page opens with: the organisations of the highest score, their lines, rings for those that are counted
and not named, and as many names as find a free place. There is nothing in it but shapes and text: no script, no style
sheet, no address that could be asked. The same scene gives the same bytes of SVG; those of the PNG depend on the faces
that the machine has, too.
"""

from collections import Counter
from dataclasses import dataclass
from math import pi, sqrt
from xml.etree import ElementTree as ET

import resvg_py

from kg.draw import legends, saying, shapes, writing
from kg.draw.labels import rows
from kg.draw.legends import EDGE, INK, MUTED
from kg.draw.scene import KNOT_SIZE, Halo, Scene, SceneNode
from kg.draw.styles import LIGHT_GROUND, MOST_STROKES, halo_radius, style_of

MOST = 300
"""Organisations that a picture shows at most, as many as the page opens with."""
FEW_MORE = 60
"""To leave out fewer than these would say more than it spares."""

FACES = (
    "Segoe UI, Roboto, PingFang SC, Microsoft YaHei, Noto Sans, Noto Sans CJK SC, Noto Sans SC, DejaVu Sans, sans-serif"
)

_WIDTH = 1600.0
_EDGE = 40.0  # pixels free around everything
_SIDE = 290.0  # width of the legend
_LOWEST, _HIGHEST = 640.0, 1240.0  # heights of the map
_TITLE, _SMALL = 26.0, 15.0  # sizes of letters
_LARGEST_SCALE = 2.0
_STROKE = 0.45  # width of a line over that of the page, at least


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a scene is drawn: indexes of its actors from the highest score on, its knots and its edges."""

    actors: tuple[int, ...]
    knots: tuple[int, ...]
    edges: tuple[int, ...]
    links: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where map units lie on the picture: `scale` pixels for each, the origin at `x`, `y`; `frame` holds the map."""

    scale: float
    x: float
    y: float
    frame: writing.Box

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a place."""
        return self.x + x * self.scale, self.y + y * self.scale


def svg(scene: Scene) -> str:
    """The picture as SVG, to be written as UTF-8."""
    shown = _shown(scene)
    heads = _heads(scene, shown)
    top = _EDGE + sum(size * 1.35 for _, size, _ in heads) + 16
    sheet = _sheet(scene, shown, top)
    legend = ET.Element("g")
    end = (
        max(
            sheet.frame.y + sheet.frame.height,
            legends.add(legend, scene, (shown.actors, shown.knots), (_WIDTH - _EDGE - _SIDE + 20, top + 10)),
        )
        + _EDGE
    )
    root = ET.Element("svg", _root(end, scene.lang))
    shapes.add(root, "title", saying.text(scene, scene.title))
    shapes.add(root, "desc", " ".join(text for text, size, _ in heads if size != _TITLE))
    shapes.add(root, "rect", width=_WIDTH, height=end, fill=LIGHT_GROUND)
    y = _EDGE
    for text, size, ink in heads:
        y += size * 1.35
        weight = 650 if size == _TITLE else 400
        shapes.add(root, "text", text, x=_EDGE, y=y - size * 0.35, font_size=size, font_weight=weight, fill=ink)
    _lines(shapes.add(root, "g", stroke=EDGE, stroke_opacity=0.5), scene, shown, sheet)
    _points(shapes.add(root, "g"), scene, shown, sheet)
    _names(shapes.add(root, "g"), scene, shown, sheet)
    if not shown.actors:
        at = {"x": sheet.frame.x + sheet.frame.width / 2, "y": sheet.frame.y + sheet.frame.height / 2}
        shapes.add(root, "text", saying.word(scene, "empty"), text_anchor="middle", fill=MUTED, **at)
    root.append(legend)
    return ET.tostring(root, encoding="unicode") + "\n"


def png(scene: Scene) -> bytes:
    """The picture as PNG, two pixels for each of the SVG; letters are those of the faces that the machine has."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(scene), zoom=2, languages=[scene.lang], font_family="sans-serif"))


def _root(height: float, lang: str) -> dict[str, str]:
    size = {"width": shapes.number(_WIDTH), "height": shapes.number(height)}
    box = f"0 0 {size['width']} {size['height']}"
    told = {"xml:lang": "zh-Hans" if lang == "zh" else "en", "role": "img", "font-family": FACES}
    return {"xmlns": shapes.NAMESPACE, **size, "viewBox": box, **told}


def _shown(scene: Scene) -> Shown:
    """The actors of the highest score with what ties them, as the page does it."""
    order = sorted(
        range(len(scene.nodes)),
        key=lambda i: (-(-1.0 if (score := scene.nodes[i].score) is None else score), -len(scene.nodes[i].links), i),
    )
    first = frozenset(order if len(order) <= MOST + FEW_MORE else order[:MOST])
    links = sum(any(i in first for i in members) for members in scene.members.values())
    n = len(scene.nodes)
    edges = [k for k, edge in enumerate(scene.edges) if edge.a in first and (edge.b >= n or edge.b in first)]
    spokes = Counter(scene.edges[k].b for k in edges if scene.edges[k].b >= n)
    edges = [k for k in edges if scene.edges[k].b < n or spokes[scene.edges[k].b] > 1]
    knots = tuple(i for i in range(len(scene.knots)) if spokes[n + i] > 1)
    return Shown(tuple(i for i in order if i in first), knots, tuple(edges), links)


def _heads(scene: Scene, shown: Shown) -> list[tuple[str, float, str]]:
    """The rows above the map: text, size of its letters, colour."""
    said = saying.text(scene, scene.subtitle)
    if len(shown.actors) < len(scene.nodes):
        counts = {"actors": len(shown.actors), "links": shown.links}
        said += " · " + saying.word(scene, "shown").format(**counts)
    wide = _WIDTH - 2 * _EDGE
    heads = [(row, _TITLE, INK) for row in writing.wrapped(saying.text(scene, scene.title), wide, _TITLE)]
    return heads + [(row, _SMALL, MUTED) for row in writing.wrapped(said, wide, _SMALL)]


def _spots(scene: Scene, shown: Shown) -> list[tuple[float, float, float]]:
    """Each point that is drawn: its place and how far it reaches, map units."""
    nodes = [(node.x, node.y, _reach(node.size, node.halo)) for node in (scene.nodes[i] for i in shown.actors)]
    return nodes + [(one.x, one.y, _reach(KNOT_SIZE, one.halo)) for one in (scene.knots[i] for i in shown.knots)]


def _reach(size: float, halo: Halo) -> float:
    return halo_radius(size, halo.count) + 2 if halo.count else size


def _sheet(scene: Scene, shown: Shown, top: float) -> Sheet:
    """The map fitted into its frame, in which names stand out a little beyond the points."""
    spots = _spots(scene, shown) or [(0.0, 0.0, 1.0)]
    left, high = (min(spot[axis] - spot[2] for spot in spots) for axis in (0, 1))
    right, low = (max(spot[axis] + spot[2] for spot in spots) for axis in (0, 1))
    wide, margin = _WIDTH - 2 * _EDGE - _SIDE, 70.0
    scale = min((wide - 2 * margin) / (right - left), (_HIGHEST - margin) / (low - high), _LARGEST_SCALE)
    height = max((low - high) * scale + margin, _LOWEST)
    frame = writing.Box(_EDGE, top, wide, height)
    return Sheet(
        scale, _EDGE + wide / 2 - (left + right) / 2 * scale, top + height / 2 - (high + low) / 2 * scale, frame
    )


def _lines(group: ET.Element, scene: Scene, shown: Shown, sheet: Sheet) -> None:
    n = len(scene.nodes)
    for edge in (scene.edges[k] for k in shown.edges):
        a = scene.nodes[edge.a]
        b = scene.nodes[edge.b] if edge.b < n else scene.knots[edge.b - n]
        (x1, y1), (x2, y2) = sheet.at(a.x, a.y), sheet.at(b.x, b.y)
        wide = min(0.8 + 0.9 * sqrt(len(edge.links) - (0.6 if edge.b >= n else 0)), 5) * max(sheet.scale, _STROKE)
        shapes.add(group, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=wide)


def _points(group: ET.Element, scene: Scene, shown: Shown, sheet: Sheet) -> None:
    """Rings below, then the knots, then actors from the largest to the smallest."""
    actors = sorted((scene.nodes[i] for i in shown.actors), key=lambda node: -node.size)
    knots = [scene.knots[i] for i in shown.knots]
    rings = shapes.add(group, "g", fill="none", stroke=MUTED, stroke_opacity=0.5, stroke_width=4 * sheet.scale)
    for x, y, size, halo in ((one.x, one.y, KNOT_SIZE, one.halo) for one in knots):
        _ring(rings, sheet.at(x, y), halo_radius(size, halo.count) * sheet.scale, halo)
    for node in actors:
        _ring(rings, sheet.at(node.x, node.y), halo_radius(node.size, node.halo.count) * sheet.scale, node.halo)
    for knot in knots:
        shapes.shape(group, "dot", sheet.at(knot.x, knot.y), KNOT_SIZE * sheet.scale, fill=EDGE)
    for node in actors:
        style = style_of(node.kind, node.sector)
        paint = (LIGHT_GROUND, style.light, 2.5) if style.hollow else (style.light, LIGHT_GROUND, 1.0)
        wide = paint[2] * max(sheet.scale, _STROKE)
        one = shapes.shape(
            group,
            style.shape,
            sheet.at(node.x, node.y),
            node.size * sheet.scale,
            fill=paint[0],
            stroke=paint[1],
            stroke_width=wide,
        )
        shapes.add(one, "title", _name(scene, node))


def _ring(group: ET.Element, place: tuple[float, float], radius: float, halo: Halo) -> None:
    """One stroke for each unnamed party, as far as a ring can show them; a lower bound leaves the ring open."""
    if not halo.count:
        return
    begin, end = (-pi / 4, pi * 1.5) if halo.bound else (-pi / 2, pi * 1.5)
    stroke = (end - begin) * radius / min(halo.count, MOST_STROKES)
    dashes = f"{shapes.number(stroke * 0.4)} {shapes.number(stroke * 0.6)}"
    shapes.add(group, "path", d=shapes.ring(place, radius, begin, end), stroke_dasharray=dashes)


def _name(scene: Scene, node: SceneNode) -> str:
    return saying.text(scene, node.label) or saying.word(scene, "nameless")


def _names(group: ET.Element, scene: Scene, shown: Shown, sheet: Sheet) -> None:
    """As many names as find a free place, from the highest score on, then the numbers beside the rings."""
    wishes = []
    for turn, i in enumerate(shown.actors):
        node = scene.nodes[i]
        told = rows(_name(scene, node))
        told = told if len(told) < 3 or turn < 10 else (told[0], f"{told[1]}…")  # noqa: PLR2004 - two rows are short
        size = 11.5 + min(4.0, node.size / 8)
        away = _reach(node.size, node.halo) * sheet.scale + 2
        wishes.append(writing.Wish(i, told, size, *sheet.at(node.x, node.y), away, sure=turn < 10))  # noqa: PLR2004
    counts = [
        _count(node.halo, node.size, sheet.at(node.x, node.y), sheet.scale)
        for node in (scene.nodes[i] for i in shown.actors)
    ]
    counts += [
        _count(one.halo, KNOT_SIZE, sheet.at(one.x, one.y), sheet.scale)
        for one in (scene.knots[i] for i in shown.knots)
    ]
    discs = [
        writing.Box(x - reach * sheet.scale, y - reach * sheet.scale, 2 * reach * sheet.scale, 2 * reach * sheet.scale)
        for (x, y), reach in ((sheet.at(spot[0], spot[1]), spot[2]) for spot in _spots(scene, shown))
    ]
    found = writing.placed(wishes, discs, sheet.frame)
    taken = [one.box for one in found]
    for text, boxes in filter(None, counts):
        free = next((box for box in boxes if not any(box.meets(other) for other in taken)), None)
        if free:
            taken.append(free)
            _write(group, (text,), free, 10.5, MUTED)
    for one in found:
        _write(group, one.wish.rows, one.box, one.wish.size, INK)


def _count(halo: Halo, size: float, place: tuple[float, float], scale: float) -> tuple[str, list[writing.Box]] | None:
    """How many a ring stands for, and where that may stand: to its upper right, or at another corner."""
    if not halo.count:
        return None
    text = f"≥{halo.count}" if halo.bound else f"+{halo.count}"
    wide, high = writing.width(text, 10.5), 12.6
    away = halo_radius(size, halo.count) * scale * 0.71 + 2
    corners = ((away, -away - high), (away, away), (-away - wide, away), (-away - wide, -away - high))
    return text, [writing.Box(place[0] + dx, place[1] + dy, wide, high) for dx, dy in corners]


def _write(group: ET.Element, told: tuple[str, ...], box: writing.Box, size: float, ink: str) -> None:
    """Rows of text in the middle of a box, with a rim of the ground's colour."""
    middle = box.x + box.width / 2
    paint: shapes.Paint = {"text_anchor": "middle", "font_size": size, "font_weight": 500, "stroke_linejoin": "round"}
    rim: shapes.Paint = {"stroke": LIGHT_GROUND, "stroke_width": 3.5, "paint_order": "stroke", "fill": ink}
    text = shapes.add(group, "text", **paint, **rim)
    for turn, row in enumerate(told):
        shapes.add(text, "tspan", row, x=middle, y=box.y + 1 + turn * size * 1.2 + size * 0.85)
