"""A document whose accepted facts become statements: its names, agreements and foundings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.ingest.readers.records import Name
from kg.ingest.reports.accepted import reason_against
from kg.ingest.reports.agreements import agreements
from kg.ingest.reports.foundings import collectives, foundings
from kg.ingest.reports.nodes import nodes, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ingest.reports.accepted import Fact, Reviewed
    from kg.ingest.reports.agreements import Agreement
    from kg.ingest.reports.foundings import Founding
    from kg.ingest.reports.nodes import Nodes
    from kg.ingest.reports.sentences import Sentence
    from kg.read.model import Party

_STAGES = frozenset(
    {"planned", "announced", "signed", "approved", "founded", "unveiled", "effective", "published", "ended"}
)


@dataclass(frozen=True, slots=True)
class Context:
    """Names and links that sentences share: one names the parties of a link that another one announces."""

    source: str
    lang: Literal["en", "zh"]
    nodes: Nodes
    agreements: Sequence[Agreement]
    foundings: Mapping[str, Founding]
    collectives: Mapping[int, Founding]

    def event_key(self, party: Party) -> str:
        """Return the key of an event, which belongs to this document until a person judges that it is another's."""
        return f"{self.source}/{slug(party.name)}"

    def links_about(self, party: Party) -> list[str]:
        """Return the keys of the links that found, build or are a thing."""
        found = [self.foundings[party.name].key] if party.name in self.foundings else []
        return found + [one.key for one in self.agreements if party.type == "Agreement" and one.name == party.name]

    def stage(self, fact: Fact, default: str) -> str:
        """Return the stage that a fact states, or the usual one."""
        return fact.stage if fact.stage in _STAGES else default

    def actor(self, sentence: Sentence, party: Party) -> str:
        """Describe an organisation in a sentence; return its key."""
        sentence.add_actor(self.nodes.actor(party))
        return self.nodes.key_of(party)

    def names(self, party: Party) -> tuple[Name, ...]:
        """Return the name of a thing that is not an actor."""
        return (Name(party.name, self.lang),)


def context(reviewed: Reviewed, source: str, is_described: Callable[[str], bool]) -> Context:
    """Return the context of a document."""
    lang: Literal["en", "zh"] = "zh" if reviewed.document.lang == "zh" else "en"
    facts = [fact for fact in reviewed.facts if reason_against(fact) is None]
    found = nodes(reviewed, is_described)
    signed = agreements(facts, source, lang, found.key_of)
    return Context(
        source, lang, found, signed, foundings(facts, source, found.key_of), collectives(facts, source, found.key_of)
    )
