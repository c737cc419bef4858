"""Agreements, partnerships and foundings, from the accepted facts of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers.passages import Plan
from kg.ingest.readers.records import Link, Name, Participation
from kg.ingest.reports import dates, words
from kg.ingest.reports.foundings import BUILT
from kg.ingest.reports.labels import agreement_label, label
from kg.ingest.reports.nodes import ORGANISATIONS, slug
from kg.read.labels import type_label
from kg.texts import Message

if TYPE_CHECKING:
    from kg.ingest.readers.records import Topic
    from kg.ingest.reports.accepted import Fact
    from kg.ingest.reports.agreements import Agreement
    from kg.ingest.reports.context import Context
    from kg.ingest.reports.foundings import Founding
    from kg.ingest.reports.sentences import Sentence
    from kg.read.model import Party


class _Joining(NamedTuple):
    """How a body that joins something is stated."""

    form: str
    kind: str
    role: str
    word: str


_JOINING = {
    **dict.fromkeys(("Alliance", "OtherOrg"), _Joining("Affiliation", "Membership", "member", "member")),
    **dict.fromkeys(("Unit", "Facility"), _Joining("CoConstruction", "CoConstructedUnit", "coBuilder", "co-built")),
}


def signed(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the agreement that two organisations signed."""
    if not {fact.head.type, fact.tail.type} <= ORGANISATIONS:
        return Message("only organisations sign agreements here; state persons as office holders")
    for agreement in context.agreements:
        if fact.number in agreement.facts:
            add_agreement(context, agreement, fact, sentence, fact.head, fact.tail)
    return None


def partner(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add a party of an agreement, a member of an alliance, a co-builder of a unit or a partner of a programme."""
    if fact.head.type not in ORGANISATIONS:
        return Message("a partner must be an organisation")
    if fact.tail.type == "Agreement":
        for agreement in context.agreements:
            if fact.number in agreement.facts and fact.head in agreement.parties:
                add_agreement(context, agreement, fact, sentence, fact.head)
        return None
    if fact.tail.type == "Programme":
        key, names = f"{context.source}/{slug(fact.tail.name)}", label("programme", fact.tail.name, context.lang)
        part = Participation(context.actor(sentence, fact.head), "party")
        link = Link(key, "Programme", "Programme", names, (part,), context.stage(fact, "announced"))
        sentence.add_link(link, fact.when)
        return None
    joining = _JOINING.get(fact.tail.type or "")
    if joining is None:
        return Message("this partnership cannot be expressed: {type}", type=type_label(fact.tail.type))
    founding = context.foundings.get(fact.tail.name)
    is_same = founding is not None and founding.form == joining.form
    link = Link(
        founding.key if founding and is_same else f"{context.source}/{joining.word}-{slug(fact.tail.name)}",
        joining.form,
        joining.kind,
        label(joining.word, fact.tail.name, context.lang),
        (Participation(context.actor(sentence, fact.head), joining.role),),
        context.stage(fact, "effective"),
        about=(context.actor(sentence, fact.tail),),
    )
    sentence.add_link(link, fact.when)
    return None


def established(context: Context, fact: Fact, sentence: Sentence) -> Message | None:
    """Add the founding of a unit or an alliance, the building of a unit with others, or the issuer of a plan."""
    if fact.head.type == "PolicyPlan" and fact.tail.type in ORGANISATIONS:
        key, issuer = context.nodes.key_of(fact.head), context.actor(sentence, fact.tail)
        sentence.plans[key] = Plan(key, (context.nodes.name_of(fact.head),), dates.stated(fact.when), (issuer,))
        return None
    if fact.head.type not in BUILT or fact.tail.type not in ORGANISATIONS:
        return Message("only units, alliances and plans are set up by organisations here")
    founding = context.foundings[fact.head.name]
    is_host = context.nodes.hosts.get(fact.head.name) == fact.tail
    sentence.add_actor(context.nodes.actor(fact.head, unit_of=fact.tail if is_host else None))
    role = founding.role
    if not is_host and fact.head.type != "Alliance":
        role = "coBuilder" if founding.form == "CoConstruction" else "initiator"
    part = Participation(context.actor(sentence, fact.tail), role)
    sentence.add_link(founding_link(context, founding, fact, part, fact.head), fact.when)
    return None


def add_agreement(context: Context, agreement: Agreement, fact: Fact, sentence: Sentence, *parties: Party) -> None:
    """Add an agreement with the parties that the sentence names."""
    listed = [*(party.name for party in agreement.parties), *(count.tail.name for count in agreement.counts)]
    common = agreement.common_party
    link = Link(
        agreement.key,
        "Agreement",
        words.agreement_kind(f"{agreement.name} {fact.attributes.kind or ''}"),
        agreement_label(agreement.name, listed, context.lang),
        tuple(Participation(context.actor(sentence, party), "party") for party in parties),
        context.stage(fact, "signed"),
        arity=agreement.arity,
        common_party=context.actor(sentence, common) if common else None,
        stated_kind=Name(agreement.name, context.lang) if agreement.key.startswith(context.source) else None,
    )
    sentence.add_link(link, fact.when)


def add_to_agreement(
    context: Context, fact: Fact, sentence: Sentence, topics: tuple[Topic, ...] = (), places: tuple[Name, ...] = ()
) -> Message | None:
    """Add fields or places to the agreement that the head of a fact names, if accepted facts state its parties."""
    found = [one for one in context.agreements if one.name == fact.head.name]
    for one in found:
        kind = words.agreement_kind(one.name)
        sentence.add_link(Link(one.key, "Agreement", kind, topics=topics, place_names=places))
    return None if found else Message("no accepted statement makes a link of {name!r}", name=fact.head.name)


def founding_link(context: Context, founding: Founding, fact: Fact, part: Participation, *about: Party) -> Link:
    """Return a link that founds units or an alliance."""
    return Link(
        founding.key,
        founding.form,
        founding.kind,
        label(founding.word, founding.names, context.lang),
        (part,),
        "planned" if fact.stage == "planned" else "announced",  # sources of one founding must agree
        about=tuple(map(context.nodes.key_of, about)),
    )
