"""The display list of one view of a scene.

`kg.map.svg.render` draws it. The scripts of the page build the same for the reader's selection.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from math import sqrt

from kg.map.layout.timeline import bounds, parties_text
from kg.map.scene.labels import rows
from kg.map.scene.model import HYPEREDGE_SIZE, Scene, SceneView, UnnamedRing
from kg.map.scene.styles import SECTORS, Style, style_of
from kg.map.svg import text as svg_text
from kg.map.svg.packs import MIN_PACKED, acronym, packed, packs
from kg.map.svg.ribbons import ribbons
from kg.map.svg.shapes import NO_RING, Band, Box, DisplayList, Line, Point, Position
from kg.network.nodes import record_of

MAX_ACTORS = 300
"""Maximum number of organisations in a picture, and in a page when it opens."""
REQUIRED_LABELS = 10
"""The names of this number of organisations may cover other points."""
MIN_OMITTED = 60
"""If fewer organisations than this would be omitted, all are drawn."""

_BAND_MARGIN = 46.0  # map units between a band's edge and its points, above and below
_BAND_SIDE = 70.0  # the same on the left and right
_MIN_MAGNIFICATION = 1.5  # the viewport is used only if it enlarges the picture by this factor
_YEAR_HEIGHT = 100.0  # map units for the years above the timeline, clear of the first band's name


def display_list(scene: Scene, view: str = "map") -> DisplayList:
    """Return the display list of the map or of the view in `Scene.views` with this name.

    The view "years" has the display list of the map; `kg.map.svg.small_multiples` draws a part of it for each year.
    """
    top = _top_actors(scene)
    links = [iri for iri, parties in scene.members.items() if any(i in top for i in parties)]
    if view in {"map", "years"}:
        drawn = _network(scene, None, top, links)
    else:
        name = "timeline-upright" if view == "timeline" and scene.is_slim else view
        scene_view = next(one for one in scene.views if one.name == name)
        drawn = _BUILDERS.get(view, _network)(scene, scene_view, top, links)
    return replace(drawn, view=view, actors=len(top), links=len(links))


def _top_actors(scene: Scene) -> dict[int, None]:
    """Return the actors with the highest scores in descending order, as in the page when it opens."""
    order = sorted(
        range(len(scene.nodes)),
        key=lambda i: (-(-1.0 if (score := scene.nodes[i].score) is None else score), -len(scene.nodes[i].links), i),
    )
    return dict.fromkeys(order if len(order) <= MAX_ACTORS + MIN_OMITTED else order[:MAX_ACTORS])


def _network(scene: Scene, view: SceneView | None, top: Mapping[int, None], links: Sequence[str]) -> DisplayList:
    """Return actors with their lines at the positions of the map or of another view."""
    two_mode = view is not None and view.name == "two-mode"
    n = len(scene.nodes)
    positions = view.actors if view else tuple((node.x, node.y) for node in scene.nodes)
    points = {i: _actor(scene, i, positions[i], with_ring=not two_mode) for i in top}
    points.update({i: replace(points[i], is_required=True) for i in [*top][:REQUIRED_LABELS]})
    edges = [(edge.a, edge.b, len(edge.links)) for edge in scene.edges if edge.a in top]
    hyperedges = {n + k: (one.link, one.ring, (one.x, one.y)) for k, one in enumerate(scene.hyperedges)}
    if view and not two_mode:
        hyperedges = {k: (iri, ring, view.links[iri]) for k, (iri, ring, _) in hyperedges.items() if iri in view.links}
    if view and two_mode:
        point_of = dict(zip(links, count(n), strict=False))
        hyperedges = {k: (iri, _unnamed_ring(scene, iri), view.links[iri]) for iri, k in point_of.items()}
        edges = [(i, point_of[iri], 1) for iri in links for i in scene.members[iri] if i in top]
    if view and view.bands:
        hyperedges = {}  # there are no lines between bands
    spokes = Counter(b for _, b, _ in edges if b >= n)
    for k, (iri, ring, (x, y)) in hyperedges.items():
        if spokes[k] > (0 if two_mode else 1):
            name = svg_text.text(scene, scene.links[iri].label)
            label = () if view or len(scene.members[iri]) < MIN_PACKED else (acronym(name),)
            points[k] = Point(iri, x, y, HYPEREDGE_SIZE, None, name, label, ring)
    lines = [Line(points[a], points[b], n_links) for a, b, n_links in edges if b in points]
    drawn = DisplayList("", *packed(scene, points, lines, {} if view else packs(scene, top)), nodes=tuple(top))
    if not view or not view.bands:
        return drawn
    flows, unbundled = ribbons(scene, view, top, links)
    bands = _sector_bands(scene, view, drawn.points)
    return replace(drawn, lines=(), bands=bands, ribbons=flows, unbundled=unbundled)


def _actor(scene: Scene, i: int, position: Position, *, with_ring: bool) -> Point:
    node = scene.nodes[i]
    name, label = (svg_text.text(scene, one) or svg_text.word(scene, "nameless") for one in (node.label, node.shown))
    ring = node.ring if with_ring else NO_RING
    return Point(node.iri, *position, node.size, style_of(node.kind, node.sector), name, rows(label), ring)


def _unnamed_ring(scene: Scene, iri: str) -> UnnamedRing:
    """Return the ring of a link's unnamed parties."""
    card = scene.links[iri]
    unnamed = max(card.declared - card.named, 0)
    return UnnamedRing(unnamed, card.is_lower_bound and unnamed > 0)


