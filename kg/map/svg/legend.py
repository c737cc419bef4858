"""The legend of a static picture: kinds of actor, signs, and the notes of the scene."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import SECTORS, SIGNS, Theme, style_of
from kg.map.svg import elements, label_placement
from kg.map.svg import text as svg_text
from kg.map.svg.shapes import DisplayList
from kg.model.display import cell_text
from kg.network.nodes import record_of

_SIGNS = {**SIGNS, "exit": "M1 9h4M7 9h3M12 9h2M13 6l3 3l-3 3"}  # a page shows every city, so that it has no exits
_LETTERS, _NOTE = 14.0, 12.0  # font sizes


def add(group: ET.Element, scene: Scene, drawn: DisplayList, area: tuple[float, float, float], theme: Theme) -> float:
    """Draw kinds of actor with counts, the meaning of sizes and signs, and the notes; return the lower edge.

    Args:
        group: the parent element.
        scene: the scene.
        drawn: the part of the scene that the picture shows.
        area: left, top and width.
        theme: the colours.
    """
    x, y, wide = area
    if drawn.view not in {"geo", "timeline"}:
        y = _kinds(group, scene, drawn, area, theme) + 8
    for sign, text in _signs(scene, drawn):
        dashed: elements.Paint = {"stroke_width": 3, "stroke_dasharray": "1.6 2.5"} if sign == "ring" else {}
        paint: elements.Paint = {"fill": "none", "stroke": theme.edge, **dashed}
        if sign in {"city", "dot"}:
            paint = {"fill": theme.accent, "fill_opacity": 0.82}
        y = _entry(group, (x, y, wide), _SIGNS[sign], text, theme.ink, **paint)
    y += 8
    for note in (*_omissions(scene, drawn), *scene.localised_notes):
        for row in label_placement.wrapped(note, wide, _NOTE):
            y += _NOTE * 1.35
            elements.add(group, "text", row, x=x, y=y, font_size=_NOTE, fill=theme.muted)
        y += 6
    return y


def _kinds(
    group: ET.Element, scene: Scene, drawn: DisplayList, area: tuple[float, float, float], theme: Theme
) -> float:
    """Draw each kind of actor in the picture with its sign and count, and return the lower edge."""
    x, y, wide = area
    order = {sector: i for i, sector in enumerate(SECTORS)}
    counts = Counter((scene.nodes[i].sector, scene.nodes[i].kind) for i in drawn.nodes)
    sectors_of_kind = Counter(kind for _, kind in counts)
    for (sector, kind), count in sorted(counts.items(), key=lambda one: (order.get(one[0][0], 9), -one[1], one[0])):
        style = style_of(kind, sector)
        own = theme.colour(style)
        paint: elements.Paint = {"fill": "none", "stroke": own, "stroke_width": 2.2} if style.hollow else {"fill": own}
        name = svg_text.term(scene, "class", kind) + (
            f" ({svg_text.term(scene, 'sector', sector)})" if sectors_of_kind[kind] > 1 else ""
        )
        y = _entry(group, (x, y, wide), style.path, f"{name} · {count}", theme.ink, **paint)
    return y


def _signs(scene: Scene, drawn: DisplayList) -> Iterator[tuple[str, str]]:
    """Yield each sign in the picture with its meaning."""
    if drawn.view == "geo":
        yield "city", svg_text.word(scene, "cityDot")
        if drawn.exits:
            yield "exit", svg_text.word(scene, "exits")
    elif drawn.view == "timeline":
        yield "dot", svg_text.word(scene, "linkDot")
        if drawn.spans:
            yield "bar", svg_text.word(scene, "spanBar")
    elif drawn.points and drawn.view != "years":
        yield "size", _size(scene, drawn)
        if any(point.style is None for point in drawn.points):
            yield "hyperedge", svg_text.word(scene, "link" if drawn.view == "two-mode" else "hyperedge")
        if any(point.ring.count for point in drawn.points):
            yield "ring", svg_text.word(scene, "ring")


def _size(scene: Scene, drawn: DisplayList) -> str:
    """Return the meaning of the area of a shape, with the score of the largest one as the scale."""
    measure = svg_text.term(scene, "measure", scene.measure)
    largest = max((scene.nodes[i] for i in drawn.nodes), key=lambda node: node.score or 0.0, default=None)
    if largest is None or not largest.score:
        return svg_text.word(scene, "size").format(measure=measure)
    name = svg_text.text(scene, largest.short) or svg_text.text(scene, largest.label)
    score = cell_text(largest.score)
    return svg_text.word(scene, "sizeOf").format(measure=measure, name=name, score=score)


def _omissions(scene: Scene, drawn: DisplayList) -> Iterator[str]:
    """Yield the counts of links without a date, and of organisations without a city, that the view omits."""
    if drawn.view in {"timeline", "years"}:
        dated = {iri for view in scene.views if view.name == "timeline" for iri in view.links}
        nodes = {*drawn.nodes}
        drawn_links = [iri for iri, parties in scene.members.items() if nodes.intersection(parties)]
        undated = len({record_of(iri) for iri in drawn_links if iri not in dated})
        if undated:
            yield svg_text.counted(scene, "undatedOnes", undated)
    if drawn.unbundled:
        yield svg_text.counted(scene, "unbundled", drawn.unbundled)
    if drawn.view != "geo":
        return
    cities = [city for view in scene.views if view.name == "geo" for city in view.cities]
    city_of = {i: city for city in cities for i in city.actors}
    unplaced = [i for i in drawn.nodes if i not in city_of]
    left, top, right, bottom = drawn.viewport or (float("-inf"), float("-inf"), float("inf"), float("inf"))
    outside = [city for city in city_of.values() if not (left <= city.x <= right and top <= city.y <= bottom)]
    if outside:
        yield svg_text.counted(scene, "beyond", len(outside))
    if unplaced:
        yield svg_text.counted(scene, "unplaced", len(unplaced))


def _entry(
    group: ET.Element, area: tuple[float, float, float], path: str, text: str, ink: str, /, **paint: str | float
) -> float:
    """Draw a sign of 18 by 18 pixels beside rows of text, and return the lower edge."""
    x, y, wide = area
    elements.add(group, "path", d=path, transform=f"translate({elements.number(x)} {elements.number(y)})", **paint)
    rows = label_placement.wrapped(text, wide - 30, _LETTERS)
    for turn, row in enumerate(rows):
        baseline = y + 14 + turn * _LETTERS * 1.3
        elements.add(group, "text", row, x=x + 28, y=baseline, font_size=_LETTERS, fill=ink)
    return y + max(len(rows), 1) * _LETTERS * 1.3 + 8
