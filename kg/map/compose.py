"""Composition of a scene from a network, its scores and its details."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray

from kg.map.layout import bands
from kg.map.layout.geography import geography
from kg.map.layout.stress import positions
from kg.map.layout.timeline import timeline
from kg.map.options import SceneOptions
from kg.map.scene import details as scene_details
from kg.map.scene import rings
from kg.map.scene.communities import communities
from kg.map.scene.details import SceneDetails
from kg.map.scene.edges import lines, members
from kg.map.scene.model import (
    FULL_UP_TO,
    HYPEREDGE_SIZE,
    Scene,
    SceneEdge,
    SceneHyperedge,
    SceneMeasure,
    SceneNode,
    SceneView,
    UnnamedRing,
)
from kg.map.scene.styles import radius, style_of
from kg.map.scene.subtitle import TITLE, subtitle
from kg.model.shown import shown_name
from kg.network import ActorNode, Network
from kg.query.cards import LinkCard, Seat
from kg.texts import Message, Text

SMALLEST = 7.0
"""Radius of a disc with the lowest score, map units."""
LARGEST = 36.0
"""Radius of a disc with the highest score, map units."""

VIEWS_UP_TO = 15_000
"""Actors and links up to which other views are laid out, which takes longer than the layout of the map."""
NO_VIEWS = Message(
    "Other views than the map are laid out for at most {FULL_UP_TO} points, {VIEWS_UP_TO} with all links.",
    FULL_UP_TO=FULL_UP_TO,
    VIEWS_UP_TO=VIEWS_UP_TO,
)

OTHER_VIEWS = ("two-mode", "bands", "geo", "timeline", "years")
"""Names of the views beside the map."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Position, size, ring and community of each actor."""

    positions: Sequence[Sequence[float]]
    sizes: Sequence[float]
    rings: Sequence[UnnamedRing]
    communities: Sequence[int]


def compose(
    network: Network,
    measures: tuple[SceneMeasure, ...],
    details: SceneDetails | None = None,
    options: SceneOptions | None = None,
    *,
    views: Collection[str] | None = OTHER_VIEWS,
) -> Scene:
    """Return the scene of all actors and links of `network`, in which the first of `measures` determines the sizes.

    `views` are the other views to lay out; ``None`` for a page on which there are none, with a note.
    """
    details, options = details or SceneDetails(), options or SceneOptions()
    parties = members(network)
    edges, link_rows = lines(network, parties)
    layout, hyperedges = _layout(network, edges, link_rows, _sizes(network.actors, measures[0].values))
    cards = scene_details.link_cards(network, network.links, details.cards)
    nodes = _nodes(network, parties, layout, measures[0].values, details)
    has_views = views is not None and len(network.actors) + len(network.links) <= VIEWS_UP_TO
    names = (views or ()) if has_views else ()
    return Scene(
        title=TITLE,
        subtitle=subtitle(network),
        nodes=nodes,
        hyperedges=hyperedges,
        edges=edges,
        links=cards,
        members=dict(zip(cards, parties, strict=True)),
        layers={link.iri: link.layers for link in network.links},
        roles=dict(zip(cards, scene_details.roles(network), strict=True)),
        sources=scene_details.link_sources(network, details.sources),
        measure=measures[0].name,
        measures=measures,
        views=(*_views(network, nodes, link_rows, details.seats, names, options.width), *_over_time(cards, names)),
        lang=options.lang,
        initial_view=options.initial_view,
        theme=options.theme,
        notes=network.notes if has_views or not nodes else (*network.notes, NO_VIEWS),
        terms=scene_details.terms(network, cards, measures, details),
    )


def _views(
    network: Network,
    nodes: Sequence[SceneNode],
    hyperedges: Sequence[int],
    seats: Mapping[str, Seat],
    names: Collection[str],
    width: int | None,
) -> tuple[SceneView, ...]:
    """Return the other views of the network with these names; `hyperedges` are indexes of links."""
    if not nodes:
        return ()
    start = np.array([(node.x, node.y) for node in nodes]).reshape(-1, 2)
    radii = [rings.reach(node.size, node.ring) for node in nodes]
    layouts: dict[str, Callable[[], SceneView | None]] = {
        "two-mode": lambda: bands.two_mode(network, radii),
        "bands": lambda: bands.bands(network, start, hyperedges, bands.aspect(width)),
        "geo": lambda: geography(network, seats),
    }
    views = (layout() for name, layout in layouts.items() if name in names)
    return tuple(filter(None, views))


