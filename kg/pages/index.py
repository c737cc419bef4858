"""Names, references and memberships that all pages share, derived from the facts once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.map import messages
from kg.model.shown import shown_name
from kg.pages.address import path
from kg.pages.parts import Origin, Ref
from kg.pages.words import WORDS
from kg.rdf.publishers import publisher
from kg.terms import HX, PREFIXES, SCHEME, SEPARATE
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pages.facts import Facts, Statement
    from kg.query.cards import EvidenceCard, LinkCard

SOURCE, DATASET = str(HX.Source), PREFIXES["dcat"] + "Dataset"
PUBLISHER, PART_OF = PREFIXES["dct"] + "publisher", PREFIXES["dct"] + "isPartOf"
UNIT_OF = PREFIXES["org"] + "unitOf"

ITEMS = ("PolicyPlan", "Event", "IndustryChain")
"""Classes, besides actors, links and places, whose members have pages."""

_WITH_PAGE = frozenset({"Actor", "Link", "Place", *ITEMS})
_HAN = re.compile("[\u3400-\u9fff]")


class Seat(NamedTuple):
    """A participation of an actor in a link."""

    link: str
    role: str


class Index:
    """Names, references and memberships of each node, by IRI."""

    def __init__(self, facts: Facts) -> None:
        """Keep the facts; each index is computed when it is first used."""
        self.facts = facts
        self._refs: dict[str, Ref] = {}

    def canonical(self, actor: str) -> str:
        """Return the actor as which `actor` counts, itself if it is not merged."""
        return self.facts.counts_as.get(actor, actor)

    def ref(self, iri: str) -> Ref:
        """Return a node with its name and the path of its page."""
        known = self._refs.get(iri)
        if known is None:
            known = self._refs[iri] = self._ref(self.canonical(iri))
        return known

    def _ref(self, iri: str) -> Ref:
        label = self.facts.label(iri)
        if label == Text():
            label = next(filter(Text().__ne__, map(self.facts.label, self.facts.merged.get(iri, ()))), Text(iri))
        if iri in self.facts.actor_rows:
            label = shown_name(label)
        return Ref(label, path(iri) if iri in self.with_page else None, self.sector(iri))

    def is_named(self, iri: str) -> bool:
        """Return whether a node has a name, itself or as the actor as which it counts."""
        return self.ref(iri).label.pair != (self.canonical(iri), None)

    @cached_property
    def with_page(self) -> frozenset[str]:
        """The nodes that have a page."""
        own = (iri for iri in self.facts.about if self.facts.classes(iri) & _WITH_PAGE)
        return frozenset({*own, *self.facts.described, *self.facts.links} - self.facts.counts_as.keys())

    def of_class(self, name: str) -> tuple[str, ...]:
        """Return the nodes of a class that have a page, sorted by IRI."""
        return tuple(sorted(iri for iri in self.with_page if name in self.facts.classes(iri)))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The actors, sorted by IRI."""
        return self.of_class("Actor")

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources, sorted by IRI."""
        return self._described(SOURCE)

    @cached_property
    def collections(self) -> tuple[str, ...]:
        """The collections, sorted by IRI."""
        return self._described(DATASET)

    def is_default(self, collection: str) -> bool:
        """Return whether the default lens includes a collection."""
        return any(one.value.value == "true" for one in self.facts.values(collection, str(HX.inDefaultLens)))

    def _described(self, kind: str) -> tuple[str, ...]:
        wanted = ox.NamedNode(kind)
        return tuple(
            sorted(iri for iri, several in self.facts.described.items() if any(one.value == wanted for one in several))
        )

    def sector(self, iri: str) -> str:
        """Return the notation of the sector of an actor; empty if it has none."""
        row = self.facts.actor_rows.get(iri)
        return "" if row is None else self._sectors[row] or ""

    @cached_property
    def _sectors(self) -> list[str | None]:
        sectors: list[str | None] = self.facts.incidence.actors["sector"].to_pylist()
        return sectors

    def kind(self, iri: str) -> Text:
        """Return the label of the most specific class of a node."""
        classes = sorted(self.facts.classes(iri) - {"Actor", "Organisation", "Link", "PartyGroup"})
        return self.word(f"class/{classes[0]}") if classes else Text()

    def kind_of(self, iri: str) -> Text:
        """Return the kind of a node with a page; that of a link is its kind of agreement."""
        if iri in self.facts.links:
            return self.term("kind", self.facts.links[iri].kind)
        if iri in self.facts.described:
            return WORDS["collection" if iri in self.collections else "source"]
        return self.kind(iri)

    def term(self, scheme: str, notation: str | None) -> Text:
        """Return the name of a notation; no text for ``None``."""
        return self.word(f"{scheme}/{notation}") if notation else Text()

    def word(self, key: str) -> Text:
        """Return the name of a concept, as ``role/party``, or of a class, as ``class/Firm``."""
        scheme, _, notation = key.partition("/")
        iri = PREFIXES["hx"] + notation if scheme == "class" else SCHEME + key
        return self.facts.words.get(iri) or messages.term(scheme, notation, {})

    @cached_property
    def seats(self) -> Mapping[str, tuple[Seat, ...]]:
        """The participations of each actor, without those of its units."""
        found: dict[str, dict[Seat, None]] = defaultdict(dict)
        for iri, card in self.facts.links.items():
            for party in card.parties:
                if party.actor is not None:
                    found[self.canonical(party.actor)][Seat(iri, party.role)] = None
        return {actor: tuple(several) for actor, several in found.items()}

    @cached_property
    def units(self) -> Mapping[str, tuple[str, ...]]:
        """The units of each host, and the units of these."""
        found: dict[str, list[str]] = defaultdict(list)
        iris, hosts = (self.facts.incidence.actors[name].to_pylist() for name in ("iri", "host"))
        for unit, host in zip(iris, hosts, strict=True):
            above: int = host
            while above >= 0 and unit not in found[iris[above]]:
                found[iris[above]].append(unit)
                above = hosts[above]
        return {host: tuple(units) for host, units in found.items()}

    def host(self, actor: str) -> str:
        """Return the organisation that a unit belongs to, otherwise the actor itself."""
        row = self.facts.actor_rows.get(actor, -1)
        while row >= 0 and self._hosts[row] >= 0:
            row = self._hosts[row]
        return actor if row < 0 else self._iris[row]

    @cached_property
    def _hosts(self) -> list[int]:
        hosts: list[int] = self.facts.incidence.actors["host"].to_pylist()
        return hosts

    @cached_property
    def _iris(self) -> list[str]:
        iris: list[str] = self.facts.incidence.actors["iri"].to_pylist()
        return iris

    @cached_property
    def tying(self) -> Mapping[str, frozenset[str]]:
        """The organisations of each link in roles of the default layers."""
        tables = self.facts.incidence
        roles = {role for role, layer in tables.layers.items() if layer in tables.default_layers}
        links = tables.links["iri"].to_pylist()
        found: dict[str, set[str]] = {iri: set() for iri in links}
        columns = (tables.parties[name].to_pylist() for name in ("link", "actor", "role"))
        for link, actor, role in zip(*columns, strict=True):
            if role in roles:
                found[links[link]].add(self._iris[actor])
        return {link: frozenset(actors) for link, actors in found.items()}

    @cached_property
    def common(self) -> Mapping[str, str]:
        """The common party of each link in which only this party is known to be tied to the others."""
        table = self.facts.incidence.links
        columns = (table[name].to_pylist() for name in ("iri", "arity", "common"))
        return {
            iri: self._iris[common]
            for iri, arity, common in zip(*columns, strict=True)
            if arity in SEPARATE and common is not None
        }

    @cached_property
    def supported(self) -> Mapping[str, tuple[tuple[str, Statement], ...]]:
        """The statements that each piece of evidence supports, with their subjects."""
        found: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
        for subject in sorted(self.facts.about):
            for one in self.facts.about[subject]:
                for graph in one.evidence:
                    found[graph].append((subject, one))
        return {graph: tuple(several) for graph, several in found.items()}

    def coordinates(self, iri: str) -> tuple[float, float] | None:
        """Return the latitude and longitude of a place, or of the seat of an actor; ``None`` if they are unknown."""
        place = next((one.value.value for one in self.facts.values(iri, str(HX.seat))), iri)
        north, east = (
            next((one.value.value for one in self.facts.values(place, str(name))), None)
            for name in (HX.latitude, HX.longitude)
        )
        return None if north is None or east is None else (float(north), float(east))

    def origin(self, piece: EvidenceCard) -> Origin:
        """Return the source of a piece of evidence."""
        return Origin(self.publisher(piece.source), path(piece.source), piece.published, web(piece.address))

    def origins(self, pieces: Iterable[EvidenceCard]) -> tuple[Origin, ...]:
        """Return the sources of pieces of evidence, each once; one of several with the same publisher by its title."""
        first: dict[str, EvidenceCard] = {}
        for piece in pieces:
            first.setdefault(piece.source, piece)
        found = [(self.origin(piece), piece.title) for piece in first.values()]
        same = Counter((one.publisher.pair, one.published) for one, _ in found)
        return tuple(
            one._replace(publisher=title) if same[one.publisher.pair, one.published] > 1 and title != Text() else one
            for one, title in found
        )

    def publisher(self, source: str) -> Text:
        """Return the publisher of a source in each language in which it is written."""
        known = in_languages(one.value.value for one in self.facts.values(source, PUBLISHER))
        return WORDS["untitled"] if known is None else known if None not in known.pair else publisher(_only(known))

    @cached_property
    def collection_of(self) -> Mapping[str, str]:
        """The collection of each source."""
        return {source: one.value.value for source in self.sources for one in self.facts.values(source, PART_OF)}

    def collections_of(self, card: LinkCard) -> frozenset[str]:
        """Return the collections of the sources of a link."""
        sources = (self.collection_of.get(piece.source) for piece in card.evidence)
        return frozenset(one for one in sources if one is not None)


def in_languages(texts: Iterable[str]) -> Text | None:
    """Return texts as one, those with Chinese characters as Chinese; ``None`` without texts."""
    listed = sorted(set(texts))
    chinese = next((one for one in listed if _HAN.search(one)), None)
    other = next((one for one in listed if not _HAN.search(one)), None)
    return Text(other, chinese) if listed else None


def _only(text: Text) -> str:
    """Return a text in the one language that it has."""
    return text.en or text.zh or ""


_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def web(address: str | None) -> str | None:
    """Return an address of the web; ``None`` for another one, which a page does not link to."""
    return address if address is not None and _WEB.fullmatch(address) else None
