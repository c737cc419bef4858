"""The changes since a day, for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.changes import changes, days, summary
from kg.changes.ranks import Ranking

if TYPE_CHECKING:
    from datetime import date

    from kg.changes import Change
    from kg.network import Lens
    from kg.store.view import View
    from kg.texts import Text

MAX_CHANGES = 15
"""Changes that a report lists; `kg diff` lists all."""


class Changes(NamedTuple):
    """The changes since a day.

    Attributes:
        summary: one sentence that counts each kind.
        listed: the first of them.
        more: number of further ones.
    """

    summary: Text
    listed: tuple[Change, ...]
    more: int


def since(view: View, lens: Lens, ends: tuple[date, date], ranking: Ranking) -> Changes:
    """Return the changes between two days in the network that `lens` selects.

    Raises:
        UsageError: the lens has a window of its own, or the first day is not before the second.
    """
    old, new = days(view, ends, lens)
    found = changes(old, new, ranking)
    return Changes(summary(found, old.name, new.name), found[:MAX_CHANGES], max(len(found) - MAX_CHANGES, 0))


__all__ = ["Changes", "Ranking", "since"]
