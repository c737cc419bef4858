"""Links that found or build units and alliances: alone, together with others, or several units counted at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.reports.agreements import event_days
from kg.ingest.reports.nodes import slug
from kg.ingest.reports.words import counted_thing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ingest.reports.accepted import Fact
    from kg.read.model import Party

BUILT = frozenset({"Unit", "Facility", "Alliance", "University"})
"""Types of what can be founded or built."""

_INCLUDES = re.compile("includ|such as|among them|包括|其中|等", re.IGNORECASE)
_CREATION = frozenset({"establishedBy", "coEstablishedWith"})


class Founding(NamedTuple):
    """The link that founds something.

    Attributes:
        key: under ``id/link/``.
        word: key of its label.
        names: names in the label.
        role: role of the one who set it up.
        units: names of the units, if a source counts several at once.
    """

    key: str
    form: str
    kind: str
    word: str
    names: str
    role: str
    units: tuple[str, ...] = ()


def foundings(facts: Sequence[Fact], source: str, key_of: Callable[[Party], str]) -> Mapping[str, Founding]:
    """Return the link of each unit and alliance that the accepted facts found or build, by its name.

    The key of a link contains the key of what it founds, so that several reports of one founding have the same key.
    """
    listed = [fact for fact in facts if fact.relation in _CREATION and fact.head.type in BUILT]
    founders: dict[str, set[str]] = {}
    for fact in listed:
        founders.setdefault(fact.head.name, set()).add(fact.tail.name)
    together = collectives(facts, source, key_of)
    counted = {
        name: together[fact.number] for fact in facts if fact.number in together for name in named_units(fact, facts)
    }
    shared = {fact.head.name for fact in listed if fact.relation == "coEstablishedWith"}
    shared |= {name for name, bodies in founders.items() if len(bodies) > 1}
    return {fact.head.name: _founding(fact, key_of, (shared, counted)) for fact in listed}


def named_units(count: Fact, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the accepted units among those that a sentence counts: those of the count, or those that it includes."""
    if count.relation != "countOf" or count.head.type != "University" or count.count is None:
        return ()
    if counted_thing(f"{count.count.of} {count.tail.name}", are_parties=False) != "units":
        return ()
    included = (
        fact.head.name
        for fact in facts
        if fact.relation == "establishedBy" and fact.tail == count.head and fact.sentence == count.sentence
    )
    founded = tuple(dict.fromkeys(included))
    named = tuple(name for name in founded if name in count.count.named)
    return named or (founded if _INCLUDES.search(count.sentence.quote) else ())


def _founding(fact: Fact, key_of: Callable[[Party], str], groups: tuple[set[str], Mapping[str, Founding]]) -> Founding:
    name, (shared, counted) = fact.head.name, groups
    form = "co-construction" if name in shared and fact.head.type != "Alliance" else "founding"
    key = f"reported/{form}/{key_of(fact.head).removeprefix('reported/')}"
    if fact.head.type == "Alliance":
        return Founding(key, "Founding", "AllianceFounding", "alliance", name, "initiator")
    if name in shared:
        return Founding(key, "CoConstruction", "CoConstructedUnit", "co-built", name, "host")
    if name in counted:
        return counted[name]
    return Founding(key, "Founding", "UnitFounding", "unit", name, "host")


def collectives(facts: Sequence[Fact], source: str, key_of: Callable[[Party], str]) -> Mapping[int, Founding]:
    """Return the links that found several counted units, by the number of the fact that counts them."""
    days = event_days(facts)
    announced = {
        fact.head.name: days[fact.tail.name]
        for fact in facts
        if fact.relation == "announcedAt" and fact.tail.name in days
    }
    found = {}
    for fact in facts:
        if (units := named_units(fact, facts)) and fact.count is not None:
            day = next((announced[name] for name in units if name in announced), None)
            host = key_of(fact.head).removeprefix("reported/")
            words = fact.tail.name
            key = f"reported/units/{host}/{day}/{fact.count.lower}" if day else f"{source}/{slug(words)}"
            found[fact.number] = Founding(key, "Founding", "UnitFounding", "units", words, "initiator", units)
    return found
