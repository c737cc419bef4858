"""The review on a terminal: one proposal after the other; each answer is saved at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.read.decisions import Change, Decision, DocumentDecisions
from kg.read.labels import RELATION_LABELS
from kg.review.content import reasons_against
from kg.review.messages import STAGES
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.read.model import Proposal, Reading
    from kg.texts import Text

ANSWERS = ("a", "r", "c", "n", "q")
"""Accept, refuse, change, next, quit."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The ways in which the dialogue asks and shows.

    Attributes:
        show: prints a text.
        choose: asks for one of the answers; the default comes second.
        ask: asks for a text; the default comes second.
        save: writes the decisions so far.
    """

    show: Callable[[Text | str], None]
    choose: Callable[[Sequence[str], str], str]
    ask: Callable[[Text, str], str]
    save: Callable[[tuple[DocumentDecisions, ...]], None]


def review(
    readings: Sequence[Reading], previous: Sequence[DocumentDecisions], author: tuple[str, str], terminal: Terminal
) -> tuple[DocumentDecisions, ...]:
    """Ask about each proposal without a verdict; return all decisions.

    Args:
        readings: the documents with their proposals.
        previous: decisions of an earlier review.
        author: name of the reviewer, and the day.
        terminal: the ways to ask and to show.
    """
    decided = {one.document: one for one in previous}
    for reading in readings:
        digest = reading.document.sha256
        decided.setdefault(digest, DocumentDecisions(digest, *author))
        decided[digest] = _with_publisher(reading, decided[digest], terminal)
        known, reasons = {one.proposal for one in decided[digest].decisions}, reasons_against(reading)
        open_ones = [(n, one) for n, one in enumerate(reading.proposals, 1) if one.id not in known]
        for number, proposal in open_ones:
            _show(number, len(reading.proposals), proposal, reasons.get(proposal.id), terminal)
            answer = terminal.choose(ANSWERS, "a" if proposal.preaccepted and proposal.id not in reasons else "n")
            if answer == "q":
                return tuple(decided.values())
            decision = _decision(answer, proposal, terminal)
            if decision is not None:
                old = decided[digest]
                decided[digest] = replace(old, decisions=(*old.decisions, decision), steps=old.steps + 1)
                terminal.save(tuple(decided.values()))
    return tuple(decided.values())


def _with_publisher(reading: Reading, decided: DocumentDecisions, terminal: Terminal) -> DocumentDecisions:
    if decided.publisher or reading.document.publisher:
        return decided
    return replace(
        decided, publisher=terminal.ask(Message("Publisher of {name}", name=reading.document.name), "") or None
    )


def _show(number: int, total: int, proposal: Proposal, failed: Text | None, terminal: Terminal) -> None:
    for span in proposal.evidence:
        terminal.show(f"\n“{span.quote}”")
    terminal.show(
        Message(
            "{number} of {total}: {head} – {relation} – {tail}",
            number=number,
            total=total,
            head=proposal.head.name,
            relation=RELATION_LABELS[proposal.relation],
            tail=proposal.tail.name,
        )
    )
    if failed is not None:
        terminal.show(Message("cannot be written: {reason}", reason=failed))


def _decision(answer: str, proposal: Proposal, terminal: Terminal) -> Decision | None:
    if answer == "n":
        return None
    if answer == "r":
        return Decision(proposal.id, "refused")
    change = _change(proposal, terminal) if answer == "c" else Change()
    return Decision(proposal.id, "accepted") if change == Change() else Decision(proposal.id, "changed", change)


def _change(proposal: Proposal, terminal: Terminal) -> Change:
    """Ask for new values; an answer that repeats the proposed value changes nothing."""
    attributes = proposal.attributes
    date = attributes.date.value if attributes.date else ""
    asked = (
        ("head", Message("Subject"), proposal.head.name),
        ("tail", Message("Object"), proposal.tail.name),
        ("stage", Message("Stage (one of: {stages})", stages=listed(STAGES)), attributes.stage or ""),
        ("date", Message("Date"), date),
        ("role", Message("Office"), attributes.role or ""),
    )
    answers = {name: (terminal.ask(text, old), old) for name, text, old in asked if name != "role" or old}
    return Change(**{name: new for name, (new, old) in answers.items() if new != old})
