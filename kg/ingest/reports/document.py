"""Records of a reviewed document: one for each sentence and each inference, with the reasons for what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.ingest.readers.fields import domain
from kg.ingest.readers.passages import Passage, PassageRecord
from kg.ingest.readers.records import Name, RowLocation, Skipped, Source
from kg.ingest.reports.compose import compose
from kg.ingest.reports.inferences import Inference, inferences, texts_of
from kg.ingest.reports.nodes import slug
from kg.query.evidence import digest
from kg.read.gate import REASONS
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ingest.readers.records import Row
    from kg.ingest.reports.accepted import Fact, Reviewed
    from kg.ingest.reports.sentences import Sentence
    from kg.texts import Text

_NOTE = Message("A sentence of a report.")
_SECOND = 2
_READ = Message("Read by {readers}; accepted in review.")
_MENDED = Message("Read by {readers}; accepted in review, with changes.")
_HOST = Message("The report announces the unit among those of this host.")
_ALSO = Message("Read with characters {start} to {end}.")


def rows(reviewed: Reviewed, file: str, log: list[Text], is_described: Callable[[str], bool]) -> Iterator[Row]:
    """Yield the records of a document, and a skipped row for each proposal that is not evidence.

    Args:
        reviewed: the document with its accepted facts.
        file: name of the file of proposals.
        log: receives a sentence for each accepted fact that cannot be expressed.
        is_described: whether the graphs that will contain the evidence describe the actor of a key.

    Raises:
        InputError: the document has no publisher.
    """
    source = source_of(reviewed)
    composition = compose(reviewed, source.key, is_described)
    for number, rule in reviewed.left:
        yield Skipped(RowLocation(file, number), rule)
    for refusal in reviewed.refused:
        statement = f"{refusal.relation} ({refusal.head}, {refusal.tail})"
        log.append(Message("not added: {statement}: {reason}", statement=statement, reason=REASONS[refusal.reason]))
    for fact, reason in composition.failed:
        statement = f"{fact.relation} ({fact.head.name}, {fact.tail.name})"
        log.append(Message("not written: {statement}: {reason}", statement=statement, reason=reason))
        yield Skipped(RowLocation(file, fact.number), "not-expressible")
    for sentence in composition.sentences:
        yield _sentence(sentence, source, reviewed, file)
    for inference in inferences(reviewed.document, composition.sentences):
        yield _inference(inference, source, reviewed, file)
    for host in composition.hosts:
        key, description = f"inference/host-{slug(host.unit)}", texts_of(_HOST)
        inference = Inference(key, "inference", description, host.derived_from, ())
        yield replace(_inference(inference, source, reviewed, file), actors=host.actors, links=(host.link,))


def source_of(reviewed: Reviewed) -> Source:
    """Return the source of a document, with a key made of its address, or of its name and digest.

    Raises:
        InputError: the publisher is not known.
    """
    document, review = reviewed.document, reviewed.review
    publisher = review.publisher or document.publisher
    if not publisher:
        raise InputError(
            "{name}: the publisher is not known; pass --publisher to kg read, or state it in the review",
            name=document.name,
        )
    if document.address:
        short = sha256(document.address.encode()).hexdigest()[:8]
        key = "-".join((*domain(document.address), short))
    else:
        key = f"{slug(document.name)}-{document.sha256[:8]}"
    return Source(
        key,
        publisher,
        review.quality or quality(document.address),
        (Name(document.title, document.lang),) if document.title else (),
        document.address,
        document.lang,
        "not stated",
    )


def quality(address: str | None) -> str:
    """Return the kind of the publisher of an address: official, university or newspaper."""
    host = urlsplit(address or "").hostname or ""
    if ".gov." in f".{host}.":
        return "official"
    return "university" if {"edu", "ac"} & set(host.split(".")[-2:]) else "newspaper"


def _sentence(sentence: Sentence, source: Source, reviewed: Reviewed, file: str) -> PassageRecord:
    span = sentence.span
    passage = Passage(
        "sentence",
        _description(sentence.facts),
        span.start,
        span.end,
        digest(span.quote),
        reviewer=reviewed.review.reviewer,
        day=date.fromisoformat(reviewed.review.day),
        events=tuple(sentence.events.values()),
        plans=tuple(sentence.plans.values()),
        claims=tuple(sentence.claims.values()),
        holdings=tuple(sentence.holdings.values()),
        at_events=tuple(sentence.at_events),
    )
    return PassageRecord(
        sentence.key,
        RowLocation(file, min((fact.number for fact in sentence.facts), default=1)),
        source,
        _NOTE,
        tuple(sentence.actors.values()),
        tuple(sentence.links.values()),
        passage=passage,
    )


def _inference(inference: Inference, source: Source, reviewed: Reviewed, file: str) -> PassageRecord:
    passage = Passage(
        inference.reading,
        inference.description,
        derived_from=inference.derived_from,
        reviewer=reviewed.review.reviewer,
        day=date.fromisoformat(reviewed.review.day),
        dates=inference.dates,
    )
    return PassageRecord(inference.key, RowLocation(file, 1), source, _NOTE, passage=passage)


def _description(facts: list[Fact]) -> tuple[Name, ...]:
    """Return who read the sentence, whether its values were changed, and the second sentences that belong to it."""
    readers = ", ".join(dict.fromkeys(f"{fact.proposal.reader} {fact.proposal.version}" for fact in facts))
    first = (_MENDED if any(fact.changed for fact in facts) else _READ).format(readers=readers)
    others = dict.fromkeys((span.start, span.end) for fact in facts for span in fact.spans[1:_SECOND])
    parts = [first, *(_ALSO.format(start=start, end=end) for start, end in others)]
    return (Name(" ".join(part.en for part in parts), "en"), Name("".join(part.zh for part in parts), "zh"))
