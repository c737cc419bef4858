"""Statements that a person adds to the proposals of a report, through the gate of every extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.read import gate, mentions
from kg.read.gate import Draft
from kg.read.model import Attributes, Party, Span
from kg.read.statements import split
from kg.read.statements.attributes import standing
from kg.read.statements.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read.decisions import Addition
    from kg.read.model import Document, Proposal, Refusal
    from kg.read.statements.sentence import Sentence

READER = "person"
_DATED = frozenset({"signed", "hostedBy", "establishedBy", "coEstablishedWith"})


def checked(document: Document, added: Sequence[Addition], reviewer: str) -> Iterator[Proposal | Refusal]:
    """Yield each added statement as a proposal, or the refusal of the gate."""
    if not added:
        return
    scene = mentions.scene(document)
    sentences = split(scene)
    for one in added:
        draft = _draft(document, sentences, one)
        yield gate.check(draft, scene) or draft.proposal(document, reviewer, 1.0)


def _draft(document: Document, sentences: Sequence[Sentence], one: Addition) -> Draft:
    """Return an added statement as a draft; its words decide whether it is asserted."""
    tail = Party(one.tail, one.tail_type or None)
    sentence = next((item for item in sentences if item.start <= one.start < item.end), None)
    quote = Span.of(document.text, one.start, one.end)
    if sentence is None:
        return Draft(one.relation, Party(one.head, one.head_type), tail, (quote,), trigger=one.trigger, reader=READER)
    place = max(document.text.find(one.trigger, one.start, one.end), one.start)
    count = next((item.count for item in sentence.counts if item.words == one.tail), None)
    day = [when for start, end, when in dates(document.text, document) if one.start <= start and end <= one.end]
    return Draft(
        relation=one.relation,
        head=Party(one.head, one.head_type),
        tail=tail,
        evidence=(quote,),
        attributes=Attributes(
            modality=standing(document.text, sentence, one.relation, document.lang, place + len(one.trigger)),
            date=day[0] if one.relation in _DATED and len(day) == 1 else None,
            role=one.trigger if one.relation == "hasRole" else None,
            count=count if one.relation == "countOf" else None,
        ),
        trigger=one.trigger,
        reader=READER,
    )
