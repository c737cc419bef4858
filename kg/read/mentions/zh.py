"""The occurrences of a Chinese text: every rule in order, with overlaps resolved."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.mentions import zh_aliases, zh_names, zh_people, zh_things
from kg.read.mentions.scene import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OUTER = {
    "University": {"Unit", "Facility", "Agreement", "PolicyPlan", "Event", "Alliance", "OtherOrg"},
    "Firm": {"Unit", "Facility", "Agreement"},
    "GovernmentDepartment": {"PolicyPlan", "Agreement", "Unit"},
    "Alliance": {"Event", "Agreement"},
    "Unit": {"Agreement", "Event"},
    "Facility": {"Agreement", "Event"},
    "Agreement": {"Event"},
    "PolicyPlan": {"Event"},
    "Field": {"Unit", "Facility", "Alliance", "Event", "PolicyPlan", "Agreement"},
}
"""Types inside whose names a name of the type is a mention of its own."""


def occurrences(text: str, known: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences of a text in order; `known` are those of the names of the store."""
    people = [Occurrence("Person", one.name, one.start, one.end, "office") for one in zh_people.holders(text)]
    people += [Occurrence("Person", one.name, one.start, one.end, "pair") for one in zh_people.bare(text)]
    people = _everywhere(text, people)
    exact = [*zh_things.titles(text), *zh_things.quoted(text), *known]
    first = zh_names.named(text, frozenset(one.name for one in known))
    declared = zh_aliases.declared(text, [*known, *first])
    shorts = [*declared, *zh_aliases.shortened(text, [*known, *first])]
    anchors = frozenset(text[one.start : one.end] for one in shorts) | {one.name for one in known}
    organisations = _heads(text, zh_names.named(text, anchors))
    organisations += _cities(text)
    things = [
        *zh_things.programmes(text),
        *zh_things.listed(text),
        *zh_things.agreements(text),
        *zh_things.events(text),
        *zh_things.places(text),
        *zh_things.fields(text),
    ]
    kept = resolve([*exact, *shorts, *people, *organisations, *things])
    kept = bare_agreements(_unnamed(text, _full(kept)))
    return resolve([*kept, *zh_aliases.common(text, kept)])


