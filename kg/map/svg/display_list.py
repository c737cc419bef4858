"""What a picture shows of a scene in one of its views: points, lines and what lies beneath them, in map units.

`kg.map.svg.render` paints it. The page does the same by its script, with what its reader has chosen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from kg.map.layout.timeline import bounds, short_name
from kg.map.scene.labels import rows
from kg.map.scene.model import HYPEREDGE_SIZE, Scene, SceneView, UnnamedRing
from kg.map.scene.styles import SECTORS, Style, ring_radius, style_of
from kg.map.svg import text as svg_text

MOST = 300
"""Organisations that a picture shows at most, as many as the page opens with."""
FEW_MORE = 60
"""To leave out fewer than these would say more than it spares."""

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_AROUND = 46.0  # map units of a band around its points
_BESIDE = 70.0
_CLOSER = 1.5  # how much larger where most is must be than the whole, for a picture to leave out the rest
_YEARS = 100.0  # map units of the years above the timeline, so that they stand clear of the first band's name
_NONE = UnnamedRing()


@dataclass(frozen=True, slots=True)
class Spot:
    """A point.

    Attributes:
        iri: of the actor or the link; of a city its first name.
        size: of its shape, map units, or pixels where the plan says so.
        style: of an actor; none of a link or a city.
        name: all of it; `rows` are what is written beside it, if there is room.
    """

    iri: str
    x: float
    y: float
    size: float
    style: Style | None
    name: str
    rows: tuple[str, ...] = ()
    ring: UnnamedRing = _NONE

    @property
    def reach(self) -> float:
        """How far it reaches from its place, with its ring."""
        return ring_radius(self.size, self.ring.count) + 2 if self.ring.count else self.size


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two spots, for so many links; `arc` where it bends to the left of its way from west to east."""

    a: Spot
    b: Spot
    links: int
    arc: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A box with a name, in the colour of a sector or in none; corners are left, top, right, bottom."""

    name: str
    style: Style | None
    box: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it.

    Attributes:
        spots: those first whose names matter most.
        net: lines beneath, each with a name and its places; `bars`: from one place to another, under the spots.
        home: left, top, right and bottom of what the picture is to show, where that is not everything.
        pixels: sizes are pixels, not map units.
        actors, links: how many of each are shown; `named` the actors among the spots, as indexes of the nodes.
    """

    view: str
    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...] = ()
    bands: tuple[Band, ...] = ()
    net: tuple[tuple[str, tuple[Place, ...]], ...] = ()
    bars: tuple[tuple[Place, Place], ...] = ()
    home: Box | None = None
    pixels: bool = False
    actors: int = 0
    links: int = 0
    named: tuple[int, ...] = ()


def plan(scene: Scene, view: str = "map") -> Plan:
    """What a picture shows of `scene` in `view`: the map itself, or the one of `Scene.views` that has this name.

    That of the small maps is the map's, and `kg.map.svg.small_multiples` draws of it what is of each year.
    """
    first = _first(scene)
    links = [iri for iri, parties in scene.members.items() if any(i in first for i in parties)]
    if view in {"map", "years"}:
        found = _network(scene, None, first, links)
    else:
        told = next(one for one in scene.views if one.name == view)
        found = _OF_VIEWS.get(view, _network)(scene, told, first, links)
    return replace(found, view=view, actors=len(first), links=len(links))


def _first(scene: Scene) -> dict[int, None]:
    """The actors of the highest score, from the highest on, as the page opens with them."""
    order = sorted(
        range(len(scene.nodes)),
        key=lambda i: (-(-1.0 if (score := scene.nodes[i].score) is None else score), -len(scene.nodes[i].links), i),
    )
    return dict.fromkeys(order if len(order) <= MOST + FEW_MORE else order[:MOST])


def _network(scene: Scene, view: SceneView | None, first: Mapping[int, None], links: Sequence[str]) -> Plan:
    """Actors with their lines, in the places of the map or of another view."""
    two_mode = view is not None and view.name == "two-mode"
    n = len(scene.nodes)
    places = view.actors if view else tuple((node.x, node.y) for node in scene.nodes)
    spots = {i: _actor(scene, i, places[i], with_ring=not two_mode) for i in first}
    lines = [(edge.a, edge.b, len(edge.links)) for edge in scene.edges if edge.a in first]
    hyperedges = {
        n + k: (hyperedge.link, hyperedge.ring, (hyperedge.x, hyperedge.y))
        for k, hyperedge in enumerate(scene.hyperedges)
    }
    if view and not two_mode:
        hyperedges = {k: (iri, ring, view.links[iri]) for k, (iri, ring, _) in hyperedges.items() if iri in view.links}
    if view and two_mode:
        at = dict(zip(links, count(n), strict=False))
        hyperedges = {k: (iri, _lacking(scene, iri), view.links[iri]) for iri, k in at.items()}
        lines = [(i, at[iri], 1) for iri in links for i in scene.members[iri] if i in first]
    spokes = Counter(b for _, b, _ in lines if b >= n)
    for k, (iri, ring, (x, y)) in hyperedges.items():
        if spokes[k] > (0 if two_mode else 1):
            spots[k] = Spot(iri, x, y, HYPEREDGE_SIZE, None, svg_text.text(scene, scene.links[iri].label), ring=ring)
    strokes = (Stroke(spots[a], spots[b], links_) for a, b, links_ in lines if b in spots)
    found = Plan("", tuple(spots.values()), tuple(strokes), named=tuple(first))
    return replace(found, bands=_sectors(scene, view, found.spots)) if view and view.bands else found


