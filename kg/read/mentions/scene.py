"""The text of a document with the places of its names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.read.model import Document

ACTORS = frozenset({"University", "Unit", "Firm", "GovernmentDepartment", "OtherOrg", "Alliance"})
"""Types that act: they sign, found, host and oversee."""

_END = {
    "zh": re.compile(r"[。！？][”’」』）]*|\n+"),
    "en": re.compile(
        r"(?<!\bProf)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\bInc)(?<!\b[A-Z])(?<!\bSept)(?<!\bJan)"
        r"(?<!\bFeb)(?<!\bAug)(?<!\bOct)(?<!\bNov)(?<!\bDec)(?<!Co)[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z0-9€£$]|\s*$)|\n+"
    ),
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of a name.

    Attributes:
        type: type of the mention.
        name: the name in full.
        start: first code point.
        end: code point after the last.
        rule: the rule that found it.
        form: ``name``, ``alias`` (another name of the text) or ``word`` (a common noun for it, such as 学校).
    """

    type: str
    name: str
    start: int
    end: int
    rule: str
    form: str = "name"

    @property
    def key(self) -> tuple[str, str]:
        """The type and the name."""
        return self.type, self.name


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with its sentences, as offsets, and its occurrences in order."""

    document: Document
    sentences: tuple[tuple[int, int], ...]
    occurrences: tuple[Occurrence, ...]

    def within(self, start: int, end: int) -> list[Occurrence]:
        """Return the occurrences between two offsets."""
        return [one for one in self.occurrences if start <= one.start and one.end <= end]


def sentences(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the sentences of a text, without blanks around them."""
    found, begin = [], 0
    for match in _END[lang].finditer(text):
        found.append((begin, match.end()))
        begin = match.end()
    found.append((begin, len(text)))
    stripped = []
    for start, end in found:
        part = text[start:end]
        left = len(part) - len(part.lstrip())
        if part.strip():
            stripped.append((start + left, start + left + len(part.strip())))
    return tuple(stripped)


def maximal(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that no longer one contains or overlaps, in order; the earlier rule wins a tie."""
    kept: list[Occurrence] = []
    for one in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda item: item.start)


def places_of(text: str, name: str) -> list[int]:
    """Return each offset at which a name begins."""
    return [match.start() for match in re.finditer(re.escape(name), text)]
