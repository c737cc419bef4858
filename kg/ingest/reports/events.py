"""Events with their hosts, guides and places, what was announced at them, and claims of support."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ingest.readers.passages import Claim, Event, Plan
from kg.ingest.readers.records import Link, Name, Participation
from kg.ingest.reports import words
from kg.ingest.reports.labels import label
from kg.ingest.reports.links import add_to_agreement, established
from kg.ingest.reports.nodes import ORGANISATIONS, slug
from kg.read.labels import type_label
from kg.texts import Message

if TYPE_CHECKING:
    from kg.ingest.reports.accepted import Fact
    from kg.ingest.reports.context import Context
    from kg.ingest.reports.sentences import Sentence


def hosted(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the host of an event."""
    if fact.head.type != "Event" or fact.tail.type not in ORGANISATIONS:
        return Message("only organisations host events")
    if fact.stage == "planned":
        return Message("an event that is planned has no stage in the ontology")
    part = Participation(context.actor(sentence, fact.tail), words.host_role(fact.attributes.role))
    names = context.names(fact.head)
    sentence.add_event(Event(context.event_key(fact.head), names, (part,)), fact.when)
    return None


def overseen(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add who guides or oversees an event, and the link that ties them to it."""
    if fact.tail.type not in ORGANISATIONS:
        return Message("only organisations oversee")
    if fact.head.type == "PolicyPlan":
        return established(context, fact, sentence)
    if fact.head.type != "Event":
        return Message("this oversight cannot be expressed: {type}", type=type_label(fact.head.type))
    role = words.oversight_role(f"{fact.attributes.role or ''} {fact.sentence.quote}")
    part, event = Participation(context.actor(sentence, fact.tail), role), context.event_key(fact.head)
    sentence.add_event(Event(event, context.names(fact.head), (part,)))
    names, stage = label("guidance", fact.head.name, context.lang), context.stage(fact, "effective")
    sentence.add_link(Link(f"{event}/guidance", "EventInvolvement", "EventGuidance", names, (part,), stage))
    sentence.at_events[f"{event}/guidance", event] = None
    return None


def announced(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the event at which something was signed, founded or unveiled."""
    links = context.links_about(fact.head)
    if fact.tail.type != "Event" or not links:
        return Message("no accepted statement makes a link of {name!r}", name=fact.head.name)
    event = context.event_key(fact.tail)
    sentence.add_event(Event(event, context.names(fact.tail)), fact.when)
    sentence.at_events.update({(link, event): None for link in links})
    return None


def located(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the place of an event or of a signing, or the city of an organisation."""
    place = (Name(fact.tail.name, context.lang),)
    if fact.head.type == "Event":
        sentence.add_event(Event(context.event_key(fact.head), context.names(fact.head), place_names=place))
        return None
    if fact.head.type == "Agreement":
        return add_to_agreement(context, fact, sentence, places=place)
    if fact.head.type in ORGANISATIONS and fact.tail.name.endswith(("市", "City")):
        sentence.add_actor(replace(context.nodes.actor(fact.head), city=place))
        return None
    return Message("this place cannot be expressed: {type}", type=type_label(fact.head.type))


def supports(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add a claim of the source that something supports a plan."""
    if fact.tail.type != "PolicyPlan":
        return Message("only plans are supported by claims")
    key = context.nodes.key_of(fact.tail)
    about = [f"link/{link}" for link in context.links_about(fact.head)]
    if not about and fact.head.type == "Event":
        about = [f"event/{context.event_key(fact.head)}"]
        sentence.add_event(Event(context.event_key(fact.head), context.names(fact.head)))
    if not about and fact.head.type in ORGANISATIONS:
        about = [context.actor(sentence, fact.head)]
    if not about:
        return Message("no accepted statement makes a link of {name!r}", name=fact.head.name)
    sentence.plans[key] = Plan(key, (context.nodes.name_of(fact.tail),))
    claim = f"{context.source}/supports-{slug(fact.tail.name)}"
    sentence.add_claim(Claim(claim, tuple(about), key, label("claim", fact.tail.name, context.lang)))
    return None
