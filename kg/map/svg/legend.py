"""The legend of a static picture: kinds of actor, signs, and the notes of the scene."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kg.map.scene.model import Scene
from kg.map.scene.styles import SECTORS, SIGNS, Theme, style_of
from kg.map.svg import elements, label_placement, places
from kg.map.svg import text as svg_text
from kg.map.svg.shapes import DisplayList
from kg.model.display import cell_text
from kg.network.nodes import record_of

_SIGNS = {**SIGNS, "exit": "M1 9h4M7 9h3M12 9h2M13 6l3 3l-3 3"}  # a page shows every city, so that it has no exits
_LETTERS, _NOTE = 14.0, 12.0  # font sizes of a legend beside the map
_SMALL_LETTERS, _SMALL_NOTE = 12.0, 10.5  # the same below it
_ROW, _GAP = 1.3, 8.0  # height of a row over its font size; distance between two entries, pixels
_SIGN = 28.0  # width of a sign with its distance to the text, pixels

_Area = tuple[float, float, float]
"""Left, top and width."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign with its meaning."""

    path: str
    text: str
    paint: elements.Paint


def beside(group: ET.Element, scene: Scene, drawn: DisplayList, area: _Area, theme: Theme) -> float:
    """Draw kinds of actor with counts, the meaning of sizes and signs, places, and the notes; return the lower edge.

    Args:
        group: the parent element.
        scene: the scene.
        drawn: the part of the scene that the picture shows.
        area: left, top and width.
        theme: the colours.
    """
    x, y, wide = area
    for part in (_kinds(scene, drawn, theme), _signs(scene, drawn, theme)):
        for entry in part:
            y = _entry(group, (x, y, wide), entry, theme.ink, _LETTERS) + _GAP
        y += _GAP if part else 0.0
    y = places.add(group, scene, drawn, (x, y, wide), theme)
    for note in _paragraphs(scene, drawn):
        y = _note(group, (x, y, wide), note, theme, _NOTE) + 6
    return y


def below(group: ET.Element, scene: Scene, drawn: DisplayList, area: _Area, theme: Theme) -> float:
    """Draw the same in rows over the whole width, and the notes as one text; return the lower edge."""
    left, top, wide = area
    x, y = left, top
    for entry in (*_kinds(scene, drawn, theme), *_signs(scene, drawn, theme)):
        reach = min(_SIGN + label_placement.width(entry.text, _SMALL_LETTERS) + 10, wide)
        if x > left and x + reach > left + wide:
            x, y = left, y + _SMALL_LETTERS * 1.8
        end = _entry(group, (x, y, left + wide - x), entry, theme.ink, _SMALL_LETTERS)
        x, y = x + reach, max(y, end - _SMALL_LETTERS * _ROW)
    y = places.add(group, scene, drawn, (left, y + _SMALL_LETTERS * 2.2, wide), theme)
    separator = "" if scene.lang == "zh" else " "
    text = separator.join(_ended(note, scene.lang) for note in _paragraphs(scene, drawn))
    return _note(group, (left, y, wide), text, theme, _SMALL_NOTE)


def _paragraphs(scene: Scene, drawn: DisplayList) -> tuple[str, ...]:
    return (*_omissions(scene, drawn), *scene.localised_notes)


def _ended(note: str, lang: str) -> str:
    """Return a note with the stop that separates it from the next."""
    return note if note.endswith((".", "。")) else note + ("。" if lang == "zh" else ".")


def _note(group: ET.Element, area: _Area, note: str, theme: Theme, size: float) -> float:
    """Draw a text in rows, and return its lower edge."""
    x, y, wide = area
    for row in label_placement.wrapped(note, wide, size):
        y += size * 1.35
        elements.add(group, "text", row, x=x, y=y, font_size=size, fill=theme.muted)
    return y


