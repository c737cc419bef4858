"""Accepted facts of a document as statements of its sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ingest.reports import attributes, dates, events, links
from kg.ingest.reports.accepted import reason_against
from kg.ingest.reports.context import context
from kg.ingest.reports.hosts import inferred_hosts
from kg.ingest.reports.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.reports.accepted import Fact, Reviewed
    from kg.ingest.reports.context import Context
    from kg.ingest.reports.hosts import InferredHost
    from kg.texts import Message

HANDLERS: dict[str, Callable[[Context, Fact, Sentence], Message | None]] = {
    "signed": links.signed,
    "partnerIn": links.partner,
    "establishedBy": links.established,
    "coEstablishedWith": links.established,
    "partOf": attributes.part,
    "locatedIn": events.located,
    "hostedBy": events.hosted,
    "overseenBy": events.overseen,
    "announcedAt": events.announced,
    "supportsPlan": events.supports,
    "focusesOn": attributes.focuses,
    "hasRole": attributes.office,
    "countOf": attributes.counted,
}
"""Functions that add a fact to the statements of its sentence, or return why the ontology cannot express it."""


@dataclass(slots=True)
class Composition:
    """The statements of a document.

    Attributes:
        sentences: in the order of the text.
        failed: facts that the ontology cannot express, with the reason.
        hosts: hosts of units that no sentence states.
    """

    sentences: list[Sentence] = field(default_factory=list)
    failed: list[tuple[Fact, Message]] = field(default_factory=list)
    hosts: list[InferredHost] = field(default_factory=list)


def compose(reviewed: Reviewed, source: str, is_described: Callable[[str], bool]) -> Composition:
    """Return the statements of a document.

    Args:
        reviewed: the document with its accepted facts.
        source: key of its source.
        is_described: whether the graphs that will contain the evidence describe the actor of a key.
    """
    shared, composition = context(reviewed, source, is_described), Composition()
    by_place: dict[tuple[int, int], Sentence] = {}
    for fact in reviewed.facts:
        place = fact.sentence.start, fact.sentence.end
        sentence = by_place.setdefault(place, Sentence(fact.sentence))
        failed = reason_against(fact) or dates.fault(fact.when) or HANDLERS[fact.relation](shared, fact, sentence)
        if failed is None:
            sentence.facts.append(fact)
        else:
            composition.failed.append((fact, failed))
    composition.sentences = [by_place[place] for place in sorted(by_place) if not by_place[place].is_empty]
    composition.hosts = list(inferred_hosts(shared, reviewed.facts, composition.sentences))
    return composition
