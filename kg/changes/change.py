"""A change between two states, and the table of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.model import Table
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Cell

Kind = Literal["begun", "added", "ended", "renewed", "changed", "retired", "removed", "merged", "rank"]

COLUMNS = ("change", "node", "label", "before", "after", "sources")

_COUNTED: dict[Kind, Text] = {
    "begun": Message("links begun: {count}"),
    "added": Message("links added: {count}"),
    "ended": Message("links ended: {count}"),
    "renewed": Message("links renewed: {count}"),
    "changed": Message("links with other facts: {count}"),
    "retired": Message("links retired by their sources: {count}"),
    "removed": Message("links removed: {count}"),
    "merged": Message("organisations merged: {count}"),
    "rank": Message("ranks moved beyond their intervals: {count}"),
}


class Change(NamedTuple):
    """One difference between an earlier and a later state.

    Attributes:
        kind: what happened.
        node: the IRI of the link or actor.
        label: its name.
        before, after: the earlier and the later fact, such as a stage, a day or a rank; ``None`` if there is none.
        sources: number of sources of the link, in the state that contains it; ``None`` for actors.
    """

    kind: Kind
    node: str
    label: Text
    before: Cell = None
    after: Cell = None
    sources: int | None = None


def table(found: Sequence[Change], old: str, new: str, notes: Sequence[Text] = ()) -> Table:
    """Return changes as a table, whose first note counts each kind."""
    return Table(COLUMNS, tuple(tuple(one) for one in found), (summary(found, old, new), *notes))


def summary(found: Sequence[Change], old: str, new: str) -> Text:
    """Return one sentence that counts each kind of change."""
    counts = [
        words.format(count=count)
        for kind, words in _COUNTED.items()
        if (count := len({one.node for one in found if one.kind == kind}))
    ]
    if not counts:
        return Message("From {old} to {new} nothing changed.", old=old, new=new)
    return Message("From {old} to {new}: {counts}.", old=old, new=new, counts=Message("; ", "list").join(counts))
