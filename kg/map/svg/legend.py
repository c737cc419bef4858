"""What stands beside a picture that stands still: who is who, what its signs mean, and what a reader must know."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import SECTORS, SIGNS, Theme, style_of
from kg.map.svg import elements, label_placement
from kg.map.svg import text as svg_text
from kg.map.svg.display_list import Plan

_WIDE = 270.0  # pixels
_LETTERS, _NOTE = 14.0, 12.0


def add(group: ET.Element, scene: Scene, plan: Plan, place: tuple[float, float], theme: Theme) -> float:
    """Kinds of actor with their counts, what sizes and signs mean, and the notes; returns where it ends.

    Args:
        group: where it is drawn.
        scene: what it is of.
        plan: what of it is drawn.
        place: its upper left corner.
        theme: in which colours.
    """
    x, y = place
    if plan.view not in {"geo", "timeline"}:
        y = _kinds(group, scene, plan, place, theme) + 8
    for sign, text in _signs(scene, plan):
        dashed: elements.Paint = {"stroke_width": 3, "stroke_dasharray": "1.6 2.5"} if sign == "ring" else {}
        paint: elements.Paint = {"fill": "none", "stroke": theme.edge, **dashed}
        if sign in {"city", "dot"}:
            paint = {"fill": theme.accent, "fill_opacity": 0.82}
        y = _entry(group, (x, y), SIGNS[sign], text, theme.ink, **paint)
    y += 8
    for note in (*_left_out(scene, plan), *scene.said):
        for row in label_placement.wrapped(note, _WIDE, _NOTE):
            y += _NOTE * 1.35
            elements.add(group, "text", row, x=x, y=y, font_size=_NOTE, fill=theme.muted)
        y += 6
    return y


def _kinds(group: ET.Element, scene: Scene, plan: Plan, place: tuple[float, float], theme: Theme) -> float:
    """Each kind of actor that is shown, with its sign and its count; returns where it ends."""
    x, y = place
    order = {sector: i for i, sector in enumerate(SECTORS)}
    looks = Counter((scene.nodes[i].sector, scene.nodes[i].kind) for i in plan.named)
    several = Counter(kind for _, kind in looks)
    for (sector, kind), count in sorted(looks.items(), key=lambda one: (order.get(one[0][0], 9), -one[1], one[0])):
        style = style_of(kind, sector)
        own = theme.colour(style)
        paint: elements.Paint = {"fill": "none", "stroke": own, "stroke_width": 2.2} if style.hollow else {"fill": own}
        name = svg_text.term(scene, "class", kind) + (
            f" ({svg_text.term(scene, 'sector', sector)})" if several[kind] > 1 else ""
        )
        y = _entry(group, (x, y), style.path, f"{name} · {count}", theme.ink, **paint)
    return y


def _signs(scene: Scene, plan: Plan) -> Iterator[tuple[str, str]]:
    """What each sign that occurs means."""
    if plan.view == "geo":
        yield "city", svg_text.word(scene, "cityDot")
    elif plan.view == "timeline":
        yield "dot", svg_text.word(scene, "linkDot")
        if plan.bars:
            yield "bar", svg_text.word(scene, "spanBar")
    elif plan.spots and plan.view != "years":
        measure = svg_text.term(scene, "measure", scene.measure)
        yield "size", svg_text.word(scene, "size").format(measure=measure)
        if any(spot.style is None for spot in plan.spots):
            yield "hyperedge", svg_text.word(scene, "link" if plan.view == "two-mode" else "hyperedge")
        if any(spot.ring.count for spot in plan.spots):
            yield "ring", svg_text.word(scene, "ring")


def _left_out(scene: Scene, plan: Plan) -> Iterator[str]:
    """How much of what is shown has no place in this view."""
    if plan.view in {"timeline", "years"}:
        dated = {iri for view in scene.views if view.name == "timeline" for iri in view.links}
        named = {*plan.named}
        undated = sum(iri not in dated for iri, parties in scene.members.items() if named.intersection(parties))
        if undated:
            yield svg_text.counted(scene, "undatedOnes", undated)
    if plan.view != "geo":
        return
    cities = [city for view in scene.views if view.name == "geo" for city in view.cities]
    there = {i: city for city in cities for i in city.actors}
    nowhere = [i for i in plan.named if i not in there]
    left, top, right, bottom = plan.home or (float("-inf"), float("-inf"), float("inf"), float("inf"))
    outside = [city for city in there.values() if not (left <= city.x <= right and top <= city.y <= bottom)]
    if outside:
        yield svg_text.counted(scene, "beyond", len(outside))
    if nowhere:
        yield svg_text.counted(scene, "unplaced", len(nowhere))


def _entry(
    group: ET.Element, place: tuple[float, float], path: str, text: str, ink: str, /, **paint: str | float
) -> float:
    """A sign of 18 by 18 with rows of text beside it; returns where the next begins."""
    x, y = place
    elements.add(group, "path", d=path, transform=f"translate({elements.number(x)} {elements.number(y)})", **paint)
    told = label_placement.wrapped(text, _WIDE - 30, _LETTERS)
    for turn, row in enumerate(told):
        at = y + 14 + turn * _LETTERS * 1.3
        elements.add(group, "text", row, x=x + 28, y=at, font_size=_LETTERS, fill=ink)
    return y + max(len(told), 1) * _LETTERS * 1.3 + 8
