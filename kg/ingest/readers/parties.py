"""Several parties in one cell: names, and a count of the parties that are not named.

Separators count outside brackets and quotation marks only. A count such as 等5家企业 or "and 12 others" is never part
of a name. A name that still looks like two is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.cells import Listed, ParseError, is_wide
from kg.ingest.readers.countries import COUNTRIES
from kg.ingest.readers.open_lists import Unnamed, check_uncounted, is_count, total_of, without_count

if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATORS = "、；;"
"""Separators of names where a mapping declares none; outside brackets, a name does not contain them."""

_PAIRS = {
    "(": ")",
    "（": "）",
    "[": "]",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "{": "}",
    "〔": "〕",
}
_QUOTES = frozenset('"')
_FORMS = (
    "公司|集团|大学|学院|学校|中学|小学|职高|中专|技校|研究院|研究所|研究中心|设计院|科学院|工程院|医院|卫生院|协会|学会|商会|联合会"
    "|联盟|委员会|管委会|园区|开发区|高新区|银行|合作社|事务所|出版社|中心|基地|厂|局|厅|部|处|院|所|社|站|馆|店|场|行|室|会|政府|办公室"
    "|工作室|俱乐部|基金会"
)
_COMPLETE = re.compile(rf"(?:{_FORMS})(?:[（(][^）)]*[）)])?$")
_NUMBER_OF_NAME = r"(?:[0-9０-９]{1,2}[.、．)）]|[（(][0-9０-９一二三四五六七八九十]{1,2}[）)]|[\u2460-\u2473])"
_NUMBERED_FIRST = re.compile(r"^(?:(?:[1１][.、．)）]|[（(][1１一][）)])\s*(?=[^\W\d_a-zA-Z])|\u2460)")
_NUMBERED = re.compile(rf"(?:^|(?<=[\s;；,，、。)）司学院所])){_NUMBER_OF_NAME}\s*(?=[^\W\d_])|[\u2460-\u2473]")
_COUNT_FIRST = re.compile(r"^(?P<count>[^（(:：]*)(?:[（(](?P<names>[^（()）]+)[）)]|[:：](?P<listed>.+))$")
_LIST_COMMA = re.compile(r",\s(?!(?:Co|Ltd|Limited|Inc|LLC|LLP|PLC|Corp|S\.|SA\b|GmbH|AG\b)|[A-Z]{2,3}$)")
_LEADING_AND = re.compile(r"^(?:以及|及(?!时|第)|and )")
_LAST_AND = re.compile(r"^(.{2,})(?:以及|和|及|与|暨)(.{2,})$")
_REMAINDER = re.compile(
    r"^(?:[（(][^）)]*[）)])?(?:(?:控股|集团|股份|科技|实业)*有限(?:责任)?公司|分公司|子公司|公司|集团|[（(][^）)]*[）)])$"
)
_FIRM_FORM = (
    r"(?:GmbH|AG|SE|Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|Corp|Corporation|Co|KG|mbH|S\.?A\.?S?|S\.?p\.?A|S\.?r\.?l"
    r"|B\.?V|N\.?V|AB|A/S|Oy|ApS)\.?"
)
_LATIN_END = re.compile(
    rf"\b(?:{_FIRM_FORM}|(?:University|Universität|Institute|College|Company|Group)\.?)$", re.IGNORECASE
)
_FIRM_END = re.compile(rf"公司$|[\w.,]\s+{_FIRM_FORM}$")
_ONLY_FORMS = re.compile(rf"(?:{_FIRM_FORM}[\s,&]*)+|(?:股份|有限|责任|集团)*公司")
_FIRM_FIRST = re.compile(rf"\w\s{_FIRM_FORM}\s*,\s+(?!(?i:{_FIRM_FORM})(?:\W|$))(?P<rest>[^,]+)")
_TWO_LATIN = re.compile(
    r"\b(?:GmbH|AG|Ltd|Limited|Inc|LLC|PLC|Corp|S\.A|S\.p\.A|B\.V)\b\.?(?:\s*[,;/|&+]\s*|\s+(?:(?:and|und|et)\s+)?)"
    r"(?!Co\b|KG\b|Ltd\b|Limited\b|Inc\b|of\b)\w.*\b(?:GmbH|AG|Ltd|Limited|Inc|LLC|PLC|Corp|S\.A|S\.p\.A|B\.V)\b\.?$"
)
_BODY = "Universit(?:y|ät|é|à|eit|et|etet)|Universidade?|Hochschule|Institute|College|Corporation|Company"
_TWO_BODIES = re.compile(
    rf"^(?!.*\bJoint\b).*\b(?:{_BODY})\b.*(?:\b(?:and|und|et|y|en|och)\b|\s[&+]\s|[/|]).*\b(?:{_BODY})\b"
    rf"|\b({_BODY})\b[^,]*,.*\b\1\b"
)
_TWO_CHINESE = re.compile(  # 暨阳 is a place, as in 浙江农林大学暨阳学院
    r"(?:公司|大学|集团|研究院|研究所|学院)(?:[，,/／|｜+＋&＆与和及•·]|暨(?!阳)|以及)\s*\S.*(?:公司|大学|集团|学院|研究院|研究所|银行|医院)$"
    r"|(?:公司|大学|集团)\s*[—–-]\s*\S.*(?:公司|大学|集团)$"
)
_FIRM_TWICE = re.compile(r"有限(?:责任)?公司(?P<rest>.+公司)$")
_UNIT = re.compile(r"(?:学院|系|部|处|中心|实验室|研究院|研究所|支部|工会|车间|事业部|分院|分所)$")
_OPEN_END = re.compile(r"(?:\b(?:of|and|for|de|der|für|und|et|di)|[-&–])$", re.IGNORECASE)
_COUNTRY_NAMES = frozenset({*COUNTRIES, *COUNTRIES.values(), "USA", "PRC", "UK"})
_MAX_LENGTH = 1 << 14


@dataclass(frozen=True, slots=True)
class Parties:
    """Names in a cell in their order, and the unnamed parties."""

    names: tuple[str, ...]
    unnamed: Unnamed | None = None


def parties(text: str, separators: str) -> Parties:
    """Parse a cell; `separators` are the letters between names, and empty for a cell with one name.

    >>> parties("甲公司、乙公司等5家企业", "、")
    Parties(names=('甲公司', '乙公司'), unnamed=Unnamed(number=5, kind='exact', includes_named=True))

    Raises:
        ValueError: a bracket is open, a name looks like two, or a count is smaller than the number of names.
    """
    if len(text) > _MAX_LENGTH:
        raise ParseError("has more than {max_length} characters; shorten it", max_length=_MAX_LENGTH)
    pieces = list(text.parts) if isinstance(text, Listed) else _pieces(text, separators)
    names, unnamed = _named(pieces)
    if unnamed and unnamed.includes_named and unnamed.number < len(names):
        raise ParseError(
            "counts {number} parties but names {names}; correct the count", number=unnamed.number, names=len(names)
        )
    if unnamed and not names and unnamed.includes_named:
        unnamed = Unnamed(unnamed.number, unnamed.kind, includes_named=False)
    if unnamed and unnamed.includes_named and unnamed.kind == "exact" and unnamed.number == len(names):
        unnamed = None
    return Parties(tuple(names), unnamed)


def _pieces(text: str, separators: str) -> list[str]:
    """Return the parts of a cell: names, and counts of parties without a name."""
    before = _COUNT_FIRST.match(text)
    if before and before["count"] and is_count(before["count"]):
        named = before["names"] or before["listed"]
        text = f"{named.removesuffix('等')}等{before['count']}"
    parts = [part for numbered in _numbered(text) for part in divided(numbered, separators)]
    return [
        piece for part in parts for line in _unwrapped(part) for one in _by_blanks(line) for piece in _by_commas(one)
    ]


def _named(pieces: Sequence[str]) -> tuple[list[str], Unnamed | None]:
    """Return the names in the parts of a cell, each once, and the count."""
    names: list[str] = []
    unnamed: Unnamed | None = None
    for place, piece in enumerate(pieces):
        name, more = without_count(piece)
        total = total_of(name) if place == len(pieces) - 1 and not more else None
        if total and total[1] == len(names) + 1:  # 甲、乙、丙三家公司
            name = total[0]
        if more and unnamed:
            raise ParseError("has two counts of unnamed parties; write one")
        unnamed = unnamed or more
        if more and place < len(pieces) - 1 and more.includes_named:
            raise ParseError("has names after 等; write 等 and the count at the end")
        if more and _LIST_COMMA.search(name):
            raise ParseError("looks like several names; add the separator to split")
        if name and names:
            name = _LEADING_AND.sub("", name)
            _check_last(name)
        if name:
            check_name(name)
            names.append(name)
    return list(dict.fromkeys(names)), unnamed


def divided(text: str, separators: str) -> list[str]:
    """Return the parts of a text between separators outside brackets and quotation marks.

    Raises:
        ValueError: a bracket or a quotation mark is not closed.
    """
    parts, start, closing = [], 0, ""
    for place, letter in enumerate(text):
        if closing and letter == closing[-1]:
            closing = closing[:-1]
        elif letter in _QUOTES:
            closing += letter
        elif letter in _PAIRS:
            closing += _PAIRS[letter]
        elif closing and _as_ascii(letter) == _as_ascii(closing[-1]):
            closing = closing[:-1]
        elif not closing and letter in separators:
            parts.append(text[start:place])
            start = place + 1
    if closing:
        raise ParseError("has a bracket or a quotation mark without its {closing}; correct it", closing=closing[-1])
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def check_name(name: str) -> None:
    """Check that a name is that of one organisation.

    Raises:
        ValueError: it looks like two names, or like a count.
    """
    outside = _outside(name)
    if any(letter in outside for letter in SEPARATORS):
        raise ParseError("looks like several names; add the separator to split")
    if any(pattern.search(outside) for pattern in (_TWO_CHINESE, _TWO_LATIN, _TWO_BODIES)):
        raise ParseError("looks like two names; write a separator of split between them")
    first = _FIRM_FIRST.search(outside)
    if first and first["rest"].strip(". ") not in _COUNTRY_NAMES:
        raise ParseError("looks like two names; write a separator of split between them")
    check_uncounted(outside)
    twice = _FIRM_TWICE.search(outside)
    if twice and not twice["rest"].endswith(("分公司", "子公司")) and "分公司" not in twice["rest"]:
        raise ParseError("looks like two names; write a separator of split between them")


def _check_last(name: str) -> None:
    """Check that the last of several names does not contain two, as 腾讯和百度 does.

    Raises:
        ValueError: both sides of 和 have the form of an organisation, or neither has one.
    """
    match = _LAST_AND.match(_outside(name))
    if match and is_complete(match[1]) == is_complete(match[2]) and not _is_part(match[2]):
        raise ParseError("looks like two names; write a separator of split between them")


def _numbered(text: str) -> list[str]:
    """Return the parts of a numbered list, such as ``1.甲公司 2.乙公司``; otherwise the text."""
    if not _NUMBERED_FIRST.match(text):
        return [text]
    return [part.strip(" ;；、，,") for part in _NUMBERED.split(text) if part.strip(" ;；、，,")]


def _as_ascii(letter: str) -> str:
    return {"）": ")", "】": "]"}.get(letter, letter)


def _outside(name: str) -> str:
    """Return a name without what stands in brackets or quotation marks."""
    depth, kept, quoted = 0, [], False
    for letter in name:
        if letter in _QUOTES:
            quoted = not quoted
        elif quoted:
            continue
        elif letter in _PAIRS:
            depth += 1
        elif letter in _PAIRS.values():
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(letter)
    return "".join(kept)


def _unwrapped(text: str) -> list[str]:
    """Return the names between line breaks; a break within a name is removed.

    Raises:
        ValueError: a break may divide two names or wrap one.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    parts = lines[:1]
    for line in lines[1:]:
        before = parts[-1]
        left, right = is_complete(before), is_complete(line)
        if without_count(line)[1] or without_count(before)[1] or (left and right and not _is_part(line)):
            parts.append(line)
        elif _REMAINDER.search(line) or (right and not left) or line[0].islower() or _OPEN_END.search(before):
            parts[-1] = before + ("" if is_wide(before[-1]) or is_wide(line[0]) else " ") + line
        else:
            raise ParseError(
                "has a line break between {before!r} and {line!r}; write a separator or a blank there",
                before=before,
                line=line,
            )
    return parts


