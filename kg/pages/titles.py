"""Nodes by a part of their titles: plans, events, places, links, sources; `kg.search` finds actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.pages.facts import ALIAS, NAME, TITLE
from kg.pages.parts import Entry
from kg.search.spelling import fold

if TYPE_CHECKING:
    from kg.pages.index import Index

MOST = 20
"""Nodes that a search lists."""


class Titled(NamedTuple):
    """The nodes whose titles contain a text: the first ones, and the number of all."""

    listed: tuple[Entry, ...]
    total: int


NOTHING = Titled((), 0)
"""The result for a text without letters."""


class Titles:
    """The folded titles of all nodes with a page except actors."""

    def __init__(self, index: Index) -> None:
        """Fold the titles of the nodes of `index`."""
        self._index = index
        found = ((self._folded(iri), iri) for iri in index.with_page.difference(index.actors))
        self._titles = sorted((title, iri) for title, iri in found if title)

    def _folded(self, iri: str) -> str:
        stated = (one.value.value for one in self._index.facts.values(iri, *_TITLES))
        titles = (*self._index.ref(iri).label.pair, *stated)
        return _BETWEEN.join(dict.fromkeys(fold(title) for title in titles if title))

    def find(self, text: str) -> Titled:
        """Return the nodes whose titles contain `text`, those with few links to read first: links are last."""
        wanted, facts = fold(text), self._index.facts
        if not wanted:
            return NOTHING
        found = [iri for title, iri in self._titles if wanted in title]
        found.sort(key=lambda iri: iri in facts.links)
        return Titled(tuple(Entry(self._index.ref(iri), self._index.kind_of(iri)) for iri in found[:MOST]), len(found))


_TITLES = (NAME, ALIAS, TITLE)
_BETWEEN = "\n"
