"""Features of a candidate: types, forms, order, and the items before, between and after its mentions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.read.mentions.scene import Occurrence
from kg.read.statements import holders, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.read.statements.candidates import Candidate
    from kg.read.statements.sentence import Item, Sentence

_MARKS = re.compile(
    r"[，。；：、（）“”《》,;:().\"]|'s\b|[的由为与和及]|\b(?:and|of|in|at|by|with|from|for|to|between|whose|the|as|on)\b"
)
_STRONG = frozenset(
    [
        "PLAN",
        "HOPE",
        "NEGATE",
        "PAST",
        "SPEECH",
        "VISIT",
        "ATTEND",
        "SIGN",
        "FOUND",
        "COFOUND",
        "HOST",
        "GUIDE",
        "MEMBER",
        "ISSUE",
        "UNVEIL",
        "LEAD",
    ]
)


def features(text: str, one: Candidate, context: Context) -> list[str]:
    """Return the features of a candidate in its document."""
    frequency = context.frequency
    head, tail = one.head, one.tail
    tail_type = tail.type if isinstance(tail, Occurrence) else "Count"
    found = ["bias", f"scope={one.scope}", f"types={head.type}>{tail_type}", f"head={head.type}", f"tail={tail_type}"]
    found += [f"head-form={head.form}", f"head-rule={head.rule.split(':')[0]}"]
    if isinstance(tail, Occurrence):
        found += [f"tail-form={tail.form}", f"tail-rule={tail.rule.split(':')[0]}"]
        found.append(f"tail-frequency={min(4, frequency[tail.key])}")
    else:
        found += _count_features(text, tail.start, tail.count.of, approximate=tail.count.approximate)
    found += [f"{side}-nested={kind}" for side, kind in _nested(one)]
    found.append(f"head-frequency={min(4, frequency[head.key])}")
    found += [f"has={name}" for name in one.sentence.triggers]
    found.append(f"place={'first' if one.sentence.number == 0 else 'second' if one.sentence.number == 1 else 'later'}")
    found += _inside(text, one) if one.scope == "inside" else _outside(text, one)
    found += _rules(text, one, context)
    return found


def _rules(text: str, one: Candidate, context: Context) -> list[str]:
    """Return the patterns and the rules of offices that join the pair."""
    matched = context.matched(one.sentence)
    head, tail = (one.head.start, one.head.end), (one.tail.start, one.tail.end)
    found = [f"pattern={one.relation}:{name}" for name in matched.get((one.relation, head, tail), ())]
    if one.scope == "principal":
        found += [
            f"pattern-head={name}"
            for key, names in matched.items()
            if key[:2] == (one.relation, head)
            for name in names
        ]
    if one.scope == "principal-head":
        found += [
            f"pattern-tail={name}"
            for key, names in matched.items()
            if key[0] == one.relation and key[2] == tail
            for name in names
        ]
    if one.relation != "hasRole" or not isinstance(one.tail, Occurrence):
        return found
    by_rule = holders.rules(text, one.sentence, one.head, context.lang)
    office = holders.office_of(text, one.sentence, one.head, context.lang)
    kind = holders.class_of(office, context.lang) if office else None
    rule = by_rule.get(tail, "none" if by_rule else "no-organisation")
    fits = "fits" if kind == one.tail.type else "open" if kind is None else "differs"
    found += [
        f"holder={rule}",
        f"holder={rule}:{fits}:{one.scope}",
        f"office={office[-2:] if office else None}",
        f"office-class={fits}",
    ]
    return [*found, f"any-direct={'direct' in by_rule.values()}:{rule}"]


class Context:
    """The language, the counts of names and the matches of patterns, which all candidates of a document share."""

    def __init__(self, text: str, lang: str, frequency: dict[tuple[str, str], int]) -> None:
        """Keep the text and its counts; patterns are matched when a sentence is asked for."""
        self.text, self.lang, self.frequency = text, lang, frequency
        self._matched: dict[int, dict[tuple[str, patterns.Place, patterns.Place], set[str]]] = {}

    def matched(self, sentence: Sentence) -> dict[tuple[str, patterns.Place, patterns.Place], set[str]]:
        """Return the patterns that match a sentence."""
        if sentence.number not in self._matched:
            self._matched[sentence.number] = patterns.matches(self.text, sentence, self.lang)
        return self._matched[sentence.number]


def _nested(one: Candidate) -> list[tuple[str, str]]:
    """Return the types of longer names that contain the head or the tail."""
    return [
        (side, outer.type)
        for side, inner in (("head", one.head), ("tail", one.tail))
        for outer in one.sentence.occurrences
        if outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start
    ]


def _count_features(text: str, start: int, noun: str, *, approximate: bool) -> list[str]:
    return [
        f"noun={noun[-2:]}",
        f"noun-word={noun.rsplit(' ', maxsplit=1)[-1]}",
        f"approximate={approximate}",
        f"before-count={text[max(0, start - 1) : start]}",
    ]


def _inside(text: str, one: Candidate) -> list[str]:
    """Return the features of two mentions of one sentence."""
    head, tail = one.head, one.tail
    if head.start <= tail.start and tail.end <= head.end:
        return [
            "nested=tail",
            f"nested-at={'start' if tail.start == head.start else 'end' if tail.end == head.end else 'middle'}",
        ]
    if tail.start <= head.start and head.end <= tail.end:
        return ["nested=head"]
    first, second = (head, tail) if head.start < tail.start else (tail, head)
    order = "head-first" if first is head else "tail-first"
    between = [item for item in one.sentence.items if first.end <= item.start and item.end <= second.start]
    names = [item for item in between if len(item.code) == 1]
    template = _template(text, first.end, second.start, between)
    gap = text[first.end : second.start]
    found = [f"order={order}", f"between={min(6, len(names))}", f"distance={_bucket(second.start - first.end)}"]
    found += [f"{order}:types={head.type}>{tail.type if isinstance(tail, Occurrence) else 'Count'}"]
    found += [f"{order}:template={template}"] if len(template) <= 40 else []
    found += [f"{order}:gap={gap.strip()}"] if len(gap) <= 12 else []
    found += [f"{order}:between={item.code}" for item in between]
    found += [f"clause={gap.count('，') + gap.count(', ')}", f"stop={'；' in gap or ';' in gap}"]
    found += _around(text, one.sentence, first.start, second.end, order)
    found.append(f"nearest={_is_nearest(one, first.end, second.start)}")
    found.append(f"joined={_is_joined(template)}")
    return found


def _is_nearest(one: Candidate, start: int, end: int) -> bool:
    """Return whether no other mention of the tail's type stands between."""
    kind = one.tail.type if isinstance(one.tail, Occurrence) else None
    return not any(
        other.type == kind and start <= other.start and other.end <= end
        for other in one.sentence.occurrences
        if other is not one.head and other is not one.tail
    )


