"""Details of actors and links for the panels: names, places, cards, sources and names of notations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kg.map.messages import term
from kg.map.scene.model import SceneSource
from kg.network.incidence.load import load_incidence
from kg.network.incidence.tables import Incidence
from kg.query import cards as query_cards
from kg.query.cards import EvidenceCard, LinkCard
from kg.query.regions import regions
from kg.rdf.publishers import publisher
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kg.map.scene.model import SceneMeasure
    from kg.network import LinkNode, Network
    from kg.query.cards import Seat
    from kg.store.view import View


@dataclass(frozen=True, slots=True)
class SceneDetails:
    """Details that a network does not contain, by IRI; a missing entry means unknown.

    Attributes:
        cards: cards of links; a link without one is described by the network alone.
        names: all names of actors as (language tag, text), including pinyin.
        short_names: short names of actors, for labels.
        regions, units, seats: region, names of the units, and seat of actors.
        sources: the sources to which the links of the participation tables refer by index.
        terms: names of notations as "role/party", and of classes of actors as "class/Firm".
    """

    cards: Mapping[str, LinkCard] = field(default_factory=dict)
    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    short_names: Mapping[str, Text] = field(default_factory=dict)
    regions: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    seats: Mapping[str, Seat] = field(default_factory=dict)
    sources: Sequence[SceneSource] = ()
    terms: Mapping[str, Text] = field(default_factory=dict)


def tables_of(origin: View | Incidence) -> Incidence:
    """Return the participation tables of a view, or the tables themselves."""
    return origin if isinstance(origin, Incidence) else load_incidence(origin)


def gather(origin: View | Incidence, network: Network, *, cards: bool, sources: bool) -> SceneDetails:
    """Return the details of the actors and links of `network`, with cards or sources of links if requested.

    The evidence of a link from tables is its sources, because tables have no sentences.
    """
    if isinstance(origin, Incidence):
        return _from_tables(origin, network, cards=cards, sources=sources)
    view = origin
    iris = sorted(set(network.links.records())) if cards else []
    actors = [actor.iri for actor in network.actors]
    rows = load_incidence(view).sources.to_pylist() if sources else []
    links = query_cards.links(view, iris)
    stated = {piece.publisher for card in links.values() for piece in card.evidence} | {
        row["publisher"] for row in rows
    }
    return SceneDetails(
        cards=links,
        names=query_cards.names(view, actors),
        short_names=query_cards.short_names(view),
        regions=regions(view, actors),
        units=query_cards.units(view),
        seats=query_cards.seats(view, actors),
        sources=_scene_sources(rows),
        terms=query_cards.terms(view) | {f"publisher/{name}": publisher(name) for name in sorted(filter(None, stated))},
    )


def _from_tables(tables: Incidence, network: Network, *, cards: bool, sources: bool) -> SceneDetails:
    rows = tables.sources.to_pylist()
    pieces = [EvidenceCard(row["iri"], row["iri"], row["publisher"], quality=row["quality"]) for row in rows]
    links = network.links.table
    ends = (links[name].to_pylist() for name in ("start_latest", "sources")) if cards else ((), ())
    return SceneDetails(
        cards={
            link.record: replace(_bare_card(link, day), evidence=tuple([pieces[row] for row in listed or ()]))
            for link, day, listed in zip(network.links if cards else (), *ends, strict=True)
        },
        sources=_scene_sources(rows) if sources else (),
        terms={f"publisher/{name}": publisher(name) for name in sorted({row["publisher"] for row in rows} - {None})},
    )


def _scene_sources(rows: Iterable[Mapping[str, str]]) -> tuple[SceneSource, ...]:
    return tuple(SceneSource(row["iri"], row["publisher"], row["quality"]) for row in rows)


_PUBLISHED = """SELECT ?s (MAX(?day) AS ?last) { ?s hx:publishedAs ?day
  FILTER(REGEX(?day, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")) } GROUP BY ?s"""


def source_dates(origin: View | Incidence, network: Network) -> Iterator[Message]:
    """Yield a note with the day of the latest source of the links, if the days of sources are known."""
    if isinstance(origin, Incidence):
        return
    view, table = origin, load_incidence(origin).sources
    rows = sorted({row for own in network.links.table["sources"].to_pylist() for row in own or ()})
    iris = table["iri"].to_pylist()
    own = {iris[row] for row in rows}
    days = [row["last"].value for row in view.select(_PUBLISHED) if row["s"].value in own]
    if days:
        yield Message("Sources published until {day}.", day=max(days))


def link_cards(network: Network, links: Iterable[LinkNode], known: Mapping[str, LinkCard]) -> dict[str, LinkCard]:
    """Return a card for each link: the one in `known`, or a card with the content of the network."""
    latest = network.links.table["start_latest"].to_pylist()
    links = tuple(links)
    divided = {link.record for link in links if link.record != link.iri}
    cards = {}
    for link, day in zip(links, latest, strict=True):
        card = known.get(link.record) or _bare_card(link, day)
        cards[link.iri] = _part(card, link) if link.record in divided else card
    return cards


def _part(card: LinkCard, link: LinkNode) -> LinkCard:
    """Return the card of a link with the IRI and the size of a part of it."""
    return replace(card, iri=link.iri, named=link.named, declared=link.declared, is_lower_bound=link.is_lower_bound)


def _bare_card(link: LinkNode, latest: date | None) -> LinkCard:
    return LinkCard(
        iri=link.iri,
        label=link.label,
        kind=link.kind,
        stage=link.stage,
        stated_as=None,
        start=link.start,
        description=Text(),
        parties=(),
        named=link.named,
        declared=link.declared,
        is_lower_bound=link.is_lower_bound,
        latest=latest,
    )


def roles(network: Network) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the roles of the members of each link, in the order of `kg.map.scene.edges.members`."""
    kinds = network.roles.kinds
    codes = [kinds[code] for code in network.roles.codes.tolist()]
    ends = np.searchsorted(network.link_of, np.arange(len(network.links) + 1)).tolist()
    return (tuple(codes[start:stop]) for start, stop in pairwise(ends))


def link_sources(network: Network, sources: Sequence[SceneSource]) -> dict[str, tuple[SceneSource, ...]]:
    """Return the sources of each link, or nothing without `sources`."""
    if not sources:
        return {}
    table = network.links.table
    indexes = zip(table["iri"].to_pylist(), table["sources"].to_pylist(), strict=True)
    return {iri: tuple([sources[row] for row in rows or ()]) for iri, rows in indexes}


def terms(
    network: Network, cards: Mapping[str, LinkCard], measures: Sequence[SceneMeasure], details: SceneDetails
) -> dict[str, Text]:
    """Return the names of all notations in the scene, sorted, as "scheme/notation"."""
    used = {("measure", measure.name) for measure in measures}
    used.update(("layer", layer) for layers in network.links.layers.kinds for layer in layers)
    used.update(("role", role) for kind in network.roles.kinds for role in kind)
    used.update(("quality", source.quality or "") for source in details.sources)
    for scheme, column in (("class", "kind"), ("sector", "sector")):
        used.update((scheme, name or "") for name in network.actors.table[column].unique().to_pylist())
    for card in cards.values():
        used.update((("kind", card.kind), ("stage", card.stage or "")))
        used.update(("role", party.role) for party in card.parties)
        for piece in card.evidence:
            used.update((("quality", piece.quality or ""), ("reading", piece.reading or "")))
    return {f"{scheme}/{name}": term(scheme, name, details.terms) for scheme, name in sorted(used) if name}
