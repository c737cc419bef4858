"""Several parties in one cell: names, and a count of the parties that are not named.

Separators count outside brackets and quotation marks only. A count such as 等5家企业 or "and 12 others" is never part
of a name. A name that still looks like two is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.readers.cells import Listed, ParseError, is_wide
from kg.ingest.readers.counts import MEASURES, THINGS, count
from kg.ingest.readers.numerals import LETTERS

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
_REMAINDER = re.compile(
    r"^(?:[（(][^）)]*[）)])?(?:(?:控股|集团|股份|科技|实业)*有限(?:责任)?公司|分公司|子公司|公司|集团|[（(][^）)]*[）)])$"
)
_LATIN_FORM = (
    r"(?:GmbH|AG|SE|Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|Corp|Corporation|Co|KG|mbH|S\.?A\.?S?|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V|AB|A/S|Oy|ApS"
    r"|University|Universität|Institute|College|Company|Group)\.?"
)
_LATIN_END = re.compile(rf"\b{_LATIN_FORM}$", re.IGNORECASE)
_TWO_LATIN = re.compile(
    r"\b(?:GmbH|AG|Ltd|Limited|Inc|LLC|PLC|Corp|S\.A|S\.p\.A|B\.V)\b\.?(?:\s*[,;/&+]|\s+and\b|\s+und\b|\s+et\b)?\s+"
    r"(?!Co\b|KG\b|Ltd\b|Limited\b|Inc\b|of\b)\w.*\b(?:GmbH|AG|Ltd|Limited|Inc|LLC|PLC|Corp|S\.A|S\.p\.A|B\.V)\b\.?$"
)
_TWO_CHINESE = re.compile(
    r"(?:公司|大学|集团)[，,/／+＋&＆与和及暨]\S.*(?:公司|大学|集团|学院|研究院|研究所|银行|医院)$"
)
_FIRM_TWICE = re.compile(r"有限(?:责任)?公司(?P<rest>.+公司)$")
_COUNT = rf"[\s共约近超过逾上数几]*[0-9０-９{LETTERS}多若干]*\s*[余多几]?\s*(?:{MEASURES})?(?:以上)?"
_THING = (
    "(?:知名|本地|大型|中小|行业|龙头|重点|相关|上市|省内|国内外?|科技|高新技术|骨干|地方|外地|优质|头部|世界500强|民营|国有|合作)*"
    rf"\s*(?:{THINGS})?"
)
_TAIL = re.compile(rf"^(?P<name>|.*?[^高中初平对均同优一上下特此])\s*等等?(?P<count>{_COUNT})\s*(?P<thing>{_THING})$")
_OTHERS = re.compile(
    rf"^(?:(?P<name>.+?)\s*(?:以及|和|及|与|、|，|,)\s*|和|及|与|以及|、)?(?:其他|其它|其余|另有|另外)"
    rf"(?P<count>{_COUNT})\s*(?P<thing>{_THING})$"
)
_ENGLISH_TAIL = re.compile(
    r"^(?P<name>.*?)[\s,;]*(?:(?:\band\b|&|\bplus\b|\+)\s*"
    r"(?P<count>(?:at least |over |more than |about )?[0-9][0-9,]*\+?)\s*(?:other|more)s?\b\s*(?P<thing>[a-z ]*)"
    r"|(?:\band\b|&)\s*(?:others?|more)\b\s*[a-z]*|\bet al\b\.?|\betc\b\.?|\bu\.\s?a\.)$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:学院|系|部|处|中心|实验室|研究院|研究所|支部|工会|车间|事业部|分院|分所)$")
_OPEN_END = re.compile(r"(?:\b(?:of|and|for|de|der|für|und|et|di)|[-&–])$", re.IGNORECASE)
_COUNTED = re.compile(rf"[0-9{LETTERS}余多几]\s*(?:{MEASURES})|[0-9]\s+(?:{THINGS})", re.IGNORECASE)
_AND_COUNT = re.compile(
    rf"^(?P<name>.+?)\s*(?:以及|和|及|与)\s*(?P<count>[近约超]?[0-9{LETTERS}]+[余多]?(?:{MEASURES})(?:{_THING}))$"
)
_BARE = re.compile(r"[\W\d_]+")
_VAGUE = re.compile(r"^[多若干数几]*(?:家|个|所)?$")
_MAX_LENGTH = 1 << 14


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A count of parties: its number and kind, and whether it includes the named ones."""

    number: int
    kind: str
    includes_named: bool


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
    if isinstance(text, Listed):
        pieces = list(text.parts)
    else:
        pieces = [piece for part in divided(text, separators) for piece in _unwrapped(part)]
        pieces = [piece for part in pieces for piece in _by_blanks(part)]
    names: list[str] = []
    unnamed: Unnamed | None = None
    for place, piece in enumerate(pieces):
        name, more = _without_count(piece)
        if more and unnamed:
            raise ParseError("has two counts of unnamed parties; write one")
        unnamed = unnamed or more
        if more and place < len(pieces) - 1 and more.includes_named:
            raise ParseError("has names after 等; write 等 and the count at the end")
        if name:
            check_name(name)
            names.append(name)
    names = list(dict.fromkeys(names))
    if unnamed and unnamed.includes_named and unnamed.number < len(names):
        raise ParseError(
            "counts {number} parties but names {names}; correct the count", number=unnamed.number, names=len(names)
        )
    if unnamed and not names and unnamed.includes_named:
        unnamed = Unnamed(unnamed.number, unnamed.kind, includes_named=False)
    if unnamed and unnamed.includes_named and unnamed.kind == "exact" and unnamed.number == len(names):
        unnamed = None
    return Parties(tuple(names), unnamed)


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
    if _TWO_CHINESE.search(outside) or _TWO_LATIN.search(outside):
        raise ParseError("looks like two names; write a separator of split between them")
    twice = _FIRM_TWICE.search(outside)
    if twice and not twice["rest"].endswith(("分公司", "子公司")) and "分公司" not in twice["rest"]:
        raise ParseError("looks like two names; write a separator of split between them")


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
        left, right = _is_complete(before), _is_complete(line)
        if _without_count(line)[1] or _without_count(before)[1] or (left and right and not _is_part(line)):
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
    parts = text.split(" ")
    if len(parts) > 1 and all(_is_complete(part) for part in parts[:-1]) and not any(map(_is_part, parts)):
        last, more = _without_count(parts[-1])
        if more or (_is_complete(last) and not _is_part(last)):
            return parts
    return [text]


