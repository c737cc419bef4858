"""The names of a document: a scene with the places of each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.mentions import en, zh
from kg.read.mentions.scene import Occurrence, Scene, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.read.model import Document


def scene(document: Document, known: Sequence[Occurrence] = ()) -> Scene:
    """Return the scene of a document; `known` are the places of names of the store."""
    find = zh.occurrences if document.lang == "zh" else en.occurrences
    found = find(document.text, known)
    found += sides(document.text, document.lang, found)
    found.sort(key=lambda one: (one.start, -one.end))
    return Scene(document, sentences(document.text, document.lang), tuple(found))


_SIDES = {
    "zh": re.compile("校企双方|校地双方|校市双方|校、市两方|校企|双方|两家(?=将|就|在)|合作双方"),
    "en": re.compile(
        r"\b(?:both (?:parties|sides)|the two (?:sides|parties|institutions)|[Ss]chool and enterprise"
        r"|[Tt]he partners)\b"
    ),
}
_PARTIES = ("Firm", "GovernmentDepartment", "OtherOrg", "Unit")


def sides(text: str, lang: str, found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the words for both sides, each as the two parties of the report: a school and the other organisation."""
    places = [match.span() for match in _SIDES[lang].finditer(text)]
    counts = Counter(one.key for one in found)
    first = {one.key: one for one in reversed(found)}
    schools = [one for one in first.values() if one.type == "University"]
    others = [one for one in first.values() if one.type in _PARTIES]
    pair = sorted(schools, key=lambda one: -counts[one.key])[:2]
    if others:
        order = sorted(others, key=lambda one: (_PARTIES.index(one.type), -counts[one.key]))
        pair = [*pair[:1], *order[: 2 - len(pair[:1])]]
    if len(pair) < 2:
        return []
    return [replace(one, start=start, end=end, rule="side", form="side") for start, end in places for one in pair]
