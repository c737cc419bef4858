"""Proposals joined with the decisions about them: what was accepted, with the changed values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.read.additions import checked
from kg.read.decisions import Decision
from kg.read.model import RELATIONS, Party, Refusal, When
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read.decisions import Change, DocumentDecisions, NameDecision
    from kg.read.model import Attributes, Count, Document, Mention, Proposal, Reading, Span

STAGED = frozenset({"asserted", "planned", "past"})
"""Modalities that can be evidence; the others are wishes, questions and denials."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An accepted statement.

    Attributes:
        number: number of the proposal in its document, from 1.
        head, tail: the parties; the tail of a count is its words.
        spans: the sentence, and a second one if there is one.
    """

    number: int
    proposal: Proposal
    relation: str
    head: Party
    tail: Party
    spans: tuple[Span, ...]
    attributes: Attributes
    changed: bool

    @property
    def sentence(self) -> Span:
        """The sentence that is the evidence."""
        return self.spans[0]

    @property
    def stage(self) -> str | None:
        """The stage of the link, if the text states one."""
        return "planned" if self.attributes.modality == "planned" else self.attributes.stage

    @property
    def when(self) -> When | None:
        """The date."""
        return self.attributes.date

    @property
    def count(self) -> Count | None:
        """The number, of a count."""
        return self.attributes.count


class Undecided(NamedTuple):
    """A proposal that is not evidence, with the name of the rule."""

    number: int
    rule: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with what was accepted of it.

    Attributes:
        facts: accepted proposals and added statements.
        left: proposals that are not evidence.
        names: who the names are.
        refused: added statements that the gate refused.
    """

    document: Document
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    left: tuple[Undecided, ...]
    names: dict[tuple[str, str], NameDecision]
    review: DocumentDecisions
    refused: tuple[Refusal, ...] = ()


def join(readings: Sequence[Reading], decided: Sequence[DocumentDecisions], place: str) -> Iterator[Reviewed]:
    """Yield each document that has decisions.

    Raises:
        InputError: decisions belong to other documents or proposals, or a changed value is not a name of the text.
    """
    by_digest = {reading.document.sha256: reading for reading in readings}
    for review in decided:
        if review.document not in by_digest:
            raise InputError(
                "{place}: no document has the digest {digest}; review the file of proposals again",
                place=place,
                digest=review.document,
            )
        yield _reviewed(by_digest[review.document], review, place)


def _reviewed(reading: Reading, review: DocumentDecisions, place: str) -> Reviewed:
    verdicts = {decision.proposal: decision for decision in review.decisions}
    strangers = set(verdicts) - {proposal.id for proposal in reading.proposals}
    if strangers:
        raise InputError(
            "{place}: there is no proposal {proposal}; review the file of proposals again",
            place=place,
            proposal=min(strangers),
        )
    facts, left = [], []
    for number, proposal in enumerate(reading.proposals, 1):
        decision = verdicts.get(proposal.id)
        if decision is None:
            left.append(Undecided(number, "undecided"))
        elif decision.verdict == "refused":
            left.append(Undecided(number, "refused-in-review"))
        else:
            facts.append(_fact(number, proposal, decision, reading, place))
    refused = []
    for number, one in enumerate(checked(reading.document, review.added, review.reviewer), len(reading.proposals) + 1):
        if isinstance(one, Refusal):
            refused.append(one)
            left.append(Undecided(number, "refused-by-gate"))
        else:
            facts.append(_fact(number, one, Decision(one.id, "accepted"), reading, place))
    names = {(one.type, one.name): one for one in review.names}
    return Reviewed(reading.document, reading.mentions, tuple(facts), tuple(left), names, review, tuple(refused))


def _fact(number: int, proposal: Proposal, decision: Decision, reading: Reading, place: str) -> Fact:
    fact = Fact(
        number,
        proposal,
        proposal.relation,
        proposal.head,
        proposal.tail,
        proposal.evidence,
        proposal.attributes,
        decision.change is not None,
    )
    return fact if decision.change is None else _changed(fact, decision.change, reading.mentions, place)


def _changed(fact: Fact, change: Change, mentions: tuple[Mention, ...], place: str) -> Fact:
    relation = change.relation or fact.relation
    if relation not in RELATIONS:
        raise InputError("{place}: the relation {relation!r} is unknown", place=place, relation=relation)
    attributes = fact.attributes
    if change.stage is not None:
        attributes = replace(attributes, stage=change.stage or None, modality="asserted")
    if change.role is not None:
        attributes = replace(attributes, role=change.role or None)
    if change.date is not None:
        attributes = replace(attributes, date=When(change.date, change.date) if change.date else None)
    head = fact.head if change.head is None else _party(change.head, mentions, place)
    tail = fact.tail
    if change.tail is not None:
        tail = Party(change.tail) if relation == "countOf" else _party(change.tail, mentions, place)
    return replace(fact, relation=relation, head=head, tail=tail, attributes=attributes)


def _party(name: str, mentions: tuple[Mention, ...], place: str) -> Party:
    """Return the party with a name of the text: nothing that the text does not name becomes evidence."""
    found = next((one for one in mentions if one.name == name), None)
    if found is None:
        raise InputError("{place}: {name!r} is not a name of the document", place=place, name=name)
    return Party(found.name, found.type)


def reason_against(fact: Fact) -> Message | None:
    """Return why a fact cannot be evidence whatever its relation, or ``None``."""
    if fact.attributes.modality not in STAGED:
        return Message("the text does not assert it ({modality})", modality=fact.attributes.modality)
    return None
