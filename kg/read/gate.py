"""The gate that every extractor passes: quotes, parties and trigger in the evidence, kinds, traps and modality."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.model import Attributes, Party, Proposal, Refusal, Span, identity
from kg.read.statements.candidates import specification
from kg.read.statements.counts import declared
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.read.mentions.scene import Scene
    from kg.read.model import Document

REASONS = {
    "quote-not-in-text": Message("the text does not contain the quote at its offsets"),
    "party-not-in-evidence": Message("a party is in none of the quoted sentences"),
    "trigger-not-in-evidence": Message("no word of the quoted sentences states the relation"),
    "kinds-do-not-fit": Message("the relation does not join these types"),
    "same-party": Message("head and tail are the same"),
    "unnamed-parties": Message("the sentence only counts parties, and this party stands in another sentence"),
    "trap": Message("the sentence contains words that contradict the relation"),
    "instruction": Message("the sentence gives instructions to a reader of the report"),
    "second-question": Message("the model did not confirm the statement when it was asked about the quote"),
    "modality": Message("the sentence negates, hopes, proposes or supposes the statement"),
}
"""Codes of the reasons with their words."""
REFUSED = frozenset({"negated", "hypothetical", "hoped", "proposed"})
"""Modalities that no proposal has."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that an extractor proposes, before the gate.

    Attributes:
        relation: the relation.
        head: the first party.
        tail: the second party.
        evidence: the quoted sentence, and a second one.
        attributes: modality, stage, date and the rest.
        reader: name of the extractor.
        trigger: the words that state the relation, if a person chose them.
    """

    relation: str
    head: Party
    tail: Party
    evidence: tuple[Span, ...]
    attributes: Attributes = field(default_factory=Attributes)
    reader: str = "rules"
    trigger: str = ""

    def proposal(self, document: Document, version: str, confidence: float) -> Proposal:
        """Return the proposal of this statement in `document`, by a `version` of the reader."""
        return Proposal(
            id=identity(document.sha256, self.relation, self.head, self.tail, self.evidence[0].quote),
            relation=self.relation,
            head=self.head,
            tail=self.tail,
            evidence=self.evidence,
            reader=self.reader,
            version=version,
            attributes=self.attributes,
            confidence=confidence,
        )


_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules)\b|system prompt"
    r"|(?:忽略|无视|忘记).{0,12}(?:指令|指示|提示|规则)",
    re.IGNORECASE,
)


def check(draft: Draft, scene: Scene) -> Refusal | None:
    """Return why a draft is refused, or None if it may be proposed."""
    found = _reason(draft, scene)
    if found is None:
        return None
    return refusal(draft, found)


def refusal(draft: Draft, code: str) -> Refusal:
    """Return a draft as refused, with the code of the reason."""
    quote = draft.evidence[0].quote if draft.evidence else ""
    return Refusal(draft.relation, draft.head.name, draft.tail.name, quote, code, REASONS[code].en, draft.reader)


def _reason(draft: Draft, scene: Scene) -> str | None:
    text, lang = scene.document.text, scene.document.lang
    if not draft.evidence or any(text[one.start : one.end] != one.quote or not one.quote for one in draft.evidence):
        return "quote-not-in-text"
    if draft.head == draft.tail:
        return "same-party"
    heads, tails, triggers, _ = specification(lang)[draft.relation]
    if draft.head.type not in heads or (draft.tail.type or "Count") not in tails:
        return "kinds-do-not-fit"
    if not all(_is_there(party, draft, scene) for party in (draft.head, draft.tail)):
        return "party-not-in-evidence"
    if _is_one_of_unnamed(draft, scene):
        return "unnamed-parties"
    quotes = " ".join(one.quote for one in draft.evidence)
    if not _is_stated(draft, quotes, lang, triggers):
        return "trigger-not-in-evidence"
    if _INSTRUCTION.search(quotes):
        return "instruction"
    if (trap := _traps(lang).get(draft.relation)) and trap.search(quotes):
        return "trap"
    return "modality" if draft.attributes.modality in REFUSED else None


def _is_stated(draft: Draft, quotes: str, lang: str, triggers: frozenset[str]) -> bool:
    """Return whether the quotes contain words that state the relation: those that a person chose, or known ones."""
    if draft.trigger:
        return draft.trigger in quotes
    if draft.relation == "hasRole" and not _has_office(draft, lang):
        return False
    return not triggers or bool(_trigger(lang, triggers).search(quotes))


def _has_office(draft: Draft, lang: str) -> bool:
    """Return whether the first quote gives the person an office, or a side to represent."""
    represents = _trigger(lang, frozenset({"REPRESENT"}))
    return bool(draft.attributes.role) or bool(represents.search(draft.evidence[0].quote))


_PARTIES = frozenset({"University", "Firm", "GovernmentDepartment", "OtherOrg", "Unit"})


def _is_one_of_unnamed(draft: Draft, scene: Scene) -> bool:
    """Return whether a party of another sentence would be one of the unnamed parties that the first one counts."""
    if draft.relation not in {"signed", "partnerIn", "coEstablishedWith"}:
        return False
    parties = [one for one in (draft.head, draft.tail) if one.type in _PARTIES and one.type != "University"]
    lang = scene.document.lang
    return any(
        declared(span.quote, lang) and any(not _is_in(party, span, scene) for party in parties)
        for span in draft.evidence
    )


def _is_there(party: Party, draft: Draft, scene: Scene) -> bool:
    """Return whether a party stands in a quoted sentence: by name, or by words that the scene resolves to it."""
    return any(_is_in(party, one, scene) for one in draft.evidence)


def _is_in(party: Party, span: Span, scene: Scene) -> bool:
    some = scene.within(span.start, span.end)
    return party.name in span.quote or any((one.type, one.name) == (party.type, party.name) for one in some)


@functools.cache
def _trigger(lang: str, classes: frozenset[str]) -> re.Pattern[str]:
    lexicon = load(f"statements-{lang}")["triggers"]
    some = sorted((word for name in classes for word in words(lexicon[name])), key=len, reverse=True)
    pattern = "|".join(map(re.escape, some))
    return re.compile(rf"\b(?:{pattern})\b" if lang == "en" else pattern, re.IGNORECASE)


@functools.cache
def _traps(lang: str) -> Mapping[str, re.Pattern[str]]:
    traps = load(f"statements-{lang}")["traps"]
    return {name: re.compile("|".join(map(re.escape, words(lines)))) for name, lines in traps.items()}
