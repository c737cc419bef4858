"""From a network with its scores and cards to the scene that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite, pi

import numpy as np
from numpy.typing import NDArray

from kg.draw import views
from kg.draw.communities import communities
from kg.draw.geography import geography
from kg.draw.layout import positions
from kg.draw.lines import Line, lines, members
from kg.draw.scene import KNOT_SIZE, Halo, Scene, SceneEdge, SceneKnot, SceneMeasure, SceneNode, SceneView
from kg.draw.styles import halo_radius, radius, style_of
from kg.draw.timeline import timeline
from kg.draw.words import term
from kg.model import Label, LinkCard, Seat
from kg.network import ActorNode, LinkNode, Network

SMALLEST = 5.0
"""Radius of a disc with the lowest score, map units."""
LARGEST = 30.0
"""Radius of a disc with the highest score, map units."""

VIEWS_UP_TO = 15_000
"""Actors and links up to which the other views are laid out too; they take longer than the map itself."""
NO_VIEWS = f"Other views than the map are laid out for at most {VIEWS_UP_TO} organisations and links."

TITLE = Label(en="Who works with whom in industry, education and science", zh="产业、教育与科技：谁与谁合作")

Names = Mapping[str, tuple[tuple[str, str], ...]]
"""All names of an actor by its IRI, as (language tag, text)."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a network is to be shown.

    Attributes:
        measure: notation of the measure that the scores are of.
        lang: the language in which the page opens.
        title: instead of the general one.
        measures: scores of other measures that nodes may be sized by, by notation and IRI of the actor.
        names: all names of actors, for search (pinyin among them) and the panel.
        regions, units: the region of an actor and what its units are called, by its IRI.
        seats: where an actor has its seat, by its IRI.
        terms: names of notations, from the ontology, by "role/party"; classes of actors by "class/Firm".
    """

    measure: str = "degree"
    lang: str = "en"
    title: Label | None = None
    measures: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    regions: Mapping[str, Label] = field(default_factory=dict)
    units: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    seats: Mapping[str, Seat] = field(default_factory=dict)
    terms: Mapping[str, Label] = field(default_factory=dict)


def compose(
    network: Network, scores: Mapping[str, float | None], cards: Mapping[str, LinkCard], look: Look | None = None
) -> Scene:
    """The scene of a network.

    Args:
        network: the actors and links to be drawn, all of them.
        scores: by IRI of the actor; absent, ``None`` or not finite means not defined.
        cards: by IRI of the link; a link without one is told from the network alone.
        look: how it is to be shown.
    """
    look = look or Look()
    parties = members(network)
    drawn, knots = lines(network, parties)
    iris = [link.iri for link in network.links]
    bare = _nodes(network, parties, scores, look)
    nodes, placed = _laid_out(network, bare, scores, (drawn, knots))
    shown = {link.iri: cards.get(link.iri) or _bare_card(link) for link in network.links}
    return Scene(
        title=look.title or TITLE,
        subtitle=_subtitle(network),
        nodes=nodes,
        knots=placed,
        edges=tuple(SceneEdge(line.a, line.b, line.weight, tuple(iris[k] for k in line.links)) for line in drawn),
        links=shown,
        members=dict(zip(iris, parties, strict=True)),
        layers={link.iri: link.layers for link in network.links},
        measure=look.measure,
        measures=_measures(network, scores, look),
        views=(*_views(network, nodes, knots), *filter(None, [geography(network, look.seats, knots)]), *_times(shown)),
        lang=look.lang,
        notes=network.notes if _size(network) <= VIEWS_UP_TO else (*network.notes, NO_VIEWS),
        terms={
            f"{scheme}/{notation}": term(scheme, notation, look.terms)
            for scheme, notation in _notations(network, shown, (look.measure, *look.measures))
        },
    )


def _views(network: Network, nodes: Sequence[SceneNode], knots: Sequence[int]) -> tuple[SceneView, ...]:
    """Other ways to lay out the same points, where these are few enough."""
    if not 0 < _size(network) <= VIEWS_UP_TO:
        return ()
    own = np.array([(node.x, node.y) for node in nodes]).reshape(-1, 2)
    rooms = [_room(node.size, node.halo) for node in nodes]
    return views.two_mode(network, rooms), views.bands(network, own, knots)


def _times(cards: Mapping[str, LinkCard]) -> tuple[SceneView, ...]:
    """The links in time, where they have dates that differ."""
    found, upright = timeline(cards), timeline(cards, upright=True)
    return (found, upright, SceneView("years", (), {})) if found and upright else ()


def _size(network: Network) -> int:
    return len(network.actors) + len(network.links)


def _laid_out(
    network: Network,
    bare: Sequence[SceneNode],
    scores: Mapping[str, float | None],
    lines_: tuple[Sequence[Line], Sequence[int]],
) -> tuple[tuple[SceneNode, ...], tuple[SceneKnot, ...]]:
    """The actors and the links that are points, with their sizes, places and communities."""
    drawn, knots = lines_
    sizes = _sizes(network, scores)
    halos = (*(node.halo for node in bare), *(_halo([network.links[k]]) for k in knots))
    rooms = [_room(*point) for point in zip((*sizes, *[KNOT_SIZE] * len(knots)), halos, strict=True)]
    pairs = np.array([(line.a, line.b) for line in drawn], dtype=np.int64).reshape(-1, 2)
    groups = communities(len(rooms), pairs)
    places = positions(pairs, np.array(rooms, dtype=np.float64), groups).tolist()
    n = len(bare)
    told = zip(bare, sizes, places, _numbered(groups[:n]).tolist(), strict=False)
    nodes = (replace(node, size=size, x=x, y=y, community=group) for node, size, (x, y), group in told)
    rest = zip(knots, places[n:], halos[n:], strict=True)
    return tuple(nodes), tuple(SceneKnot(network.links[k].iri, x, y, halo) for k, (x, y), halo in rest)


def _numbered(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The communities of the actors alone, numbered anew from the largest on."""
    found, first, place, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(found), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(found))
    return np.asarray(number[place])