def _kinds(scene: Scene, drawn: DisplayList, theme: Theme) -> list[_Entry]:
    """Return the sign and the count of each kind of actor, in views that show actors."""
    if drawn.view in {"geo", "timeline"}:
        return []
    order = {sector: i for i, sector in enumerate(SECTORS)}
    counts = Counter((scene.nodes[i].sector, scene.nodes[i].kind) for i in drawn.nodes)
    sectors_of_kind = Counter(kind for _, kind in counts)
    entries = []
    for (sector, kind), count in sorted(counts.items(), key=lambda one: (order.get(one[0][0], 9), -one[1], one[0])):
        style = style_of(kind, sector)
        own = theme.colour(style)
        paint: elements.Paint = {"fill": "none", "stroke": own, "stroke_width": 2.2} if style.hollow else {"fill": own}
        name = svg_text.term(scene, "class", kind) + (
            f" ({svg_text.term(scene, 'sector', sector)})" if sectors_of_kind[kind] > 1 else ""
        )
        entries.append(_Entry(style.path, f"{name} · {count}", paint))
    return entries


def _signs(scene: Scene, drawn: DisplayList, theme: Theme) -> list[_Entry]:
    """Return each sign in the picture with its meaning."""
    entries = []
    for sign, text in _meanings(scene, drawn):
        dashed: elements.Paint = {"stroke_width": 3, "stroke_dasharray": "1.6 2.5"} if sign == "ring" else {}
        paint: elements.Paint = {"fill": "none", "stroke": theme.edge, **dashed}
        if sign in {"city", "dot"}:
            paint = {"fill": theme.accent, "fill_opacity": 0.82}
        entries.append(_Entry(_SIGNS[sign], text, paint))
    return entries


def _meanings(scene: Scene, drawn: DisplayList) -> Iterator[tuple[str, str]]:
    """Yield each sign in the picture with its meaning."""
    if drawn.view == "geo":
        yield "city", svg_text.word(scene, "cityDot")
        if drawn.exits:
            yield "exit", svg_text.word(scene, "exits")
    elif drawn.view == "timeline":
        yield "dot", svg_text.word(scene, "linkDot")
        if drawn.spans:
            yield "bar", svg_text.word(scene, "spanBar")
        if any("+" in "".join(point.rows) for point in drawn.points):
            yield "dot", svg_text.word(scene, "partiesText")
    elif drawn.view == "years":
        yield "dot", svg_text.word(scene, "newNames")
    elif drawn.points:
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
    if drawn.unnamed:
        names = ("、" if scene.lang == "zh" else ", ").join(drawn.unnamed)
        yield svg_text.word(scene, "unnamedCities").format(names=names)
    cities = [city for view in scene.views if view.name == "geo" for city in view.cities]
    city_of = {i: city for city in cities for i in city.actors}
    unplaced = [i for i in drawn.nodes if i not in city_of]
    left, top, right, bottom = drawn.viewport or (float("-inf"), float("-inf"), float("inf"), float("inf"))
    outside = [city for city in city_of.values() if not (left <= city.x <= right and top <= city.y <= bottom)]
    if outside:
        yield svg_text.counted(scene, "beyond", len(outside))
    if unplaced:
        yield svg_text.counted(scene, "unplaced", len(unplaced))


def _entry(group: ET.Element, area: _Area, entry: _Entry, ink: str, size: float) -> float:
    """Draw a sign of 18 by 18 pixels beside rows of text, and return the lower edge."""
    x, y, wide = area
    place = f"translate({elements.number(x)} {elements.number(y)})"
    elements.add(group, "path", d=entry.path, transform=place, **entry.paint)
    rows = label_placement.wrapped(entry.text, wide - _SIGN - 2, size)
    for turn, row in enumerate(rows):
        baseline = y + 9 + size * 0.36 + turn * size * _ROW
        elements.add(group, "text", row, x=x + _SIGN, y=baseline, font_size=size, fill=ink)
    return y + max(len(rows), 1) * size * _ROW
