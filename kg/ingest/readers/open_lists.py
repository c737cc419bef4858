"""The end of a list that does not name all parties: a count, or words such as 等, "and others" or など.

A count of all parties includes the named ones (甲公司等5家企业); a count of others does not (Alpha AG and 3 others). A
text with a count in an unknown form is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.ingest.readers.cells import ParseError, folded
from kg.ingest.readers.counts import MEASURES, THINGS, count
from kg.ingest.readers.numerals import LETTERS

PLACEHOLDERS = frozenset({
    "", "无", "/", "\\", "-", "—", "——", "–", "待定", "暂无", "未定", "不详", "空", "未知", "保密", "待补充", "待补",
    "待确认", "无金额", "未填", "?", "？", "n/a", "na", "none", "tbd", "tba", "unknown", "null", "nil",
    "なし", "不明", "없음", "미정",
})  # fmt: skip
"""Words that mean an empty cell, folded."""

_MAX_LENGTH = 1000
_NUMBER = f"[0-9０-９{LETTERS}]"
_BEFORE = r"(?:\s|共计|合计|总计|共有|共|计|达|不少于|不低于|不下|至少|大约|约|将近|近|超过|超|逾|上|好几|数|几)*"
_AMOUNT = (
    rf"{_BEFORE}(?:{_NUMBER}+(?:\s*[-~～—至到]\s*{_NUMBER}+)?|[多若干几数]+)?\s*[余多几+]?\s*(?:{MEASURES})?"
    "(?:左右|以上)?"
)
_ADJECTIVES = (
    "(?:知名|本地|大型|中小|行业|龙头|重点|相关|上市|省内|国内外?|科技|高新技术|骨干|地方|外地|优质|头部|世界500强"
    "|民营|国有|合作|其他)*"
)
_THING = rf"{_ADJECTIVES}\s*(?:{THINGS})?"
_TAIL = re.compile(
    rf"^(?P<name>|.*?[^高中初平对均同优一上下特此])\s*等等?\s*(?:(?P<count>{_AMOUNT})\s*{_THING}"
    rf"|{_THING}(?P<after>{_AMOUNT}))(?:以上)?$"
)
_OTHERS = re.compile(
    rf"^(?:(?P<name>.+?)\s*(?:以及|和|及|与|、|，|,)\s*|和|及|与|以及|、)?(?:其他|其它|其余|另有|另外)"
    rf"(?P<count>{_AMOUNT})\s*{_THING}$"
)
_JAPANESE = re.compile(
    rf"^(?P<name>|.+?)\s*(?:(?:ほか|その他|他|外)\s*(?P<count>{_NUMBER}+)\s*(?:{MEASURES})(?:{THINGS})?|(?:ほか|など))$"
)
_KOREAN = re.compile(
    r"^(?P<name>|.+?)\s+(?:외\s*(?P<count>[0-9]+)\s*(?:개\s*(?:사|기관|대학)?|곳)"
    r"|등(?:\s*(?P<all>[0-9]+)\s*(?:개\s*사?|곳))?)$"
)
_FEW = {
    word: number
    for number, words in enumerate(
        (
            "one un une uno una eins eine ein en",
            "two deux zwei dos due twee två dois duas",
            "three trois drei tres tre drie três",
            "four quatre vier cuatro quattro fyra quatro",
            "five cinq fünf cinco cinque vijf fem",
            "six sechs seis sei zes sex",
            "seven sept sieben siete sette zeven sju sete",
            "eight huit acht ocho otto åtta oito",
            "nine neuf neun nueve nove negen nio",
            "ten dix zehn diez dieci tien tio dez",
            "eleven onze elf once undici elva",
            "twelve douze zwölf doce dodici twaalf tolv doze dozen",
        ),
        1,
    )
    for word in words.split()
}
"""Small numbers in languages of Europe."""
_LATIN_COUNT = rf"(?:at least |over |more than |about |(?:a )?(?=dozen))?(?:[0-9][0-9,]*\+?|{'|'.join(_FEW)})"
_VAGUE_LATIN = r"(?:several|many|various|numerous|some|a number of|plusieurs|mehrere|viele|varias|varios|vari|diverse)"
_AND = (
    r"(?:\band\b|\bund\b|\bet\b|\by\b|\be\b|\bed\b|\ben\b|\boch\b|\bog\b|\bi\b|\bи\b|&|\bplus\b"
    r"|\bas well as\b|\bu\.|\+)"
)
_OTHER = (
    r"(?:others?|more|weiteren?|weiterer|weitere[ms]?|anderen?|anderer|d['’]autres|autres?|otr[oa]s?|más"
    r"|altr[ie]|outr[oa]s|mais|andere|andra|andre|inn[ei]|innych|друг(?:ие|их)|ещ[её]|др\.)"
)
_LATIN = re.compile(
    rf"^(?P<name>|.*?[^\s,;])[\s,;]*(?:{_AND}\s*(?:(?P<count>{_LATIN_COUNT})\s*(?:{_VAGUE_LATIN}\s*)?{_OTHER}"
    rf"|(?:{_VAGUE_LATIN}\s*)?{_OTHER}(?:\s+(?P<after>{_LATIN_COUNT}))?)(?:\s+[^\W\d_]+){{0,3}}|{_AND}\s*(?P<things>{_LATIN_COUNT})\s+(?:{THINGS}))\.?$",
    re.IGNORECASE,
)
_LATIN_ONLY = re.compile(
    rf"^(?P<count>{_LATIN_COUNT})?\s*(?:{_VAGUE_LATIN}\s*)?{_OTHER}(?:\s+(?:{THINGS}))?$", re.IGNORECASE
)
_ABBREVIATED = re.compile(
    r"^(?P<name>|.*?[^\s,;])[\s,;]*(?:\bet al\b\.?|\betc\b\.?|\bu\.\s?a\.|\busw\b\.?|\bu\.\s?v\.\s?m\."
    r"|\bi\.a\.|\binter alia\b|\bamong others\b|\bentre autres\b|\bи др\b\.?|(?:…|\.{2,}|。{2,})+)$",
    re.IGNORECASE,
)
_PLUS = re.compile(r"^(?P<name>.+?)\s*[+＋]\s*(?P<count>[0-9]{1,4})$")
_AND_COUNT = re.compile(
    rf"^(?P<name>.+?)\s*(?:以及|和|及|与)\s*(?P<count>[近约超]?{_NUMBER}+[余多]?(?:{MEASURES}){_THING})$"
)
_IN_BRACKETS = re.compile(r"^(?P<name>|.*?\S)\s*[（(](?P<inner>[^（()）]*)[）)]$")
_TOTAL = re.compile(rf"^(?:共计|合计|总计|共有|共)\s*(?P<count>{_AMOUNT})\s*{_THING}$")
_APPOSITION = re.compile(rf"^(?P<name>.+?)(?P<count>{_NUMBER}+\s*(?:[家个個]{_THING}|所{_ADJECTIVES}(?:{THINGS})))$")
_COUNTED = re.compile(rf"[0-9{LETTERS}余多几]\s*(?:{MEASURES})|[0-9]\s+(?:{THINGS})", re.IGNORECASE)
_VAGUE_ONLY = re.compile(
    rf"(?:{_VAGUE_LATIN}|若干|多|数|几|一些|部分)\s*(?:{MEASURES})?{_THING}|(?:{THINGS})若干", re.IGNORECASE
)
_BARE = re.compile(r"[\W\d_]+")
_VAGUE = re.compile(rf"^\s*[多若干数几\s]*(?:{MEASURES})?$")
_LEFT_OVER = re.compile(
    rf"等[^）)]*{_NUMBER}[余多几+]?\s*(?:{MEASURES})|{_NUMBER}[余多几+]?(?:[家个個]{_THING}|所{_ADJECTIVES}(?:{THINGS}))$|(?:…|\.{{2,}})$"
    rf"|及其?(?:下属|所属|旗下|附属|相关).*(?:{THINGS})$|\b{_LATIN_COUNT}\s+{_OTHER}\b"
    rf"|\bu\.\s?a\.|\bet al\b|\betc\b"
    rf"|^(?:[a-z]+-)?(?:{'|'.join(_FEW)}|twenty|thirty|forty|fifty|hundred)\s+(?:{THINGS})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A count of parties: its number and kind, and whether it includes the named ones."""

    number: int
    kind: str
    includes_named: bool