def _measures(network: Network, scores: Mapping[str, float | None], look: Look) -> tuple[SceneMeasure, ...]:
    """All measures, that of the sizes first; the others to four digits, which is as much as a size can tell."""
    first = SceneMeasure(look.measure, tuple(_score(scores, actor.iri) for actor in network.actors))
    more = []
    for name, found in look.measures.items():
        values = (_score(found, actor.iri) for actor in network.actors)
        if name != look.measure:
            more.append(SceneMeasure(name, tuple(None if x is None else float(f"{x:.4g}") for x in values)))
    return first, *more


def _score(scores: Mapping[str, float | None], iri: str) -> float | None:
    """The score of an actor, where it has one that is a number."""
    score = scores.get(iri)
    return float(score) if score is not None and isfinite(score) else None


def _sizes(network: Network, scores: Mapping[str, float | None]) -> tuple[float, ...]:
    """The size of each actor's shape: its area rises evenly from the smallest, at score 0, to the largest."""
    found = [max(_score(scores, actor.iri) or 0.0, 0.0) for actor in network.actors]
    top = max(found, default=0.0) or 1.0
    areas = (pi * (SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * score / top) for score in found)
    shapes = (style_of(actor.kind, actor.sector or "").shape for actor in network.actors)
    return tuple(round(radius(shape, area), 1) for shape, area in zip(shapes, areas, strict=True))


def _room(size: float, halo: Halo) -> float:
    """How far a point reaches: to its corners, or to the end of the strokes around it."""
    return halo_radius(size, halo.count) + 2 if halo.count else size * 1.2


