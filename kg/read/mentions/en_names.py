"""English names: runs of capitalised words, joined by prepositions after a head noun, typed by the head noun."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.read.lexicon import alternation, load, words
from kg.read.mentions.scene import Occurrence

_CAP = (
    r"(?:People['’]s|(?:Dr|Prof|Mr|Ms|Mrs|St|Inc|Co|Corp)\.|U\.S\.A?|[A-Z]\.(?:[A-Z]\.?)*(?= )"
    r"|[A-ZÀ-ÝŻŁŚ](?:[\w&-]|['’](?!s\b)\w|\.(?=[A-Z]\b))*"
    r"|\d+(?:st|nd|rd|th)(?= [A-Z]))"
)
_RUN = re.compile(rf"\b{_CAP}(?: {_CAP})*")
_LINK = re.compile(r" (?:of|for) (?:the )?| (?:and|&) | for the | of ")
_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "For",
        "With",
        "By",
        "From",
        "After",
        "Before",
        "During",
        "When",
        "While",
        "As",
        "It",
        "This",
        "That",
        "These",
        "Those",
        "Their",
        "Its",
        "Once",
        "Under",
        "Speeches",
        "Among",
        "Up",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Both",
        "Together",
        "Other",
        "Local",
        "Additionally",
        "Founded",
        "Ten",
        "Twenty-four",
        "Obstacles",
        "Projects",
        "Rectors",
        "No",
        "Firms",
        "Young",
        "Small",
        "Wants",
        "Copyright",
        "Release",
        "Share",
        "Page",
        "Before",
        "Said",
        "Chairman",
    ]
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of capitalised words with its offsets."""

    text: str
    start: int
    end: int


