"""From a network with its scores and cards to the scene that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite, pi

import numpy as np

from kg.draw.layout import positions
from kg.draw.lines import Line, lines, members
from kg.draw.scene import KNOT_SIZE, Halo, Scene, SceneEdge, SceneKnot, SceneNode
from kg.draw.styles import halo_radius, radius, style_of
from kg.draw.words import term
from kg.model import Label, LinkCard
from kg.network import ActorNode, LinkNode, Network

SMALLEST = 5.0
"""Radius of a disc with the lowest score, map units."""
LARGEST = 30.0
"""Radius of a disc with the highest score, map units."""

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
        names: all names of actors, for search (pinyin among them) and the panel.
        terms: names of notations, from the ontology, by "role/party"; classes of actors by "class/Firm".
    """

    measure: str = "degree"
    lang: str = "en"
    title: Label | None = None
    names: Names = field(default_factory=dict)
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
    drawn, knots = lines(network)
    sizes = (*_sizes(network, scores), *[KNOT_SIZE] * len(knots))
    iris = [link.iri for link in network.links]
    shown = {link.iri: cards.get(link.iri) or _bare_card(link) for link in network.links}
    bare = _nodes(network, scores, look.names)
    halos = (*(node.halo for node in bare), *(_halo([network.links[k]]) for k in knots))
    places = _places(drawn, [_room(*point) for point in zip(sizes, halos, strict=True)])
    return Scene(
        title=look.title or TITLE,
        subtitle=_subtitle(network),
        nodes=tuple(
            replace(node, size=size, x=x, y=y) for node, size, (x, y) in zip(bare, sizes, places, strict=False)
        ),
        knots=tuple(
            SceneKnot(iris[k], x, y, halo)
            for k, (x, y), halo in zip(knots, places[len(bare) :], halos[len(bare) :], strict=True)
        ),
        edges=tuple(SceneEdge(line.a, line.b, line.weight, tuple(iris[k] for k in line.links)) for line in drawn),
        links=shown,
        measure=look.measure,
        lang=look.lang,
        notes=network.notes,
        terms={
            f"{scheme}/{notation}": term(scheme, notation, look.terms)
            for scheme, notation in _notations(network, shown, look.measure)
        },
    )


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


def _places(drawn: Sequence[Line], rooms: Sequence[float]) -> list[tuple[float, float]]:
    """The place of each point, actors first."""
    pairs = np.array([(line.a, line.b) for line in drawn], dtype=np.int64).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in positions(pairs, np.array(rooms, dtype=np.float64))]


def _nodes(network: Network, scores: Mapping[str, float | None], names: Names) -> list[SceneNode]:
    """The actors, all at the origin."""
    parties = members(network)
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
            names=names.get(actor.iri) or _label_names(actor.label),
        )
        for i, actor in enumerate(network.actors)
    ]


def _node(
    actor: ActorNode,
    links: Sequence[LinkNode],
    partners: int,
    score: float | None,
    names: tuple[tuple[str, str], ...],
) -> SceneNode:
    """One actor with its links and the number of its named partners."""
    lacking = _halo(links)
    return SceneNode(
        iri=actor.iri,
        label=actor.label,
        names=names,
        kind=actor.kind,
        sector=actor.sector or "",
        score=score,
        links=tuple(link.iri for link in links),
        named=partners,
        declared=partners + lacking.count,
        bound=lacking.bound,
        halo=_halo([link for link in links if link.named == 1]),
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
    """How many organisations, links and parties, and how many of these are named."""
    named = sum(link.named for link in network.links)
    declared = sum(link.declared for link in network.links)
    bound = any(link.bound for link in network.links)
    actors, links = len(network.actors), len(network.links)
    least = ("at least ", "至少 ") if bound else ("", "")
    return Label(
        en=f"{actors} organisation{'s' * (actors != 1)} in {links} link{'s' * (links != 1)}; "
        f"{named} of {least[0]}{declared} parties are named",
        zh=f"{links} 项联系中的 {actors} 个单位；{least[1]}{declared} 个参与方中已具名 {named} 个",
    )


def _notations(network: Network, cards: Mapping[str, LinkCard], measure: str) -> list[tuple[str, str]]:
    """Every notation that the page may have to name, with its scheme, sorted."""
    found = {("measure", measure)}
    for actor in network.actors:
        found.update((("class", actor.kind), ("sector", actor.sector or "")))
    for card in cards.values():
        found.update((("kind", card.kind), ("stage", card.stage or "")))
        found.update(("role", party.role) for party in card.parties)
        for piece in card.evidence:
            found.update((("quality", piece.quality or ""), ("reading", piece.reading or "")))
    return sorted(one for one in found if one[1])