def _everywhere(text: str, people: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the persons at each place of their names."""
    found = {(one.name, one.start): one for one in people}
    for one in list(found.values()):
        for match in re.finditer(re.escape(one.name), text):
            place = replace(one, start=match.start(), end=match.end())
            found.setdefault((one.name, match.start()), place)
    return list(found.values())


def resolve(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences without overlaps; a name inside a longer one stays where the types allow it."""
    kept: list[Occurrence] = []
    for one in sorted(found, key=_rank):
        if all(_fits(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, -one.end))


_SURE = ("title", "quoted", "known", "declared", "shortened", "alias")


def _rank(one: Occurrence) -> tuple[int, int, int]:
    order = 0 if one.rule in {"title", "quoted", "shared-list"} else 2 if one.form == "word" else 1
    return order, one.start - one.end, int(one.rule not in _SURE)


def _fits(one: Occurrence, other: Occurrence) -> bool:
    """Return whether both can stand: apart, or one inside the other as their types allow."""
    if one.end <= other.start or other.end <= one.start:
        return True
    if (one.start, one.end) == (other.start, other.end):
        return False
    if other.start <= one.start and one.end <= other.end:
        return other.type in _OUTER.get(one.type, ()) and one.form != "word"
    if one.start <= other.start and other.end <= one.end:
        return one.type in _OUTER.get(other.type, ())
    return False


def _heads(text: str, found: list[Occurrence]) -> list[Occurrence]:
    """Return the names with the head that a list shares: 陕西省教育厅、科学技术厅."""
    ordered = sorted(found, key=lambda one: one.start)
    result: list[Occurrence] = []
    for one in ordered:
        before = result[-1] if result else None
        if (
            before
            and one.type == before.type == "GovernmentDepartment"
            and text[before.end : one.start] in {"、", "和"}
        ):
            head = re.match(f"(?:{zh_names.places().pattern}|[\u4e00-\u9fff]{{2,3}}?)(?:省|市|自治区)", before.name)
            if head and one.name[-1] in "厅局委" and not one.name.startswith(("市", "省")) and not _starts(one.name):
                one = replace(one, name=head.group() + one.name, rule="shared-head")  # noqa: PLW2901 - the full name
        result.append(one)
    return result


def _starts(name: str) -> bool:
    return bool(zh_names.places().match(name))


def _cities(text: str) -> list[Occurrence]:
    """Return regions that act: they sign, co-build, or have the office that follows."""
    place = zh_names.places().pattern
    acts = "副?市长|副?省长|副?区长|副?县长|与|和|同|签|共建"
    before = "(?<=[与和同由])|(?<=^)|(?<=[，。、\\s])"
    pattern = re.compile(f"(?:{before})((?:{place}|[\u4e00-\u9fff]{{2}})(?:省|市|区|县))(?={acts})")
    found = [
        Occurrence("GovernmentDepartment", one[1], one.start(1), one.end(1), "region") for one in pattern.finditer(text)
    ]
    for match in re.finditer(f"((?:(?:{place})、)+(?:{place}))等(?:城市|市|地)", text):
        for one in re.finditer(place, match[1]):
            start = match.start(1) + one.start()
            found.append(Occurrence("GovernmentDepartment", one.group(), start, start + len(one.group()), "city-list"))
    return found


def bare_agreements(kept: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences with the words for an agreement, such as 协议, as the last agreement that was named."""
    named = [one for one in kept if one.type == "Agreement" and one.form != "word"]
    result = []
    for one in kept:
        if one.type == "Agreement" and one.form == "word" and named:
            before = [other for other in named if other.start < one.start]
            one = replace(one, name=(before[-1] if before else named[0]).name)  # noqa: PLW2901 - the full name
        result.append(one)
    return result


def _unnamed(text: str, kept: list[Occurrence]) -> list[Occurrence]:
    """Return the occurrences with a school or agreement that the text never names, by its common noun."""
    found: list[Occurrence] = []
    schools = [one for one in kept if one.type == "University" or (one.type == "Unit" and one.name.endswith("学院"))]
    for word in () if schools else ("我校", "我院", "学院"):
        if not found:
            found = [
                Occurrence("University", word, one.start(), one.end(), "unnamed") for one in re.finditer(word, text)
            ]
    named = any(one.type == "Agreement" and one.form == "name" for one in kept)
    bare = [one for one in kept if one.type == "Agreement" and one.form == "word"]
    if bare and not named:
        kept = [replace(one, form="name") if one in bare and one.name == bare[0].name else one for one in kept]
    return [*kept, *found]


_SHORT = 6
"""Longest name of a firm that may be an abbreviation of another."""


def _abbreviates(short: str, name: str) -> bool:
    """Return whether the characters of a short name stand in a longer one in order, the first one at its place."""
    rest = iter(name)
    return len(short) < len(name) and short[0] == name[0] and all(character in rest for character in short)


def _full(kept: list[Occurrence]) -> list[Occurrence]:
    """Return the occurrences with names in full: one that is the end of a longer name of its type is that name."""
    names = {one.key for one in kept if one.form == "name"}
    result = []
    for one in kept:
        longer = [name for kind, name in names if kind == one.type and name != one.name and name.endswith(one.name)]
        is_part = one.type in {"University", "Facility", "Unit", "Alliance"} and longer and len(one.name) >= 3
        if is_part and (one.type == "University" or len(longer) == 1):
            one = replace(one, name=max(longer, key=len), form="alias")  # noqa: PLW2901 - the full name
        if one.type == "Agreement" and (one.type, f"{one.name}书") in names:
            one = replace(one, name=f"{one.name}书", form="alias")  # noqa: PLW2901 - the full name
        if one.type == "Firm" and len(one.name) <= _SHORT and one.form == "name":
            full = [name for kind, name in names if kind == "Firm" and _abbreviates(one.name, name)]
            one = replace(one, name=full[0], form="alias") if len(full) == 1 else one  # noqa: PLW2901 - the full name
        bare = one.name.removeprefix("开发区")
        if bare in {"市委", "市政府", "管委会", "党工委"}:
            full = [
                name
                for kind, name in names
                if kind == one.type and name.endswith(bare) and len(name) > len(one.name) + 1
            ]
            one = replace(one, name=full[0], form="alias") if len(full) == 1 else one  # noqa: PLW2901 - the full name
        result.append(one)
    return result
