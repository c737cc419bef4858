"""Organisations of ingested sources that resemble known ones and are not judged yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import resolve
from kg.resolve.suggest import SuggestOptions, suggest
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.view import View
    from kg.texts import Text

MIN_SCORE = 0.9
"""Minimum score of a pair that counts as alike."""

MAX_ACTORS = 20_000
"""Maximum number of actors of a store that are compared after an ingest; more would take minutes."""

_OWN = """SELECT DISTINCT ?a { ?e hx:source ?source GRAPH ?e { ?a a hx:Organisation }
  FILTER NOT EXISTS { ?e hx:lastSeen ?day } }"""


class Resemblance(NamedTuple):
    """Organisations of the ingested sources, and how many of them resemble another one.

    Attributes:
        organisations: the number of organisations of the sources.
        alike: how many of them resemble another organisation of the store; ``None`` if they were not compared.
    """

    organisations: int
    alike: int | None

    def note(self) -> Text | None:
        """Return a sentence for people; ``None`` if no organisation resembles another one."""
        advice = "kg resolve suggest -o pairs.csv"
        if self.alike is None:
            return Message(
                "The names of {organisations} organisations were not compared; run {advice} before you rank.",
                organisations=self.organisations,
                advice=advice,
            )
        if not self.alike:
            return None
        return Message(
            "{alike} of {organisations} organisations resemble others in the store (score {min_score:g} or more) "
            "and still count apart; run {advice} before you rank.",
            alike=self.alike,
            organisations=self.organisations,
            min_score=MIN_SCORE,
            advice=advice,
        )


def resemblance(view: View, sources: Iterable[str], lang: str) -> Resemblance:
    """Return how many organisations of `sources` (IRIs) resemble another organisation of the store."""
    own = frozenset(row["a"].value for source in sources for row in view.select(_OWN, {"source": ox.NamedNode(source)}))
    if view.size().actors > MAX_ACTORS:
        return Resemblance(len(own), None)
    options = SuggestOptions(MIN_SCORE, own)
    pairs = suggest(view.graph, resolve.identity(view.graph), lang, options)
    places = pairs.columns.index("left"), pairs.columns.index("right")
    return Resemblance(len(own), len(own & {str(row[place]) for row in pairs.rows for place in places}))
