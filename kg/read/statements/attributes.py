"""The attributes of a proposal besides its parties: modality and stage, date, agreement, role, money."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions.scene import Occurrence
from kg.read.model import Attributes
from kg.read.statements import holders

if TYPE_CHECKING:
    from kg.read.model import When
    from kg.read.statements.candidates import Candidate

_MONEY = {
    "zh": re.compile(r"\d[\d,.]*(?:万|亿)?(?:美|欧)?元"),
    "en": re.compile(
        r"[€£$¥]\d[\d,.]*(?: (?:million|billion))?|\d[\d,.]* (?:million|billion)? ?(?:yuan|euros|dollars)"
    ),
}
_MODAL = ("negated", "hypothetical", "hoped", "proposed", "planned", "past")
_ACTS = frozenset(
    {"signed", "partnerIn", "establishedBy", "coEstablishedWith", "hostedBy", "announcedAt", "overseenBy"}
)
_DATED = frozenset({"signed", "hostedBy", "establishedBy", "coEstablishedWith"})

_DEFAULT = frozenset({"SIGN", "FOUND", "COFOUND", "HOST", "MEMBER"})
"""Triggers of an act whose relation requires none."""


@functools.cache
def _modal(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lexicon = load(f"statements-{lang}")["modality"]
    found = []
    for name in _MODAL:
        pattern = "|".join(re.escape(word) for word in sorted(words(lexicon[name]), key=len, reverse=True))
        found.append((name, re.compile(rf"\b(?:{pattern})\b" if lang == "en" else pattern, re.IGNORECASE)))
    return tuple(found)


def modality(text: str, one: Candidate, lang: str, triggers: frozenset[str]) -> str:
    """Return what the clause with the trigger makes of an act; other relations are asserted."""
    if one.relation not in _ACTS:
        return "asserted"
    acts = [item for item in one.sentence.items if item.code in (triggers or _DEFAULT)]
    if not acts:
        return "asserted"
    near = min(acts, key=lambda item: abs(item.start - one.tail.start))
    start = max(text.rfind(mark, one.sentence.start, near.start) for mark in ("，", "；", "。", ", ", "; ", "、"))
    clause = text[max(start + 1, one.sentence.start) : near.end]
    for item in one.sentence.occurrences:
        if item.end <= near.start and item.start >= start:
            clause = clause.replace(text[item.start : item.end], " ")
    return next((name for name, pattern in _modal(lang) if pattern.search(clause)), "asserted")


def attributes(text: str, one: Candidate, lang: str, state: str) -> Attributes:
    """Return the attributes of a proposal."""
    agreement = _agreement(one)
    role = holders.office_of(text, one.sentence, one.head, lang) if one.relation == "hasRole" else None
    money = (
        _MONEY[lang].search(text, one.sentence.start, one.sentence.end)
        if one.relation in {"signed", "coEstablishedWith"}
        else None
    )
    count = None if isinstance(one.tail, Occurrence) else one.tail.count
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