@functools.cache
def heads() -> tuple[tuple[str, str], ...]:
    """Return each head noun with its type, the longest first."""
    pairs = [(word, kind) for kind, lines in load("en")["heads"].items() for word in words(lines)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@functools.cache
def places() -> re.Pattern[str]:
    """Return the expression for a place."""
    return re.compile(alternation(words(load("en")["places"]["list"])))


@functools.cache
def _titles() -> frozenset[str]:
    titles = load("en")["titles"]
    return (
        frozenset(words(titles["core"]))
        | frozenset(words(titles["honorifics"]))
        | {"Vice", "Party", "Academic", "Executive"}
    )


def chunks(text: str) -> list[Chunk]:
    """Return the runs of capitalised words, without the first word of a sentence if it is a common one."""
    found = []
    for match in _RUN.finditer(text):
        start, end = match.start(), match.end()
        while (first := text[start:end].split(" ", maxsplit=1)[0]) in _STARTERS and start < end:
            if first == "The" and re.search(r"[a-z,] $", text[max(0, start - 2) : start]):
                break  # a capital inside a sentence: the article belongs to the name
            start += len(first) + 1
        words_left = text[start:end]
        if words_left.endswith(".") and not re.search(r"(?:\b[A-Z]|Inc|Ltd|Co|Corp|Dr|Prof|St|U\.S)\.$", words_left):
            end -= 1
        if start < end:
            found.append(Chunk(text[start:end], start, end))
    return found


def head_of(name: str) -> str | None:
    """Return the type by the last head noun before the first preposition."""
    base = re.split(r" (?:of|for|on|in|at) ", name)[0]
    for part in (base, name):
        found = [
            (part.rfind(word), kind)
            for word, kind in heads()
            if re.search(rf"(?:^|[ -]){re.escape(word)}s?(?:$|[ ,-])", part)
        ]
        if found:
            return max(found)[1]
    return None


def named(text: str) -> list[Occurrence]:
    """Return the organisations, facilities, events, plans and programmes of a text."""
    runs, found = chunks(text), []
    firms, done = _firms(text), 0
    for number, run in enumerate(runs):
        if any(one.start <= run.start < one.end for one in firms):
            continue
        start, name, end = run.start, run.text, run.end
        for following in runs[number + 1 :]:
            link = text[end : following.start]
            if not _joins(name, link, following.text):
                break
            end = following.end
            name = text[start:end]
        start, name = _without_titles(start, name)
        place = re.match(rf" \(({places().pattern})\)", text[end:])
        name += place.group() if place and head_of(name) == "University" else ""
        kind = _kind(name) if name else None
        is_inside = start < done
        done = end if kind and not is_inside else done
        if kind and (not is_inside or (kind == "University" and end <= done)):
            found.append(Occurrence(kind, name, start, start + len(name), "head"))
    return firms + [one for one in found if not any(one.start < firm.end and firm.start < one.end for firm in firms)]


def _without_titles(start: int, name: str) -> tuple[int, str]:
    """Return the name without the office before it."""
    while (
        (first := name.split(" ", maxsplit=1)[0]) in _titles()
        and " " in name
        and not name.startswith(("Party Committee", "University", "Science", "Business", "Research"))
    ):
        start, name = start + len(first) + 1, name[len(first) + 1 :]
    name_after = re.sub("^(?:of|for) (?:the )?", "", name)
    return start + len(name) - len(name_after), name_after


def _joins(name: str, link: str, following: str) -> bool:
    """Return whether a run continues a name."""
    is_head = any(re.search(rf"(?:^|[ -]){re.escape(word)}(?:s|es)?$", name) for word, _ in heads())
    if link == " - ":
        return head_of(following) in {"Event", "Alliance", "Programme"} and not is_head
    if re.fullmatch(" on (?:the )?", link):
        return bool(re.search("Conference|Forum|Symposium|Workshop|Congress", name))
    if re.fullmatch(" (?:de|di|del|des|du|da|della|der|für) (?:la |l'|los )?", link):
        return bool(re.match(_FOREIGN, name))
    if re.fullmatch(" (?:of|for) (?:the )?", link):
        if re.search(" (?:of|for) ", name) and head_of(following) and not places().match(following):
            return False
        topics = words(load("en")["join"]["topics"])
        if not is_head and re.search(
            "(?:Department|Bureau|Ministry|Division|School|College|Office|Faculty|Council) (?:of|for) ", name
        ):
            first = following.split(" ", maxsplit=1)[0]
            return bool(head_of(following) or places().match(following) or first in topics)
        return is_head and not re.search("(?:[Cc]ampus|Park)$", name)
    if link == " at ":
        return bool(re.search(r"University of [A-Z]\w+(?: \w+){0,4}$", name)) and bool(places().match(following))
    if link == " in the ":
        return bool(re.search("Conference|Forum|Office", name)) and bool(re.search("Area|Region|Kong", following))
    if link not in {" and ", " & ", ", "}:
        return False
    return _joins_list(name, link, following, is_head=is_head)


_FOREIGN = "Univers|Institut|Centr|Laborato|[EÉ]cole|Escuela|Hochschule|Fundaci"


def _joins_list(name: str, link: str, following: str, *, is_head: bool) -> bool:
    """Return whether a run after "and" or a comma continues a name: Department of Science and Technology."""
    topics = set(words(load("en")["join"]["topics"]))
    inside = re.search(r" (?:of|for|on) (?:the )?(.+?)$", name)
    first, last = following.split(" ", maxsplit=1)[0], name.rsplit(" ", maxsplit=1)[-1]
    if link == ", ":
        return bool(inside) and last in topics and first in topics and not head_of(following)
    if head_of(following):
        is_placed = places().match(name) and " " in name and not following.endswith("University")
        return not inside and not is_head and bool(last in topics or is_placed)
    if not inside:
        return not is_head and last in topics and bool(re.search(r"(?:^|[ ])(?:Federation|Committee)", name))
    if re.search("University|Polytechnic", name):
        return first in topics or (last in topics and " " not in following and not places().match(following))
    return not places().match(following) and (first in topics or following.count(" ") < 3)


def _firms(text: str) -> list[Occurrence]:
    """Return firms by their legal form."""
    suffix = load("en")["firms"]["suffix"]
    pattern = re.compile(rf"((?:{_CAP} )+(?:and {_CAP} )?)(?:{suffix})(?=[\s,;.)']|$)")
    found = []
    for match in pattern.finditer(text):
        start, name = match.start(), match.group()
        while (first := name.split(" ")[0]) in _STARTERS:
            start, name = start + len(first) + 1, name[len(first) + 1 :]
        found.append(Occurrence("Firm", name, start, match.end(), "legal-form"))
    return found


def _kind(name: str) -> str | None:
    """Return the type of a name, or None if it has no head noun or nothing else."""
    kind = None if "Leadership Group" in name else head_of(name)
    bare = name.split(" ")
    if re.search("University (?:Council|Board|Committee|Hospital)$", name) or name == "University Council":
        return "Unit"
    if kind is None or len(bare) < 2:
        return None
    if kind == "University" and re.search(r"^College of|^(?:[\w-]+ ){0,6}College$", name) and "University" not in name:
        return (
            "Unit"
            if name.startswith("College of")
            or re.search("Modern|Undergraduate|Future|Engineering|Excellent|Industry", name)
            else kind
        )
    if kind == "University" and re.search(r"University (?:Council|Press|Hospital|Party)", name):
        return "Unit"
    if name.startswith("European University") and kind == "University" and not re.search("Institute|Viadrina", name):
        return "Alliance"
    if kind == "Unit" and re.match(
        r"(?!School|Institute|College|Faculty)[\w' ]*"
        r"(?:Polytechnic Institute|(?:Vocational|Normal|Technical) (?:\w+ ){0,3}(?:Institute|School)"
        r"|Institute of Technology|\w School of (?:Arts|Economics|Business))",
        name,
    ):
        return "University"
    if kind == "Unit" and "Government" in name:
        return "GovernmentDepartment"
    if kind == "Unit" and name.startswith("National Institute"):
        return "OtherOrg"
    if kind == "GovernmentDepartment" and re.search(r"Party Committee of .*University", name):
        return "Unit"
    return kind
