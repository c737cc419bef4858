"""Packs: the many parties of a consortium that are in no other link, drawn as one point."""

from collections import Counter
from collections.abc import Collection, Mapping
from math import sqrt

from kg.map.scene.model import Scene
from kg.map.svg import text as svg_text
from kg.map.svg.shapes import Line, Point

MIN_PACKED = 12
"""Number of parties with no other link from which they are one point, in pictures and in pages (``packs.js``)."""


_MOST_LETTERS = 18  # of an acronym before the title of a project
_MOST_SHOWN = 26  # letters of the name of a link


def acronym(name: str) -> str:
    """Return the acronym before the title of a link, else its name, cut where it is long."""
    before = name.replace("：", ":").partition(":")[0]
    shown = before if len(before) <= _MOST_LETTERS else name
    return shown if len(shown) <= _MOST_SHOWN else shown[: _MOST_SHOWN - 1].rstrip() + "…"


def packs(scene: Scene, top: Collection[int]) -> dict[str, list[int]]:
    """Return the packed parties of each link with many parties; the focus of a scene is not packed."""
    counts = Counter(i for parties in scene.members.values() for i in parties)
    focus = scene.focus.actor if scene.focus else None
    found = {}
    for iri, parties in scene.members.items():
        single = [i for i in parties if i in top and counts[i] == 1 and scene.nodes[i].iri != focus]
        if len(parties) >= MIN_PACKED and len(single) >= MIN_PACKED:
            found[iri] = single
    return found


def packed(
    scene: Scene, points: Mapping[int, Point], lines: list[Line], found: Mapping[str, list[int]]
) -> tuple[tuple[Point, ...], tuple[Line, ...]]:
    """Return the points and lines in which each pack replaces its actors."""
    pack_of: dict[Point, Point] = {}
    for iri, own in found.items():
        x, y = (sum(axis) / len(own) for axis in zip(*((points[i].x, points[i].y) for i in own), strict=True))
        text = svg_text.word(scene, "packed").format(n=len(own))
        pack = Point(f"{iri}#others", x, y, 8 + 2.6 * sqrt(len(own)), None, text, (text,), is_required=True)
        pack_of.update({points[i]: pack for i in own})
    kept = tuple(point for point in points.values() if point not in pack_of)
    merged: dict[tuple[Point, Point], int] = {}
    for line in lines:
        a, b = (pack_of.get(end, end) for end in (line.a, line.b))
        if a != b:
            merged[a, b] = max(merged.get((a, b), 0), line.links)
    return (*dict.fromkeys(pack_of.values()), *kept), tuple(Line(a, b, links) for (a, b), links in merged.items())
