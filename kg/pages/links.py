"""Links: their rows in lists, and their pages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.map import dates
from kg.pages import statements
from kg.pages.address import path
from kg.pages.cite import Citations
from kg.pages.facts import ALIAS, DESCRIPTION, NAME
from kg.pages.model import LinkPage
from kg.pages.parts import Entry, Fact, Head, LinkRow, Party, Ref, Value
from kg.pages.words import WORDS
from kg.terms import HX
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pages.index import Index
    from kg.query.cards import LinkCard, PartyCard

OTHERS = 4
"""Parties that a row lists; the page of the link lists all."""

_SHOWN = (NAME, ALIAS, DESCRIPTION, *(str(one) for one in (
    HX.participation, HX.kind, HX.stage, HX.startEarliest, HX.startLatest, HX.endEarliest, HX.endLatest, HX.statedAs,
    HX.precision, HX.counts, HX.value, HX.milestone, HX.renews, HX.commonParty,
)))  # fmt: skip
"""Properties of a link that its page displays elsewhere."""


def row(index: Index, iri: str, me: frozenset[str] = frozenset(), through: Ref | None = None) -> LinkRow:
    """Return a link as a row in the list of the actor `me`, with those that count as it; `through` is its unit."""
    card = index.facts.links[iri]
    actors = dict.fromkeys(index.canonical(one.actor) for one in card.parties if one.actor is not None)
    others = [index.ref(actor) for actor in actors if actor not in me]
    return LinkRow(
        ref=index.ref(iri),
        kind=index.term("kind", card.kind),
        stage=index.term("stage", card.stage),
        date=dates.beginning(card),
        others=tuple(others[:OTHERS]),
        more=len(others[OTHERS:]),
        unnamed=card.declared - card.named,
        is_lower_bound=card.is_lower_bound,
        amounts=tuple(amounts(index, iri)),
        note=_note(card),
        origins=index.origins(card.evidence),
        through=through,
        is_paper=card.kind == "JointPublication",
        start=str(card.start or card.latest or ""),
    )


def newest_first(rows: Iterable[LinkRow]) -> tuple[LinkRow, ...]:
    """Return rows from the newest link to the oldest, undated ones last."""
    by_path = sorted(rows, key=lambda one: one.ref.path or "")
    return tuple(sorted(by_path, key=lambda one: one.start, reverse=True))


def entries(index: Index, iris: Iterable[str]) -> tuple[Entry, ...]:
    """Return links as entries of a list, the newest first."""
    cards = sorted((index.facts.links[iri] for iri in iris), key=lambda card: card.iri)
    cards.sort(key=lambda card: str(card.start or card.latest or ""), reverse=True)
    return tuple(Entry(index.ref(card.iri), dates.beginning(card)) for card in cards)


def _note(card: LinkCard) -> Text:
    """Return what the link is about, otherwise what its first sentence of evidence is about."""
    notes = (card.description, *(piece.note for piece in card.evidence if piece.reading == "sentence"))
    return next((note for note in notes if note != Text()), Text())


def amounts(index: Index, iri: str) -> Iterator[Text]:
    """Yield the amounts of money of a link."""
    for one in index.facts.values(iri, str(HX.value)):
        node = one.value.value
        number, currency, kind, counted = (
            next((found.value.value for found in index.facts.values(node, str(name))), "")
            for name in (HX.amount, HX.currency, HX.amountKind, HX.countKind)
        )
        words = [index.facts.label(kind) if kind else Text(), index.facts.label(counted) if counted else Text()]
        text = f"{_digits(number)} {currency.rpartition('/')[2]}"
        yield Text(*(
            " ".join((text, *(f"({word.localise(lang)})" for word in words if word.localise(lang))))
            for lang in ("en", "zh")
        ))  # fmt: skip


def _digits(number: str) -> str:
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}".removesuffix(".0") if whole.isascii() and whole.isdigit() else number


def page(index: Index, iri: str) -> LinkPage:
    """Return the page of a link."""
    card, facts = index.facts.links[iri], index.facts
    cite = Citations(index)
    described = tuple(statements.values(index, cite, list(facts.values(iri, DESCRIPTION))))
    parties = tuple(_parties(index, cite, card))
    own = facts.about.get(iri, ())
    history = tuple(_history(index, cite, iri, card))
    stated = statements.facts(index, cite, own, *_SHOWN)
    money = tuple(amounts(index, iri))
    marks = cite.mark(graph for one in facts.values(iri, str(HX.value)) for graph in one.evidence)
    values = (Fact(WORDS["amount"], tuple(Value(one, marks=marks) for one in money)),) if money else ()
    relations = statements.relations(index, cite, iri)
    cite.mark(piece.iri for piece in card.evidence)
    head = Head(
        iri, path(iri), index.ref(iri).label, index.term("kind", card.kind), "", (*values, *stated), cite.cited()
    )
    return LinkPage(
        head=head,
        stage=index.term("stage", card.stage),
        date=dates.beginning(card),
        start=card.start.isoformat() if card.start else None,
        named=card.named,
        declared=card.declared,
        is_lower_bound=card.is_lower_bound,
        described=described,
        parties=parties,
        history=history,
        relations=relations,
        missing=tuple(_missing(card)),
    )


def _parties(index: Index, cite: Citations, card: LinkCard) -> Iterator[Party]:
    marks = _marks_of_parties(index, card)
    for one in sorted(card.parties, key=lambda party: party.actor is None):
        role = WORDS["countedParties"] if one.role == "counts" else index.term("role", one.role)
        if one.actor is not None:
            ref = index.ref(one.actor)
            yield Party(role, ref, cite.mark(sorted(marks[one.role, index.canonical(one.actor)])), is_group=False)
        else:
            yield Party(role, Ref(_group(one)), cite.mark(sorted(marks[one.role, ""])), is_group=True)


def _marks_of_parties(index: Index, card: LinkCard) -> dict[tuple[str, str], set[str]]:
    """Return the evidence of each participation by role and actor; of groups by role."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part in index.facts.values(card.iri, str(HX.participation)):
        node = part.value.value
        role = next((one.value.value.rpartition("/")[2] for one in index.facts.values(node, str(HX.role))), "")
        for one in index.facts.values(node, str(HX.participant)):
            actor = index.canonical(one.value.value)
            key = actor if actor in index.seats else ""
            found[role, key].update(one.evidence)
    return found


