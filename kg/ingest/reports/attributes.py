"""Parts, fields, offices and counts, from the accepted facts of a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ingest.readers.passages import Holding
from kg.ingest.readers.records import Link, Name, Participation, Topic, UnnamedGroup
from kg.ingest.reports import dates, words
from kg.ingest.reports.labels import label
from kg.ingest.reports.links import add_agreement, add_to_agreement, founding_link
from kg.ingest.reports.nodes import ORGANISATIONS, slug
from kg.read.labels import type_label
from kg.read.model import Party
from kg.texts import Message

if TYPE_CHECKING:
    from kg.ingest.reports.accepted import Fact
    from kg.ingest.reports.context import Context
    from kg.ingest.reports.sentences import Sentence

FIELDS = "reported-field"
"""Scheme of the fields that reports name."""


def part(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the whole of which an organisation is a part."""
    if fact.head.type not in ORGANISATIONS or fact.tail.type not in ORGANISATIONS:
        return Message(
            "this part cannot be expressed: {head}, {tail}",
            head=type_label(fact.head.type),
            tail=type_label(fact.tail.type),
        )
    is_unit = context.nodes.hosts.get(fact.head.name) == fact.tail
    whole = {"unit_of" if is_unit else "part_of": fact.tail}
    sentence.add_actor(context.nodes.actor(fact.head, **whole))
    context.actor(sentence, fact.tail)
    return None


def focuses(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add a field of an organisation or of an agreement."""
    topic = Topic(FIELDS, slug(fact.tail.name), (Name(fact.tail.name, context.lang),))
    if fact.head.type == "Agreement":
        return add_to_agreement(context, fact, sentence, topics=(topic,))
    if fact.head.type not in ORGANISATIONS:
        return Message("this field cannot be expressed: {type}", type=type_label(fact.head.type))
    sentence.add_actor(replace(context.nodes.actor(fact.head), topics=(topic,)))
    return None


def office(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add a person in an office."""
    if fact.tail.type not in ORGANISATIONS or not fact.attributes.role:
        return Message("an office needs an organisation and its name")
    person, organisation = context.nodes.person(fact.head, fact.tail), context.actor(sentence, fact.tail)
    post = f"{organisation}/{slug(fact.attributes.role)}"
    sentence.add_actor(person)
    key = f"{context.source}/{slug(fact.head.name)}-{slug(fact.attributes.role)}"
    office = Name(fact.attributes.role, context.lang)
    sentence.holdings[key] = Holding(key, person.key, organisation, post, office, dates.stated(fact.when))
    return None


def counted(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add a number of parties or things."""
    count = fact.count
    if count is None or count.lower < 1:
        return Message("the number is missing")
    are_parties = fact.head.type in {"Agreement", "Alliance", "Programme"} and count.role in {"", "partner", "member"}
    thing = words.counted_thing(f"{count.of} {fact.tail.name}", are_parties=are_parties)
    if thing is None or count.role in {"target", "applicant", "requirement", "invited"}:
        return Message("the ontology has no count of {words!r}", words=fact.tail.name)
    group = UnnamedGroup(
        f"{count.lower}-{thing}", count.lower, thing, words.count_kind(fact.tail.name, count.lower, count.upper)
    )
    if are_parties:
        return _counted_parties(context, fact, group, sentence)
    if fact.number in context.collectives:
        _counted_units(context, fact, group, sentence)
        return None
    if fact.head.type not in ORGANISATIONS:
        return Message("this count cannot be expressed: {type}", type=type_label(fact.head.type))
    host = context.nodes.hosts.get(fact.head.name, fact.head)
    kind = "PracticeBase" if thing in {"bases", "resources"} else "Partnership"
    part = Participation(context.actor(sentence, host), "host")
    context.actor(sentence, fact.head)
    # a unit whose host the text does not state takes part itself: the store may have another host
    about = (context.nodes.key_of(fact.head),) if host != fact.head else ()
    key, names = f"{context.source}/{slug(fact.tail.name)}", label("counted", fact.tail.name, context.lang)
    stage = context.stage(fact, "announced")
    sentence.add_link(Link(key, "Partnership", kind, names, (part,), stage, about=about, groups=(group,)))
    return None


def _counted_parties(context: Context, fact: Fact, group: UnnamedGroup, sentence: Sentence) -> Message | None:
    """Add the unnamed parties of an agreement, or the unnamed members of an alliance."""
    included = fact.count.named if fact.count else ()
    parties = [party for name in included if (party := context.nodes.organisation(name)) is not None]
    group = replace(
        group, members=tuple(context.actor(sentence, party) for party in parties), includes_named=bool(parties)
    )
    if fact.head.type == "Alliance":
        about = context.actor(sentence, fact.head)
        key, names = f"{context.source}/member-{slug(fact.head.name)}", label("member", fact.head.name, context.lang)
        stage, members = context.stage(fact, "effective"), replace(group, role="member")
        sentence.add_link(Link(key, "Affiliation", "Membership", names, (), stage, about=(about,), groups=(members,)))
        return None
    agreements = [one for one in context.agreements if fact.number in one.facts]
    for agreement in agreements:
        if not agreement.parties:
            return Message("no party of {name!r} was accepted; accept who signed it", name=fact.head.name)
        known = [party for party in agreement.parties if party == agreement.common_party]
        add_agreement(context, agreement, fact, sentence, *known)
        sentence.links[agreement.key] = replace(
            sentence.links[agreement.key], groups=(*sentence.links[agreement.key].groups, replace(group, role="party"))
        )
    return None if agreements else Message("no agreement has this count")


def _counted_units(context: Context, fact: Fact, group: UnnamedGroup, sentence: Sentence) -> None:
    """Add the link that founds several units, with their number and those that are named."""
    founding = context.collectives[fact.number]
    units = tuple(Party(name, "Unit") for name in founding.units)
    members = tuple(context.nodes.key_of(unit) for unit in units)
    for unit in units:
        sentence.add_actor(context.nodes.actor(unit))
    part = Participation(context.actor(sentence, fact.head), "initiator")
    link = founding_link(context, founding, fact, part, *units)
    counted = replace(group, thing="units", includes_named=True, members=members)
    sentence.add_link(replace(link, groups=(counted,)))