def _is_part(name: str) -> bool:
    """Return whether a text may be the rest of a name, or a unit of the organisation before it."""
    return bool(_REMAINDER.search(name) or _UNIT.search(name))


def _is_complete(name: str) -> bool:
    """Return whether a name ends with the form of an organisation."""
    return bool(_COMPLETE.search(name) if is_wide(name[-1]) else _LATIN_END.search(name))


def _without_count(text: str) -> tuple[str, Unnamed | None]:
    """Return a part of a cell without the count at its end, and the count."""
    try:
        number, kind = count(text)
    except ValueError:
        pass
    else:
        if _COUNTED.search(text):
            return "", Unnamed(number, kind, includes_named=False)
        if _BARE.fullmatch(text):
            raise ParseError("is a number and no name; write the name")
    others = _OTHERS.match(text)
    if others:
        return others["name"] or "", _bounded(others["count"], includes_named=False)
    match = _TAIL.match(text)
    if match:
        return match["name"].strip(" 、，,"), _bounded(match["count"], includes_named=True)
    added = _AND_COUNT.match(text)
    if added:
        return added["name"], _bounded(added["count"], includes_named=False)
    english = _ENGLISH_TAIL.match(text)
    if english:
        return english["name"].strip(" ,;"), _bounded(english["count"] or "", includes_named=False)
    return text, None


def _bounded(text: str, *, includes_named: bool) -> Unnamed:
    """Return the count in a text; a text without a number means at least one more."""
    if _VAGUE.match(text.strip()):
        return Unnamed(1, "atLeast", includes_named=False)
    number, kind = count(text.strip())
    return Unnamed(number, kind, includes_named)
