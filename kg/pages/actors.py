"""The pages of actors."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.map.scene.styles import SECTORS
from kg.pages import links, statements
from kg.pages.address import path
from kg.pages.cite import Citations
from kg.pages.facts import ALIAS, DESCRIPTION, NAME
from kg.pages.model import ActorPage
from kg.pages.parts import Fact, Head, Partner, Partners, Value
from kg.pages.words import WORDS
from kg.terms import HX, PREFIXES
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.pages.facts import Statement
    from kg.pages.index import Index
    from kg.pages.parts import LinkRow, Standing

MAX_PARTNERS, MAX_OF_ONE = 10, 5
"""Partners of a sector that are visible at once, and those of an actor with one link."""
MAX_LISTED = 1000
"""Actors of a sector that a page lists."""

_SHOWN = (NAME, ALIAS, DESCRIPTION, statements.IDENTIFIER, str(HX.webDomain), str(HX.seat))
_PLACES = (str(HX.city), str(HX.region), str(HX.placeName))
_POINTED = (
    PREFIXES["org"] + "postIn",
    *map(str, (HX.participant, HX.payer, HX.payee, HX.commonParty, HX.left, HX.right)),
)


def page(index: Index, iri: str, ranks: Mapping[str, tuple[Standing, ...]]) -> ActorPage:
    """Return the page of an actor, with everything that is stated of the actors that count as it."""
    facts, cite = index.facts, Citations(index)
    same = (iri, *facts.merged.get(iri, ()))
    stated = _merged(index, same)
    names = tuple(_names(cite, stated))
    seat = next((one.value.value for one in stated if one.predicate == str(HX.seat)), None)
    identifiers = statements.identifiers(index, cite, stated)
    hidden = _PLACES if seat else ()
    own = statements.facts(index, cite, stated, *_SHOWN, *hidden)
    relations = statements.relations(index, cite, iri, *_POINTED)
    rows = links.newest_first(_rows(index, iri, same))
    cards = [facts.links[link] for link in _links(index, iri)]
    ties = _ties(index, iri, same)
    label = index.ref(iri).label
    return ActorPage(
        head=Head(iri, path(iri), label, _kind(index, same), index.sector(iri), own, cite.cited()),
        names=names,
        place=index.ref(seat) if seat else None,
        identifiers=identifiers,
        relations=relations,
        partners=tuple(by_sector(index, ties, _most(len(rows), len(ties)))),
        partner_count=len(ties),
        unnamed=sum(card.declared - card.named for card in cards),
        is_lower_bound=any(card.is_lower_bound for card in cards),
        links=rows,
        ranks=ranks.get(iri, ()),
        missing=tuple(_missing(label, identifiers, seat, rows, same, index)),
        addresses=tuple(one.address for fact in identifiers for one in fact.values if one.address),
    )


def _most(link_count: int, partners: int) -> int:
    """Return the number of partners to list in each sector; a single link with few parties lists them itself."""
    if link_count > 1:
        return MAX_PARTNERS
    return MAX_OF_ONE if partners > links.OTHERS else 0


def _kind(index: Index, same: Iterable[str]) -> Text:
    """Return the kind of the first of actors that are the same and have one."""
    return next((kind for kind in map(index.kind, same) if kind != Text()), Text())


def _merged(index: Index, same: Iterable[str]) -> tuple[Statement, ...]:
    """Return the statements about actors that are the same, each once with all its evidence."""
    found: dict[tuple[str, object], Statement] = {}
    for node in same:
        for one in index.facts.about.get(node, ()):
            known = found.get((one.predicate, one.value))
            evidence = one.evidence if known is None else tuple(sorted({*known.evidence, *one.evidence}))
            found[one.predicate, one.value] = one._replace(evidence=evidence)
    return tuple(found.values())


def _names(cite: Citations, stated: Sequence[Statement]) -> Iterator[Fact]:
    """Yield the names by language, preferred ones first."""
    grouped: dict[str, dict[str, Value]] = defaultdict(dict)
    for predicate in (NAME, ALIAS):
        for one in stated:
            if one.predicate == predicate:
                tag = getattr(one.value, "language", None) or ""
                text = one.value.value
                grouped[tag].setdefault(text, Value(text, marks=cite.mark(one.evidence)[:_MARKS]))
    order = {"en": 0, "zh": 1}
    for tag in sorted(grouped, key=lambda tag: (order.get(tag, 2), tag)):
        yield Fact(_language(tag), tuple(grouped[tag].values()))


def _language(tag: str) -> Text:
    """Return the heading of the names in a language."""
    return WORDS.get(f"name/{tag.lower()}") or (WORDS["nameIn"].format(tag=tag) if tag else WORDS["name"])


_MARKS = 3
"""Sources that stand beside a name; all of them are in the list of sources."""


def _links(index: Index, iri: str) -> tuple[str, ...]:
    """Return the links of an actor and of its units, each once."""
    nodes = (iri, *index.units.get(iri, ()))
    return tuple(dict.fromkeys(seat.link for node in nodes for seat in index.seats.get(node, ())))


def _rows(index: Index, iri: str, same: tuple[str, ...]) -> Iterator[LinkRow]:
    me = frozenset(same)
    own = {seat.link for seat in index.seats.get(iri, ())}
    for link in own:
        yield links.row(index, link, me)
    for unit in index.units.get(iri, ()):
        for link in {seat.link for seat in index.seats.get(unit, ())} - own:
            own.add(link)
            yield links.row(index, link, me, index.ref(unit))


def _ties(index: Index, iri: str, same: tuple[str, ...]) -> Counter[str]:
    """Return the partners in links of the default layers with the number of links; units count for their hosts."""
    found: Counter[str] = Counter()
    mine = {*same, *index.units.get(iri, ())}
    for link in _links(index, iri):
        parties = index.tying[link]
        common = index.common.get(link)
        if mine & parties:
            others = parties - mine if common is None or common in mine else {common}
            found.update({index.host(one) for one in others})
    found.pop(iri, None)
    return found


def by_sector(index: Index, counts: Mapping[str, int], shown: int) -> Iterator[Partners]:
    """Yield actors with their numbers of links by sector, those with most links first, of which `shown` are visible."""
    grouped: dict[str, list[Partner]] = defaultdict(list)
    found = [Partner(index.ref(actor), count) for actor, count in counts.items()]
    for one in sorted(
        found, key=lambda one: (-one.links, (one.ref.label.localise("en") or "").casefold(), one.ref.path)
    ):
        grouped[one.ref.sector].append(one)
    for sector in (*SECTORS, *sorted(grouped.keys() - set(SECTORS))):
        if (listed := grouped.get(sector)) and shown:
            name = index.term("sector", sector) if sector else WORDS["unknown"]
            yield Partners(sector, name, tuple(listed[:MAX_LISTED]), len(listed[MAX_LISTED:]), shown)


def _missing(
    label: Text,
    identifiers: tuple[Fact, ...],
    seat: str | None,
    rows: tuple[LinkRow, ...],
    same: tuple[str, ...],
    index: Index,
) -> Iterator[Text]:
    """Yield what is not known of an actor and of its links."""
    unnamed = [row for row in rows if row.unnamed or row.is_lower_bound]
    if unnamed:
        bound = any(row.is_lower_bound for row in unnamed)
        yield WORDS["lacksPartiesBound" if bound else "lacksParties"].format(
            n=sum(row.unnamed for row in unnamed), links=len(unnamed)
        )
    if undated := sum(not row.start for row in rows):
        yield WORDS["lacksDates"].format(n=undated, links=len(rows))
    if single := sum(len(row.origins) == 1 for row in rows):
        yield WORDS["lacksSources"].format(n=single, links=len(rows))
    if "Organisation" in index.facts.classes(same[0]):
        absent = [
            WORDS[key]
            for key, given in (
                ("lacksEnglish", label.en),
                ("lacksChinese", label.zh),
                ("lacksIdentifier", identifiers),
                ("lacksSeat", seat),
            )
            if not given
        ]
        if absent:
            yield WORDS["lacks"].format(facts=Message(", ", "list").join(absent))