def _is_joined(template: str) -> bool:
    return bool(re.fullmatch(r"(?:[UIFGOL、，和与及 ,]|and|the)*", template))


def _outside(text: str, one: Candidate) -> list[str]:
    """Return the features of a candidate one of whose mentions is elsewhere."""
    here = one.tail if one.scope == "principal-head" or not isinstance(one.tail, Occurrence) else one.head
    before = [item for item in one.sentence.items if item.end <= here.start]
    after = [item for item in one.sentence.items if item.start >= here.end]
    found = [f"here:before={_codes(before[-3:])}", f"here:after={_codes(after[:2])}"]
    found += (
        [f"here:template={_template(text, before[-1].start, here.start, before[-1:])}"] if before else ["here:first"]
    )
    found.append(f"{one.relation == 'countOf'}:heads-here={bool(before or after)}")
    found += [f"organisation-here={any(item.code in 'UFGO' for item in one.sentence.items)}"]
    if before and before[-1].code == "T":
        office = text[before[-1].start : before[-1].end]
        found += [
            f"office={office[-3:]}",
            f"office-tail={office[-3:]}>{one.tail.type if isinstance(one.tail, Occurrence) else ''}",
        ]
        found += [f"office-organisation={any(item.code in 'UIFGO' for item in before[-3:-1])}"]
    return found


def _around(text: str, sentence: Sentence, start: int, end: int, order: str) -> list[str]:
    """Return the features of the text before and after both mentions."""
    before = [item for item in sentence.items if item.end <= start]
    after = [item for item in sentence.items if item.start >= end]
    found = [f"{order}:left={_codes(before[-2:])}", f"{order}:right={_codes(after[:2])}"]
    found += [f"{order}:before={item.code}" for item in before if item.code in _STRONG]
    found += [f"{order}:after={item.code}" for item in after if item.code in _STRONG]
    found.append(f"{order}:next={_word(text[end : end + 12])}")
    return found


def _word(text: str) -> str:
    match = re.match(r"\s*(?:[A-Za-z']+|[^A-Za-z\s]{1,2})", text)
    return match.group().strip() if match else ""


def _codes(items: Iterable[Item]) -> str:
    return " ".join(item.code for item in items)


def _template(text: str, start: int, end: int, items: Iterable[Item]) -> str:
    """Return the text between two offsets with codes for its items, without other words."""
    parts, place = [], start
    for item in items:
        if item.start < place:
            continue
        parts += _MARKS.findall(text[place : item.start])
        parts.append(item.code)
        place = item.end
    parts += _MARKS.findall(text[place:end])
    return (
        "".join(part if len(part) == 1 and not part.isalpha() else f" {part} " for part in parts)
        .replace("  ", " ")
        .strip()
    )


def _bucket(distance: int) -> str:
    return next((str(limit) for limit in (0, 1, 2, 4, 8, 16, 32, 64, 128) if distance <= limit), "more")
