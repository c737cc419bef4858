"""Links that found or build units and alliances: alone, together with others, or several units counted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.reports.nodes import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.ingest.reports.accepted import Fact

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


def foundings(facts: Iterable[Fact], source: str) -> Mapping[str, Founding]:
    """Return the link of each unit and alliance that the accepted facts found or build, by its name."""
    listed = [fact for fact in facts if fact.relation in _CREATION and fact.head.type in BUILT]
    founders: dict[str, set[str]] = {}
    for fact in listed:
        founders.setdefault(fact.head.name, set()).add(fact.tail.name)
    shared = {fact.head.name for fact in listed if fact.relation == "coEstablishedWith"}
    shared |= {name for name, bodies in founders.items() if len(bodies) > 1}
    counted = {name: fact for fact in facts if is_collective(fact) for name in (fact.count.named if fact.count else ())}
    return {fact.head.name: _founding(fact, source, shared, counted) for fact in listed}


def is_collective(fact: Fact) -> bool:
    """Return whether a fact counts units that its head set up, and names some of them."""
    return fact.relation == "countOf" and fact.head.type == "University" and bool(fact.count and fact.count.named)


def _founding(fact: Fact, source: str, shared: set[str], counted: Mapping[str, Fact]) -> Founding:
    name = fact.head.name
    key = f"{source}/{slug(name)}"
    if fact.head.type == "Alliance":
        return Founding(key, "Founding", "AllianceFounding", "alliance", name, "initiator")
    if name in shared:
        return Founding(key, "CoConstruction", "CoConstructedUnit", "co-built", name, "host")
    if name in counted:
        return collective(counted[name], source)
    return Founding(key, "Founding", "UnitFounding", "unit", name, "host")


def collective(count: Fact, source: str) -> Founding:
    """Return the link that founds several units, which a source counts."""
    words = count.tail.name
    return Founding(f"{source}/{slug(words)}", "Founding", "UnitFounding", "units", words, "initiator")
