"""Spellings of a name that a query is compared with."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff〇]")


class Spelling(NamedTuple):
    """The spellings of a name.

    Attributes:
        folded: letters and digits in lower case, without accents; Chinese characters are simplified.
        syllables: the pinyin of each Chinese character and the other words; empty for a name in Latin letters.
        initials: the first letters of the words of a name in Latin letters.
    """

    folded: str
    syllables: tuple[str, ...]
    initials: str


@lru_cache(4096)
def spelling(name: str) -> Spelling:
    """Return the spellings of `name`, which are kept if it is one of the last.

    >>> spelling("西安交通大學").folded
    '西安交通大学'
    >>> spelling("西安交通大学").syllables
    ('xi', 'an', 'jiao', 'tong', 'da', 'xue')
    """
    return spelt(name)


def spelt(name: str) -> Spelling:
    """Return the spellings of `name`, one of many."""
    folded = fold(name)
    if _HAN.search(folded):
        from pypinyin import lazy_pinyin  # noqa: PLC0415 - takes 0.3 s, and only Chinese names need it

        return Spelling(folded, tuple(lazy_pinyin(folded)), "")
    words = re.split(r"[\s'’\-]+", name.casefold())
    return Spelling(folded, (), "".join(word[0] for word in words if word))


def fold(name: str) -> str:
    """Return the letters and digits of `name` in lower case, without accents, with simplified characters."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if char.isalnum())
    text = unicodedata.normalize("NFC", plain).casefold()
    return _simplifier().convert(text) if _HAN.search(text) else text


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
