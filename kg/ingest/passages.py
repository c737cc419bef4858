"""Statements of a record, and of the sentence of a report that it may contain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest import statements as st
from kg.ingest.nquads import concept, day, hx, literal, node, outer
from kg.ingest.readers.passages import PassageRecord
from kg.terms import EVIDENCE, ID, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.nquads import IriRef, Statement
    from kg.ingest.readers.passages import Claim, Event, Holding, Passage, Plan
    from kg.ingest.readers.records import Record


def evidence_description(record: Record, *, internal: bool = False) -> Iterator[Statement]:
    """Yield the description of a record's evidence in the default graph, without its dates."""
    passage = record.passage if isinstance(record, PassageRecord) else None
    if passage is None or internal:
        yield from st.evidence_description(record, internal=internal)
        return
    this = st.evidence(record)
    yield this, st.A, hx("Evidence")
    yield this, st.FROM, node(SOURCE, record.source.key)
    yield this, hx("reading"), concept("reading", passage.reading)
    for text in passage.description:
        yield this, outer("dct", "description"), literal(text.text, text.lang)
    for name, value in (("start", passage.start), ("end", passage.end)):
        if value is not None:
            yield this, hx(name), f'"{value}"^^{outer("xsd", "integer")}'
    if passage.digest:
        yield this, hx("digest"), literal(passage.digest)
    for key in passage.derived_from:
        yield this, outer("prov", "wasDerivedFrom"), node(EVIDENCE, f"{record.source.key}/{key}")
    if passage.reviewer:
        yield this, outer("dct", "contributor"), literal(passage.reviewer)
    if passage.day:
        yield this, outer("dct", "dateAccepted"), day(passage.day)


def evidence_statements(record: Record) -> Iterator[Statement]:
    """Yield the statements of a record for the graph of its evidence.

    Raises:
        InvalidTermError: a value cannot be written as a term.
    """
    yield from st.evidence_statements(record)
    if isinstance(record, PassageRecord) and record.passage is not None:
        yield from _passage(record.passage, node(SOURCE, record.source.key))


def _passage(passage: Passage, source: IriRef) -> Iterator[Statement]:
    for event in passage.events:
        yield from _event(event)
    for plan in passage.plans:
        yield from _plan(plan)
    for claim in passage.claims:
        yield from _claim(claim, source)
    for holding in passage.holdings:
        yield from _holding(holding)
    for link, event_key in passage.at_events:
        yield node(ID, f"link/{link}"), hx("atEvent"), node(ID, f"event/{event_key}")
    for key, dates in passage.dates:
        yield from st.dated(node(ID, key), dates)


def _event(event: Event) -> Iterator[Statement]:
    this = node(ID, f"event/{event.key}")
    yield this, st.A, hx("Event")
    yield from st.named(this, event.names)
    yield from ((this, hx("placeName"), literal(name.text, name.lang)) for name in event.place_names)
    for participation in event.participations:
        yield from st.participation(this, f"event/{event.key}", participation)
    yield from st.dated(this, event.dates)


def _plan(plan: Plan) -> Iterator[Statement]:
    this = node(ID, plan.key)
    yield this, st.A, hx("PolicyPlan")
    yield from st.named(this, plan.names)
    yield from ((this, hx("issuer"), node(ID, key)) for key in plan.issuers)
    yield from st.dated(this, plan.dates)


def _claim(claim: Claim, source: IriRef) -> Iterator[Statement]:
    this = node(ID, f"claim/{claim.key}")
    yield this, st.A, hx("Claim")
    yield from st.named(this, claim.names)
    yield from ((this, hx("claimAbout"), node(ID, key)) for key in claim.about)
    yield this, hx("claimedBy"), source
    yield this, hx("modality"), concept("modality", "asserted")
    yield this, hx("plan"), node(ID, claim.plan)
    yield this, hx("stance"), concept("stance", "supports")


def _holding(holding: Holding) -> Iterator[Statement]:
    this, post = node(ID, f"holding/{holding.key}"), node(ID, f"post/{holding.post}")
    organisation = node(ID, holding.organisation)
    yield this, st.A, hx("OfficeHolding")
    yield this, outer("org", "member"), node(ID, holding.person)
    yield this, outer("org", "organization"), organisation
    yield this, hx("post"), post
    for name, value in (
        ("attestedEarliest", holding.dates.start_earliest),
        ("attestedLatest", holding.dates.start_latest),
    ):
        if value is not None:
            yield this, hx(name), day(value)
    yield post, st.A, outer("org", "Post")
    yield post, st.PREFERRED, literal(holding.office.text, holding.office.lang)
    yield post, outer("org", "postIn"), organisation
