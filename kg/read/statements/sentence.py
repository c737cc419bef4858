"""A sentence as a row of items: mentions, offices, counts, dates and triggers, between which only marks remain."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions import en_people, zh_people
from kg.read.statements import counts, dates

if TYPE_CHECKING:
    from kg.read.mentions.scene import Occurrence, Scene
    from kg.read.model import When
    from kg.read.statements.counts import Declared

CODES = {
    "University": "U",
    "Unit": "I",
    "Firm": "F",
    "GovernmentDepartment": "G",
    "OtherOrg": "O",
    "Alliance": "L",
    "Agreement": "A",
    "Event": "E",
    "Facility": "B",
    "PolicyPlan": "P",
    "Programme": "R",
    "Field": "D",
    "Place": "C",
    "Person": "N",
}
"""A letter for each type; an office is T, a count K, a date W."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a sentence: its code and its offsets."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a scene with its items.

    Attributes:
        number: its place in the document.
        start: first code point.
        end: code point after the last.
        occurrences: mentions, nested ones included.
        counts: declared numbers.
        dates: dates with their offsets.
        items: mentions, offices, counts, dates and triggers in order, without nested mentions.
        triggers: classes of triggers in the sentence.
    """

    number: int
    start: int
    end: int
    occurrences: tuple[Occurrence, ...]
    counts: tuple[Declared, ...]
    dates: tuple[tuple[int, int, When], ...]
    items: tuple[Item, ...]
    triggers: frozenset[str]


@functools.cache
def _triggers(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the expression of each class of triggers."""
    found = []
    for name, lines in load(f"statements-{lang}")["triggers"].items():
        pattern = "|".join(re.escape(word) for word in sorted(words(lines), key=len, reverse=True))
        found.append((name, re.compile(rf"\b(?:{pattern})\b" if lang == "en" else pattern, re.IGNORECASE)))
    return tuple(found)


def split(scene: Scene) -> tuple[Sentence, ...]:
    """Return the sentences of a scene with their items."""
    document, lang = scene.document, scene.document.lang
    all_counts = counts.declared(document.text, lang)
    all_dates = dates.dates(document.text, document)
    result = []
    for number, (start, end) in enumerate(scene.sentences):
        inside = tuple(scene.within(start, end))
        declared = tuple(one for one in all_counts if start <= one.start and one.end <= end)
        dated = tuple(one for one in all_dates if start <= one[0] and one[1] <= end)
        items, triggers = _items(document.text, lang, (start, end), (inside, declared, dated))
        result.append(Sentence(number, start, end, inside, declared, dated, items, triggers))
    return tuple(result)


def _items(
    text: str,
    lang: str,
    span: tuple[int, int],
    parts: tuple[tuple[Occurrence, ...], tuple[Declared, ...], tuple[tuple[int, int, When], ...]],
) -> tuple[tuple[Item, ...], frozenset[str]]:
    """Return the items of a sentence without overlaps, and the classes of its triggers outside names."""
    start, end = span
    mentions, declared, dated = parts
    found = [Item(CODES[one.type], one.start, one.end) for one in mentions]
    found += [Item("K", one.start, one.end) for one in declared]
    found += [Item("W", one[0], one[1]) for one in dated]
    offices = (zh_people if lang == "zh" else en_people).office()
    for one in offices.finditer(text[start:end]):
        found.append(Item("T", start + one.start(), start + one.end()))
        bare = one.group().split(" of the ")[0]  # without the body that may be a name of its own
        found.append(Item("T", start + one.start(), start + one.start() + len(bare)))
    kept: list[Item] = []
    for item in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    names = tuple(kept)
    triggers = set()
    for name, pattern in _triggers(lang):
        for match in pattern.finditer(text, start, end):
            if all(match.end() <= other.start or other.end <= match.start() for other in names):
                triggers.add(name)
                kept.append(Item(name, match.start(), match.end()))
    signing = re.compile("签约|[Ss]igning")
    if any(one.type == "Event" and signing.search(one.name) for one in mentions):
        triggers.add("SIGN")
    return tuple(sorted(kept, key=lambda one: (one.start, one.end))), frozenset(triggers)