MORE = Unnamed(1, "atLeast", includes_named=False)
"""At least one party more than the named ones."""


@lru_cache(256)  # the same part is read again at once, after its commas
def without_count(text: str) -> tuple[str, Unnamed | None]:
    """Return a part of a cell without the count or the open end of its list, and the count.

    >>> without_count("甲公司等企业5家"), without_count("Alpha AG et 4 autres")[0]
    (('甲公司', Unnamed(number=5, kind='exact', includes_named=True)), 'Alpha AG')

    Raises:
        ValueError: the text is a number without a noun, or contains a count in an unknown form.
    """
    if len(text) > _MAX_LENGTH:
        raise ParseError("has a name of more than {max_length} characters; shorten it", max_length=_MAX_LENGTH)
    if folded(text) in PLACEHOLDERS:
        raise ParseError("is a word for an empty cell; add it to empty")
    if whole := _only_count(text):
        return "", whole
    bracket = _IN_BRACKETS.match(text)
    if bracket:
        total = _TOTAL.match(bracket["inner"])
        if total:
            return bracket["name"], _bounded(total["count"], includes_named=True)
        inner = _end("\0" + "等" * bracket["name"].endswith("等") + bracket["inner"])
        if inner and inner[0] == "\0":
            return bracket["name"].removesuffix("等"), inner[1]
    found = _end(text)
    if found:
        return found[0].strip(" 、，,;；（(…"), found[1]
    return text, None


