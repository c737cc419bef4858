"""The heading of a picture: one sentence about what the picture shows, computed from what is drawn."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kg.findings.wording import percent, sector
from kg.map.scene.model import Scene, SceneNode
from kg.map.scene.subtitle import TITLE
from kg.map.svg import small_multiples
from kg.map.svg.display_list import display_list
from kg.map.svg.packs import MIN_PACKED
from kg.map.svg.shapes import DisplayList
from kg.network.nodes import record_of
from kg.texts import Message, Text


def heading(scene: Scene, drawn: DisplayList) -> Text:
    """Return the sentence about the view, or the title of the scene if it has its own or if no sentence holds."""
    if scene.title != TITLE:
        return scene.title
    return _VIEWS.get(drawn.view, _hub)(scene, drawn) or scene.title


def headings(scene: Scene) -> dict[str, Text]:
    """Return the sentence about the map and about each other view that has one, for the pictures that a page saves."""
    views = ("map", *(view.name for view in scene.views if view.name in _VIEWS))
    found = {view: heading(scene, display_list(scene, view)) for view in views} if scene.nodes else {}
    return {view: text for view, text in found.items() if text != scene.title}


def _hub(scene: Scene, drawn: DisplayList) -> Text | None:
    """Return the sentence about the organisation with the highest score; ``None`` if several have it."""
    nodes = sorted((scene.nodes[i] for i in drawn.nodes), key=lambda node: -(node.score or 0.0))
    if not nodes or not nodes[0].score or (len(nodes) > 1 and nodes[1].score == nodes[0].score):
        return None
    node = nodes[0]
    if scene.measure == "partners" and 2 * _consortium_partners(scene, node) > node.named:
        return _most_links(scene, nodes)  # a consortium of 100 is not 100 partnerships
    if scene.measure == "partners":
        return Message("{name} has the most named partners: {n}", name=node.label, n=node.named)
    measure = scene.terms.get(f"measure/{scene.measure}") or Text(scene.measure, scene.measure)
    return Message("{name} ranks first by {measure}", name=node.label, measure=measure)


def _consortium_partners(scene: Scene, node: SceneNode) -> int:
    """Return the number of partners of a node in links with many parties, with itself."""
    parties = (scene.members[iri] for iri in node.links)
    return len({i for own in parties if len(own) >= MIN_PACKED for i in own})


def _most_links(scene: Scene, nodes: Sequence[SceneNode]) -> Text | None:
    """Return the sentence about the organisation in the most links; ``None`` if several are in as many."""
    counts = sorted(((len({*map(record_of, node.links)}), node.iri) for node in nodes), reverse=True)
    if len(counts) > 1 and counts[1][0] == counts[0][0]:
        return None
    name = next(node.label for node in scene.nodes if node.iri == counts[0][1])
    return Message("{name} is in the most links: {n} of {all}", name=name, n=counts[0][0], all=_all_links(scene, nodes))


def _all_links(scene: Scene, nodes: Sequence[SceneNode]) -> int:
    """Return the number of links of some nodes."""
    return len({record_of(iri) for node in nodes for iri in node.links if iri in scene.members})


def _sectors(scene: Scene, drawn: DisplayList) -> Text | None:
    """Return the sentence about the two sectors with the most common links."""
    widest = max(drawn.ribbons, key=lambda ribbon: ribbon.count, default=None)
    if widest is None or not all(widest.sectors):
        return None
    everything = _all_links(scene, [scene.nodes[i] for i in drawn.nodes])
    return Message(
        "{share} of the links join {first} and {second}: {n} of {all}",
        share=percent(widest.count / everything),
        first=sector(widest.sectors[0]),
        second=sector(widest.sectors[1]),
        n=widest.count,
        all=everything,
    )


def _city(scene: Scene, drawn: DisplayList) -> Text | None:
    """Return the sentence about the city with the most organisations; ``None`` if several have as many."""
    cities = next(view.cities for view in scene.views if view.name == drawn.view)
    shown = {*drawn.nodes}
    counts = Counter({k: len(shown.intersection(city.actors)) for k, city in enumerate(cities)})
    first, *others = counts.most_common(2) or [(0, 0)]
    if not first[1] or (others and others[0][1] == first[1]):
        return None
    return Message(
        "{city} has the most organisations: {n} of {all} whose city is known",
        city=cities[first[0]].label,
        n=first[1],
        all=counts.total(),
    )


def _year(scene: Scene, drawn: DisplayList) -> Text | None:
    """Return the sentence about the year in which the most links began, if no other year can have as many."""
    shown = {*drawn.nodes}
    links = [iri for iri, parties in scene.members.items() if shown.intersection(parties)]
    years = {
        one.year: (len({*map(record_of, one.certain)}), len({*map(record_of, (*one.certain, *one.possible))}))
        for one in small_multiples.years(scene.links, links)
    }
    year = max(years, key=lambda one: (years[one][0], one), default=None)
    if year is None or any(most >= years[year][0] for other, (_, most) in years.items() if other != year):
        return None
    return Message("{year} is the year in which the most links began: {n}", year=str(year), n=years[year][0])


_VIEWS: Mapping[str, Callable[[Scene, DisplayList], Text | None]] = {
    "bands": _sectors,
    "geo": _city,
    "timeline": _year,
    "years": _year,
}
"""The sentences of views; another view has that of the map."""
