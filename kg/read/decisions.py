"""The file of decisions: ``STEM.decisions.json``, what a person decided about the proposals of a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg import files
from kg.errors import InputError
from kg.read import records
from kg.read.model import RELATIONS

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "helix-kg decisions 1"
"""The format of the file; another number is another format."""
SUFFIX = ".decisions.json"
VERDICTS = ("accepted", "changed", "refused")
"""Verdicts about a proposal; a proposal without one is never evidence."""


@dataclass(frozen=True, slots=True)
class Change:
    """Values of a proposal that a person replaces; ``None`` keeps the proposed value.

    Attributes:
        head: name of a mention of the document.
        tail: name of a mention of the document, or the words of a count.
        relation: another relation.
        stage: stage of the link, a notation of ``scheme/stage``.
        date: date as YYYY, YYYY-MM, YYYY-MM-DD or --MM-DD; empty for no date.
        role: office or role, as worded.
    """

    head: str | None = None
    tail: str | None = None
    relation: str | None = None
    stage: str | None = None
    date: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict about one proposal.

    Attributes:
        proposal: id of the proposal.
        verdict: one of `VERDICTS`.
        change: the new values, if the verdict is ``changed``.
        reason: why, if the person wrote it.
    """

    proposal: str
    verdict: str
    change: Change | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NameDecision:
    """The actor that a name of the document means.

    Attributes:
        type: type of the mention.
        name: name of the mention.
        actor: IRI of somebody known; ``None`` for somebody new.
        kind: class of somebody new, such as ``Firm``; empty to decide by type and name.
        spelling: name that somebody new gets; empty for the name of the mention.
    """

    type: str
    name: str
    actor: str | None = None
    kind: str = ""
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """A statement that the reader missed and a person adds; it passes the gate of every proposal.

    Attributes:
        relation: one of the relations of proposals.
        head: name of the first party, as the sentence or a mention has it.
        head_type: its type.
        tail: name of the second party, or the words of a count.
        tail_type: its type; empty for a count.
        start: first code point of the sentence.
        end: code point after it.
        trigger: words of the sentence that state the relation; of an office, its words.
    """

    relation: str
    head: str
    head_type: str
    tail: str
    start: int
    end: int
    trigger: str
    tail_type: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDecisions:
    """Decisions about one document.

    Attributes:
        document: digest of its text.
        reviewer: who decided.
        day: day of the decisions, as YYYY-MM-DD.
        decisions: verdicts about proposals.
        names: who the names are.
        added: statements that the reader missed.
        publisher: publisher, if the document does not name it.
        quality: notation of ``scheme/quality``; empty to decide by the address.
        steps: keys and clicks that the review took.
    """

    document: str
    reviewer: str
    day: str
    decisions: tuple[Decision, ...] = ()
    names: tuple[NameDecision, ...] = ()
    added: tuple[Addition, ...] = ()
    publisher: str | None = None
    quality: str = ""
    steps: int = 0


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The content of a file of decisions."""

    format: str
    documents: tuple[DocumentDecisions, ...]


def write_decisions(path: Path, documents: tuple[DocumentDecisions, ...]) -> None:
    """Write the decisions to a file in one step.

    Raises:
        OutputError: the file cannot be written.
    """
    content = records.to_json(DecisionFile(FORMAT, documents))
    files.atomic_write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def read_decisions(path: Path) -> tuple[DocumentDecisions, ...]:
    """Return the decisions of a file, each checked.

    Raises:
        InputError: the file cannot be read, or it does not conform.
    """
    content = records.load_json(path)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(
            "{path} is not a file of decisions of format {format!r}; write it by kg review", path=path, format=FORMAT
        )
    documents = records.from_json(DecisionFile, content, path.name).documents
    for number, document in enumerate(documents):
        _check(document, f"{path.name}.documents[{number}]")
    return documents


def _check(document: DocumentDecisions, place: str) -> None:
    """Raise an error if the day is none, a verdict is unknown, or a proposal has two verdicts."""
    try:
        date.fromisoformat(document.day)
    except ValueError as error:
        raise InputError("{place}: the day {day!r} is not YYYY-MM-DD", place=place, day=document.day) from error
    if not document.reviewer.strip():
        raise InputError("{place}: the reviewer has no name; add it", place=place)
    for one in document.added:
        _check_addition(one, place)
    seen = set()
    for decision in document.decisions:
        if decision.verdict not in VERDICTS or (decision.verdict == "changed") != (decision.change is not None):
            raise InputError(
                "{place}: the verdict {verdict!r} must be accepted, refused, or changed with a change",
                place=place,
                verdict=decision.verdict,
            )
        if decision.proposal in seen:
            raise InputError(
                "{place}: two verdicts about {proposal}; keep one", place=place, proposal=decision.proposal
            )
        seen.add(decision.proposal)


def _check_addition(one: Addition, place: str) -> None:
    """Raise an error if an added statement has no known relation, no sentence, or lacks words."""
    has_words = all(words.strip() for words in (one.head, one.tail, one.trigger))
    if one.relation not in RELATIONS or not 0 <= one.start < one.end or not has_words:
        raise InputError(
            "{place}: the added statement {statement!r} lacks a known relation, a sentence, a party or its trigger",
            place=place,
            statement=f"{one.relation} ({one.head}, {one.tail})",
        )