def check_uncounted(name: str) -> None:
    """Check that a name contains no count of parties.

    Raises:
        ValueError: it contains one, or stands for parties without a name.
    """
    if _LEFT_OVER.search(name):
        raise ParseError("contains a count or an open list; write it as 甲公司等5家企业 or Alpha AG and 4 others")


def is_count(text: str) -> bool:
    """Return whether a text is a count of parties and nothing else."""
    try:
        return _only_count(text) is not None
    except ValueError:
        return False


def total_of(text: str) -> tuple[str, int] | None:
    """Return the last name and the count of all names in a text such as 丙三家公司; `None` if there is no count."""
    match = _APPOSITION.match(text)
    if not match:
        return None
    try:
        return match["name"], count(match["count"])[0]
    except ValueError:
        return None


def _only_count(text: str) -> Unnamed | None:
    """Return the count if the text is nothing else."""
    if _VAGUE_ONLY.fullmatch(text):
        return MORE
    latin = _LATIN_ONLY.match(text)
    if latin:
        return _bounded(latin["count"] or "", includes_named=False)
    try:
        number, kind = count(text)
    except ValueError:
        return None
    if _COUNTED.search(text):
        return Unnamed(number, kind, includes_named=False)
    if _BARE.fullmatch(text):
        raise ParseError("is a number and no name; write the name")
    return None


def _end(text: str) -> tuple[str, Unnamed] | None:
    """Return the name before the end of an open list, and the count."""
    for pattern in (_OTHERS, _TAIL, _KOREAN, _JAPANESE, _LATIN):
        match = pattern.match(text)
        if match:
            found = match.groupdict()
            if found.get("all"):
                return found["name"], _bounded(found["all"], includes_named=True)
            number = found.get("count") or found.get("after") or found.get("things") or ""
            return found["name"] or "", _bounded(number, includes_named=pattern is _TAIL)
    abbreviated = _ABBREVIATED.match(text)
    if abbreviated:
        return abbreviated["name"], MORE
    for pattern in (_AND_COUNT, _PLUS):
        match = pattern.match(text)
        if match:
            return match["name"], _bounded(match["count"], includes_named=False)
    return None


def _bounded(text: str, *, includes_named: bool) -> Unnamed:
    """Return the count in a text; a text without a number means at least one more."""
    text = text.strip()
    word = text.lower().removeprefix("a ")
    if word in _FEW:
        return Unnamed(_FEW[word], "exact", includes_named)
    if _VAGUE.match(text):
        return MORE
    number, kind = count(text)
    return Unnamed(number, kind, includes_named)