def _sector_bands(scene: Scene, view: SceneView, points: Sequence[Point]) -> tuple[Band, ...]:
    def style(sector: str) -> tuple[str, Style]:
        name = svg_text.term(scene, "sector", sector) if sector in SECTORS else svg_text.word(scene, "others")
        return name, style_of("", sector)

    return _bands(view, points, style)


def _bands(
    view: SceneView, points: Iterable[Point], style: Callable[[str], tuple[str, Style | None]]
) -> tuple[Band, ...]:
    xs = [point.x for point in points] or [0.0]
    left, right = min(xs) - _BAND_SIDE, max(xs) + _BAND_SIDE
    return tuple(
        Band(*style(key), (left, top - _BAND_MARGIN, right, end + _BAND_MARGIN)) for key, top, end in view.bands
    )


def _hub(scene: Scene, hyperedge: int, city_of: Mapping[int, int]) -> int | None:
    """Return the city of most parties of a link, from which its lines lead to the other cities."""
    cities = Counter(city_of[i] for i in scene.members[scene.hyperedges[hyperedge].link] if i in city_of)
    return min(cities, key=lambda city: (-cities[city], city), default=None)


def _cities(scene: Scene, view: SceneView, top: Mapping[int, None], links: Sequence[str]) -> DisplayList:
    """Return the cities of the actors in `top`, with arcs between them."""
    del links
    n = len(scene.nodes)
    residents = {k: sum(i in top for i in city.actors) for k, city in enumerate(view.cities)}
    points: dict[int, Point] = {}
    for k, city in enumerate(view.cities):
        if residents[k]:
            name = svg_text.text(scene, city.label)
            size = 2.5 + 2 * sqrt(residents[k])
            *first, last = rows(name)
            label = (*first, f"{last} {residents[k]}")
            points[k] = Point(name, city.x, city.y, size, None, name, label, is_required=residents[k] > 1)
    city_of = {i: k for k, city in enumerate(view.cities) for i in city.actors}
    ties: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for edge in scene.edges:
        if edge.a in top and (edge.b >= n or edge.b in top):
            ends = {city_of.get(edge.a), _hub(scene, edge.b - n, city_of) if edge.b >= n else city_of.get(edge.b)}
            known = sorted(end for end in ends if end in points)
            if len(known) > 1:
                ties[known[0], known[1]].extend(edge.links)
    lines = tuple(
        Line(points[a], points[b], len(iris), arc=True, records=frozenset(map(record_of, iris)))
        for (a, b), iris in ties.items()
    )
    graticule = tuple((svg_text.text(scene, name), line) for name, line in view.graticule)
    order = tuple(sorted(points.values(), key=lambda point: -point.size))
    viewport = _viewport(view.viewport, order)
    return DisplayList("", order, lines, graticule=graticule, viewport=viewport, pixels=True, nodes=tuple(top))


def _viewport(box: Box | None, points: Sequence[Point]) -> Box | None:
    """Return the box with a margin, or ``None`` if it contains almost everything."""
    if box is None or not points:
        return None
    left, top, right, bottom = box
    wide, high = (max(axis) - min(axis) for axis in zip(*((one.x, one.y) for one in points), strict=True))
    margin = 0.14 * max(right - left, bottom - top, 1.0)
    magnification = max(wide, high) / max(right - left + 2 * margin, bottom - top + 2 * margin)
    if magnification < _MIN_MAGNIFICATION:
        return None
    return left - margin, top - margin, right + margin, bottom + margin


def _by_score(scene: Scene, link: str) -> list[int]:
    """Return the parties of a link, those with the highest score first."""
    return sorted(scene.members[link], key=lambda i: (-(scene.nodes[i].score or 0.0), i))


def _timeline(scene: Scene, view: SceneView, top: Mapping[int, None], links: Sequence[str]) -> DisplayList:
    """Return the dated links along the years, those with the most parties first."""
    origin, unit = view.days or (0, 1.0)
    order = sorted((iri for iri in links if iri in view.links), key=lambda iri: (-len(scene.members[iri]), iri))
    points, spans, years = list[Point](), [], set()
    most = max(map(len, scene.members.values()), default=1)
    for iri in order:
        card, (x, y) = scene.links[iri], view.links[iri]
        first, last = bounds(card) or (origin, origin)
        name = svg_text.text(scene, card.label) or svg_text.word(scene, "nameless")
        label = parties_text([svg_text.text(scene, scene.nodes[i].shown) for i in _by_score(scene, iri)]) or name
        size = 7 + 10 * sqrt(len(scene.members[iri]) / most)
        points.append(Point(iri, x, y, size, None, name, (label,), is_required=len(points) < REQUIRED_LABELS))
        years.update({date.fromordinal(date(1970, 1, 1).toordinal() + day).year for day in (first, last)})
        if first < last:
            spans.append(((x, y), (x + (last - first) * unit, y)))
    bands = _bands(
        view, points, lambda kind: (svg_text.term(scene, "kind", kind) or svg_text.word(scene, "others"), None)
    )
    upper, lower = min(band.box[1] for band in bands) - _YEAR_HEIGHT, max(band.box[3] for band in bands)
    graticule = []
    for year in range(min(years), max(years) + 2):
        x = ((date(year, 1, 1) - date(1970, 1, 1)).days - origin) * unit
        graticule.append((str(year), ((x, upper), (x, lower))))
    return DisplayList("", tuple(points), bands=bands, graticule=tuple(graticule), spans=tuple(spans), nodes=tuple(top))


_BUILDERS: Mapping[str, Callable[[Scene, SceneView, Mapping[int, None], Sequence[str]], DisplayList]] = {
    "geo": _cities,
    "timeline": _timeline,
}
