"""What stands beside a picture that stands still: who is who, what its signs mean, and what a reader must know."""

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kg.draw import saying, shapes, writing
from kg.draw.scene import Scene
from kg.draw.styles import SECTORS, SIGNS, style_of

EDGE, INK, MUTED = "#7c8799", "#1d2433", "#545e70"
_WIDE = 270.0  # pixels
_LETTERS, _NOTE = 14.0, 12.0


def add(
    group: ET.Element, scene: Scene, shown: tuple[Sequence[int], Sequence[int]], place: tuple[float, float]
) -> float:
    """Kinds of actor with their counts, what sizes and signs mean, and the notes; returns where it ends.

    Args:
        group: where it is drawn.
        scene: what is drawn.
        shown: the actors and the knots that are, as indexes.
        place: its upper left corner.
    """
    (actors, knots), (x, y) = shown, place
    order = {sector: i for i, sector in enumerate(SECTORS)}
    looks = Counter((scene.nodes[i].sector, scene.nodes[i].kind) for i in actors)
    several = Counter(kind for _, kind in looks)
    for (sector, kind), count in sorted(looks.items(), key=lambda one: (order.get(one[0][0], 9), -one[1], one[0])):
        style = style_of(kind, sector)
        paint: shapes.Paint = (
            {"fill": "none", "stroke": style.light, "stroke_width": 2.2} if style.hollow else {"fill": style.light}
        )
        name = saying.term(scene, "class", kind) + (
            f" ({saying.term(scene, 'sector', sector)})" if several[kind] > 1 else ""
        )
        y = _entry(group, (x, y), style.path, f"{name} · {count}", **paint)
    y += 8
    signs = {"size": saying.word(scene, "size").format(measure=saying.term(scene, "measure", scene.measure))}
    signs |= {"knot": saying.word(scene, "knot")} if knots else {}
    halos = [scene.nodes[i].halo for i in actors] + [scene.knots[i].halo for i in knots]
    signs |= {"halo": saying.word(scene, "halo")} if any(halo.count for halo in halos) else {}
    for sign, text in signs.items():
        dashed: shapes.Paint = {"stroke_width": 3, "stroke_dasharray": "1.6 2.5"} if sign == "halo" else {}
        y = _entry(group, (x, y), SIGNS[sign], text, fill="none", stroke=EDGE, **dashed)
    return _notes(group, scene, (x, y + 8))


def _notes(group: ET.Element, scene: Scene, place: tuple[float, float]) -> float:
    """What a reader must know of the network; returns where it ends."""
    x, y = place
    for note in scene.notes:
        for row in writing.wrapped(note, _WIDE, _NOTE):
            y += _NOTE * 1.35
            shapes.add(group, "text", row, x=x, y=y, font_size=_NOTE, fill=MUTED)
        y += 6
    return y


def _entry(group: ET.Element, place: tuple[float, float], path: str, text: str, /, **paint: str | float) -> float:
    """A sign of 18 by 18 with rows of text beside it; returns where the next begins."""
    x, y = place
    shapes.add(group, "path", d=path, transform=f"translate({shapes.number(x)} {shapes.number(y)})", **paint)
    told = writing.wrapped(text, _WIDE - 30, _LETTERS)
    for turn, row in enumerate(told):
        at = y + 14 + turn * _LETTERS * 1.3
        shapes.add(group, "text", row, x=x + 28, y=at, font_size=_LETTERS, fill=INK)
    return y + max(len(told), 1) * _LETTERS * 1.3 + 8
