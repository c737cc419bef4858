"""Changes of organisations in the rows of a table: renamings, mergers and splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers import cell_dates
from kg.ingest.readers.cells import one_line
from kg.ingest.readers.fields import CellError
from kg.ingest.readers.records import Change, Dates, Name
from kg.ingest.readers.table_terms import cell, parsed
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ingest.readers.table_actors import RowActors
    from kg.ingest.readers.table_mapping import ChangeMapping, TableMapping


def change(
    mapping: TableMapping, key: str, actors: Mapping[str, RowActors], kind: str, cells: Mapping[str, str]
) -> Change:
    """Return the change in a row; `key` is its key, and `kind` a notation or empty.

    Raises:
        CellError: the row names no actor before or after it, or a date cannot be parsed.
    """
    stated = mapping.change
    if stated is None:
        raise TypeError("the mapping has no change")
    before, after = actors[stated.original], actors[stated.resulting]
    for name, ends in ((stated.original, before), (stated.resulting, after)):
        if not ends.keys:
            column = (*mapping.actors[name].key, *mapping.key)[0]
            raise CellError(column.name, Message("the row names no {name} of the change; fill it in", name=name))
    names = tuple(Name(one_line(cell(cells, column)), lang) for lang, column in stated.names if cells[column.name])
    return Change(key, names or _names(before, after), before.keys, after.keys, _dates(stated, cells), kind or None)


def _names(before: RowActors, after: RowActors) -> tuple[Name, ...]:
    """Return a name in each language in which all actors have one."""
    made = []
    for lang, between in (("en", ", "), ("zh", "、")):
        sides = [
            [next((name.text for name in actor.names if name.lang == lang), "") for actor in side.described]
            for side in (before, after)
        ]
        if all(side and all(side) for side in sides):
            old, new = (between.join(side) for side in sides)
            made.append(Name(localise(Message("{old} becomes {new}", old=old, new=new), lang), lang))
    return tuple(made)


def _dates(stated: ChangeMapping, cells: Mapping[str, str]) -> Dates:
    """Return the bounds of the day.

    Raises:
        CellError: a date cannot be parsed, or the earlier day is after the later one.
    """
    day, after, by = (parsed(cells, one, cell_dates.span) for one in (stated.day, stated.after, stated.by))
    if day and stated.day:
        return Dates(day.first, day.last, precision=day.precision, stated_as=cells[stated.day.name])
    first, last = after and after.first, by and by.last
    if stated.by and first and last and last < first:
        raise CellError(
            stated.by.name, "it is before the day on which the change had not happened", cells[stated.by.name]
        )
    return Dates(start_earliest=first, start_latest=last)
