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
    shares = _shares(index, query, kind, rows)
    size = len(rows) if wanted.number is None else max(_FIRST, 4 * wanted.number)
    while True:
        found: dict[str, Hit] = {}
        for row in _first(index, rows, shares, size).tolist():
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


def _shares(index: SearchIndex, query: Spelling, kind: Kind, rows: Array) -> Array:
    """Return the percentage of the name of each candidate that is not typed."""
    if kind == "short name":
        return np.zeros(len(rows), np.uint8)
    if kind == "pinyin":
        sizes = index.arrays["spelt.length"].take(rows)
    else:
        starts = index.arrays["starts"]
        sizes = (starts.take(rows + 1) - starts.take(rows)).astype(np.intp)
    typed, longest = len(query.folded), int(sizes.max(initial=1))
    rest = [100 - round(100 * round(min(typed / max(size, 1), 1.0), 2)) for size in range(longest + 1)]
    return np.array(rest, np.uint8).take(sizes)


def _first(index: SearchIndex, rows: Array, shares: Array, size: int) -> Array:
    """Return the first `size` candidates in order: by the share that is not typed, then by links, then by actor."""
    if size < len(rows):
        enough = int(np.searchsorted(np.cumsum(np.bincount(shares)), size))
        near = np.flatnonzero(shares <= enough)
        rows, shares = rows.take(near), shares.take(near)
    keys = (shares.astype(np.int64) << (LINKS_BITS + ACTOR_BITS)) | index.arrays["order"].take(rows)
    if size < len(rows):
        best = np.argpartition(keys, size)[:size]
        rows, keys = rows.take(best), keys.take(best)
    return rows.take(np.argsort(keys, kind="stable"))


def _order(hit: Hit) -> tuple[int, float, int, str, str]:
    return ORDER.index(hit.match.kind), -round(hit.match.share, 2), -hit.links, hit.actor, hit.name
