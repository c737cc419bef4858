"""Statements of a record, as N-Quads text.

Text is built instead of quads because it is several times as fast.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from kg.ingest.notes import descriptions
from kg.ingest.nquads import InvalidTermError, concept, day, hx, iri_ref, literal, node, number, outer, term
from kg.terms import EVIDENCE, HX, ID, SCHEME, SOURCE, TYPE
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.ingest.nquads import IriRef, Statement
    from kg.ingest.readers.records import (
        Actor,
        Amount,
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
    from kg.texts import Text

_CURRENCY = re.compile(r"[A-Z]{3}")
A = iri_ref(TYPE)
PREFERRED, OTHER = outer("skos", "prefLabel"), outer("skos", "altLabel")
_DESCRIPTION, _IDENTIFIER = outer("dct", "description"), outer("org", "identifier")
ISSUED, FIRST_SEEN, LAST_SEEN, FROM = outer("dct", "issued"), hx("firstSeen"), hx("lastSeen"), hx("source")
INTERNAL = hx("internal")

SINGLE = frozenset(
    {
        *map(hx, ("sector", "latitude", "longitude", "within", "kind", "stage", "arity", "contribution", "currency")),
        *map(hx, ("termMonths", "amount", "amountKind")),
        *(outer("org", name) for name in ("unitOf", "classification")),
    }
)
"""Single-valued properties: a node has one value, even if many rows describe it."""

_BODIES = (HX.University, HX.VocationalCollege, HX.Firm, HX.ResearchInstitute, HX.GovernmentDepartment)
_GROUPS = (HX.Association, HX.Alliance, HX.Unit, HX.OtherOrganisation)
KINDS = frozenset(map(iri_ref, (*_BODIES, *_GROUPS)))
"""Disjoint classes of organisations: each organisation is in one of them."""


def evidence(record: Record, *, internal: bool = False) -> IriRef:
    """Return the IRI of a record's evidence, made from its source and its key, or that of its internal evidence.

    Raises:
        InvalidTermError: one of the keys is malformed.
    """
    return node(EVIDENCE, f"{record.source.key}/{record.key}{'/internal' if internal else ''}")


def evidence_description(record: Record, *, internal: bool = False) -> Iterator[Statement]:
    """Yield the description of a record's evidence in the default graph, without its dates."""
    this = evidence(record, internal=internal)
    yield this, A, hx("Evidence")
    yield this, FROM, node(SOURCE, record.source.key)
    yield this, hx("reading"), concept("reading", "record")
    for lang, text in descriptions(record, located=internal or not record.internal_location):
        yield this, _DESCRIPTION, literal(text, lang)
    if record.page:
        yield this, hx("page"), f"{literal(record.page)}^^{outer('xsd', 'anyURI')}"
    if internal:
        yield this, INTERNAL, f'"true"^^{outer("xsd", "boolean")}'


def source_description(source: Source, edition: date | None, rights: Text) -> Iterator[Statement]:
    """Yield the description of a source in the default graph, with the date of the edition."""
    this = node(SOURCE, source.key)
    yield this, A, hx("Source")
    yield this, outer("dct", "publisher"), literal(source.publisher)
    yield this, hx("quality"), concept("quality", source.quality)
    yield from ((this, outer("dct", "rights"), literal(localise(rights, lang), lang)) for lang in ("en", "zh"))
    for title in source.title:
        yield this, outer("dct", "title"), literal(title.text, title.lang)
    if source.address:
        yield this, hx("address"), f"{literal(source.address)}^^{outer('xsd', 'anyURI')}"
    if source.language:
        yield this, outer("dct", "language"), literal(source.language)
    if edition:
        yield this, ISSUED, day(edition)


def topic_descriptions(record: Record) -> Iterator[Statement]:
    """Yield the descriptions in the default graph of the concepts that a record defines."""
    defined = chain((actor.topics for actor in record.actors), (link.topics for link in record.links))
    for topic in chain.from_iterable(defined):
        this, scheme = concept(topic.scheme, topic.notation), node(SCHEME, topic.scheme)
        yield scheme, A, outer("skos", "ConceptScheme")
        yield this, A, outer("skos", "Concept")
        yield this, outer("skos", "inScheme"), scheme
        yield this, outer("skos", "notation"), literal(topic.notation)
        yield from named(this, topic.names)
        if topic.broader:
            yield this, outer("skos", "broader"), concept(topic.scheme, topic.broader)


def evidence_statements(record: Record) -> Iterator[Statement]:
    """Yield the statements of a record for the graph of its evidence.

    Raises:
        InvalidTermError: a value cannot be written as a term.
    """
    for actor in record.actors:
        yield from _actor(actor)
    for link in record.links:
        yield from _link(link)
    for change in record.changes:
        yield from _change(change)


def internal_statements(record: Record, public: Iterable[Statement]) -> list[Statement]:
    """Return the statements for the graph of a record's internal evidence: those that are not among the `public` ones.

    If only the location of the row is internal, the evidence supports the first public statement.

    Raises:
        InvalidTermError: a value cannot be written as a term.
    """
    known = dict.fromkeys(public)
    complete = () if record.complete is None else evidence_statements(record.complete)
    internal = [statement for statement in dict.fromkeys(complete) if statement not in known]
    return internal or (list(known)[:1] if record.internal_location else [])


