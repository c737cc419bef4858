"""A reading of an invented report, and decisions about it, for tests of the review and of its evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.decisions import Decision, DocumentDecisions, write_decisions
from kg.read.model import (
    Attributes,
    Count,
    Document,
    Mention,
    Party,
    Proposal,
    Reading,
    Span,
    When,
    digest,
    identity,
)
from kg.read.proposals import write_proposals

if TYPE_CHECKING:
    from pathlib import Path

    from kg.read.decisions import Change

TEXT = (
    "On May 3, Lake University hosted a cooperation conference in Laketown. "
    "The university signed cooperation agreements with Peak Steel Co., Ltd. and River Motors Co., Ltd. "
    "It founded 4 new institutions, including the Lake Robotics College. "
    "The Lake Hydrogen College was built together with Peak Steel Co., Ltd. "
    "Lake University also signed a joint construction agreement with over 30 enterprises. "
    "It hopes to sign an agreement with Hill Bank. "
    "Anna Lund, president of Lake University, spoke."
)
TYPES = {
    "Lake University": "University",
    "cooperation conference": "Event",
    "Laketown": "Place",
    "Peak Steel Co., Ltd.": "Firm",
    "River Motors Co., Ltd.": "Firm",
    "Lake Robotics College": "Unit",
    "Lake Hydrogen College": "Unit",
    "joint construction agreement": "Agreement",
    "cooperation agreements": "Agreement",
    "Hill Bank": "Firm",
    "Anna Lund": "Person",
}
MAY = When("2024-05-03", "May 3", inferred=True, reason="date of the page")
FACTS: tuple[tuple[int, str, str, str, Attributes], ...] = (
    (0, "hostedBy", "cooperation conference", "Lake University", Attributes(date=MAY)),
    (0, "locatedIn", "cooperation conference", "Laketown", Attributes()),
    (1, "signed", "Lake University", "Peak Steel Co., Ltd.", Attributes(agreement="cooperation agreements")),
    (1, "signed", "Lake University", "River Motors Co., Ltd.", Attributes(agreement="cooperation agreements")),
    (1, "announcedAt", "cooperation agreements", "cooperation conference", Attributes()),
    (2, "establishedBy", "Lake Robotics College", "Lake University", Attributes()),
    (2, "countOf", "Lake University", "4 new institutions",
     Attributes(count=Count(4, 4, "institutions", named=("Lake Robotics College",)))),
    (3, "establishedBy", "Lake Hydrogen College", "Lake University", Attributes()),
    (3, "coEstablishedWith", "Lake Hydrogen College", "Peak Steel Co., Ltd.", Attributes()),
    (4, "partnerIn", "Lake University", "joint construction agreement", Attributes()),
    (4, "countOf", "joint construction agreement", "over 30 enterprises",
     Attributes(count=Count(30, None, "enterprises", approximate=True, role="partner"))),
    (5, "signed", "Lake University", "Hill Bank", Attributes(modality="hoped", agreement="an agreement")),
    (6, "hasRole", "Anna Lund", "Lake University", Attributes(role="president")),
)  # fmt: skip
"""Sentence, relation, head, tail and attributes of each proposal."""


def reading(text: str = TEXT) -> Reading:
    """Return the reading of the report."""
    document = Document(
        "lake", text, digest(text), "en", publisher="Lake Daily", date="2024-05-04", dated_by="metadata",
        address="https://news.example/lake.htm",
    )  # fmt: skip
    ends = [match.end() for match in re.finditer(r"\.(?= [A-Z]|$)(?<!Co\.)(?<!Ltd\.(?= and))", TEXT)]
    spans = [Span.of(text, start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    mentions = tuple(
        Mention(kind, name, name, text.index(name), text.index(name) + len(name)) for name, kind in TYPES.items()
    )
    return Reading(document, mentions, tuple(_proposal(document, spans, fact) for fact in FACTS))


def _proposal(document: Document, spans: list[Span], fact: tuple[int, str, str, str, Attributes]) -> Proposal:
    sentence, relation, head, tail, attributes = fact
    sides = Party(head, TYPES[head]), Party(tail, TYPES.get(tail))
    span = spans[sentence]
    one = identity(document.sha256, relation, *sides, span.quote)
    return Proposal(one, relation, *sides, (span,), "rules", "1", attributes, 0.9, attributes.modality == "asserted")


def accepted(one: Reading, **changes: Change | str | None) -> DocumentDecisions:
    """Return decisions that accept each proposal, except those named by their number: a change, or a verdict.

    A number is written as ``p3``; ``None`` leaves the proposal undecided.
    """
    decisions = []
    for number, proposal in enumerate(one.proposals, 1):
        other = changes.get(f"p{number}", "accepted")
        if isinstance(other, str):
            decisions.append(Decision(proposal.id, other))
        elif other is not None:
            decisions.append(Decision(proposal.id, "changed", other))
    return DocumentDecisions(one.document.sha256, "Zhang San", "2024-06-01", tuple(decisions))


def write(folder: Path, one: Reading, decided: DocumentDecisions) -> tuple[Path, Path]:
    """Write both files, and return their paths."""
    paths = folder / "lake.proposals.json", folder / "lake.decisions.json"
    write_proposals(paths[0], [one])
    write_decisions(paths[1], (decided,))
    return paths


def without_publisher(one: Reading) -> Reading:
    """Return the reading of a document that does not name its publisher."""
    return replace(one, document=replace(one.document, publisher=None))
