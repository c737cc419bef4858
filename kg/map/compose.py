"""From a network with its scores and cards to the scene that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import pi

import numpy as np
from numpy.typing import NDArray

from kg.map.layout import bands
from kg.map.layout.geography import geography
from kg.map.layout.stress import positions
from kg.map.layout.timeline import timeline
from kg.map.scene import details
from kg.map.scene.communities import communities
from kg.map.scene.edges import lines, members
from kg.map.scene.measures import measures as _measures
from kg.map.scene.model import (
    FULL_UP_TO,
    HYPEREDGE_SIZE,
    Scene,
    SceneEdge,
    SceneHyperedge,
    SceneNode,
    SceneSource,
    SceneView,
    UnnamedRing,
)
from kg.map.scene.styles import radius, ring_radius, style_of
from kg.map.svg import text as svg_text
from kg.model import Text
from kg.network import ActorNode, Network
from kg.query.cards import LinkCard, Seat

SMALLEST = 5.0
"""Radius of a disc with the lowest score, map units."""
LARGEST = 30.0
"""Radius of a disc with the highest score, map units."""

VIEWS_UP_TO = 15_000
"""Actors and links up to which the other views are laid out too; they take longer than the map itself."""
NO_VIEWS = Text(
    f"Other views than the map are laid out for at most {FULL_UP_TO} points, {VIEWS_UP_TO} with all links.",
    f"除网络图外的其他视图仅在不超过{FULL_UP_TO}个点、连同全部联系不超过{VIEWS_UP_TO}个时提供。",
)

TITLE = Text(en="Who works with whom in industry, education and science", zh="产业、教育与科技：谁与谁合作")

Names = Mapping[str, tuple[tuple[str, str], ...]]
"""All names of an actor by its IRI, as (language tag, text)."""


@dataclass(frozen=True, slots=True)
class SceneOptions:
    """How a network is to be shown.

    Attributes:
        measure: notation of the measure that the scores are of.
        lang: the language in which the page opens.
        title: instead of the general one.
        measures: scores of measures that nodes may be sized by, by notation and IRI of the actor.
        names: all names of actors, for search (pinyin among them) and the panel.
        regions, units: the region of an actor and what its units are called, by its IRI.
        seats: where an actor has its seat, by its IRI.
        sources: the rows of the sources of links (`kg.network.incidence.tables.SOURCES`), where a page is to name them.
        terms: names of notations, from the ontology, by "role/party"; classes of actors by "class/Firm".
        views: whether other views than the map are to be laid out.
    """

    measure: str = "degree"
    lang: str = "en"
    title: Text | None = None
    measures: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    regions: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    seats: Mapping[str, Seat] = field(default_factory=dict)
    sources: Sequence[SceneSource] = ()
    terms: Mapping[str, Text] = field(default_factory=dict)
    views: bool = True


@dataclass(frozen=True, slots=True)
class _Spots:
    """Of each actor, where it lies, how large it is, what is counted around it, and whom it belongs with."""

    places: Sequence[Sequence[float]]
    sizes: Sequence[float]
    rings: Sequence[UnnamedRing]
    communities: Sequence[int]


def compose(
    network: Network,
    scores: Mapping[str, float | None],
    cards: Mapping[str, LinkCard],
    look: SceneOptions | None = None,
) -> Scene:
    """Return the scene that draws all actors and links of `network`.

    `scores`, by IRI of the actor, are undefined if they are absent, ``None`` or not finite. A link without an entry in
    `cards`, by IRI of the link, is described by the network alone.
    """
    look = look or SceneOptions()
    actors, links = tuple(network.actors), tuple(network.links)
    parties = members(network)
    edges, hyperedges = lines(network, parties)
    measures = _measures([actor.iri for actor in actors], look.measure, {**look.measures, look.measure: scores})
    sizes = _sizes(actors, measures[0].values)
    spots, placed = _laid_out(network, edges, hyperedges, sizes)
    nodes = _nodes(network, parties, spots, measures[0].values, look)
    shown = details.cards(network, links, cards)
    views = _views(network, nodes, (hyperedges, shown), look)
    return Scene(
        title=look.title or TITLE,
        subtitle=svg_text.subtitle(network, links),
        nodes=nodes,
        hyperedges=placed,
        edges=edges,
        links=shown,
        members=dict(zip(shown, parties, strict=True)),
        layers={link.iri: link.layers for link in links},
        roles=dict(zip(shown, details.roles(network), strict=True)),
        sources=details.sources(network, look.sources),
        measure=look.measure,
        measures=measures,
        views=views,
        lang=look.lang,
        notes=network.notes if views or not actors else (*network.notes, NO_VIEWS),
        terms=details.terms(network, shown, measures, look.sources, known=look.terms),
    )


def _views(
    network: Network, nodes: Sequence[SceneNode], told: tuple[Sequence[int], Mapping[str, LinkCard]], look: SceneOptions
) -> tuple[SceneView, ...]:
    """Other ways to lay out the same, where a page is to have them; `told` are the hyperedges and the cards."""
    hyperedges, cards = told
    if not nodes or not look.views or len(network.actors) + len(network.links) > VIEWS_UP_TO:
        return ()
    own = np.array([(node.x, node.y) for node in nodes]).reshape(-1, 2)
    rooms = [_room(node.size, node.ring) for node in nodes]
    placed = geography(network, look.seats, hyperedges)
    found = (bands.two_mode(network, rooms), bands.bands(network, own, hyperedges), placed)
    return (*filter(None, found), *_times(cards))


def _times(cards: Mapping[str, LinkCard]) -> tuple[SceneView, ...]:
    """The links in time, where they have dates that differ."""
    found, upright = timeline(cards), timeline(cards, upright=True)
    return (found, upright, SceneView("years", (), {})) if found and upright else ()


def _laid_out(
    network: Network, edges: Sequence[SceneEdge], hyperedges: Sequence[int], sizes: Sequence[float]
) -> tuple[_Spots, tuple[SceneHyperedge, ...]]:
    """Where the actors and the links that are points lie, what is counted around them, and who belongs together."""
    lacking, bound = _lacking(network)
    own = _rings(network, network.links.named[network.link_of] == 1)
    rings = [UnnamedRing(int(lacking[k]), bound=bool(bound[k])) for k in hyperedges]
    rooms = [*map(_room, sizes, own), *(_room(HYPEREDGE_SIZE, ring) for ring in rings)]
    pairs = np.array([(edge.a, edge.b) for edge in edges], dtype=np.int64).reshape(-1, 2)
    groups = communities(len(rooms), pairs)
    places = positions(pairs, np.array(rooms, dtype=np.float64), groups).tolist()
    n = len(sizes)
    spots = _Spots(places[:n], sizes, own, _numbered(groups[:n]).tolist())
    iris = network.links.table["iri"].take(np.array(hyperedges, dtype=np.int64)).to_pylist()
    rest = zip(iris, places[n:], rings, strict=True)
    return spots, tuple(SceneHyperedge(iri, x, y, ring) for iri, (x, y), ring in rest)


def _numbered(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The communities of the actors alone, numbered anew from the largest on."""
    found, first, place, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(found), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(found))
    return np.asarray(number[place])


