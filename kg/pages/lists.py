"""The lists of all pages: organisations, links, plans, places, sources and collections."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.map.scene.styles import SECTORS
from kg.pages import links, statements
from kg.pages.model import ListPage
from kg.pages.nodes import description, titled
from kg.pages.parts import Entry, Ref
from kg.pages.words import WORDS
from kg.terms import PREFIXES
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.pages.index import Index
    from kg.pages.nodes import Memberships

MAX_LINKS = 100
"""Links of a collection in the list of links; the page of the collection lists all."""


def lists(index: Index, memberships: Memberships) -> Iterator[ListPage]:
    """Yield each list that has an entry."""
    facts = index.facts
    organisations = {iri: index.sector(iri) for iri in index.actors if "Person" not in facts.classes(iri)}
    persons = [iri for iri in index.actors if "Person" in facts.classes(iri)]
    by_sector = _by(organisations, (*SECTORS, ""))
    named = {sector: index.term("sector", sector) if sector else WORDS["noSector"] for sector in by_sector}
    groups = [(named[sector], _actors(index, several)) for sector, several in by_sector.items()]
    yield from _page("organisations", "organisations", groups, WORDS["countedActors"].format(n=len(organisations)))
    yield from _page("persons", "persons", [(WORDS["persons"], _sorted(_person(index, iri) for iri in persons))])
    groups = list(_links_by_collection(index, memberships))
    yield from _page("links", "linksTitle", groups, WORDS["countedLinks"].format(n=len(facts.links)))
    for path, key, name in (
        ("plans", "plans", "PolicyPlan"),
        ("events", "events", "Event"),
        ("chains", "chains", "IndustryChain"),
    ):
        yield from _page(path, key, [(WORDS[key], _plain(index, index.of_class(name)))])
    places = index.of_class("Place")
    yield from _page("places", "places", [(WORDS["places"], tuple(_places(index, memberships, places)))])
    sources = tuple(
        Entry(index.ref(iri)._replace(label=titled(index, iri)), Text(), len(memberships.links_of_source.get(iri, ())))
        for iri in index.sources
    )
    most = sorted(_sorted(sources), key=lambda one: -(one.number or 0))
    yield from _page("sources", "sources", [(WORDS["sources"], tuple(most))])
    yield from _page("collections", "collections", [(WORDS["collections"], collections(index, memberships))])


def collections(index: Index, memberships: Memberships) -> tuple[Entry, ...]:
    """Return the collections, each with what it is complete of and the number of its links."""
    ordered = sorted(index.collections, key=lambda iri: not index.is_default(iri))
    described = {iri: description(index, iri) for iri in ordered}
    return tuple(
        Entry(index.ref(iri), text, len(memberships.links_of_collection.get(iri, ())))
        for iri, text in described.items()
    )


def _page(
    path: str, key: str, groups: Sequence[tuple[Text, tuple[Entry, ...]]], counted: Text | None = None
) -> Iterator[ListPage]:
    filled = tuple((title, entries) for title, entries in groups if entries)
    if filled:
        total = sum(len(entries) for _, entries in filled)
        yield ListPage(path, WORDS[key], filled, counted or WORDS["countedEntries"].format(n=total))


def _by(values: Mapping[str, str], order: Iterable[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for iri, value in values.items():
        grouped[value].append(iri)
    known = list(order)
    return {
        value: grouped[value]
        for value in sorted(grouped, key=lambda one: (known.index(one) if one in known else len(known), one))
    }


def _actors(index: Index, iris: Iterable[str]) -> tuple[Entry, ...]:
    entries = (Entry(index.ref(iri), Text(), len(index.seats.get(iri, ()))) for iri in iris)
    return tuple(sorted(entries, key=lambda one: (-(one.number or 0), one.ref.path or "")))


def _plain(index: Index, iris: Iterable[str]) -> tuple[Entry, ...]:
    return _sorted(Entry(index.ref(iri), Text()) for iri in iris)


def _person(index: Index, iri: str) -> Entry:
    """Return a person with the offices held, which are without a name of their own."""
    held = [one.subject for one in index.facts.pointing.get(iri, ()) if one.predicate == PREFIXES["org"] + "member"]
    offices = [statements.office(index, node) for node in dict.fromkeys(held)]
    return Entry(index.ref(iri), Message("; ", "list").join(offices) if offices else Text())


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: ((one.ref.label.localise("en") or "").casefold(), one.ref.path or "")))


def _places(index: Index, memberships: Memberships, iris: Iterable[str]) -> Iterator[Entry]:
    entries = [Entry(index.ref(iri), Text(), len(memberships.seated.get(iri, ()))) for iri in iris]
    yield from sorted(entries, key=lambda one: (-(one.number or 0), one.ref.path or ""))


def _links_by_collection(index: Index, memberships: Memberships) -> Iterator[tuple[Text, tuple[Entry, ...]]]:
    """Yield the newest links of each collection, with a reference to its page if it has more, and those of none."""
    listed: set[str] = set()
    for collection in sorted(memberships.links_of_collection, key=lambda one: (not index.is_default(one), one)):
        several = memberships.links_of_collection[collection]
        listed.update(several)
        entries, label = links.entries(index, several), index.ref(collection).label
        more = len(entries) - MAX_LINKS
        rest = Entry(Ref(WORDS["moreParties"].format(n=more), index.ref(collection).path), label)
        yield label, entries if more <= 0 else (*entries[:MAX_LINKS], rest)
    yield WORDS["links"], links.entries(index, index.facts.links.keys() - listed)
