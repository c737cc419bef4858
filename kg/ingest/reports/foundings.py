"""Links that found or build units and alliances: alone, together with others, or several units counted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.reports.agreements import event_days
from kg.ingest.reports.nodes import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ingest.reports.accepted import Fact
    from kg.read.model import Party

BUILT = frozenset({"Unit", "Facility", "Alliance", "University"})
"""Types of what can be founded or built."""

_CREATION = frozenset({"establishedBy", "coEstablishedWith"})


class Founding(NamedTuple):
    """The link that founds something.

    Attributes:
        key: under ``id/link/``.
        word: key of its label.
        names: names in the label.
        role: role of the one who set it up.
    """

    key: str
    form: str
    kind: str
    word: str
    names: str
    role: str


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
        name: together[fact.number]
        for fact in facts
        if fact.number in together and fact.count
        for name in fact.count.named
    }
    shared = {fact.head.name for fact in listed if fact.relation == "coEstablishedWith"}
    shared |= {name for name, bodies in founders.items() if len(bodies) > 1}
    return {fact.head.name: _founding(fact, key_of, (shared, counted)) for fact in listed}


def is_collective(fact: Fact) -> bool:
    """Return whether a fact counts units that its head set up, and names some of them."""
    return fact.relation == "countOf" and fact.head.type == "University" and bool(fact.count and fact.count.named)


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
        if is_collective(fact) and fact.count is not None:
            day = next((announced[name] for name in fact.count.named if name in announced), None)
            host = key_of(fact.head).removeprefix("reported/")
            words = fact.tail.name
            key = f"reported/units/{host}/{day}/{fact.count.lower}" if day else f"{source}/{slug(words)}"
            found[fact.number] = Founding(key, "Founding", "UnitFounding", "units", words, "initiator")
    return found
