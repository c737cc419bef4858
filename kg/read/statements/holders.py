"""The organisation of an office by rule: the name before it, the one that a list shares, or the one of its class."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from kg.read.lexicon import alternation, load, words

if TYPE_CHECKING:
    from kg.read.mentions.scene import Occurrence
    from kg.read.statements.sentence import Item, Sentence

_SIDE = {"zh": re.compile("方面|一方|来的是|到场的|出席的"), "en": re.compile("on the side of|for the")}


@functools.cache
def _classes(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    titles = load(lang)["titles"]
    kinds = (("GovernmentDepartment", "government"), ("University", "school"), ("Firm", "firm"))
    edge = r"\b" if lang == "en" else ""
    return tuple(
        (kind, re.compile(f"{edge}(?:{alternation(words(titles[name]))}){edge}", re.IGNORECASE)) for kind, name in kinds
    )


def class_of(office: str, lang: str) -> str | None:
    """Return the type of organisation that has such an office, if only one has."""
    return next((kind for kind, pattern in _classes(lang) if pattern.search(office)), None)


def fits(text: str, sentence: Sentence, person: Occurrence, organisation: Occurrence, lang: str) -> bool:
    """Return whether the person may have the office there: by the class of the office and the words after the name."""
    stated = _stated(text, sentence, person, lang)
    if stated and not _is_stated(sentence, stated, organisation):
        return False
    if not _is_own_side(text, sentence, person, organisation, lang):
        return False
    office = office_of(text, sentence, person, lang)
    if office and _OF_GOVERNMENT.search(office) and organisation.name.endswith(_COMMITTEES):
        return False
    kind = class_of(office, lang) if office else None
    return kind is None or organisation.type not in _CLASSED or organisation.type == kind


_OF_GOVERNMENT = re.compile("[市县区省州镇]长$")
_COMMITTEES = ("市委", "县委", "区委", "省委", "州委", "镇委", "党委", "党工委")
"""Ends of the names of party committees, which have secretaries and no mayors."""


def _stated(text: str, sentence: Sentence, person: Occurrence, lang: str) -> list[tuple[int, int]]:
    """Return the places of the organisations whose offices stand directly before or after the name."""
    if lang == "zh":
        return _chain(text, sentence, person)
    after = list(_after(text, sentence, person))
    return after or [place for place, rule in _before(text, sentence, person, lang).items() if rule == "direct"]


_EACH = {"zh": re.compile("(?:分别|各自)(?:代表|来自)"), "en": re.compile(" (?:signed |spoke )?(?:on behalf of|for) ")}
_AND = re.compile("(?:[、,，和与及] ?| and |, and )(?:the )?")


def _is_own_side(text: str, sentence: Sentence, person: Occurrence, organisation: Occurrence, lang: str) -> bool:
    """Return whether two equal lists leave the pair its order: 张三与李四分别代表甲和乙 gives 张三 to 甲."""
    items = [item for item in sentence.items if len(item.code) == 1]
    for match in _EACH[lang].finditer(text, sentence.start, sentence.end):
        people = _run(text, [item for item in reversed(items) if item.end <= match.start()], "N", match.start())
        sides = _run(text, [item for item in items if item.start >= match.end()], _ORGANISATIONS, match.end())
        if len(people) != len(sides) or len(people) < 2:
            continue
        places = [(item.start, item.end) for item in reversed(people)]
        names = [
            {one.key for one in sentence.occurrences if (one.start, one.end) == (item.start, item.end)}
            for item in sides
        ]
        if (person.start, person.end) in places and any(organisation.key in some for some in names):
            return organisation.key in names[places.index((person.start, person.end))]
    return True


def _run(text: str, items: list[Item], codes: str, place: int) -> list[Item]:
    """Return the items of some codes that form a list from a place on, in the order given."""
    found: list[Item] = []
    for item in items:
        gap = text[item.end : place] if item.end <= place else text[place : item.start]
        if item.code not in codes or not (_AND.fullmatch(gap) if found else gap.strip() in {"", "the"}):
            break
        found.append(item)
        place = item.start if item.end <= place else item.end
    return found


def _is_stated(sentence: Sentence, stated: list[tuple[int, int]], one: Occurrence) -> bool:
    """Return whether an organisation has the office, or is the school of a unit that is named without it."""
    there = [item for item in sentence.occurrences if (item.start, item.end) in stated]
    if one.key in {item.key for item in there}:
        return True
    units = [item for item in there if item.type == "Unit" and not item.name.startswith("Party Committee of ")]
    if one.type == "University" and units:
        return one.name > "\u2e80" and all("大学" not in item.name for item in units)  # 学校办公室主任 is of the school
    return any(one.start < span[1] and span[0] < one.end for span in stated)


_CLASSED = frozenset({"GovernmentDepartment", "University", "Firm"})


def rules(text: str, sentence: Sentence, person: Occurrence, lang: str) -> dict[tuple[int, int], str]:
    """Return for the offsets of an organisation the rule by which the office of a person belongs to it."""
    after = _after(text, sentence, person) if lang == "en" else {}
    return after or _before(text, sentence, person, lang)


def _chain(text: str, sentence: Sentence, person: Occurrence) -> list[tuple[int, int]]:
    """Return the organisations of Chinese offices before the name: A副校长、B教授张三."""
    items = [item for item in sentence.items if len(item.code) == 1 and item.end <= person.start]
    found: list[tuple[int, int]] = []
    end = person.start
    while items and items[-1].code == "T" and re.fullmatch("[、兼和]*", text[items[-1].end : end]):
        while items and items[-1].code == "T" and re.fullmatch("[、兼和]*", text[items[-1].end : end]):
            end = items.pop().start
        if not items or items[-1].code not in _ORGANISATIONS or re.search("[，；。、]", text[items[-1].end : end]):
            break
        found.append((items[-1].start, items[-1].end))
        end = items.pop().start
    return found


_UNSEEN = (-1, -1)
"""Place of an organisation that follows the office under a name that no rule finds."""
_ORGANISATIONS = "UIFGOL"
_LINK = re.compile(
    r"(?: (?:for|of|in charge of) [^,.;]{2,60}?)? (?:of|at|for|in|with) (?:the |its )?|,? ?(?:at|of) (?:the )?"
)
_OFFICE_GAP = r",? ?(?:(?:and|the|an?|its|also|as|well) )*(?:former )?"


def _after(text: str, sentence: Sentence, person: Occurrence) -> dict[tuple[int, int], str]:
    """Return the organisations of English offices after the name: Li Ming, president of A and chair of B."""
    items = [item for item in sentence.items if len(item.code) == 1 and item.start >= person.end]
    found: dict[tuple[int, int], str] = {}
    end = person.end
    while items and re.fullmatch(_OFFICE_GAP, text[end : items[0].start]):
        if _is_owner(text, items):  # "and A's chief engineer", but not "A chief engineer Li Ming"
            owner, office = items[0], items[1]
            found[owner.start, owner.end] = "direct"
            end, items = office.end, items[2:]
            continue
        if items[0].code != "T":
            break
        end = items[0].end
        items = items[1:]
        following = next((item for item in items if item.code in _ORGANISATIONS or item.code in "TN"), None)
        if following is not None and following.code in _ORGANISATIONS and _LINK.fullmatch(text[end : following.start]):
            found[following.start, following.end] = "direct"
            end, items = following.end, [item for item in items if item.start >= following.end]
        elif re.match(r" (?:of|at) (?:the )?[A-Z]", text[end : sentence.end]):
            found[_UNSEEN] = "direct"
            break
    return found


def _is_owner(text: str, items: list[Item]) -> bool:
    """Return whether the first item is an organisation whose office follows and does not belong to another person."""
    if len(items) < 2 or items[0].code not in _ORGANISATIONS or items[1].code != "T":
        return False
    is_next = text[items[0].end : items[1].start] in {" ", "'s ", "’s "}
    others = len(items) > 2 and items[2].code == "N" and text[items[1].end : items[2].start].strip() == ""
    return is_next and not others


def _before(text: str, sentence: Sentence, person: Occurrence, lang: str) -> dict[tuple[int, int], str]:
    items = [item for item in sentence.items if len(item.code) == 1 and item.end <= person.start]
    offices: list[Item] = []
    end = person.start
    while items and items[-1].code == "T" and re.fullmatch(r"[、，兼和/ ]*(?:and )?", text[items[-1].end : end]):
        end = items[-1].start
        offices.insert(0, items.pop())
    found: dict[tuple[int, int], str] = {}
    if not items:
        return found
    organisation = next((item for item in reversed(items) if item.code in "UIFGOL"), None)
    gap = text[items[-1].end : end]
    if offices and items[-1].code in "UIFGOL" and re.fullmatch("的?|'s | ", gap):
        found[items[-1].start, items[-1].end] = "direct"
    elif organisation is not None:
        between = [item.code for item in items if item.start > organisation.start]
        near = text[organisation.end : end]
        shared = "shared" if set(between) <= {"N", "T"} and not re.search("[。；;]", near) else "far"
        side = ":side" if _SIDE[lang].search(near) else ""
        stop = ":semicolon" if re.search("[；;]", near) else ""
        found[organisation.start, organisation.end] = f"{shared}{side}{stop}{':no-office' if not offices else ''}"
    return found


_OFFICE_AFTER = r",? ?(?:the |an? )?(?:[A-Z][\w.-]*(?:'s)? ?){0,4}"


def office_of(text: str, sentence: Sentence, person: Occurrence, lang: str) -> str | None:
    """Return the words of the office nearest to a person."""
    before = [item for item in sentence.items if item.code == "T" and item.end <= person.start]
    after = [item for item in sentence.items if item.code == "T" and item.start >= person.end]
    if after and lang == "en" and re.fullmatch(_OFFICE_AFTER, text[person.end : after[0].start]):
        return text[after[0].start : after[0].end]
    if before and text[before[-1].end : person.start].strip() == "":
        return text[before[-1].start : before[-1].end]
    shared = before and re.fullmatch(r"[^，。；与同]*", text[before[-1].end : person.start])
    return text[before[-1].start : before[-1].end] if shared and lang == "zh" else None
