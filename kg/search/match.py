"""How well a query matches a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.search.spelling import Spelling

Kind = Literal["name", "short name", "beginning", "abbreviation", "part", "pinyin", "typing error"]

ORDER: tuple[Kind, ...] = ("name", "short name", "beginning", "abbreviation", "part", "pinyin", "typing error")
"""Kinds of match, the best first."""

_AREA = re.compile("^(?:国家|中国|中华人民共和国|.{2,3}省|.{2,4}市)(?=..)")
_ONLY_HAN = re.compile("[\u3400-\u9fff〇]+")
_MIN_ABBREVIATION = 2

MIN_TYPED = 4
"""Letters of a query below which no typing error is assumed."""


class Match(NamedTuple):
    """A match.

    Attributes:
        kind: what the query is of the name.
        share: length of the query divided by that of the name; a higher share is a closer match.
    """

    kind: Kind
    share: float


def match(query: Spelling, name: Spelling, short: tuple[str, ...] = ()) -> Match | None:
    """Return the best kind of match between a query and a name with usual short forms, or ``None``.

    An abbreviation begins with the first character, or the first one after a country, province or city, and keeps the
    order: 西交大 for 西安交通大学, 发改委 for 国家发展和改革委员会. Pinyin is
    complete or abbreviated, syllable by syllable: xianjiaoda, xjdx.
    """
    text, whole = query.folded, name.folded
    if not text or not whole:
        return None
    if text in short:
        return Match("short name", 1.0)
    kind = next((kind for kind, test in _TESTS.items() if test(query, name)), None)
    size = sum(map(len, name.syllables)) if kind == "pinyin" else len(whole)
    return None if kind is None else Match(kind, min(len(text) / size, 1.0))


def is_han(text: str) -> bool:
    """Return whether `text` consists of Chinese characters."""
    return _ONLY_HAN.fullmatch(text) is not None


def _is_abbreviation(query: Spelling, name: Spelling) -> bool:
    text = query.folded
    if not is_han(text) or len(text) < _MIN_ABBREVIATION:
        return text == name.initials
    return any(text[0] == whole[:1] and _in_order(text, whole) for whole in (name.folded, without_area(name.folded)))


def without_area(name: str) -> str:
    """Return a Chinese name without the country, province or city that it begins with.

    >>> without_area("国家发展和改革委员会")
    '发展和改革委员会'
    """
    return _AREA.sub("", name)


def _has_typing_error(query: Spelling, name: Spelling) -> bool:
    text = query.folded
    return len(text) >= MIN_TYPED and OSA.distance(text, name.folded[: len(text)], score_cutoff=1) <= 1


def _in_order(text: str, whole: str) -> bool:
    """Return whether the characters of `text` occur in `whole` in the same order."""
    rest = iter(whole)
    return all(char in rest for char in text)


def _is_pinyin(text: str, syllables: tuple[str, ...]) -> bool:
    """Return whether `text` consists of beginnings of some syllables, in order, from the first one on.

    >>> _is_pinyin("xjdx", ("xi", "an", "jiao", "tong", "da", "xue"))
    True
    """
    if not syllables or not text.isascii():
        return False
    reached = {end for end in range(1, len(syllables[0]) + 1) if text[:end] == syllables[0][:end]}
    found = set(reached)
    for syllable in syllables[1:]:
        found |= {
            start + size
            for start in found
            for size in range(1, len(syllable) + 1)
            if text[start : start + size] == syllable[:size] and len(text) >= start + size
        }
    return len(text) in found


_TESTS: Mapping[Kind, Callable[[Spelling, Spelling], bool]] = {
    "name": lambda query, name: query.folded == name.folded,
    "beginning": lambda query, name: name.folded.startswith(query.folded),
    "abbreviation": _is_abbreviation,
    "part": lambda query, name: len(query.folded) > 1 and query.folded in name.folded,
    "pinyin": lambda query, name: len(query.folded) > 1 and _is_pinyin(query.folded, name.syllables),
    "typing error": _has_typing_error,
}
