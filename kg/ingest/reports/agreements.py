"""Agreements of a document: which accepted statements are about one agreement, and who its parties are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from kg.ingest.reports.nodes import slug
from kg.ingest.reports.words import agreement_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.ingest.reports.accepted import Fact
    from kg.read.model import Party, When

_PAIR = 2
_SHOWN = 4
_CAPITAL = re.compile("(?<!^)(?=[A-Z])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNNAMED = {"en": "agreement", "zh": "协议"}


@dataclass(slots=True)
class Agreement:
    """An agreement with its parties.

    Attributes:
        key: under ``id/link/``.
        name: as worded.
        parties: named parties, in the order of the text.
        hub: the party that signed with each of the others, if there is one.
        counts: facts that count unnamed parties.
        facts: numbers of the facts that belong to it.
    """

    key: str
    name: str
    parties: list[Party] = field(default_factory=list)
    hub: Party | None = None
    counts: list[Fact] = field(default_factory=list)
    facts: set[int] = field(default_factory=set)

    @property
    def arity(self) -> str:
        """The arity: with a hub and more than two parties, it may be one agreement or several."""
        if len(self.parties) == _PAIR and not self.counts:
            return "bilateral"
        return "unstated" if self.common_party else "multilateral"

    @property
    def common_party(self) -> Party | None:
        """The party that has a relation with each other one, if there are more than two."""
        if len(self.parties) == _PAIR and not self.counts:
            return None
        return self.hub or (self.parties[0] if len(self.parties) == 1 else None)


def agreements(facts: Sequence[Fact], source: str, lang: str, key_of: Callable[[Party], str]) -> list[Agreement]:
    """Return the agreements of a document, in the order of its text.

    An agreement with a day and two parties has a key that consists of its content, so that another report of the same
    signing has the same key. Any other agreement belongs to its document.
    """
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        if (name := _name(fact, lang)) is not None:
            by_name.setdefault(name, []).append(fact)
    found = [agreement for name, group in by_name.items() for agreement in _divided(name, group, source)]
    days = event_days(facts)
    for agreement in found:
        own = [fact for fact in facts if fact.number in agreement.facts]
        stated = [day for fact in own if (day := whole_day(fact.when))]
        held = [days[fact.tail.name] for fact in own if fact.relation == "announcedAt" and fact.tail.name in days]
        sides = [*map(key_of, agreement.parties), *(str(one.count.lower) for one in agreement.counts if one.count)]
        if (stated or held) and len(sides) >= _PAIR and not any(fact.stage == "planned" for fact in own):
            kind = _CAPITAL.sub("-", agreement_kind(agreement.name)).lower()
            together = "-".join(side.replace("/", "-") for side in sorted(sides)[:_SHOWN])
            rest = "" if len(sides) <= _SHOWN else f"-{sha256(repr(sorted(sides)).encode()).hexdigest()[:8]}"
            agreement.key = f"reported/{kind}/{(stated or held)[0]}/{together}{rest}"
    return found


def event_days(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the day of each event that has one."""
    named = ((fact.head if fact.relation == "hostedBy" else fact.tail, fact) for fact in facts)
    return {
        event.name: day
        for event, fact in named
        if event.type == "Event" and fact.relation in {"hostedBy", "announcedAt"} and (day := whole_day(fact.when))
    }


def whole_day(when: When | None) -> str | None:
    """Return a date of a day with its year, or ``None``."""
    return when.value if when is not None and _DAY.fullmatch(when.value) else None


def _name(fact: Fact, lang: str) -> str | None:
    """Return the name of the agreement that a fact is about, if it is about one."""
    if fact.relation == "signed":
        return fact.attributes.agreement or fact.attributes.kind or _UNNAMED[lang]
    if fact.relation == "partnerIn" and fact.tail.type == "Agreement":
        return fact.tail.name
    if fact.relation in {"countOf", "announcedAt", "focusesOn", "supportsPlan", "locatedIn"}:
        return fact.head.name if fact.head.type == "Agreement" else None
    return None


def _divided(name: str, facts: list[Fact], source: str) -> Iterator[Agreement]:
    """Yield one agreement if its signings have a party in common, otherwise one for each pair."""
    pairs = [fact for fact in facts if fact.relation == "signed"]
    shared = set.intersection(*({fact.head, fact.tail} for fact in pairs)) if pairs else set()
    stem = f"{source}/{slug(name)}"
    if shared or len(pairs) <= 1:
        yield _joined(Agreement(stem, name), facts, next((one for one in _ends(pairs) if one in shared), None))
        return
    others = [fact for fact in facts if fact.relation != "signed"]
    for pair in pairs:
        ends = {pair.head, pair.tail}
        own = [fact for fact in others if fact.relation != "partnerIn" or fact.head in ends]
        yield _joined(Agreement(f"{stem}-{slug(pair.head.name)}-{slug(pair.tail.name)}", name), [pair, *own], None)


def _ends(pairs: Iterable[Fact]) -> Iterator[Party]:
    for fact in pairs:
        yield from (fact.head, fact.tail)


def _joined(agreement: Agreement, facts: Iterable[Fact], hub: Party | None) -> Agreement:
    agreement.hub = hub
    for fact in facts:
        agreement.facts.add(fact.number)
        named = (fact.head, fact.tail) if fact.relation == "signed" else ()
        for party in (fact.head,) if fact.relation == "partnerIn" else named:
            if party not in agreement.parties:
                agreement.parties.append(party)
        if fact.relation == "countOf":
            agreement.counts.append(fact)
    return agreement
