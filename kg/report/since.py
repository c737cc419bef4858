"""The changes since a day, for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.changes import changes, days, summary
from kg.changes.compare import links

if TYPE_CHECKING:
    from datetime import date

    from kg.changes import Change
    from kg.changes.ranks import Ranking
    from kg.network import Lens
    from kg.store.view import View
    from kg.texts import Text

MAX_CHANGES = 15
"""Changes that a report lists; `kg diff` lists all."""


class Changes(NamedTuple):
    """The changes since a day.

    Attributes:
        summary: one sentence that counts each kind.
        days: the two days.
        listed: the first of them.
        more: number of further ones.
    """

    summary: Text
    days: tuple[date, date]
    listed: tuple[Change, ...]
    more: int


def since(view: View, lens: Lens, ends: tuple[date, date], ranking: Ranking, about: str | None = None) -> Changes:
    """Return the changes between two days in the network that `lens` selects, or in the links of the actor `about`.

    Raises:
        UsageError: the lens has a window of its own, or the first day is not before the second.
    """
    old, new = days(view, ends, lens)
    found = changes(old, new, ranking)
    if about is not None:
        own = {iri for iri, link in links(new.whole or new.network).items() if about in link.parties}
        found = tuple(one for one in found if one.node in {*own, about})
    return Changes(summary(found, old.name, new.name), ends, found[:MAX_CHANGES], max(len(found) - MAX_CHANGES, 0))
