"""Keys of names for the search of a page: simplified characters, pinyin, and usual short names."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from opencc import OpenCC

from kg.search.short_names import short_names
from kg.search.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HAN = re.compile("[\u3400-\u9fff]")
_IDEOGRAPHS = [chr(code) for code in range(0x3400, 0xA000)]


class NameKeys(NamedTuple):
    """The keys of all names of a page; characters are listed once, so the keys are small beside the names.

    Attributes:
        variants: each traditional character whose simplified form occurs, followed by that form.
        readings: each simplified character, followed by its pinyin in these names, as ``安an重chong,zhong``.
        short: the usual short names, from the list of the editors and from the data, by the folded name.
    """

    variants: str
    readings: str
    short: dict[str, list[str]]


def keys(names: Iterable[str], short: Mapping[str, Iterable[str]] = MappingProxyType({})) -> NameKeys:
    """Return the keys of `names`; `short` has the short names that data state, by name.

    >>> keys(["重庆大学", "尊重"]).readings
    '大da学xue尊zun庆qing重chong,zhong'
    """
    folded = sorted({fold(name) for name in names if _HAN.search(name)})
    readings: dict[str, set[str]] = defaultdict(set)
    for name in folded:
        for char, syllable in _syllables(name):
            readings[char].add(syllable)
    listed = "".join(f"{char}{','.join(sorted(readings[char]))}" for char in sorted(readings))
    usual = {name: list(short_names()[name]) for name in folded if name in short_names()}
    for name, stated in short.items():
        usual.setdefault(fold(name), []).extend(fold(one) for one in stated)
    distinct = {name: list(dict.fromkeys(every)) for name, every in sorted(usual.items()) if every}
    return NameKeys(_variants(readings.keys()), listed, distinct)


def _syllables(name: str) -> list[tuple[str, str]]:
    """Return the Chinese characters of a folded name with their pinyin in this name."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - takes 0.3 s, and only Chinese names need it

    runs = re.findall("[\u3400-\u9fff]+", name)
    return [pair for run in runs for pair in zip(run, lazy_pinyin(run), strict=True) if pair[1].isascii()]


def _variants(used: Iterable[str]) -> str:
    known = frozenset(used)
    return "".join(f"{char}{simple}" for char, simple in _simplified() if simple in known)


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    """Return the simplified form of each traditional character."""
    converted: Sequence[str] = OpenCC("t2s").convert("\n".join(_IDEOGRAPHS)).split("\n")
    pairs = zip(_IDEOGRAPHS, converted, strict=True)
    return tuple((char, simple) for char, simple in pairs if char != simple and len(simple) == 1)
