"""The organisation of an office by rule: the name before it, the one that a list shares, or the one of its class."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import alternation, load, words

if TYPE_CHECKING:
    from kg.read.mentions.scene import Occurrence
    from kg.read.statements.sentence import Item, Sentence

_SIDE = {"zh": re.compile("方面|一方|来的是|到场的|出席的"), "en": re.compile("on the side of|for the")}


@functools.cache
def _classes(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    titles = load(lang)["titles"]
    kinds = (("GovernmentDepartment", "government"), ("University", "school"), ("Firm", "firm"))
    return tuple((kind, re.compile(alternation(words(titles[name])), re.IGNORECASE)) for kind, name in kinds)


def class_of(office: str, lang: str) -> str | None:
    """Return the type of organisation that has such an office, if only one has."""
    return next((kind for kind, pattern in _classes(lang) if pattern.search(office)), None)


def rules(text: str, sentence: Sentence, person: Occurrence, lang: str) -> dict[int, str]:
    """Return for the offset of an organisation the rule by which the office of a person belongs to it."""
    items = [item for item in sentence.items if len(item.code) == 1 and item.end <= person.start]
    offices: list[Item] = []
    end = person.start
    while items and items[-1].code == "T" and re.fullmatch(r"[、，兼和/ ]*(?:and )?", text[items[-1].end : end]):
        end = items[-1].start
        offices.insert(0, items.pop())
    found: dict[int, str] = {}
    if not items:
        return found
    organisation = next((item for item in reversed(items) if item.code in "UIFGOL"), None)
    gap = text[items[-1].end : end]
    if offices and items[-1].code in "UIFGOL" and re.fullmatch("的?|'s | ", gap):
        found[items[-1].start] = "direct"
    elif organisation is not None:
        between = [item.code for item in items if item.start > organisation.start]
        near = text[organisation.end : end]
        shared = "shared" if set(between) <= {"N", "T"} and not re.search("[。；;]", near) else "far"
        side = ":side" if _SIDE[lang].search(near) else ""
        stop = ":semicolon" if re.search("[；;]", near) else ""
        found[organisation.start] = f"{shared}{side}{stop}{':no-office' if not offices else ''}"
    return found


def office_of(text: str, sentence: Sentence, person: Occurrence, lang: str) -> str | None:
    """Return the words of the office nearest to a person."""
    before = [item for item in sentence.items if item.code == "T" and item.end <= person.start]
    after = [item for item in sentence.items if item.code == "T" and item.start >= person.end]
    if before and text[before[-1].end : person.start].strip() == "":
        return text[before[-1].start : before[-1].end]
    if (
        after
        and lang == "en"
        and re.fullmatch(r",? ?(?:the |an? )?(?:[A-Z][\w.-]*(?:'s)? ?){0,4}", text[person.end : after[0].start])
    ):
        return text[after[0].start : after[0].end]
    shared = before and re.fullmatch(r"[^，。；]*[、和]?", text[before[-1].end : person.start])
    return text[before[-1].start : before[-1].end] if shared and lang == "zh" else None
