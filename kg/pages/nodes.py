"""The pages of plans, events, places, sources and collections."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kg.map import dates
from kg.pages import links, statements
from kg.pages.actors import by_sector
from kg.pages.address import path
from kg.pages.cite import Citations
from kg.pages.facts import ALIAS, DESCRIPTION, NAME, TITLE
from kg.pages.index import PART_OF, PUBLISHER, in_languages, web
from kg.pages.model import NodePage
from kg.pages.parts import Fact, Head, Value
from kg.pages.words import WORDS
from kg.terms import HX, PREFIXES
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pages.index import Index

LICENCE = PREFIXES["dct"] + "license"
_SHOWN = (NAME, ALIAS, DESCRIPTION, str(HX.precision))
_OF_PLACE = (*_SHOWN, statements.IDENTIFIER, str(HX.latitude), str(HX.longitude))
_OF_SOURCE = (TITLE, DESCRIPTION, str(HX.address), PART_OF, PREFIXES["prov"] + "wasDerivedFrom")
_OF_COLLECTION = (TITLE, DESCRIPTION, PREFIXES["skos"] + "scopeNote")


def item(index: Index, iri: str) -> NodePage:
    """Return the page of a plan, an event or an industrial chain."""
    cite = Citations(index)
    facts = index.facts
    described = tuple(value.text for value in statements.values(index, cite, [*facts.values(iri, DESCRIPTION)]))
    stated = statements.facts(index, cite, facts.about.get(iri, ()), *_SHOWN)
    relations = statements.relations(index, cite, iri)
    head = Head(iri, path(iri), index.ref(iri).label, index.kind(iri), "", stated, cite.cited())
    return NodePage(head, "item", described=_texts(described), relations=relations, date=_date(index, iri))


def _date(index: Index, iri: str) -> Text:
    """Return the days that all sources of an event agree on; no text without any."""
    earliest, latest = (
        [day for one in index.facts.values(iri, str(name)) if (day := dates.day(one.value.value)) is not None]
        for name in (HX.startEarliest, HX.startLatest)
    )
    if not earliest or not latest or max(earliest) > min(latest):
        return Text()
    return dates.between(max(earliest), min(latest))


def place(index: Index, memberships: Memberships, iri: str) -> NodePage:
    """Return the page of a place, with the actors that have their seat in it or in a place within it."""
    cite, facts = Citations(index), index.facts
    stated = facts.about.get(iri, ())
    latitude, longitude = (
        next((one.value.value for one in stated if one.predicate == str(name)), None)
        for name in (HX.latitude, HX.longitude)
    )
    actors = memberships.seated.get(iri, ())
    counts = {actor: len(index.seats.get(actor, ())) for actor in actors}
    relations = statements.relations(index, cite, iri, str(HX.seat))
    own = (*statements.identifiers(index, cite, stated), *statements.facts(index, cite, stated, *_OF_PLACE))
    head = Head(iri, path(iri), index.ref(iri).label, index.kind(iri), "", own, cite.cited())
    coordinates = (latitude, longitude) if latitude and longitude else None
    return NodePage(
        head, "place", actors=tuple(by_sector(index, counts, SEATED)), relations=relations, coordinates=coordinates
    )


class Memberships:
    """The actors of places, and the links of sources and collections."""

    def __init__(self, index: Index) -> None:
        """Keep the index; each mapping is computed when it is first used."""
        self.index = index

    @cached_property
    def seated(self) -> Mapping[str, tuple[str, ...]]:
        """The actors with their seat in each place, or in a place within it."""
        facts = self.index.facts
        within = {
            iri: next((one.value.value for one in facts.values(iri, str(HX.within))), None)
            for iri in self.index.of_class("Place")
        }
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for actor in self.index.actors:
            above = next((one.value.value for one in facts.values(actor, str(HX.seat))), None)
            while above is not None and actor not in found[above]:
                found[above][actor] = None
                above = within.get(above)
        return {iri: tuple(actors) for iri, actors in found.items()}

    @cached_property
    def links_of_source(self) -> Mapping[str, tuple[str, ...]]:
        """The links that each source supports."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for iri, card in self.index.facts.links.items():
            for piece in card.evidence:
                found[piece.source][iri] = None
        return {source: tuple(several) for source, several in found.items()}

    @cached_property
    def links_of_collection(self) -> Mapping[str, tuple[str, ...]]:
        """The links of each collection."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for source, several in self.links_of_source.items():
            if (collection := self.index.collection_of.get(source)) is not None:
                found[collection].update(dict.fromkeys(several))
        return {collection: tuple(sorted(several)) for collection, several in found.items()}


def source(index: Index, memberships: Memberships, iri: str) -> NodePage:
    """Return the page of a source, with the links that it supports."""
    facts, cite = index.facts, Citations(index)
    stated = facts.described[iri]
    titles = facts.label(iri)
    publisher = index.publisher(iri)
    address = next((one.value.value for one in stated if one.predicate == str(HX.address)), None)
    repeated = () if titles != Text() else (PUBLISHER,)
    own = statements.facts(index, cite, stated, *_OF_SOURCE, *repeated)
    text = description(index, iri)
    if address:
        value = Value(address, None, web(address))
        own = (Fact(statements.property_name(index, str(HX.address)), (value,)), *own)
    head = Head(iri, path(iri), titles if titles != Text() else publisher, WORDS["source"], "", own)
    several = memberships.links_of_source.get(iri, ())
    return NodePage(
        head,
        "source",
        described=(text,) if text != Text() else (),
        links=links.newest_first(links.row(index, link) for link in several) if len(several) <= MAX_LINKS else (),
        more_links=len(several) if len(several) > MAX_LINKS else 0,
        address=web(address),
        publisher=publisher,
        collection=next((index.ref(one.value.value) for one in stated if one.predicate == PART_OF), None),
    )


SEATED = 30
"""Actors of a sector that are visible at once in the page of a place."""

MAX_LINKS = 100
"""Links above which the page of a source leads to the list of its collection."""


def collection(index: Index, memberships: Memberships, iri: str) -> NodePage:
    """Return the page of a collection, with its links."""
    facts, cite = index.facts, Citations(index)
    stated = facts.described[iri]
    own = statements.facts(index, cite, stated, *_OF_COLLECTION)
    text = description(index, iri)
    head = Head(iri, path(iri), index.ref(iri).label, WORDS["collection"], "", own)
    several = memberships.links_of_collection.get(iri, ())
    sources = [source for source in index.sources if index.collection_of.get(source) == iri]
    values = tuple(Value(titled(index, source), path(source)) for source in sources)
    return NodePage(
        head,
        "collection",
        described=(text,),
        entries=links.entries(index, several),
        relations=(Fact(WORDS["sources"], values),) if values else (),
        missing=(missing,) if (missing := _text(index, iri, _OF_COLLECTION[-1])) != Text() else (),
        licence=next((one.value.value for one in stated if one.predicate == LICENCE), None),
        publisher=in_languages(one.value.value for one in stated if one.predicate == PUBLISHER) or Text(),
    )


def titled(index: Index, source: str) -> Text:
    """Return the publisher and the title of a source."""
    title, publisher = index.facts.label(source), index.publisher(source)
    return WORDS["titled"].format(publisher=publisher, title=title) if title != Text() else publisher


def description(index: Index, iri: str) -> Text:
    """Return the description of a source or a collection."""
    return _text(index, iri, DESCRIPTION)


def _text(index: Index, iri: str, predicate: str) -> Text:
    """Return the texts of a property of a source or a collection."""
    return Text(*(_joined(index, iri, predicate, lang) for lang in ("en", "zh")))


def _joined(index: Index, iri: str, predicate: str, lang: str) -> str | None:
    texts = [
        one.value.value
        for one in index.facts.values(iri, predicate)
        if (getattr(one.value, "language", None) or "en").startswith(lang)
    ]
    return " ".join(texts) or None


def _texts(values: Iterable[Text | str]) -> tuple[Text, ...]:
    return tuple(one if isinstance(one, Text) else Text(one) for one in values)