def _over_time(cards: Mapping[str, LinkCard], names: Collection[str]) -> tuple[SceneView, ...]:
    """Return the timelines and the view by year, if they are named and if links have different dates."""
    if {"timeline", "years"}.isdisjoint(names) or not cards:
        return ()
    wide, upright = timeline(cards), timeline(cards, upright=True)
    return (wide, upright, SceneView("years", (), {})) if wide and upright else ()


def _layout(
    network: Network, edges: Sequence[SceneEdge], hyperedges: Sequence[int], sizes: Sequence[float]
) -> tuple[_Layout, tuple[SceneHyperedge, ...]]:
    """Return the layout of the actors, and the hyperedges with their positions."""
    single = network.links.named[network.link_of] == 1  # a link with one named party has its ring around that party
    own_rings = rings.actor_rings(network, single)
    all_rings = rings.link_rings(network)
    link_rings = [all_rings[k] for k in hyperedges]
    radii = [*map(rings.reach, sizes, own_rings), *(rings.reach(HYPEREDGE_SIZE, ring) for ring in link_rings)]
    pairs = np.array([(edge.a, edge.b) for edge in edges], dtype=np.int64).reshape(-1, 2)
    groups = communities(len(radii), pairs)
    points = positions(pairs, np.array(radii, dtype=np.float64), groups).tolist()
    n = len(sizes)
    layout = _Layout(points[:n], sizes, own_rings, _renumbered(groups[:n]).tolist())
    iris = network.links.table["iri"].take(np.array(hyperedges, dtype=np.int64)).to_pylist()
    placed = zip(iris, points[n:], link_rings, strict=True)
    return layout, tuple(SceneHyperedge(iri, x, y, ring) for iri, (x, y), ring in placed)


def _renumbered(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the communities numbered by descending number of actors."""
    distinct, first, index, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(distinct), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(distinct))
    return np.asarray(number[index])


def _sizes(actors: Sequence[ActorNode], scores: Sequence[float | None]) -> tuple[float, ...]:
    """Return the size of each shape; its area is linear in the score, from `SMALLEST` at 0 to `LARGEST`."""
    values = [max(score or 0.0, 0.0) for score in scores]
    top = max(values, default=0.0) or 1.0
    areas = (pi * (SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * value / top) for value in values)
    shapes = (style_of(actor.kind, actor.sector or "").shape for actor in actors)
    return tuple(round(radius(shape, area), 1) for shape, area in zip(shapes, areas, strict=True))


def _nodes(
    network: Network,
    parties: Sequence[Sequence[int]],
    layout: _Layout,
    scores: Sequence[float | None],
    details: SceneDetails,
) -> tuple[SceneNode, ...]:
    """Return the actors as nodes of the scene."""
    iris = network.links.table["iri"].to_pylist()
    own: list[list[int]] = [[] for _ in scores]
    for k, members_of_link in enumerate(parties):
        for i in members_of_link:
            own[i].append(k)
    partners = [len({other for k in links for other in parties[k]} - {i}) for i, links in enumerate(own)]
    unnamed = rings.actor_rings(network)
    return tuple(
        SceneNode(
            iri=actor.iri,
            label=shown_name(actor.label),
            names=details.names.get(actor.iri) or _label_names(actor.label),
            kind=actor.kind,
            sector=actor.sector or "",
            score=score,
            links=tuple([iris[k] for k in own[i]]),
            named=partners[i],
            declared=partners[i] + unnamed[i].count,
            bound=unnamed[i].bound,
            ring=layout.rings[i],
            size=layout.sizes[i],
            x=layout.positions[i][0],
            y=layout.positions[i][1],
            community=layout.communities[i],
            region=details.regions.get(actor.iri),
            units=details.units.get(actor.iri, ()),
            short=details.short_names.get(actor.iri, Text()),
            stated=Text() if shown_name(actor.label) == actor.label else actor.label,
        )
        for i, (actor, score) in enumerate(zip(network.actors, scores, strict=True))
    )


def _label_names(label: Text) -> tuple[tuple[str, str], ...]:
    return tuple((lang, text) for lang, text in (("en", label.en), ("zh", label.zh)) if text)
