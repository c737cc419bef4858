"""The actors that a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from kg.model import Table
from kg.search.match import ORDER, match
from kg.search.short_names import short_names
from kg.search.spelling import Spelling, spelling
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.search.match import Match
    from kg.store.view import View

COLUMNS = ("actor", "label", "match", "name", "links")

_NAMES = """SELECT DISTINCT (COALESCE(?first, ?own) AS ?actor) ?name {
  ?own a hx:Actor ; skos:prefLabel|skos:altLabel ?name OPTIONAL { ?own hx:countsAs ?first } }"""
_LABELS = "SELECT DISTINCT ?actor ?label { ?actor a hx:Actor ; skos:prefLabel ?label }"
_LINKS = """SELECT ?actor (COUNT(DISTINCT ?link) AS ?links) {
  ?link hx:participation/hx:participant ?own OPTIONAL { ?own hx:countsAs ?first }
  BIND(COALESCE(?first, ?own) AS ?actor)
} GROUP BY ?actor"""


class Hit(NamedTuple):
    """An actor that a query finds.

    Attributes:
        actor: its IRI.
        label: its name.
        match: how the query matches.
        name: the name that matches.
        links: number of its links.
    """

    actor: str
    label: Text
    match: Match
    name: str
    links: int


class _Index(NamedTuple):
    names: tuple[tuple[str, str, Spelling, tuple[str, ...]], ...]
    labels: Mapping[str, Text]
    links: Mapping[str, int]


_INDEXES: WeakKeyDictionary[View, _Index] = WeakKeyDictionary()


def find(view: View, text: str, limit: int | None = None) -> tuple[Hit, ...]:
    """Return the actors that `text` finds: by kind of match, then the closest match, then the most links."""
    query, index = spelling(text), _index(view)
    best: dict[str, Hit] = {}
    for actor, name, of_name, short in index.names:
        found = match(query, of_name, short)
        if found is not None:
            hit = Hit(actor, index.labels.get(actor, Text(name, name)), found, name, index.links.get(actor, 0))
            if actor not in best or _order(hit) < _order(best[actor]):
                best[actor] = hit
    return tuple(sorted(best.values(), key=_order)[:limit])


def table(hits: Iterable[Hit], text: str) -> Table:
    """Return hits as a table."""
    rows = tuple((hit.actor, hit.label, hit.match.kind, hit.name, hit.links) for hit in hits)
    notes = () if rows else (Message("no actor has a name like {text!r}", text=text),)
    return Table(COLUMNS, rows, notes)


def _order(hit: Hit) -> tuple[int, float, int, str, str]:
    return ORDER.index(hit.match.kind), -round(hit.match.share, 2), -hit.links, hit.actor, hit.name


def _index(view: View) -> _Index:
    """Return the names of a view, which is read-only, so they are kept for as long as it exists.

    The names and links of a merged actor are those of the actor as which it counts.
    """
    index = _INDEXES.get(view)
    if index is None:
        names = sorted({(row["actor"].value, row["name"].value) for row in view.select(_NAMES)})
        labels: dict[str, dict[str, str]] = {}
        for row in view.select(_LABELS):
            labels.setdefault(row["actor"].value, {})[row["label"].language or ""] = row["label"].value
        index = _Index(
            tuple((actor, name, (own := spelling(name)), short_names().get(own.folded, ())) for actor, name in names),
            {actor: Text(by_tag.get("en") or by_tag.get(""), by_tag.get("zh")) for actor, by_tag in labels.items()},
            {row["actor"].value: int(row["links"].value) for row in view.select(_LINKS)},
        )
        _INDEXES[view] = index
    return index
