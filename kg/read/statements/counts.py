"""Declared numbers of parties and things, with their bounds."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.read.model import Count

_DIGITS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NO_THING = re.compile(
    r"元|平方|岁|年|月|日|人$|人次|亿|%|％|倍|分|名|公里|千米|吨|台|套|位|届|点|条|字|周|天|小时|期|亩|代|次"
)
_NO_THING_EN = re.compile(
    r"\b(?:years?|months?|days?|hours?|percent|euros?|dollars?|yuan|students?|people|guests?|graduates?|researchers?|staff"
    r"|teachers?|sides?|parties|anniversary|weeks?|million|billion|sources?|times?|rounds?|challenges?|colleges in"
    r"|experts?|representatives?|areas?)\b"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A number with its noun: the words, their offsets and the bounds."""

    words: str
    start: int
    end: int
    count: Count


def declared(text: str, lang: str) -> list[Declared]:
    """Return the numbers of parties and things that a text declares."""
    return _chinese(text) if lang == "zh" else _english(text)


_ZH_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?万?|[一二两三四五六七八九十百千]+)"
_ZH_NOUN = r"[^，。；：、！？（）《》“”\s\d]{1,14}?"
_ZH_CLASS = r"(?:大|家|所|个|项|块|支|门|座)"
_ZH_AFTER = (
    "企业|高校|院校|学校|单位|学院|机构|大学|部门|政府部门|基地|中心|实验室|资源|项目|联盟|成员|会员单位|城市|研究所|研究院|研究室|牌匾|平台|"
    "内容|园区|公司|医院|协会|科研基地|合作内容|高职院校|产业学院|共同体|研究生院|成员单位|用人单位|试点城市|实践基地资源"
)


@functools.cache
def _zh_patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(
            rf"(?P<of0>(?:第二批)?)(?P<n>{_ZH_NUMBER})(?P<m>余|多)?(?:(?P<c>{_ZH_CLASS})|(?=部门|高校|院校))(?P<m2>左右|以上)?的?"
            rf"(?P<of>{_ZH_NOUN}(?:{_ZH_AFTER})(?:和(?:{_ZH_AFTER}))?|(?:{_ZH_AFTER})(?:和(?:{_ZH_AFTER}))?)(?:资源)?(?!之一|的代表|中|里)"
        ),
        re.compile(
            r"(?P<of>(?:市级及以上的?|重大|省级)?[^，。；：、！？（）《》“”\s\d在]{2,16}?)(?P<verb>要有)?(?P<n>\d[\d,]*万?|1万)(?P<c>家|所|个)(?P<m2>左右|以上)?"
            r"(?=[，。；、]|$)"
        ),
        re.compile(rf"(?P<n>百)(?P<m>余)(?P<c>家)(?P<of>(?:{_ZH_AFTER}))"),
    )


def _chinese(text: str) -> list[Declared]:
    found: list[Declared] = []
    for pattern in _zh_patterns():
        for match in pattern.finditer(text):
            value = number(match["n"])
            if value is None or value < 2 or _NO_THING.search(match["of"][:2] if match["c"] is None else ""):
                continue
            if text[match.start() - 1 : match.start()] in {"第", "之", "年", "“", "."} or "一体" in match.group():
                continue
            if match["c"] is None and not re.match("部门|高校|院校", match["of"]):
                continue
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            more = match.groupdict()
            bound = (more.get("m") or "") + (more.get("m2") or "")
            count = _bounded(value, bound, match["of"])
            found.append(Declared(match.group(), match.start(), match.end(), count))
    return sorted(found, key=lambda one: one.start)


def _bounded(value: int, bound: str, noun: str) -> Count:
    """Return the count with its bounds: 余, 多, 以上, over and more than bound it below; 左右 and around do not."""
    if bound in {"左右", "around", "about", "some", "nearly", "almost", "近", "约"}:
        return Count(max(1, round(value * 0.9)), round(value * 1.1), noun, approximate=True)
    if bound in {"up to", "at most"}:
        return Count(1, value, noun, approximate=True)
    return Count(value, None if bound else value, noun, approximate=bool(bound))


def number(words: str) -> int | None:
    """Return the value of a number in digits, Chinese numerals or English words."""
    plain = words.replace(",", "").lower()
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)(万?)", plain):
        return int(float(match[1]) * (10_000 if match[2] else 1))
    if plain in _WORDS:
        return _WORDS.index(plain) + 1
    if "-" in plain or plain in _TENS:
        tens, _, ones = plain.partition("-")
        return _TENS[tens] + (_WORDS.index(ones) + 1 if ones in _WORDS else 0) if tens in _TENS else None
    total, digit = 0, 0
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            total, digit = total + max(digit, 1) * _UNITS[character], 0
        else:
            return None
    return total + digit


_EN_BOUND = "more than|over|around|about|some|at least|up to|nearly|almost"
_EN_NUMBER = rf"\d[\d,]*|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_WORDS[:9])}))?|{'|'.join(_WORDS[1:])}"
_EN_NOUN = (
    r"enterprises|companies|firms|universities|institutions|institutes|institutions|departments|schools|colleges|alliances"
    r"|members|member units|member institutions|provinces|cities|pilot cities|centers|centres|laboratories|bodies|bases"
    r"|resources|agencies|partners|organisations|organizations|projects|proposals|drafts|applications|prizes|places|schemes"
    r"|campuses|units|research institutes|government bodies|universities|hubs|platforms|associations"
)


@functools.cache
def _en_pattern() -> re.Pattern[str]:
    cap = r"[A-Z][\w+-]*"
    return re.compile(
        rf"\b(?:(?P<m>{_EN_BOUND}) )?(?P<n>(?i:{_EN_NUMBER}))(?: (?P<other>other|further|new|additional|extra|full))?"
        rf"(?: of (?:its |these |the )?)?(?P<of>(?: ?(?:{cap}|[a-z-]+)){{0,3}}? ?\b(?:{_EN_NOUN})"
        rf"|(?: {cap})+ (?:Alliances|Universities|Institutions))\b",
    )


def _english(text: str) -> list[Declared]:
    found = []
    for match in _en_pattern().finditer(text):
        value = number(match["n"])
        before = text[max(0, match.start() - 2) : match.start()]
        if value is None or value < 2 or before.endswith(("€", "£", "$", "-")) or _NO_THING_EN.search(match["of"]):
            continue
        if re.search(r"\b(?:of|for|and|in|at|with|from|to)\b", match["of"].strip().split(" ")[0]):
            continue
        if 1900 < value < 2100 and not match["m"]:
            continue
        noun = match["of"].strip()
        found.append(Declared(match.group(), match.start(), match.end(), _bounded(value, match["m"] or "", noun)))
    return found