def _actor(scene: Scene, i: int, place: Place, *, with_ring: bool) -> Spot:
    node = scene.nodes[i]
    name = svg_text.text(scene, node.label) or svg_text.word(scene, "nameless")
    ring = node.ring if with_ring else _NONE
    return Spot(node.iri, *place, node.size, style_of(node.kind, node.sector), name, rows(name), ring)


def _lacking(scene: Scene, iri: str) -> UnnamedRing:
    """The parties of a link that are counted and not named."""
    card = scene.links[iri]
    count_ = max(card.declared - card.named, 0)
    return UnnamedRing(count_, card.is_lower_bound and count_ > 0)


def _sectors(scene: Scene, view: SceneView, spots: Sequence[Spot]) -> tuple[Band, ...]:
    def look(sector: str) -> tuple[str, Style]:
        said = svg_text.term(scene, "sector", sector) if sector in SECTORS else svg_text.word(scene, "others")
        return said, style_of("", sector)

    return _bands(view, spots, look)


def _bands(view: SceneView, spots: Iterable[Spot], look: Callable[[str], tuple[str, Style | None]]) -> tuple[Band, ...]:
    xs = [spot.x for spot in spots] or [0.0]
    left, right = min(xs) - _BESIDE, max(xs) + _BESIDE
    return tuple(Band(*look(key), (left, top - _AROUND, right, end + _AROUND)) for key, top, end in view.bands)


def _cities(scene: Scene, view: SceneView, first: Mapping[int, None], links: Sequence[str]) -> Plan:
    """Cities with those of their organisations that are shown, and arcs between them."""
    n = len(scene.nodes)
    there = {k: sum(i in first for i in city.actors) for k, city in enumerate(view.cities)}
    spots: dict[tuple[str, int], Spot] = {}
    for k, city in enumerate(view.cities):
        if there[k]:
            name = svg_text.text(scene, city.label)
            size = 2.5 + 2 * float(there[k]) ** 0.5
            spots["city", k] = Spot(name, city.x, city.y, size, None, name, (*rows(name), str(there[k])))
    city_of = {i: ("city", k) for k, city in enumerate(view.cities) for i in city.actors}
    for k, hyperedge in enumerate(scene.hyperedges):
        if hyperedge.link in view.links and hyperedge.link in links:
            name = svg_text.text(scene, scene.links[hyperedge.link].label)
            spots["link", n + k] = Spot(hyperedge.link, *view.links[hyperedge.link], 1.5, None, name)
    ties: Counter[tuple[tuple[str, int], tuple[str, int]]] = Counter()
    for edge in scene.edges:
        ends = city_of.get(edge.a), ("link", edge.b) if edge.b >= n else city_of.get(edge.b)
        if edge.a in first and (edge.b >= n or edge.b in first) and ends[0] and ends[1] in spots and ends[0] != ends[1]:
            ties[min(ends), max(ends)] += len(edge.links)  # type: ignore[type-var, index]
    strokes = tuple(Stroke(spots[a], spots[b], links_, arc=b[0] == "city") for (a, b), links_ in ties.items())
    net = tuple((svg_text.text(scene, name), line) for name, line in view.net)
    order = tuple(sorted(spots.values(), key=lambda spot: -spot.size))
    return Plan("", order, strokes, net=net, home=_home(view.home, order), pixels=True, named=tuple(first))


def _home(home: Box | None, spots: Sequence[Spot]) -> Box | None:
    """Where most is, unless that is nearly the whole."""
    if home is None or not spots:
        return None
    left, top, right, bottom = home
    wide, high = (max(axis) - min(axis) for axis in zip(*((one.x, one.y) for one in spots), strict=True))
    room = 0.14 * max(right - left, bottom - top, 1.0)
    closer = max(wide, high) / max(right - left + 2 * room, bottom - top + 2 * room)
    return None if closer < _CLOSER else (left - room, top - room, right + room, bottom + room)


def _timeline(scene: Scene, view: SceneView, first: Mapping[int, None], links: Sequence[str]) -> Plan:
    """The links that have a date, those with the most parties first, over the years."""
    origin, unit = view.days or (0, 1.0)
    order = sorted((iri for iri in links if iri in view.links), key=lambda iri: (-len(scene.members[iri]), iri))
    spots, bars, years = [], [], set()
    most = max(map(len, scene.members.values()), default=1)
    for iri in order:
        card, (x, y) = scene.links[iri], view.links[iri]
        low, high = bounds(card) or (origin, origin)
        name = svg_text.text(scene, card.label) or svg_text.word(scene, "nameless")
        said = short_name(name, svg_text.term(scene, "kind", card.kind))
        spots.append(Spot(iri, x, y, 7 + 10 * (len(scene.members[iri]) / most) ** 0.5, None, name, (said,)))
        years.update({date.fromordinal(date(1970, 1, 1).toordinal() + day).year for day in (low, high)})
        if low < high:
            bars.append(((x, y), (x + (high - low) * unit, y)))
    bands = _bands(view, spots, lambda kind: (svg_text.term(scene, "kind", kind), None))
    top, bottom = min(band.box[1] for band in bands) - _YEARS, max(band.box[3] for band in bands)
    net = []
    for year in range(min(years), max(years) + 2):
        x = ((date(year, 1, 1) - date(1970, 1, 1)).days - origin) * unit
        net.append((str(year), ((x, top), (x, bottom))))
    return Plan("", tuple(spots), bands=bands, net=tuple(net), bars=tuple(bars), named=tuple(first))


_OF_VIEWS: Mapping[str, Callable[[Scene, SceneView, Mapping[int, None], Sequence[str]], Plan]] = {
    "geo": _cities,
    "timeline": _timeline,
}
