"""Other words of a Chinese text for a name: declared short names, shortened names, and common nouns such as 学校."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions import zh_names
from kg.read.mentions.scene import Occurrence, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DECLARED = re.compile(r"^[（(](?:以下简称|下称|以下称|简称|下简称)?[:：]?[“\"]?([^（）()“”\"，。]{2,14})[”\"]?[）)]")
_LEGAL = re.compile("(?:（[^（）]*）)?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)$")


def declared(text: str, names: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the places of short names that brackets after a name declare."""
    found = []
    for one in names:
        match = _DECLARED.match(text[one.end : one.end + 24])
        if match and not re.search(r"[\d.]{3}|试行", match[1]):
            found += _at_each(text, match[1], one, "declared")
    return found


def shortened(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the places of short names that are made of the characters of a name."""
    found = []
    for one in {
        item.key: item for item in names if item.type in {"University", "Firm", "GovernmentDepartment"}
    }.values():
        for short in _candidates(text, one):
            found += _at_each(text, short, one, "shortened")
    return found


def _candidates(text: str, one: Occurrence) -> list[str]:
    if one.type == "University":
        return _university(text, one.name)
    if one.type == "GovernmentDepartment":
        match = re.fullmatch("(.{2,4}?)(?:市|省|区|县)?(?:人民政府|市政府|政府)", one.name)
        return [one.name.removesuffix("人民政府").removesuffix("政府"), match[1]] if match else []
    core = _LEGAL.sub("", one.name)
    start = zh_names.places().match(core)
    rest = core[start.end() :].lstrip("市省县区") if start else core
    found = [core] if core != one.name and len(core) >= 3 else []
    for length in range(len(rest), 1, -1):
        prefix = rest[:length]
        for short in (f"{prefix}集团", prefix):
            if (
                short != one.name
                and short in text.replace(one.name, "")
                and len(short) >= (2 if "集团" in short else 3)
            ):
                return [*found, short]
    return found


def _university(text: str, name: str) -> list[str]:
    """Return abbreviations such as 辽科大: some characters of the name in order, with 大 or 院 at the end."""
    last = "大" if name.endswith("大学") else "院" if name.endswith("学院") else ""
    found = []
    for match in re.finditer(f"{name[0]}[\u4e00-\u9fff]{{1,4}}?{last}(?!学)", text) if last else ():
        short, rest = match.group(), iter(name[:-1] if last == "大" else name)
        if all(character in rest for character in short) and short not in name:
            found.append(short)
    if name.startswith("中国") and name[2:] in text.replace(name, ""):
        found.append(name[2:])
    return found


def _at_each(text: str, short: str, one: Occurrence, rule: str) -> list[Occurrence]:
    return [Occurrence(one.type, one.name, at, at + len(short), rule, "alias") for at in places_of(text, short)]


def common(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the places of common nouns, each for the last name of its type before it, or the first after it."""
    found = []
    for kind, lines in load("zh")["words"].items():
        of_kind = [one for one in names if one.type == kind and one.form != "word"]
        for word in words(lines) if of_kind else ():
            for at in places_of(text, word):
                found += _common(text, word, at, _principal(of_kind, at, kind))
    return found


def _principal(of_kind: Sequence[Occurrence], at: int, kind: str) -> Occurrence:
    """Return the name that a common noun stands for: of a school the most frequent, else the last one before it."""
    if kind in {"University", "Firm", "PolicyPlan", "Alliance", "Programme"}:
        counts: dict[tuple[str, str], int] = {}
        for one in of_kind:
            counts[one.key] = counts.get(one.key, 0) + 1
        best = max(counts.values())
        return next(one for one in of_kind if counts[one.key] == best)
    before = [one for one in of_kind if one.start < at]
    return before[-1] if before else of_kind[0]


def _common(text: str, word: str, at: int, one: Occurrence) -> list[Occurrence]:
    if len(word) == 2 and not re.match(
        r"[，。、；：方的与和将在对还已一把有也向成举则会为代签所校同领党副\s”]|$|[\u4e00-\u9fff]",
        text[at + 2 : at + 3],
    ):
        return []
    return [Occurrence(one.type, one.name, at, at + len(word), "common", "word")]
