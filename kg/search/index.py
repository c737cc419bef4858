"""The search index of a view: names as arrays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from kg.search.arrays import Texts
from kg.search.build import arrays
from kg.search.short_names import short_names
from kg.search.spelling import Spelling
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.search.arrays import Array
    from kg.store.view import View

_NAMES = """SELECT DISTINCT (COALESCE(?first, ?own) AS ?actor) ?name {
  ?own a hx:Actor ; skos:prefLabel|skos:altLabel ?name OPTIONAL { ?own hx:countsAs ?first } }"""
_SHORT_NAMES = """SELECT DISTINCT (COALESCE(?first, ?own) AS ?actor) ?name {
  ?own hx:shortName ?name OPTIONAL { ?own hx:countsAs ?first } }"""
_LABELS = "SELECT DISTINCT ?actor ?label { ?actor a hx:Actor ; skos:prefLabel ?label }"
_LINKS = """SELECT ?actor (COUNT(DISTINCT ?link) AS ?links) {
  ?link hx:participation/hx:participant ?own OPTIONAL { ?own hx:countsAs ?first }
  BIND(COALESCE(?first, ?own) AS ?actor)
} GROUP BY ?actor"""


class Actor(NamedTuple):
    """An actor: its IRI, its name, and the number of its links."""

    iri: str
    label: Text
    links: int


class SearchIndex:
    """Names of actors in the order of their folded spelling; a row is the number of a name.

    Attributes:
        arrays: the arrays of `kg.search.build`.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Keep the arrays."""
        self.arrays = arrays
        self._texts = {
            name: Texts(arrays[name], arrays[f"{name}.starts"])
            for name in ("actors", "en", "zh", "names", "initials", "syllables")
        }

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._texts["names"])

    def __getitem__(self, row: int) -> str:
        """Return the folded spelling of a name."""
        starts = self.arrays["starts"]
        characters = self.arrays["flat"][starts[row] : starts[row + 1]]
        return bytes(self.arrays["alphabet"][characters].tobytes()).decode("utf-32-le")

    def name(self, row: int) -> str:
        """Return a name as it is written."""
        return self._texts["names"][row]

    def actor_of(self, row: int) -> int:
        """Return the number of the actor of a name."""
        return int(self.arrays["order"][row]) & 0xFFFFFF

    def actor(self, number: int, name: str) -> Actor:
        """Return an actor; `name` serves for one without a label."""
        en, zh = (self._texts[lang][number] or None for lang in ("en", "zh"))
        label = Text(en, zh) if en or zh else Text(name, name)
        return Actor(self._texts["actors"][number], label, int(self.arrays["links"][number]))

    def spelling(self, row: int) -> Spelling:
        """Return the spellings of a name."""
        starts, spelt = self.arrays["spelt.starts"], self.arrays["spelt"]
        syllables = tuple(self.syllables[one] for one in spelt[starts[row] : starts[row + 1]].tolist())
        return Spelling(self[row], syllables, self._texts["initials"][row])

    @cached_property
    def syllables(self) -> list[str]:
        """All syllables by number."""
        return [self._texts["syllables"][number] for number in range(len(self._texts["syllables"]))]

    def equal(self, folded: str) -> range:
        """Return the names with this folded spelling."""
        return range(bisect_left(self, folded), bisect_right(self, folded))

    def beginning(self, start: str) -> range:
        """Return the names whose folded spelling begins with `start`."""
        return range(bisect_left(self, start), bisect_left(self, start[:-1] + chr(min(ord(start[-1]) + 1, 0x10FFFF))))

    def characters(self, text: str) -> Array | None:
        """Return the numbers of characters; ``None`` if no name contains one of them."""
        points = np.array([ord(char) for char in text], "<u4")
        alphabet = self.arrays["alphabet"]
        places = np.minimum(np.searchsorted(alphabet, points), max(len(alphabet) - 1, 0))
        known = len(alphabet) > 0 and bool((alphabet[places] == points).all())
        return places.astype(np.uint16) if known else None

    def places(self, first: int, second: int) -> Array:
        """Return the places at which a pair of characters begins."""
        key = np.uint32(first << 16 | second)
        at = int(np.searchsorted(self.arrays["pairs"], key))
        if at == len(self.arrays["pairs"]) or self.arrays["pairs"][at] != key:
            return np.zeros(0, np.uint32)
        starts = self.arrays["pairs.starts"]
        return self.arrays["pairs.places"][starts[at] : starts[at + 1]]

    def is_short(self, row: int) -> bool:
        """Return whether a name is only stated as a short name."""
        return bool(self.arrays["short"][row])

    def short_names(self, row: int) -> tuple[str, ...]:
        """Return the usual short names of a name; that of one which is only stated as a short name is itself."""
        folded = self[row]
        return (*short_names().get(folded, ()), folded) if self.is_short(row) else short_names().get(folded, ())


def arrays_of(view: View) -> dict[str, Array]:
    """Return the arrays of the names of a view; those of a merged actor are names of the actor as which it counts."""
    labels: dict[str, dict[str, str]] = {}
    for row in view.select(_LABELS):
        labels.setdefault(row["actor"].value, {})[row["label"].language or ""] = row["label"].value
    return arrays(
        ((row["actor"].value, row["name"].value) for row in view.select(_NAMES)),
        {actor: Text(by_tag.get("en") or by_tag.get(""), by_tag.get("zh")) for actor, by_tag in labels.items()},
        {row["actor"].value: int(row["links"].value) for row in view.select(_LINKS)},
        [(row["actor"].value, row["name"].value) for row in view.select(_SHORT_NAMES)],
    )


_INDEXES: WeakKeyDictionary[View, SearchIndex] = WeakKeyDictionary()


def of_view(view: View) -> SearchIndex:
    """Return the index of a view, which is read-only, so it is kept for as long as the view exists."""
    index = _INDEXES.get(view)
    if index is None:
        index = _INDEXES[view] = SearchIndex(arrays_of(view))
    return index