def _nodes(
    network: Network, parties: Sequence[Sequence[int]], scores: Mapping[str, float | None], look: Look
) -> list[SceneNode]:
    """The actors, all at the origin."""
    own: list[list[int]] = [[] for _ in network.actors]
    for k, actors in enumerate(parties):
        for i in actors:
            own[i].append(k)
    return [
        _node(
            actor,
            links=[network.links[k] for k in own[i]],
            partners=len({other for k in own[i] for other in parties[k]} - {i}),
            score=_score(scores, actor.iri),
            look=look,
        )
        for i, actor in enumerate(network.actors)
    ]


def _node(actor: ActorNode, links: Sequence[LinkNode], partners: int, score: float | None, look: Look) -> SceneNode:
    """One actor with its links and the number of its named partners."""
    lacking = _halo(links)
    return SceneNode(
        iri=actor.iri,
        label=actor.label,
        names=look.names.get(actor.iri) or _label_names(actor.label),
        kind=actor.kind,
        sector=actor.sector or "",
        score=score,
        links=tuple(link.iri for link in links),
        named=partners,
        declared=partners + lacking.count,
        bound=lacking.bound,
        halo=_halo([link for link in links if link.named == 1]),
        region=look.regions.get(actor.iri),
        units=look.units.get(actor.iri, ()),
    )


def _halo(links: Sequence[LinkNode]) -> Halo:
    """The parties of these links that are counted and not named."""
    return Halo(
        count=sum(link.declared - link.named for link in links),
        bound=any(link.bound and link.declared > link.named for link in links),
    )


def _label_names(label: Label) -> tuple[tuple[str, str], ...]:
    return tuple((lang, text) for lang, text in (("en", label.en), ("zh", label.zh)) if text)


def _bare_card(link: LinkNode) -> LinkCard:
    """What the network alone knows of a link."""
    return LinkCard(
        iri=link.iri,
        label=link.label,
        kind=link.kind,
        stage=link.stage,
        stated_as=None,
        start=link.start,
        description=Label(),
        parties=(),
        named=link.named,
        declared=link.declared,
        bound=link.bound,
    )


def _subtitle(network: Network) -> Label:
    """How many organisations and links, begun when, and how many of the parties are named."""
    named = sum(link.named for link in network.links)
    declared = sum(link.declared for link in network.links)
    bound = any(link.bound for link in network.links)
    actors, links = len(network.actors), len(network.links)
    least = ("at least ", "至少 ") if bound else ("", "")
    when = _when(network)
    return Label(
        en=f"{actors} organisation{'s' * (actors != 1)} in {links} link{'s' * (links != 1)}{when.en}; "
        f"{named} of {least[0]}{declared} parties are named",
        zh=f"{links} 项联系{when.zh}中的 {actors} 个单位；{least[1]}{declared} 个参与方中已具名 {named} 个",
    )


def _when(network: Network) -> Label:
    """From which year to which the links began, and how many say no year; nothing where none does."""
    years = sorted(link.start.year for link in network.links if link.start)
    if not years:
        return Label("", "")
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    undated = len(network.links) - len(years)
    return Label(
        en=f" begun in {span}" + f" ({undated} undated)" * bool(undated),
        zh=f"（{span} 年" + f"，{undated} 项未注明年份" * bool(undated) + "）",
    )


def _notations(network: Network, cards: Mapping[str, LinkCard], measures: Sequence[str]) -> list[tuple[str, str]]:
    """Every notation that the page may have to name, with its scheme, sorted."""
    found = {("measure", measure) for measure in measures}
    found.update(("layer", layer) for link in network.links for layer in link.layers)
    for actor in network.actors:
        found.update((("class", actor.kind), ("sector", actor.sector or "")))
    for card in cards.values():
        found.update((("kind", card.kind), ("stage", card.stage or "")))
        found.update(("role", party.role) for party in card.parties)
        for piece in card.evidence:
            found.update((("quality", piece.quality or ""), ("reading", piece.reading or "")))
    return sorted(one for one in found if one[1])
