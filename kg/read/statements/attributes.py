"""The attributes of a proposal besides its parties: modality and stage, date, agreement, role, money."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions.scene import Occurrence
from kg.read.model import Attributes
from kg.read.statements import count_roles, holders

if TYPE_CHECKING:
    from kg.read.model import When
    from kg.read.statements.candidates import Candidate
    from kg.read.statements.sentence import Sentence

_MONEY = {
    "zh": re.compile(r"\d[\d,.]*(?:万|亿)?(?:美|欧)?元"),
    "en": re.compile(
        r"[€£$¥]\d[\d,.]*(?: (?:million|billion))?|\d[\d,.]* (?:million|billion)? ?(?:yuan|euros|dollars)"
    ),
}
_MODAL = ("negated", "hypothetical", "hoped", "proposed", "planned", "past")
_ACTS = frozenset(
    {
        "signed",
        "partnerIn",
        "establishedBy",
        "coEstablishedWith",
        "hostedBy",
        "announcedAt",
        "overseenBy",
        "locatedIn",
        "countOf",
    }
)
_DATED = frozenset({"signed", "hostedBy", "establishedBy", "coEstablishedWith"})

_DEFAULT = frozenset({"SIGN", "FOUND", "COFOUND", "HOST", "MEMBER"})
"""Triggers of an act whose relation requires none."""


@functools.cache
def _modal(lang: str, part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the expressions of each modality: of a clause, of a whole sentence, or of its opening."""
    lexicon = load(f"statements-{lang}")["modality"]
    some = lexicon.get(part, lexicon)
    found = []
    for name in _MODAL:
        if name in some:
            pattern = "|".join(sorted(words(some[name]), key=len, reverse=True))
            found.append((name, re.compile(rf"\b(?:{pattern})\b" if lang == "en" else pattern, re.IGNORECASE)))
    return tuple(found)


def modality(text: str, one: Candidate, lang: str, triggers: frozenset[str]) -> str:
    """Return what the sentence makes of a statement, or its clause with the trigger of an act."""
    acts = [item for item in one.sentence.items if item.code in (triggers or _DEFAULT)]
    near = min(acts, key=lambda item: abs(item.start - one.tail.start), default=None)
    return standing(text, one.sentence, one.relation, lang, near.end if near else one.tail.start)


def standing(text: str, sentence: Sentence, relation: str, lang: str, end: int) -> str:
    """Return what a sentence makes of a relation whose trigger ends at an offset; offices are asserted."""
    if relation == "hasRole":
        return "asserted"
    whole = _without_names(text, sentence, sentence.start, sentence.end)
    found = next((name for name, pattern in _modal(lang, "sentence") if pattern.search(whole)), None)
    if relation not in _ACTS:
        return "hypothetical" if found == "hypothetical" else "asserted"
    if found:
        return found
    start = max(
        text.rfind(mark, sentence.start, max(end - 1, sentence.start)) for mark in ("，", "；", "。", ", ", "; ", "、")
    )
    clause = _without_names(text, sentence, max(start + 1, sentence.start), end)
    stated = next((name for name, pattern in _modal(lang, "modality") if pattern.search(clause)), None)
    return stated or next((name for name, pattern in _modal(lang, "opening") if pattern.match(whole)), "asserted")


def _without_names(text: str, sentence: Sentence, start: int, end: int) -> str:
    """Return a part of the text with a blank for each name, whose words mean nothing here."""
    part = text[start:end]
    for item in sentence.occurrences:
        if start <= item.start and item.end <= end and item.type != "Agreement":
            part = part.replace(text[item.start : item.end], " ")
    return part


def attributes(text: str, one: Candidate, lang: str, state: str) -> Attributes:
    """Return the attributes of a proposal."""
    agreement = _agreement(one)
    role = holders.office_of(text, one.sentence, one.head, lang) if one.relation == "hasRole" else None
    money = (
        _MONEY[lang].search(text, one.sentence.start, one.sentence.end)
        if one.relation in {"signed", "coEstablishedWith"}
        else None
    )
    count = (
        None
        if isinstance(one.tail, Occurrence)
        else count_roles.completed(text, one.sentence, one.head, one.tail, lang)
    )
    stage = "planned" if state == "planned" else "signed" if one.relation == "signed" else None
    return Attributes(
        modality=state,
        stage=stage,
        date=_date(one),
        kind=agreement,
        agreement=agreement,
        role=role,
        count=count,
        money=money.group() if money else None,
    )


def _agreement(one: Candidate) -> str | None:
    names = {item.name for item in one.sentence.occurrences if item.type == "Agreement"}
    return names.pop() if one.relation == "signed" and len(names) == 1 else None


def _date(one: Candidate) -> When | None:
    """Return the date of the sentence if it has only one and the relation is an act."""
    return one.sentence.dates[0][2] if one.relation in _DATED and len(one.sentence.dates) == 1 else None
