"""The role of a declared number in its sentence, and the names that it includes."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.lexicon import load
from kg.read.mentions.scene import ACTORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.read.mentions.scene import Occurrence
    from kg.read.model import Count
    from kg.read.statements.counts import Declared
    from kg.read.statements.sentence import Sentence

_PLANS = frozenset({"PolicyPlan", "Programme"})
_JOINS = {"zh": re.compile("[、和与及，]|以及"), "en": re.compile(r",? (?:and |as well as )?(?:the )?(?:[a-z]+ ){0,3}")}
_OPENS = {
    "zh": re.compile("[，,（(]?(?:其中)?(?:包括|包含|包括有|有|分别是|分别为|即|如)|：|——"),
    "en": re.compile(r",? ?\(?(?:including|among them|such as|namely|which include|:|–|—) ?(?:the )?(?:[a-z]+ ){0,3}"),
}


def completed(text: str, sentence: Sentence, head: Occurrence, one: Declared, lang: str) -> Count:
    """Return the count of a head with its role and with the names of the sentence that it includes."""
    return replace(one.count, role=role(text, sentence, head, one, lang), named=named(text, sentence, one, lang))


@functools.cache
def _roles(lang: str) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(expression, re.IGNORECASE) for name, expression in load(f"statements-{lang}")["counts"].items()
    }


def role(text: str, sentence: Sentence, head: Occurrence, one: Declared, lang: str) -> str:
    """Return the role of the counted parties or things; empty if the sentence gives none."""
    known = _roles(lang)
    whole, noun = text[sentence.start : sentence.end], text[one.start : one.end]
    start = max(text.rfind(mark, sentence.start, one.start) for mark in ("，", "；", ", ", "; "))
    ends = [place for mark in ("，", "；", ", ", "; ", "。") if (place := text.find(mark, one.end, sentence.end)) >= 0]
    clause = text[max(start, sentence.start) : min(ends, default=sentence.end)]
    if head.type in _PLANS and known["bodies"].search(noun):
        return "issuer"
    if head.type in _PLANS and known["target"].search(whole):
        return "target"
    for name in ("requirement", "applicant", "invited", "target"):
        if known[f"{name}_clause"].search(clause):
            return name
    if head.type == "Alliance" or known["members"].search(noun):
        return "member"
    return "partner" if known["parties"].search(noun) and (head.type == "Agreement" or _signs(sentence)) else ""


def _signs(sentence: Sentence) -> bool:
    return bool({"SIGN", "COOP"} & sentence.triggers)


def named(text: str, sentence: Sentence, one: Declared, lang: str) -> tuple[str, ...]:
    """Return the names that a number includes: 甲、乙等5家; 42 members, among them A and B."""
    actors = [item for item in sentence.occurrences if item.type in ACTORS and item.form in {"name", "alias"}]
    outer = [item for item in actors if not any(_contains(other, item) for other in actors)]
    before = list(_before(text, [item for item in outer if item.end <= one.start], one.start)) if lang == "zh" else []
    after = _after(text, [item for item in outer if item.start >= one.end], one.end, lang)
    found = [item.name for item in (*reversed(before), *after)]
    limit = one.count.upper or one.count.lower
    return tuple(dict.fromkeys(found)) if len(set(found)) <= limit else ()


def _contains(outer: Occurrence, inner: Occurrence) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )


def _before(text: str, some: Sequence[Occurrence], place: int) -> Iterator[Occurrence]:
    """Yield the names of a list that ends in 等 before a number, the last one first."""
    gap = re.compile("等(?:在内的|共)?")
    for item in reversed(some):
        if not gap.fullmatch(text[item.end : place]):
            return
        yield item
        place, gap = item.start, _JOINS["zh"]


def _after(text: str, some: Sequence[Occurrence], place: int, lang: str) -> Iterator[Occurrence]:
    """Yield the names of a list that a word such as "including" opens after a number."""
    gap = _OPENS[lang]
    for item in some:
        if not gap.fullmatch(text[place : item.start]):
            return
        yield item
        place, gap = item.end, _JOINS[lang]
