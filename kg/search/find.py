"""The actors that a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.model import Table
from kg.search.build import ACTOR_BITS, LINKS_BITS
from kg.search.candidates import ROWS
from kg.search.index import of_view
from kg.search.match import ORDER, match
from kg.search.spelling import spelling
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.search.arrays import Array
    from kg.search.index import SearchIndex
    from kg.search.match import Kind, Match
    from kg.search.spelling import Spelling
    from kg.store.view import View

COLUMNS = ("actor", "label", "match", "name", "links")

_FIRST = 256
"""Candidates that are compared at first; the next time eight times as many."""


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


def find(view: View, text: str, limit: int | None = None) -> tuple[Hit, ...]:
    """Return the actors that `text` finds: by kind of match, then the closest match, then the most links."""
    return hits(of_view(view), text, limit)


def hits(index: SearchIndex, text: str, limit: int | None = None) -> tuple[Hit, ...]:
    """Return the actors of `index` that `text` finds; without a limit all of them."""
    query = spelling(text)
    found: dict[str, Hit] = {}
    if not query.folded or not len(index):
        return ()
    for kind, rows_of in ROWS.items():
        missing = None if limit is None else limit - len(found)
        if missing is not None and missing <= 0:
            break
        found |= _best(index, query, kind, rows_of(index, query.folded), _Wanted(missing, frozenset(found)))
    return tuple(found.values())[:limit]


def table(hits: Iterable[Hit], text: str) -> Table:
    """Return hits as a table."""
    rows = tuple((hit.actor, hit.label, hit.match.kind, hit.name, hit.links) for hit in hits)
    notes = () if rows else (Message("no actor has a name like {text!r}", text=text),)
    return Table(COLUMNS, rows, notes)


class _Wanted(NamedTuple):
    """The number of actors that are missing, and those that were found by a better kind of match."""

    number: int | None
    known: frozenset[str]


def _best(index: SearchIndex, query: Spelling, kind: Kind, rows: Array, wanted: _Wanted) -> dict[str, Hit]:
    """Return the best hits of one kind among candidates, in order."""
    keys = _keys(index, query, kind, rows)
    size = len(rows) if wanted.number is None else max(_FIRST, 4 * wanted.number)
    while True:
        chosen = np.argpartition(keys, size)[:size] if size < len(rows) else np.arange(len(rows))
        found: dict[str, Hit] = {}
        for row in rows[chosen[np.argsort(keys[chosen], kind="stable")]].tolist():
            hit = _hit(index, query, kind, row, wanted.known)
            if hit is not None and (hit.actor not in found or _order(hit) < _order(found[hit.actor])):
                found[hit.actor] = hit
            if wanted.number is not None and len(found) > wanted.number:
                break
        if size >= len(rows) or (wanted.number is not None and len(found) >= wanted.number):
            return {hit.actor: hit for hit in sorted(found.values(), key=_order)}
        size *= 8


def _hit(index: SearchIndex, query: Spelling, kind: Kind, row: int, known: frozenset[str]) -> Hit | None:
    """Return the hit of a row if the match is of this kind, and the actor is not known."""
    of_name = index.spelling(row)
    found = match(query, of_name, index.short_names(row))
    if found is None or found.kind != kind:
        return None
    name = index.name(row)
    actor = index.actor(index.actor_of(row), name)
    return None if actor.iri in known else Hit(actor.iri, actor.label, found, name, actor.links)


def _keys(index: SearchIndex, query: Spelling, kind: Kind, rows: Array) -> Array:
    """Return the order of candidates as numbers: by the share that is typed, then by links, then by actor."""
    starts = index.arrays["starts"]
    sizes = index.arrays["spelt.length"][rows] if kind == "pinyin" else starts[rows + 1] - starts[rows]
    typed = len(query.folded)
    longest = int(sizes.max(initial=1))
    rest = np.array([100 - round(100 * round(min(typed / max(size, 1), 1.0), 2)) for size in range(longest + 1)])
    shares = np.zeros(len(rows), np.int64) if kind == "short name" else rest[sizes]
    return (shares << (LINKS_BITS + ACTOR_BITS)) | index.arrays["order"][rows]


def _order(hit: Hit) -> tuple[int, float, int, str, str]:
    return ORDER.index(hit.match.kind), -round(hit.match.share, 2), -hit.links, hit.actor, hit.name
