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
    found += these(document.text, document.lang, found)
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
_THESE = {
    "zh": re.compile("(?:这些|上述|以上)(?:机构|学院|举措|单位)"),
    "en": re.compile(r"\b[Tt]hese (?:initiatives|institutions|units|colleges|institutes|bodies)\b"),
}
_NEAR = 700
"""Characters before "these initiatives" within which they were named."""


def these(text: str, lang: str, found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return words such as "these initiatives", each as the units named before."""
    units = {one.key: one for one in found if one.type == "Unit" and one.form == "name"}
    return [
        replace(one, start=match.start(), end=match.end(), rule="these", form="side")
        for match in _THESE[lang].finditer(text)
        for one in units.values()
        if match.start() - _NEAR < one.start < match.start()
    ]


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
