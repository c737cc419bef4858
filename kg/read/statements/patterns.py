"""Patterns over the row of a sentence: the marks, the items by code and number, and the classes of triggers."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from kg.read.lexicon import load

if TYPE_CHECKING:
    from kg.read.statements.sentence import Sentence

_MARK = {
    "zh": re.compile("[，。；：、（）由为与和及在同的]"),
    "en": re.compile(r"[,;:()]|'s\b|\b(?:and|of|in|at|by|with|between|for|from|whose|the|on)\b"),
}
_MACROS = {
    "zh": {
        "<ORGS>": r"(?:[UFGOI]\d+[、和与及]?)+(?:K\d+)?",
        "<ORG>": r"[UFGOI]\d+",
        "<A>": r"A\d+",
    },
    "en": {
        "<ORGS>": r"(?:[UFGOI]\d+(?:\([A-Z]*\d*\))?(?:,|and|the|inC\d+)*)+",
        "<ORG>": r"[UFGOI]\d+(?:\([A-Z]*\d*\))?",
        "<A>": r"A\d+",
    },
}
_ITEM = {"zh": "(?:[A-Z]+\\d*|[，：、（）由为与和及在同的])", "en": "(?:[A-Z]+\\d*|[,:()]|'s|[a-z]+)"}


class Pattern(NamedTuple):
    """A pattern with its name and relation."""

    id: str
    relation: str
    expression: re.Pattern[str]


@functools.cache
def patterns(lang: str) -> tuple[Pattern, ...]:
    """Return the patterns of a language."""
    return tuple(
        Pattern(one["id"], one["relation"], _compiled(one["row"], lang))
        for one in load(f"statements-{lang}")["patterns"]
    )


def _compiled(row: str, lang: str) -> re.Pattern[str]:
    for macro, text in _MACROS[lang].items():
        row = row.replace(macro, text)
    row = re.sub(r"<~(\d*)>", lambda one: f"(?:{_ITEM[lang]}){{0,{one[1] or 6}}}?", row)
    return re.compile(row)


Place = tuple[int, int]
"""Offsets of an item; a shorter name at the same beginning is another party."""
ANYWHERE = (-1, -1)
"""Place of the party that a pattern leaves open."""


def matches(text: str, sentence: Sentence, lang: str) -> dict[tuple[str, Place, Place], set[str]]:
    """Return the names of the patterns that match, by relation and the offsets of head and tail."""
    row, offsets = _row(text, sentence, lang)
    found: dict[tuple[str, Place, Place], set[str]] = {}
    for one in patterns(lang):
        for match in one.expression.finditer(row):
            groups = match.groupdict()
            heads, tails = (_members(groups.get(name), offsets) for name in ("head", "tail"))
            for head in heads or (ANYWHERE,):
                for tail in tails or (ANYWHERE,):
                    tail = _owner(sentence, tail)  # noqa: PLW2901 - the body that the office belongs to
                    found.setdefault((one.relation, head, tail), set()).add(one.id)
    return found


def _owner(sentence: Sentence, place: Place) -> Place:
    """Return the school of a party committee, whose secretary holds an office of the school."""
    inside = [one for one in sentence.occurrences if place[0] < one.start and one.end <= place[1]]
    is_committee = any(
        (one.start, one.end) == place and one.name.startswith("Party Committee of ") for one in sentence.occurrences
    )
    return (inside[0].start, inside[0].end) if is_committee and inside else place


def _members(group: str | None, offsets: dict[str, Place]) -> list[Place]:
    return [offsets[item] for item in re.findall(r"[A-Z]\d+", group or "") if item in offsets]


def _row(text: str, sentence: Sentence, lang: str) -> tuple[str, dict[str, Place]]:
    """Return the row of a sentence, and the offsets of each item by its code and number."""
    parts, offsets, place = [], {}, sentence.start
    for number, item in enumerate(sentence.items):
        if item.start < place:
            continue
        parts += _MARK[lang].findall(text[place : item.start])
        if len(item.code) == 1:
            offsets[f"{item.code}{number}"] = item.start, item.end
            parts.append(f"{item.code}{number}")
        else:
            word = text[item.start : item.end].lower()
            parts.append(word if _MARK[lang].fullmatch(word) else item.code)
        place = item.end
    parts += _MARK[lang].findall(text[place : sentence.end])
    return "".join(parts), offsets