def _by_blanks(text: str) -> list[str]:
    """Return the names between blanks if each of them is complete, otherwise the text."""
    if not any(is_wide(letter) for letter in text):
        return [text]
    parts = text.split()
    if len(parts) > 1 and all(is_complete(part) for part in parts[:-1]) and not any(map(_is_part, parts)):
        last, more = without_count(parts[-1])
        if more or (is_complete(last) and not _is_part(last)):
            return parts
    return [text]


def _by_commas(text: str) -> list[str]:
    """Return the names between commas if each of them ends with the legal form of a firm, otherwise the text."""
    names, _ = without_count(text)
    if not text.startswith(names) or not any(comma in names for comma in ",，"):
        return [text]
    parts: list[str] = []
    for part in divided(names, ",，"):
        if parts and _ONLY_FORMS.fullmatch(part):  # Alpha Co., Ltd.
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    if len(parts) == 1 or not all(_FIRM_END.search(part) and not _is_part(part) for part in parts):
        return [text]
    return [*parts[:-1], parts[-1] + text[len(names) :]]


def _is_part(name: str) -> bool:
    """Return whether a text may be the rest of a name, or a unit of the organisation before it."""
    return bool(_REMAINDER.search(name) or _UNIT.search(name))


def is_complete(name: str) -> bool:
    """Return whether a name ends with the form of an organisation."""
    return bool(_COMPLETE.search(name) if is_wide(name[-1]) else _LATIN_END.search(name))