def _actor(actor: Actor) -> Iterator[Statement]:
    this = node(ID, actor.key)
    for kind in dict.fromkeys(("Actor", "" if actor.kind == "Person" else "Organisation", actor.kind)):
        if kind:
            yield this, A, term(kind)
    yield from named(this, actor.names)
    for identifier in actor.identifiers:
        yield this, _IDENTIFIER, f"{literal(identifier.value)}^^{term(identifier.scheme)}"
    for domain in actor.domains:
        yield this, hx("webDomain"), literal(domain)
    yield from _about(this, actor.topics)
    yield from _located(this, actor)
    yield from _belonging(this, actor)


def _located(this: IriRef, actor: Actor) -> Iterator[Statement]:
    for predicate, names in (("region", actor.region), ("city", actor.city)):
        for name in names:
            yield this, hx(predicate), literal(name.text, name.lang)
    if actor.seat:
        yield this, hx("seat"), node(ID, f"place/{actor.seat.key}")
        yield from _place(actor.seat)


def _belonging(this: IriRef, actor: Actor) -> Iterator[Statement]:
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
    yield from named(this, place.names)
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
    yield from named(this, link.names)
    yield from ((this, _DESCRIPTION, literal(text.text, text.lang)) for text in link.description)
    yield from ((this, hx("placeName"), literal(name.text, name.lang)) for name in link.place_names)
    if link.stage:
        yield this, hx("stage"), concept("stage", link.stage)
    if link.arity:
        yield this, hx("arity"), concept("arity", link.arity)
    if link.common_party:
        yield this, hx("commonParty"), node(ID, link.common_party)
    if link.stated_kind:
        yield this, hx("statedKind"), literal(link.stated_kind.text, link.stated_kind.lang)
    yield from dated(this, link.dates)
    if link.term_months:
        yield this, hx("termMonths"), f'"{link.term_months}"^^{outer("xsd", "integer")}'
    for amount in link.amounts:
        yield from _amount(this, f"link/{link.key}", amount)
    yield from ((this, hx("about"), node(ID, key)) for key in link.about)
    yield from _about(this, link.topics)
    for part in link.participations:
        yield from participation(this, f"link/{link.key}", part)
    for group in link.groups:
        yield from _group(this, f"link/{link.key}", group)


def participation(whole: IriRef, key: str, part: Participation) -> Iterator[Statement]:
    """Yield the participation of an actor in a link or an event; `key` is that of the `whole`."""
    this = node(ID, f"{key}/{part.role}/{part.actor}")
    yield whole, hx("participation"), this
    yield this, A, hx("Participation")
    yield this, hx("participant"), node(ID, part.actor)
    yield this, hx("role"), concept("role", part.role)
    if part.contribution is not None:
        yield this, hx("contribution"), number(part.contribution)
        yield this, hx("currency"), _currency(part.currency or "")


def _amount(link: IriRef, key: str, amount: Amount) -> Iterator[Statement]:
    this = node(ID, f"{key}/value/{amount.key}")
    yield link, hx("value"), this
    yield this, A, hx("MonetaryAmount")
    yield this, hx("amount"), number(amount.value)
    yield this, hx("currency"), _currency(amount.currency)
    yield this, hx("amountKind"), concept("amount-kind", amount.kind)
    yield this, hx("countKind"), concept("count-kind", amount.precision)


def _currency(code: str) -> str:
    if not _CURRENCY.fullmatch(code):
        raise InvalidTermError("an amount requires an ISO 4217 currency such as CNY, not {code!r}", code=code)
    return literal(code)


def _group(link: IriRef, key: str, group: UnnamedGroup) -> Iterator[Statement]:
    this = node(ID, f"{key}/group/{group.key}")
    yield this, A, hx("CountedGroup")
    yield this, hx("count"), f'"{group.count}"^^{outer("xsd", "integer")}'
    yield this, hx("countKind"), concept("count-kind", group.kind)
    yield this, hx("countedThing"), concept("counted-thing", group.thing)
    if group.includes_named is not None:
        truth = "true" if group.includes_named else "false"
        yield this, hx("includesNamed"), f'"{truth}"^^{outer("xsd", "boolean")}'
    yield from ((this, hx("namedMember"), node(ID, member)) for member in group.members)
    if group.role is None:
        yield link, hx("counts"), this
        return
    participation = node(ID, f"{key}/{group.role}/group/{group.key}")
    yield this, A, hx("PartyGroup")
    yield link, hx("participation"), participation
    yield participation, A, hx("Participation")
    yield participation, hx("participant"), this
    yield participation, hx("role"), concept("role", group.role)


def _change(change: Change) -> Iterator[Statement]:
    this = node(ID, f"change/{change.key}")
    yield this, A, outer("org", "ChangeEvent")
    yield from named(this, change.names)
    yield from ((this, outer("org", "originalOrganization"), node(ID, key)) for key in change.original)
    yield from ((this, outer("org", "resultingOrganization"), node(ID, key)) for key in change.resulting)
    yield from ((this, hx("changeKind"), concept("change-kind", kind)) for kind in (change.kind,) if kind)
    yield from dated(this, change.dates)


def dated(this: IriRef, dates: Dates) -> Iterator[Statement]:
    """Yield the dates of a node."""
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


def named(this: IriRef, names: Iterable[Name]) -> Iterator[Statement]:
    """Return the names of a node."""
    return ((this, PREFERRED if name.preferred else OTHER, literal(name.text, name.lang)) for name in names)


def _about(this: IriRef, listed: Iterable[Topic]) -> Iterator[Statement]:
    return ((this, hx("topic"), concept(topic.scheme, topic.notation)) for topic in listed)
