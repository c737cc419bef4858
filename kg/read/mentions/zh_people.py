"""Chinese names of office holders and their offices."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.read.lexicon import alternation, load, words

_PARTICLES = "等在和与为率对就向从到也还又则的是将曾任把说称谈及"
"""Characters that follow a name and end no name."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the offices that stand before the name.

    Attributes:
        name: the name of the person.
        start: offset of the name.
        end: offset after the name.
        offices: each office with its offsets, in order; none if the name follows another name or has none.
        inherited: whether the offices are those of the person before in the list.
    """

    name: str
    start: int
    end: int
    offices: tuple[tuple[str, int, int], ...]
    inherited: bool = False


@functools.cache
def office() -> re.Pattern[str]:
    """Return the expression for one office."""
    titles = load("zh")["titles"]
    more = alternation(set(words(titles["modifiers"])) - {"院", "校"})
    own = "(?<![学究医法计科])(?:院(?!院)|校(?!校))"  # the 院 of 学院院长 and 研究院副院长 ends the name
    return re.compile(f"(?:{more}|{own})*(?:{alternation(words(titles['core']))})")


@functools.cache
def _no_names() -> frozenset[str]:
    return frozenset(words(load("zh")["people"]["no_names"]))


@functools.cache
def _surname() -> str:
    people = load("zh")["people"]
    return f"(?:{alternation(words(people['compound']))}|[{people['surnames']}])"


@functools.cache
def _after() -> re.Pattern[str]:
    return re.compile(f"{alternation(words(load('zh')['people']['after']))}|[，。、；：！？“”（）《》\\s]|$")


def name_at(text: str, place: int) -> str | None:
    """Return the name of a person that begins at an offset: a surname and one or two characters."""
    match = re.compile(_surname()).match(text, place)
    if not match:
        return None
    for length in (2, 1):
        end = match.end() + length
        given = text[match.end() : end]
        if len(given) == length and re.fullmatch("[\u4e00-\u9fff]+", given) and _after().match(text, end):
            if length == 2 and (given[1] in _PARTICLES or _ends_early(text, end - 1)):
                continue
            name = text[place:end]
            return None if name in _no_names() else name
    return None


def _ends_early(text: str, end: int) -> bool:
    """Return whether a name of two characters is followed by a word of at least two characters."""
    match = _after().match(text, end)
    return match is not None and len(match.group()) > 1


def holders(text: str) -> list[Holder]:
    """Return the persons of a text with the offices before their names."""
    found: list[Holder] = []
    for match in office().finditer(text):
        name = name_at(text, match.end())
        if name is None:
            continue
        offices = [(match.group(), match.start(), match.end())]
        begin = match.start()
        while before := _before(text, begin):
            offices.insert(0, (before.group(1), before.start(1), before.end(1)))
            begin = before.start(1)
        found.append(Holder(name, match.end(), match.end() + len(name), tuple(offices)))
        found.extend(_followers(text, found[-1]))
    return found


def _before(text: str, end: int) -> re.Match[str] | None:
    """Return the office that ends before an offset and belongs to the same person."""
    window = text[max(0, end - 30) : end]
    for match in office().finditer(window):
        rest = window[match.end() :]
        if rest in {"、", "兼", "，兼", "、兼", "兼任", "和"}:
            return re.compile(f"({re.escape(match.group())})").search(text, end - len(rest) - len(match.group()))
    return None


def _followers(text: str, first: Holder) -> list[Holder]:
    """Return the persons that follow in a list and hold the same last office."""
    found: list[Holder] = []
    end = first.end
    while end < len(text) and text[end] in "、和":
        name = name_at(text, end + 1)
        if name is None or office().match(text, end + 1):
            break
        found.append(Holder(name, end + 1, end + 1 + len(name), first.offices[-1:], inherited=True))
        end += 1 + len(name)
    return found


def bare(text: str) -> list[Holder]:
    """Return persons without an office: names in a list that represent the sides."""
    found: list[Holder] = []
    verbs = "分别|代表|签字|签署|共同为|作为双方"
    pattern = re.compile(
        f"(?<![\u4e00-\u9fff])({_surname()}[\u4e00-\u9fff]{{1,2}})[、和与]({_surname()}[\u4e00-\u9fff]{{1,2}})(?={verbs})"
    )
    for match in pattern.finditer(text):
        found.extend(Holder(match.group(n), match.start(n), match.end(n), ()) for n in (1, 2))
    return found