def _group(party: PartyCard) -> Text:
    """Return a counted group in words: its number, and what the source calls it."""
    kind = party.count_kind if party.count_kind in {"moreThan", "atLeast", "approximate"} else "exact"
    key = "uncounted" if party.count is None else f"{kind}{'Part' if party.named else ''}"
    if party.count == 1 and f"{key}One" in WORDS:
        key = f"{key}One"
    words = WORDS[key].format(n=party.count, named=party.named)
    return words if party.label == Text() else WORDS["withLabel"].format(words=words, label=party.label)


def _history(index: Index, cite: Citations, iri: str, card: LinkCard) -> Iterator[tuple[Text, Value]]:
    """Yield the beginning with the stage, milestones, renewals and the end of a link."""
    facts = index.facts
    evidence = sorted({g for one in facts.values(iri, str(HX.stage), str(HX.startEarliest)) for g in one.evidence})
    stage = index.term("stage", card.stage) if card.stage else WORDS["noStage"]
    yield dates.beginning(card), Value(stage, marks=cite.mark(evidence))
    for one in facts.values(iri, str(HX.milestone)):
        node = one.value.value
        day = next((found.value.value for found in facts.values(node, str(HX.startEarliest), str(HX.statedAs))), "")
        label = facts.label(node)
        text = (
            label
            if label != Text()
            else next((Text(found.value.value) for found in facts.values(node, DESCRIPTION)), WORDS["milestone"])
        )
        yield (Text(day, day) if day else WORDS["noDate"]), Value(text, marks=cite.mark(one.evidence))
    for one in facts.values(iri, str(HX.renews)):
        former = index.ref(one.value.value)
        yield (
            dates.beginning(card),
            Value(WORDS["renews"].format(link=former.label), former.path, None, cite.mark(one.evidence)),
        )
    table, row_of = facts.incidence.links, facts.link_rows[iri]
    first, last = (table[name][row_of].as_py() for name in ("end_earliest", "end_latest"))
    if first or last:
        ends = [*facts.values(iri, str(HX.endEarliest), str(HX.endLatest))]
        word = WORDS["ended"] if last else WORDS["lasted"]
        when = dates.between(first, last) if last else Text(str(first), str(first))
        yield when, Value(word, marks=cite.mark(sorted({g for one in ends for g in one.evidence})))


def _missing(card: LinkCard) -> Iterator[Text]:
    """Yield what is not known of a link."""
    if unnamed := card.declared - card.named:
        yield WORDS["missingPartiesBound" if card.is_lower_bound else "missingParties"].format(
            n=unnamed, declared=card.declared
        )
    elif card.is_lower_bound:
        yield WORDS["missingBound"]
    if card.start is None:
        yield WORDS["missingStart"]
    if card.stage is None:
        yield WORDS["missingStage"]
    if len({piece.source for piece in card.evidence}) == 1:
        yield WORDS["missingSecond"]
