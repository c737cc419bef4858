"""Statements of each sentence of a report, collected while its facts are read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.ingest.reports import dates

if TYPE_CHECKING:
    from kg.ingest.readers.passages import Claim, Event, Holding, Plan
    from kg.ingest.readers.records import Actor, Link
    from kg.ingest.reports.accepted import Fact
    from kg.read.model import Span, When


@dataclass(slots=True)
class Sentence:
    """The statements of one sentence; parts of one node are joined.

    Attributes:
        whens: dates by the key of the link (``link/…``) or the event (``event/…``).
    """

    span: Span
    facts: list[Fact] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    at_events: dict[tuple[str, str], None] = field(default_factory=dict)
    whens: dict[str, When] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the evidence: the place of the sentence."""
        return f"s{self.span.start}-{self.span.end}"

    def add_actor(self, new: Actor) -> None:
        """Add an organisation or a person."""
        old = self.actors.get(new.key)
        self.actors[new.key] = (
            new
            if old is None
            else replace(
                old,
                unit_of=old.unit_of or new.unit_of,
                part_of=tuple(dict.fromkeys((*old.part_of, *new.part_of))),
                city=old.city or new.city,
                topics=tuple(dict.fromkeys((*old.topics, *new.topics))),
            )
        )

    def add_link(self, new: Link, when: When | None = None) -> None:
        """Add a link, or a part of one, with the date that the sentence states."""
        if when is not None:
            new = replace(new, dates=dates.stated(when))
            self.whens.setdefault(f"link/{new.key}", when)
        old = self.links.get(new.key)
        self.links[new.key] = (
            new
            if old is None
            else replace(
                old,
                participations=tuple(dict.fromkeys((*old.participations, *new.participations))),
                about=tuple(dict.fromkeys((*old.about, *new.about))),
                groups=tuple(dict.fromkeys((*old.groups, *new.groups))),
                topics=tuple(dict.fromkeys((*old.topics, *new.topics))),
                place_names=tuple(dict.fromkeys((*old.place_names, *new.place_names))),
                dates=old.dates if old.dates.stated_as else new.dates,
                stage=old.stage or new.stage,
            )
        )

    def add_event(self, new: Event, when: When | None = None) -> None:
        """Add an event, or a part of one, with the date that the sentence states."""
        if when is not None:
            new = replace(new, dates=dates.stated(when))
            self.whens.setdefault(f"event/{new.key}", when)
        old = self.events.get(new.key)
        self.events[new.key] = (
            new
            if old is None
            else replace(
                old,
                participations=tuple(dict.fromkeys((*old.participations, *new.participations))),
                place_names=tuple(dict.fromkeys((*old.place_names, *new.place_names))),
                dates=old.dates if old.dates.stated_as else new.dates,
            )
        )

    def add_claim(self, new: Claim) -> None:
        """Add a claim, or a further thing that it is about."""
        old = self.claims.get(new.key)
        about = new.about if old is None else tuple(dict.fromkeys((*old.about, *new.about)))
        self.claims[new.key] = replace(new, about=about)

    @property
    def is_empty(self) -> bool:
        """The absence of statements that can be written."""
        return not (self.actors or self.links or self.events or self.plans or self.claims or self.holdings)
