"""Preferred names of nodes that several sources describe: the first source gives them, the others add names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.readers.passages import PassageRecord
    from kg.ingest.readers.records import Name


def settled(record: PassageRecord, is_named_elsewhere: Callable[[str, str, str], bool]) -> PassageRecord:
    """Return a record whose names are alternative ones where another source has the preferred name."""

    def names(key: str, given: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(
            replace(name, preferred=name.preferred and not is_named_elsewhere(key, name.lang, record.source.key))
            for name in given
        )

    passage = record.passage
    if passage is None:
        return record
    plans = tuple(replace(plan, names=names(plan.key, plan.names)) for plan in passage.plans)
    return replace(
        record,
        actors=tuple(replace(actor, names=names(actor.key, actor.names)) for actor in record.actors),
        links=tuple(replace(link, names=names(f"link/{link.key}", link.names)) for link in record.links),
        passage=replace(passage, plans=plans),
    )