def _sizes(actors: Sequence[ActorNode], scores: Sequence[float | None]) -> tuple[float, ...]:
    """The size of each actor's shape: its area rises evenly from the smallest, at score 0, to the largest."""
    found = [max(score or 0.0, 0.0) for score in scores]
    top = max(found, default=0.0) or 1.0
    areas = (pi * (SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * score / top) for score in found)
    shapes = (style_of(actor.kind, actor.sector or "").shape for actor in actors)
    return tuple(round(radius(shape, area), 1) for shape, area in zip(shapes, areas, strict=True))


def _room(size: float, ring: UnnamedRing) -> float:
    """How far a point reaches: to its corners, or to the end of the strokes around it."""
    return ring_radius(size, ring.count) + 2 if ring.count else size * 1.2


def _nodes(
    network: Network,
    parties: Sequence[Sequence[int]],
    spots: _Spots,
    scores: Sequence[float | None],
    look: SceneOptions,
) -> tuple[SceneNode, ...]:
    """The actors as they are drawn."""
    iris = network.links.table["iri"].to_pylist()
    own: list[list[int]] = [[] for _ in scores]
    for k, among in enumerate(parties):
        for i in among:
            own[i].append(k)
    partners = [len({other for k in links for other in parties[k]} - {i}) for i, links in enumerate(own)]
    unnamed = _rings(network, np.ones(len(network.link_of), dtype=np.bool_))
    return tuple(
        SceneNode(
            iri=actor.iri,
            label=actor.label,
            names=look.names.get(actor.iri) or _label_names(actor.label),
            kind=actor.kind,
            sector=actor.sector or "",
            score=score,
            links=tuple([iris[k] for k in own[i]]),
            named=partners[i],
            declared=partners[i] + unnamed[i].count,
            bound=unnamed[i].bound,
            ring=spots.rings[i],
            size=spots.sizes[i],
            x=spots.places[i][0],
            y=spots.places[i][1],
            community=spots.communities[i],
            region=look.regions.get(actor.iri),
            units=look.units.get(actor.iri, ()),
        )
        for i, (actor, score) in enumerate(zip(network.actors, scores, strict=True))
    )


def _lacking(network: Network) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Of each link, the parties that are counted and not named, and whether they may be more."""
    lacking = network.links.declared - network.links.named
    return lacking, network.links.is_lower_bound & (lacking > 0)


def _rings(network: Network, chosen: NDArray[np.bool_]) -> list[UnnamedRing]:
    """The parties that are counted and not named in the links of each actor, by the incidences that are `chosen`."""
    link, actor = network.link_of[chosen], network.actor_of[chosen]
    lacking, bound = _lacking(network)
    counts, bounds = (np.bincount(actor, values[link], len(network.actors)) for values in (lacking, bound))
    none = UnnamedRing()
    found = zip(counts.astype(int).tolist(), (bounds > 0).tolist(), strict=True)
    return [UnnamedRing(*told) if told[0] else none for told in found]


def _label_names(label: Text) -> tuple[tuple[str, str], ...]:
    return tuple((lang, text) for lang, text in (("en", label.en), ("zh", label.zh)) if text)
