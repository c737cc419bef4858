"""English agreements, events, fields, places, and lower-case units."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import alternation, load, words
from kg.read.mentions import en_names
from kg.read.mentions.scene import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable


@functools.cache
def _kind(section: str) -> re.Pattern[str]:
    lexicon = load("en")[section]
    more, core = alternation(words(lexicon["modifiers"])), alternation(words(lexicon["core"]))
    return re.compile(rf"\b(?:(?:{more})[ -](?:and )?)*(?:{core})\b")


def agreements(text: str) -> list[Occurrence]:
    """Return agreements by their kind."""
    found = []
    for match in _kind("agreements").finditer(text):
        name = match.group()
        article = re.search(
            r"\b(the|The|this|that|an?|its|their|old|previous|each) (?:new |official )?$",
            text[max(0, match.start() - 16) : match.start()],
        )
        bare = name in {"agreement", "memorandum", "contract", "MoU", "MOU", "Memorandum"}
        form = "word" if bare and article and article[1].lower() in {"the", "this", "that"} else "name"
        if name not in load("en")["agreements"]["generic"][0].split() and not _is_rule(text, match.start()):
            found.append(Occurrence("Agreement", name, match.start(), match.end(), "agreement", form))
    return found


_RULE = re.compile(r"\b(?:every|each|any) (?!of\b)\w[^.;]*\ban? (?:[a-z]+ )?$", re.IGNORECASE)


def _is_rule(text: str, place: int) -> bool:
    """Return whether the words before an agreement state a rule for many cases: in every project, an agreement."""
    return bool(_RULE.search(text[max(0, place - 160) : place]))


def events(text: str) -> list[Occurrence]:
    """Return events by their kind; a bare noun with an article is a word for the event."""
    found = []
    for match in _kind("events").finditer(text):
        name = match.group()
        article = re.search(r"\b(the|The|this|that) $", text[max(0, match.start() - 6) : match.start()])
        form = "word" if " " not in name and article and name != "ceremony" else "name"
        found.append(Occurrence("Event", name, match.start(), match.end(), "event", form))
    return found


_STOP = "and|which|that|with|for|to|from|by|at|in|on|is|are|was|were"


@functools.cache
def _before_fields() -> re.Pattern[str]:
    item = rf"(?:the )?[\w-]+(?: (?!(?:{_STOP})\b)[\w-]+){{0,3}}"
    lead = alternation(load("en")["fields"]["before"])
    return re.compile(rf"(?:{lead}) ({item}(?:, (?:and )?{item})*(?:,? and {item})?)")


_NO_FIELD = re.compile(
    r"\d|^(?:its|their|an?|this|these|our|such|other|both|all|joint|fostering|promoting|enhancing|improving|building|strengthening|developing|training|one|two|three|four|companies|industry|the)\b|university|partner"
)


def fields(text: str) -> list[Occurrence]:
    """Return fields in lists after words such as "in the fields of"."""
    found = []
    for match in _before_fields().finditer(text):
        for item in re.finditer(r"(?:^|, and |, | and )((?:(?!, | and ).)+)", match[1]):
            name = re.sub("^the ", "", item[1].strip())
            start = match.start(1) + item.start(1) + item[1].find(name)
            if len(name) > 3 and not _NO_FIELD.search(name):
                found.append(Occurrence("Field", name, start, start + len(name), "field"))
    return found


def places(text: str) -> list[Occurrence]:
    """Return places by the list, with a word such as Province, and campuses."""
    found = []
    for match in re.finditer(
        rf"\b(?:in|at|of|from|outside|around|to|for) (?:the )?({en_names.places().pattern})"
        r"(?![\w-]| University| [A-Z][a-z]+ (?:Department|Government))",
        text,
    ):
        found.append(Occurrence("Place", match[1], match.start(1), match.end(1), "place"))
    for match in re.finditer(rf", ({en_names.places().pattern})(?=[,.;)])", text):
        found.append(Occurrence("Place", match[1], match.start(1), match.end(1), "place"))
    for match in re.finditer(r"\b((?:[A-Z][\w-]+ ){1,3}(?:[Cc]ampus|Province))\b", text):
        name = re.sub("^(?:The|In|At|Its) ", "", match[1])
        found.append(Occurrence("Place", name, match.end(1) - len(name), match.end(1), "campus"))
    return found


def plans(text: str) -> list[Occurrence]:
    """Return plans that are common nouns, and fields before "are named as priority industries"."""
    found = []
    for match in re.finditer(
        r"\b((?:guidelines|opinions|measures|regulations|an? outline) on (?:(?!, | released| issued|\.).)+)", text
    ):
        found.append(Occurrence("PolicyPlan", match[1], match.start(1), match.end(1), "lower-case"))
    item = r"[A-Za-z-]+(?: [a-z-]+){0,3}?"
    pattern = rf"({item}(?:, {item})+ and {item})(?= (?:are|were|have been) (?:named|listed|singled|chosen|given))"
    for match in re.finditer(pattern, text):
        for one in re.finditer(r"(?:^|, | and )((?:(?!, | and ).)+)", match[1]):
            found.append(
                Occurrence("Field", one[1], match.start(1) + one.start(1), match.start(1) + one.end(1), "priority")
            )
    return found


def lower(text: str) -> list[Occurrence]:
    """Return units and facilities whose names are common nouns: the institute that is to be built."""
    noun = "institute|college|center|centre|laboratory|laboratories|base|platform"
    pattern = re.compile(rf"\b(?:an?|the|a new|joint building of, an?) ((?:[a-z-]+ (?:and )?){{1,5}}(?:{noun}))\b")
    found = []
    for match in pattern.finditer(text):
        name = re.sub(r"^(?:new|own|first|local|other|same) ", "", match[1])
        kind = "Unit" if re.search("institute|college", name) else "Facility"
        if " " in name and not re.search(
            r"\b(?:of|the|that|is|to|for|in|at|research institute$)\b", name.removesuffix("research institute")
        ):
            found.append(Occurrence(kind, name, match.end(1) - len(name), match.end(1), "lower-case"))
    districts = re.compile(r"\b([A-Z][a-z]+ (?:district|county|city|province))\b")
    found += [
        Occurrence("GovernmentDepartment", one[1], one.start(1), one.end(1), "district")
        for one in districts.finditer(text)
    ]
    return found


def quoted(text: str) -> list[Occurrence]:
    """Return plans, alliances and units in quotes, which give their exact ends."""
    found = []
    for match in re.finditer(r"[\"“']([A-Z][^\"“”']{8,160}?)[\"”'](?!\w)", text):
        name = match[1].rstrip(",.")
        kind = en_names.head_of(re.sub(r" ?\(.*\)$", "", name))
        if kind in {"PolicyPlan", "Alliance", "Unit", "Facility", "Event", "Programme"}:
            found.append(Occurrence(kind, name, match.start(1), match.start(1) + len(name), "quoted"))
    return found


def topics(names: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the field in the name of an alliance or laboratory: what stands between its place and its kind."""
    kind = r"(?:Key )?(?:Industry|Industrial|Technology|Innovation)(?: Chain)?\b.*Alliance$"
    pattern = re.compile(
        rf"^(?:[A-Z]\w+ (?:Province|City) |National )?(?:Key )?(.{{4,60}}?) {kind}|Laboratory (?:of|for) (.+)$"
    )
    found = []
    for one in names:
        match = pattern.search(one.name) if one.type in {"Alliance", "Facility"} and one.form == "name" else None
        if match and (name := match[1] or match[2]):
            start = one.start + one.name.find(name)
            found.append(Occurrence("Field", name, start, start + len(name), "in-name"))
    return found
