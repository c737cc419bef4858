"""Hosts of units that a report does not state in the sentence: the one host of the units announced with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers.records import Participation
from kg.ingest.reports.links import founding_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.readers.records import Actor, Link
    from kg.ingest.reports.accepted import Fact
    from kg.ingest.reports.context import Context
    from kg.ingest.reports.sentences import Sentence


class InferredHost(NamedTuple):
    """A unit with its host, and the link that builds it.

    Attributes:
        unit: name of the unit.
        actors: the unit and its host.
        derived_from: keys of the sentences.
    """

    unit: str
    actors: tuple[Actor, Actor]
    link: Link
    derived_from: tuple[str, ...]


def inferred_hosts(context: Context, facts: Sequence[Fact], sentences: Sequence[Sentence]) -> Iterator[InferredHost]:
    """Yield a host for each unit that is built with others and has none.

    The host is that of the other units announced at the same event, if they have exactly one, and if it is not one of
    the builders. Nothing is inferred from units of several hosts.
    """
    places = {fact.number: sentence.key for sentence in sentences for fact in sentence.facts}
    written = [fact for fact in facts if fact.number in places]
    for fact in _first_of_each(written, context):
        name = fact.head.name
        events = {one.tail.name for one in written if one.relation == "announcedAt" and one.head.name == name}
        others = {
            one.head.name
            for one in written
            if one.relation == "announcedAt" and one.tail.name in events and one.head.name in context.nodes.hosts
        }
        found = {context.nodes.hosts[other] for other in others}
        builders = {one.tail for one in written if one.relation == "coEstablishedWith" and one.head.name == name}
        if len(found) != 1 or found & builders:
            continue
        (host,) = found
        part = Participation(context.nodes.key_of(host), context.foundings[name].role)
        relations = {"announcedAt", "establishedBy", "partOf"}
        sources = [
            places[one.number] for one in written if one.relation in relations and one.head.name in {name, *others}
        ]
        yield InferredHost(
            name,
            (context.nodes.actor(fact.head, unit_of=host), context.nodes.actor(host)),
            founding_link(context, context.foundings[name], fact, part, fact.head),
            tuple(dict.fromkeys(sources)),
        )


def _first_of_each(facts: Sequence[Fact], context: Context) -> list[Fact]:
    """Return the first fact about each unit that is built with others and has no host."""
    found: dict[str, Fact] = {}
    for fact in facts:
        is_unit = fact.relation == "coEstablishedWith" and fact.head.type in {"Unit", "Facility"}
        if is_unit and fact.head.name not in context.nodes.hosts:
            found.setdefault(fact.head.name, fact)
    return list(found.values())
