"""Keys and classes of the things that a report names: known actors keep their IRI, and new ones get a readable one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.chinese_types import kind_by_name
from kg.ingest.readers.records import Actor, Name, key
from kg.read.model import Party
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.ingest.reports.accepted import Fact, Reviewed
    from kg.read.decisions import NameDecision
    from kg.read.model import Mention

ORGANISATIONS = frozenset({"University", "Unit", "Firm", "GovernmentDepartment", "OtherOrg", "Alliance", "Facility"})
"""Types of mentions that become organisations."""

_SUBUNITS = frozenset({"Unit", "Facility"})
_CLASSES = {"Unit": "Unit", "Facility": "Unit", "Alliance": "Alliance", "GovernmentDepartment": "GovernmentDepartment"}
_DEFAULTS = {"Firm": "Firm", "University": "University", "OtherOrg": "OtherOrganisation"}
_GUESSES = {
    "Firm": frozenset({"Firm"}),
    "University": frozenset({"University", "VocationalCollege"}),
    "OtherOrg": frozenset({"Association", "ResearchInstitute", "Alliance", "OtherOrganisation"}),
}
_GAPS = re.compile(r"[^\w]+|_+")


def slug(text: str) -> str:
    """Return a text as a part of an IRI: small letters of any script, with hyphens between words.

    >>> slug("Peak Steel Co., Ltd."), slug("陕西省“铝镁钼”联盟")
    ('peak-steel-co-ltd', '陕西省-铝镁钼-联盟')
    """
    return key(_GAPS.sub("-", unicodedata.normalize("NFC", text).casefold()).strip("-") or "unnamed")


@dataclass(frozen=True, slots=True)
class Nodes:
    """The organisations and persons of a document, by type and name."""

    lang: str
    decided: Mapping[tuple[str, str], NameDecision]
    mentions: Mapping[tuple[str | None, str], Mention]
    hosts: Mapping[str, Party]
    is_described: Callable[[str], bool]

    def key_of(self, party: Party) -> str:
        """Return the key of an organisation, a person or a plan, under ``id/``."""
        decision = self.decided.get((party.type or "", party.name))
        mention = self.mentions.get((party.type, party.name))
        known = decision.actor if decision else mention.known if mention else None
        if known:
            return known.removeprefix(ID)
        name = slug((decision and decision.spelling) or party.name)
        host = self.hosts.get(party.name)
        if party.type in _SUBUNITS and host is not None and host.name != party.name:
            return f"{self.key_of(host)}/{name}"
        if party.type == "PolicyPlan":
            return f"plan/reported/{name}"
        return f"reported/{name}"

    def organisation(self, name: str) -> Party | None:
        """Return the organisation of the document that has a name."""
        return next((Party(name, kind) for kind in sorted(ORGANISATIONS) if (kind, name) in self.mentions), None)

    def is_known(self, party: Party) -> bool:
        """Return whether an actor is known, and described by the graphs that will contain the evidence."""
        decision = self.decided.get((party.type or "", party.name))
        mention = self.mentions.get((party.type, party.name))
        known = decision.actor if decision else mention and mention.known
        return bool(known) and self.is_described(self.key_of(party))

    def name_of(self, party: Party) -> Name:
        """Return the name of a party in the language of the document."""
        decision = self.decided.get((party.type or "", party.name))
        spelling = decision.spelling if decision and not decision.actor else ""
        return Name(spelling or party.name, self.lang, preferred=not self.is_known(party))

    def actor(self, party: Party, *, unit_of: Party | None = None, part_of: Party | None = None) -> Actor:
        """Return an organisation as the document names it."""
        return Actor(
            self.key_of(party),
            "" if self.is_known(party) else self._class(party),
            (self.name_of(party),),
            unit_of=self.key_of(unit_of) if unit_of else None,
            part_of=(self.key_of(part_of),) if part_of else (),
        )

    def person(self, party: Party, organisation: Party) -> Actor:
        """Return a person, whose key contains the organisation, because names of persons are not unique."""
        return Actor(f"person/{self.key_of(organisation)}/{slug(party.name)}", "Person", (Name(party.name, self.lang),))

    def _class(self, party: Party) -> str:
        decision = self.decided.get((party.type or "", party.name))
        if decision and decision.kind:
            return decision.kind
        if party.type in _CLASSES:
            return _CLASSES[party.type]
        guessed = kind_by_name(party.name)
        return guessed if guessed in _GUESSES[party.type or ""] else _DEFAULTS[party.type or ""]


def nodes(reviewed: Reviewed, is_described: Callable[[str], bool]) -> Nodes:
    """Return the nodes of a document; the host of a unit is the one body that set it up or of which it is a part."""
    mentions: dict[tuple[str | None, str], Mention] = {(one.type, one.name): one for one in reviewed.mentions}
    return Nodes(reviewed.document.lang, reviewed.names, mentions, _hosts(reviewed.facts), is_described)


def _hosts(facts: Iterable[Fact]) -> dict[str, Party]:
    """Return the host of each unit: that of ``partOf`` before that of ``establishedBy``."""
    hosts: dict[str, Party] = {}
    for relation in ("partOf", "establishedBy"):
        for fact in facts:
            is_unit = fact.head.type in _SUBUNITS and fact.tail.type in ORGANISATIONS - {"Alliance"}
            if fact.relation == relation and is_unit and fact.head.name != fact.tail.name:
                hosts.setdefault(fact.head.name, fact.tail)
    return hosts
