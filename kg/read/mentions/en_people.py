"""English names of office holders."""

from __future__ import annotations

import functools
import re

from kg.read.lexicon import alternation, load, words
from kg.read.mentions.en_names import Chunk, chunks, head_of, places
from kg.read.mentions.scene import Occurrence

_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ong|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie"
    "|iu|ua|ue|ui|uo|er|a|o|e|i|u|v)"
)


@functools.cache
def office() -> re.Pattern[str]:
    """Return the expression for one office."""
    titles = load("en")["titles"]
    core, more = (alternation(_cases(words(titles[name]))) for name in ("core", "modifiers"))
    end = r"(?: of the (?:Party (?:Committee|Leadership Group)|CPC Committee|Board|Council))?"
    return re.compile(rf"\b(?:(?:{more})[ -])*(?:{core})\b{end}")


def _cases(some: tuple[str, ...]) -> set[str]:
    return {*some, *(word.lower() for word in some), *(word[0].upper() + word[1:] for word in some)}


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset(words(load("en")["people"]["surnames"]))


def is_pinyin(name: str) -> bool:
    """Return whether a name is a Chinese surname with a given name of one or two syllables."""
    first, _, rest = name.partition(" ")
    return first in _surnames() and bool(re.fullmatch(f"{_SYLLABLE}(?:['’-]?{_SYLLABLE}){{0,2}}", rest.lower()))


def people(text: str) -> list[Occurrence]:
    """Return the persons of a text, at each place of their names."""
    names = {one.text: rule for one in _candidates(text) if (rule := _rule(text, one))}
    found = []
    for name, rule in names.items():
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            found.append(Occurrence("Person", name, match.start(), match.end(), rule))
    return found


def _candidates(text: str) -> list[Chunk]:
    """Return the runs of two to five words, without titles before the name."""
    found = []
    for run in chunks(text):
        start, name = run.start, run.text
        match = re.match(rf"(?:(?:{alternation(words(load('en')['titles']['honorifics']))})\s)+", name)
        if match:
            start, name = start + match.end(), name[match.end() :]
        titled = [one for one in office().finditer(name) if name[one.end() : one.end() + 1] == " "]
        if titled:
            start, name = start + titled[-1].end() + 1, name[titled[-1].end() + 1 :]
        again = re.match(rf"(?:(?:{alternation(words(load('en')['titles']['honorifics']))})\s)+", name)
        if again:
            start, name, match = start + again.end(), name[again.end() :], again
        if 1 <= name.count(" ") <= 4 or (match and " " not in name):
            found.append(Chunk(name, start, start + len(name)))
    return found


def _rule(text: str, one: Chunk) -> str | None:
    """Return the rule by which a run is a person, if any."""
    before, after = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 60]
    if head_of(one.text) or places().fullmatch(one.text):
        return None
    if is_pinyin(one.text):
        return "pinyin"
    if re.search(rf"(?:{alternation(words(load('en')['titles']['honorifics']))}) $", before):
        return "honorific"
    if re.search(rf"(?:{office().pattern}) $", before):
        return "after-office"
    if re.match(
        rf", (?:the |an? |{one.text.split(' ')[0]}'s )?(?:[A-Z][\w.]*(?:'s)? ){{0,3}}(?:{office().pattern})", after
    ):
        return "before-office"
    if re.match(rf",? (?:{alternation(words(load('en')['people']['after']))})\b", after) and one.text.count(" ") in {
        1,
        2,
    }:
        return "speaker"
    return None
