"""From a record to its statements, as the text of N-Quads.

Text rather than quads, because it is made and written several times as fast.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from kg.ingest.nquads import InvalidTermError, concept, day, hx, literal, node, number, outer, term
from kg.terms import EVIDENCE, HX, ID, SCHEME, SOURCE, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.ingest.readers.records import (
        Actor,
        Change,
        Dates,
        Link,
        Name,
        Participation,
        Place,
        Record,
        Source,
        Topic,
        UnnamedGroup,
    )

Statement = tuple[str, str, str]
"""Subject, predicate and object, each as N-Quads writes it."""

_CURRENCY = re.compile(r"[A-Z]{3}")
A = f"<{TYPE}>"
PREFERRED, OTHER = outer("skos", "prefLabel"), outer("skos", "altLabel")
_DESCRIPTION, _IDENTIFIER = outer("dct", "description"), outer("org", "identifier")
ISSUED, FIRST_SEEN, LAST_SEEN, FROM = outer("dct", "issued"), hx("firstSeen"), hx("lastSeen"), hx("source")

SINGLE = frozenset(
    {
        *map(hx, ("sector", "latitude", "longitude", "within", "kind", "stage", "arity", "contribution", "currency")),
        outer("org", "unitOf"),
        outer("org", "classification"),
    }
)
"""What a thing has one of, however many rows speak of it."""

_BODIES = (HX.University, HX.VocationalCollege, HX.Firm, HX.ResearchInstitute, HX.GovernmentDepartment)
_GROUPS = (HX.Association, HX.Alliance, HX.Unit, HX.OtherOrganisation)
KINDS = frozenset(f"<{kind}>" for kind in (*_BODIES, *_GROUPS))
"""Classes of which an organisation is of one."""


def evidence(record: Record) -> str:
    """The IRI of what `record` is: from its source and its key."""
    return node(EVIDENCE, f"{record.source.key}/{record.key}")


def described(record: Record) -> Iterator[Statement]:
    """What the default graph says of the evidence, but for its days."""
    this = evidence(record)
    yield this, A, hx("Evidence")
    yield this, FROM, node(SOURCE, record.source.key)
    yield this, hx("reading"), concept("reading", "record")
    yield this, _DESCRIPTION, literal(f"{record.note} Row {record.location.row} of {record.location.file}.", "en")


def published(source: Source, edition: date | None, rights: str) -> Iterator[Statement]:
    """What the default graph says of `source`, in the edition that was read."""
    this = node(SOURCE, source.key)
    yield this, A, hx("Source")
    yield this, outer("dct", "publisher"), literal(source.publisher)
    yield this, hx("quality"), concept("quality", source.quality)
    yield this, outer("dct", "rights"), literal(rights, "en")
    for title in source.title:
        yield this, outer("dct", "title"), literal(title.text, title.lang)
    if source.address:
        yield this, hx("address"), f"{literal(source.address)}^^{outer('xsd', 'anyURI')}"
    if source.language:
        yield this, outer("dct", "language"), literal(source.language)
    if edition:
        yield this, ISSUED, day(edition)


def topics(record: Record) -> Iterator[Statement]:
    """What the default graph says of the concepts that the record brings with it."""
    brought = chain((actor.topics for actor in record.actors), (link.topics for link in record.links))
    for topic in chain.from_iterable(brought):
        this, scheme = concept(topic.scheme, topic.notation), node(SCHEME, topic.scheme)
        yield scheme, A, outer("skos", "ConceptScheme")
        yield this, A, outer("skos", "Concept")
        yield this, outer("skos", "inScheme"), scheme
        yield this, outer("skos", "notation"), literal(topic.notation)
        yield from _named(this, topic.names)
        if topic.broader:
            yield this, outer("skos", "broader"), concept(topic.scheme, topic.broader)


def said(record: Record) -> Iterator[Statement]:
    """What the graph of the evidence says."""
    for actor in record.actors:
        yield from _actor(actor)
    for link in record.links:
        yield from _link(link)
    for change in record.changes:
        yield from _change(change)


def _actor(actor: Actor) -> Iterator[Statement]:
    this = node(ID, actor.key)
    for kind in ("Actor", "Organisation", actor.kind):
        yield this, A, term(kind)
    yield from _named(this, actor.names)
    for identifier in actor.identifiers:
        yield this, _IDENTIFIER, f"{literal(identifier.value)}^^{term(identifier.scheme)}"
    for domain in actor.domains:
        yield this, hx("webDomain"), literal(domain)
    yield from _about(this, actor.topics)
    yield from _located(this, actor)
    yield from _belonging(this, actor)


def _located(this: str, actor: Actor) -> Iterator[Statement]:
    for predicate, names in (("region", actor.region), ("city", actor.city)):
        for name in names:
            yield this, hx(predicate), literal(name.text, name.lang)
    if actor.seat:
        yield this, hx("seat"), node(ID, f"place/{actor.seat.key}")
        yield from _place(actor.seat)


def _belonging(this: str, actor: Actor) -> Iterator[Statement]:
    if actor.unit_of:
        yield this, outer("org", "unitOf"), node(ID, actor.unit_of)
    for whole in actor.part_of:
        yield this, outer("org", "subOrganizationOf"), node(ID, whole)
    if actor.sector:
        yield this, hx("sector"), concept("sector", actor.sector)
    if actor.category:
        yield this, outer("org", "classification"), concept("unit-category", actor.category)


def _place(place: Place) -> Iterator[Statement]:
    this = node(ID, f"place/{place.key}")
    yield this, A, hx("Place")
    yield from _named(this, place.names)
    for identifier in place.identifiers:
        yield this, _IDENTIFIER, f"{literal(identifier.value)}^^{term(identifier.scheme)}"
    if place.latitude is not None and place.longitude is not None:
        yield this, hx("latitude"), number(place.latitude)
        yield this, hx("longitude"), number(place.longitude)
    if place.within:
        yield this, hx("within"), node(ID, f"place/{place.within.key}")
        yield from _place(place.within)


def _link(link: Link) -> Iterator[Statement]:
    this = node(ID, f"link/{link.key}")
    yield this, A, hx("Link")
    yield this, A, term(link.form)
    yield this, hx("kind"), concept("kind", link.kind)
    yield from _named(this, link.names)
    yield from ((this, _DESCRIPTION, literal(text.text, text.lang)) for text in link.description)
    yield from ((this, hx("placeName"), literal(name.text, name.lang)) for name in link.place_names)
    if link.stage:
        yield this, hx("stage"), concept("stage", link.stage)
    if link.arity:
        yield this, hx("arity"), concept("arity", link.arity)
    yield from _dated(this, link.dates)
    yield from ((this, hx("about"), node(ID, key)) for key in link.about)
    yield from _about(this, link.topics)
    for part in link.parts:
        yield from _part(this, f"link/{link.key}", part)
    for group in link.groups:
        yield from _group(this, f"link/{link.key}", group)


def _part(link: str, key: str, part: Participation) -> Iterator[Statement]:
    this = node(ID, f"{key}/{part.role}/{part.actor}")
    yield link, hx("participation"), this
    yield this, A, hx("Participation")
    yield this, hx("participant"), node(ID, part.actor)
    yield this, hx("role"), concept("role", part.role)
    if part.contribution is not None:
        if not _CURRENCY.fullmatch(part.currency or ""):
            raise InvalidTermError(f"a contribution requires an ISO 4217 currency, not {part.currency!r}")
        yield this, hx("contribution"), number(part.contribution)
        yield this, hx("currency"), literal(part.currency or "")


def _group(link: str, key: str, group: UnnamedGroup) -> Iterator[Statement]:
    this = node(ID, f"{key}/group/{group.key}")
    yield this, A, hx("CountedGroup")
    yield this, hx("count"), f'"{group.count}"^^{outer("xsd", "integer")}'
    yield this, hx("countKind"), concept("count-kind", group.kind)
    yield this, hx("countedThing"), concept("counted-thing", group.thing)
    if group.includes_named is not None:
        truth = "true" if group.includes_named else "false"
        yield this, hx("includesNamed"), f'"{truth}"^^{outer("xsd", "boolean")}'
    if group.role is None:
        yield link, hx("counts"), this
        return
    part = node(ID, f"{key}/{group.role}/group/{group.key}")
    yield this, A, hx("PartyGroup")
    yield link, hx("participation"), part
    yield part, A, hx("Participation")
    yield part, hx("participant"), this
    yield part, hx("role"), concept("role", group.role)


def _change(change: Change) -> Iterator[Statement]:
    this = node(ID, f"change/{change.key}")
    yield this, A, outer("org", "ChangeEvent")
    yield from _named(this, change.names)
    yield from ((this, outer("org", "originalOrganization"), node(ID, key)) for key in change.original)
    yield from ((this, outer("org", "resultingOrganization"), node(ID, key)) for key in change.resulting)
    yield from _dated(this, change.dates)


def _dated(this: str, dates: Dates) -> Iterator[Statement]:
    bounds = (
        ("startEarliest", dates.start_earliest),
        ("startLatest", dates.start_latest),
        ("endEarliest", dates.end_earliest),
        ("endLatest", dates.end_latest),
    )
    yield from ((this, hx(name), day(value)) for name, value in bounds if value is not None)
    if dates.precision:
        yield this, hx("precision"), concept("precision", dates.precision)
    if dates.stated_as:
        yield this, hx("statedAs"), literal(dates.stated_as)


def _named(this: str, names: Iterable[Name]) -> Iterator[Statement]:
    return ((this, PREFERRED if name.preferred else OTHER, literal(name.text, name.lang)) for name in names)


def _about(this: str, listed: Iterable[Topic]) -> Iterator[Statement]:
    return ((this, hx("topic"), concept(topic.scheme, topic.notation)) for topic in listed)
