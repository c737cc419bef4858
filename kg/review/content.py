"""Data of the review page: documents with their names and proposals, and the decisions so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.ingest.reports import accepted
from kg.ingest.reports.compose import compose
from kg.ingest.reports.document import quality
from kg.ingest.reports.nodes import ORGANISATIONS
from kg.read.decisions import FORMAT, Addition, Decision, DocumentDecisions
from kg.read.gate import REASONS
from kg.read.labels import RELATION_LABELS, TYPE_LABELS
from kg.read.mentions.scene import sentences
from kg.read.statements.candidates import specification
from kg.review.messages import QUALITIES, STAGES, TITLE, WORDS
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.read.model import Mention, Proposal, Reading
    from kg.review.suggestions import Suggestion
    from kg.texts import Text


class PageOptions(NamedTuple):
    """Options of the page.

    Attributes:
        stem: beginning of the name of the file of decisions.
        lang: language of the page at first.
        reviewer: author of the decisions.
        day: day of the decisions, as YYYY-MM-DD.
    """

    stem: str
    lang: str
    reviewer: str
    day: str


def content(
    readings: Sequence[Reading],
    suggested: Mapping[tuple[str, str], tuple[Suggestion, ...]],
    previous: Sequence[DocumentDecisions],
    options: PageOptions,
) -> dict[str, Any]:
    """Return the data of the page, as values of JSON.

    Args:
        readings: the documents with their proposals.
        suggested: known actors for each name.
        previous: decisions of an earlier review, with which this one begins.
        options: options of the page.
    """
    before = {one.document: one for one in previous}
    return {
        **options._asdict(),
        "format": FORMAT,
        "words": _pairs({**WORDS, "title": TITLE.format(stem=options.stem)}),
        "types": _pairs(TYPE_LABELS),
        "kinds": _kinds(readings[0].document.lang) if readings else {},
        "relations": _pairs(RELATION_LABELS),
        "reasons": _pairs(REASONS),
        "stages": _pairs(STAGES),
        "qualities": _pairs(QUALITIES),
        "documents": [_document(one, suggested, before.get(one.document.sha256)) for one in readings],
    }


def reasons_against(reading: Reading) -> dict[str, Text]:
    """Return why proposals could not be written if all were accepted, by their ids."""
    decisions = tuple(Decision(proposal.id, "accepted") for proposal in reading.proposals)
    everything = DocumentDecisions(reading.document.sha256, "-", "2000-01-01", decisions)
    (reviewed,) = accepted.join([reading], [everything], reading.document.name)
    return {fact.proposal.id: reason for fact, reason in compose(reviewed, "review", lambda _: True).failed}


def _pairs(texts: Mapping[str, Text]) -> dict[str, list[str]]:
    return {key: _pair(text) for key, text in texts.items()}


def _pair(text: Text) -> list[str]:
    return [localise(text, "en"), localise(text, "zh")]


def _document(
    reading: Reading, suggested: Mapping[tuple[str, str], tuple[Suggestion, ...]], before: DocumentDecisions | None
) -> dict[str, Any]:
    document, failed = reading.document, reasons_against(reading)
    decisions = {one.proposal: _decision(one) for one in before.decisions} if before else {}
    choices = (
        {f"{one.type}/{one.name}": {"actor": one.actor, "spelling": one.spelling} for one in before.names}
        if before
        else {}
    )
    return {
        "sha256": document.sha256,
        "name": document.name,
        "title": document.title or "",
        "publisher": (before and before.publisher) or document.publisher or "",
        "date": document.date or "",
        "address": document.address or "",
        "quality": (before and before.quality) or quality(document.address),
        "text": document.text,
        "names": [_name(one, suggested.get((one.type, one.name), ())) for one in reading.mentions],
        "proposals": [_proposal(one, failed.get(one.id)) for one in reading.proposals],
        "refusals": [
            {name: getattr(one, name) for name in ("relation", "head", "tail", "quote", "reason", "detail")}
            for one in reading.refusals
        ],
        "decisions": decisions,
        "choices": choices,
        "sentences": [list(span) for span in sentences(document.text, document.lang)],
        "added": [_added(one) for one in before.added] if before else [],
    }


def _kinds(lang: str) -> dict[str, dict[str, list[str]]]:
    """Return the types that each relation joins; the tail of a count has none."""
    return {
        name: {"heads": sorted(heads), "tails": sorted(tails - {"Count"})}
        for name, (heads, tails, _, _) in specification(lang).items()
    }


def _added(one: Addition) -> dict[str, Any]:
    names = ("relation", "head", "head_type", "tail", "tail_type", "start", "end", "trigger")
    return {name: value for name in names if (value := getattr(one, name)) != ""}


def _decision(one: Decision) -> dict[str, Any]:
    change = one.change
    if change is None:
        return {"verdict": one.verdict}
    names = ("head", "tail", "relation", "stage", "date", "role")
    values = {name: value for name in names if (value := getattr(change, name)) is not None}
    return {"verdict": one.verdict, "change": values}


def _name(mention: Mention, suggested: tuple[Suggestion, ...]) -> dict[str, Any]:
    return {
        "type": mention.type,
        "name": mention.name,
        "start": mention.start,
        "end": mention.end,
        "aliases": list(mention.aliases),
        "known": mention.known,
        "isActor": mention.type in ORGANISATIONS,
        "suggestions": [
            {"iri": one.iri, "label": one.label, "score": one.score, "reasons": _pair(one.reasons)} for one in suggested
        ],
    }


def _proposal(proposal: Proposal, failed: Text | None) -> dict[str, Any]:
    attributes = proposal.attributes
    return {
        "id": proposal.id,
        "relation": proposal.relation,
        "head": {"name": proposal.head.name, "type": proposal.head.type},
        "tail": {"name": proposal.tail.name, "type": proposal.tail.type},
        "spans": [[span.start, span.end] for span in proposal.evidence],
        "stage": attributes.stage or "",
        "modality": attributes.modality,
        "date": attributes.date.value if attributes.date else "",
        "inferred": bool(attributes.date and attributes.date.inferred),
        "role": attributes.role or "",
        "count": _count(proposal),
        "confidence": proposal.confidence,
        "preaccepted": proposal.preaccepted and failed is None,
        "reason": _pair(failed) if failed else None,
    }


def _count(proposal: Proposal) -> str:
    """Return the bounds of a count, with the named ones."""
    count = proposal.attributes.count
    if count is None:
        return ""
    bounds = (
        f"{count.lower}"
        if count.upper == count.lower
        else f"{count.lower}–{'' if count.upper is None else count.upper}"
    )
    return f"{bounds}: {', '.join(count.named)}" if count.named else bounds
