"""The statements that the review may show as accepted, by rules besides their probability."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions.scene import Occurrence
from kg.read.statements import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.read.gate import Draft
    from kg.read.model import Document
    from kg.read.statements import Key
    from kg.read.statements.candidates import Candidate

JUDGED = frozenset({"partOf", "focusesOn"})
"""Relations whose right tail is a matter of judgement; none is pre-accepted."""
_FOUNDING = frozenset({"establishedBy", "coEstablishedWith"})
_OPEN_COUNTS = frozenset({"", "applicant"})
"""Roles of counts whose owner the sentence does not show: of things without a role, and of applicants."""


def is_clear(draft: Draft, key: Key, best: Mapping[Key, tuple[float, Candidate]], document: Document) -> bool:
    """Return whether a draft may be pre-accepted; `best` has the probability and candidate of each statement."""
    probability, one = best[key]
    if one.scope != "inside" or draft.relation in JUDGED or draft.attributes.modality != "asserted":
        return False
    if draft.relation in _FOUNDING and best.get(key_of("signed", *key[1:]), (0.0,))[0] > probability:
        return False  # who signs with a unit has not founded it
    count = draft.attributes.count
    if count is not None and count.role in _OPEN_COUNTS:
        return False
    return not _is_unclear(document, one)


@functools.cache
def _expression(lang: str, name: str) -> re.Pattern[str]:
    return re.compile(load(f"statements-{lang}")["unclear"][name], re.IGNORECASE)


@functools.cache
def _common(lang: str) -> frozenset[str]:
    """Return the words for a school or firm, which a party has for a name where the text has no other."""
    lexicon = load(lang)["words"]
    return frozenset(words([*lexicon["University"], *lexicon["Firm"]]))


def _is_unclear(document: Document, one: Candidate) -> bool:
    """Return whether a party has no name of its own, or other words than the parties may be meant."""
    lang = document.lang
    names = [party.name for party in (one.head, one.tail) if isinstance(party, Occurrence)]
    if any(name in _common(lang) or _expression(lang, "kinds").match(name) for name in names):
        return True
    return one.relation == "locatedIn" and _has_unnamed(document, one)


def _has_unnamed(document: Document, one: Candidate) -> bool:
    """Return whether things without names stand between the parties, so that these may be at the place."""
    start, end = sorted((one.head.start, one.tail.start))
    counted = any(start <= count.start < end for count in one.sentence.counts)
    return counted or bool(_expression(document.lang, "unnamed").search(document.text, start, end))
