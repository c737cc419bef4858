"""Chinese names of organisations by their suffix; the left end is a place, a known name or a word that ends names."""

from __future__ import annotations

import functools
import re

from kg.read.lexicon import alternation, load, words
from kg.read.mentions.scene import Occurrence

_HARD = "，。；：！？、“”‘’《》<>【】（）()\n\u3000 \t…|｜"
_INNER = re.compile(r"（[^（）]{1,8}）$|\([^()]{1,8}\)$")
_DATE = re.compile(r"\d+[年月日号时分个家所名项次人元万亿余%％]|[0-9.]+")
_DIVISION = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:省|市|县|自治区|自治州|新区|区)")
_LEFT_IS_NAME = re.compile(
    r"(?:大学|学院|学校|公司|集团|控股|政府|管委会|委员会|厅|局|部|委|院|协会|学会|中心|市|省|区|县|企业|方|商|所)$"
)


@functools.cache
def suffixes() -> tuple[tuple[str, str], ...]:
    """Return each suffix with its type, the longest first."""
    pairs = [(word, kind) for kind, lines in load("zh")["suffixes"].items() for word in words(lines)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@functools.cache
def suffix_pattern() -> re.Pattern[str]:
    """Return the expression for any suffix."""
    return re.compile(alternation(word for word, _ in suffixes()))


@functools.cache
def places() -> re.Pattern[str]:
    """Return the expression for a place or another beginning of names."""
    lexicon = load("zh")
    return re.compile(alternation([*words(lexicon["places"]), *words(lexicon["openings"])]))


@functools.cache
def _verbs() -> re.Pattern[str]:
    return re.compile(alternation(words(load("zh")["boundaries"]["words"])))


@functools.cache
def _strong() -> re.Pattern[str]:
    return re.compile(alternation(words(load("zh")["boundaries"]["strong"])))


@functools.cache
def _single() -> re.Pattern[str]:
    return re.compile(f"[{load('zh')['boundaries']['single']}]")


@functools.cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(load("zh")["boundaries"]["exceptions"])


@functools.cache
def _person() -> re.Pattern[str]:
    people = load("zh")["people"]
    return re.compile(f"(?:{alternation(words(people['compound']))}|[{people['surnames']}])[\u4e00-\u9fff]{{1,2}}")


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile(alternation(words(load("zh")["titles"]["core"])))


def left_end(text: str, end: int, suffix_start: int, known: frozenset[str]) -> int:
    """Return where the name that ends at `end` begins."""
    begin = suffix_start
    while begin > 0 and text[begin - 1] not in _HARD:
        begin -= 1
    inner = _INNER.search(text, max(0, begin - 10), begin)
    is_company = text[suffix_start:end].endswith("公司") and re.fullmatch("[^和与及]{0,10}", text[begin:suffix_start])
    if inner and (is_company or re.fullmatch("(?:有限|股份|集团|责任|公司)*", text[begin:suffix_start])):
        return left_end(text, end, inner.start(), known)
    return begin + _cut(text[begin:suffix_start], text[suffix_start:end], known)


def _cut(segment: str, suffix: str, known: frozenset[str]) -> int:
    """Return the number of characters of the segment that do not belong to the name."""
    cuts = [match.end() for match in _single().finditer(segment) if not _is_exception(segment + suffix, match.start())]
    cuts += [match.end() for match in _DATE.finditer(segment)]
    if suffix in {"大学", "公司", "集团", "有限公司", "政府", "厅", "局"}:
        cuts += [match.end() for match in re.finditer("[—–-]", segment)]
    cuts += [match.end() for match in _titles().finditer(segment) if match.end() < len(segment)]
    cut = _conjunctions(segment, suffix, max(cuts, default=0), known)
    anchor = _anchor(segment, cut, known)
    limit = len(segment) if anchor is None else anchor
    verbs = [one.end() for one in _verbs().finditer(segment, cut, limit) if len(one[0]) > 1 or one.start() == cut]
    if anchor is not None:
        start = anchor if verbs or anchor - cut > _LONGEST_PREFIX else cut
        later = [
            one.end()
            for one in _verbs().finditer(segment, anchor)
            if _LEFT_IS_NAME.search(segment[anchor : one.start()])
        ]
        later += [one.end() for one in _strong().finditer(segment, anchor + 2)]
        return max([start, *later])
    return max(verbs, default=cut)


_LONGEST_PREFIX = 6
"""Characters of a name before a place inside it; longer text before the place belongs to no name."""


def _is_exception(segment: str, place: int) -> bool:
    return any(match.start() <= place < match.end() for match in _exceptions().finditer(segment))


def _conjunctions(segment: str, suffix: str, cut: int, known: frozenset[str]) -> int:
    """Return the cut after a conjunction that joins two names; one inside a name is kept."""
    for match in re.finditer("[和与及跟同]", segment):
        if _is_exception(segment + suffix, match.start()):
            continue
        left, right = segment[cut : match.start()], segment[match.end() :]
        is_joint = (
            _LEFT_IS_NAME.search(left)
            or any(left.endswith(name) for name in known)
            or any(right.startswith(name) for name in known)
            or (places().match(right) and not left.endswith(("国家", "工业")))
            or (not right and suffix in {"公司", "学校", "集团", "学院"})
            or match.start() == cut
            or (match.group() == "同" and left.endswith("大"))
            or left.endswith(("上", "中", "下"))
            or _person().fullmatch(left)
        )
        if is_joint and match.start() >= cut:
            cut = match.end()
    return cut


def _anchor(segment: str, cut: int, known: frozenset[str]) -> int | None:
    """Return where the first place, division or known name begins after the cut."""
    starts = [match.start() for match in [places().search(segment, cut)] if match]
    starts += [place for name in known if (place := segment.find(name, cut)) >= 0]
    starts += [cut] if _DIVISION.match(segment, cut) and not _verbs().match(segment, cut) else []
    return min(starts, default=None)


_OWNER = re.compile("(?:学校|我校|该校|本校|公司|该公司)(?=[\u4e00-\u9fff]{4})")
"""Common nouns for the owner before a name."""


def named(text: str, known: frozenset[str]) -> list[Occurrence]:
    """Return the names that end in a suffix, nested ones included."""
    found = []
    for match in suffix_pattern().finditer(text):
        by_suffix = next(kind for word, kind in suffixes() if word == match.group())
        start = left_end(text, match.end(), match.start(), known)
        name = text[start : match.end()]
        if (owner := _OWNER.match(name)) and name not in words(load("zh")["whole"]["units"]):
            start, name = start + owner.end(), name[owner.end() :]
        kind = _kind(by_suffix, name, match.group())
        if kind and _is_name(name, match.group(), kind, text[match.end() : match.end() + 2]):
            found.append(Occurrence(kind, name, start, match.end(), f"suffix:{match.group()}"))
    return found


def _kind(kind: str, name: str, suffix: str) -> str | None:
    """Return the type of a name; a college of a university is a unit."""
    prefix = name[: -len(suffix)]
    if suffix == "学院":
        if re.search("大学|学院|学校", prefix):
            return "Unit"
        if re.search("(?<=..)(?:师范|职业|职业技术|理工|高等专科)$", prefix):
            return "University"
        starts = places().match(name)
        whole = starts and re.search(
            "职业|师范|理工|工程|科技|技术|旅游|财经|商|医|农|工业|电影|美术|音乐|体育|外国语|.{2}$", prefix
        )
        return "University" if whole else "Unit"
    is_apart = places().match(name) and not re.search("大学|学院|公司|集团|国家", prefix)
    if is_apart and suffix in {"研究院", "研究所", "研究总院", "研究设计院", "设计院"}:
        return "OtherOrg"
    return kind


_GENERIC = re.compile(
    r"^(?:各|多所|部分|有关|相关|该|本|我|全(?!国)|其他|这|其它|另外|另|[两三四五六七八九十百几数\d]+(?:所|家|个|大|名|位|类|余|多)|\d)"
)


def _is_name(name: str, suffix: str, kind: str, following: str) -> bool:
    """Return whether the words name something, and not a class of things."""
    prefix = name[: -len(suffix)]
    if suffix in {"市委", "市政府"}:
        return True
    if kind == "GovernmentDepartment" and len(suffix) >= 3:
        return not _GENERIC.match(prefix)
    if suffix == "学校" and not (
        places().match(name) or re.search("职业|中等|专科|中学|工程|管理|经济|师范|外国语", prefix)
    ):
        return False
    if suffix in {"大学", "学院"} and kind == "University" and len(prefix) < 2:
        return False
    if len(prefix) < 2 or _GENERIC.match(name):
        return name in words(load("zh")["whole"]["units"])
    if suffix == "集团" and following[:1] in {"有", "股", "公"}:
        return False
    return len(name) <= 40
