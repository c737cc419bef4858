"""The mapping of a table as frozen values.

Each column has its position in the mapping, so that an error about a missing column gives line and column.
`kg.ingest.readers.mapping_parser` makes these values from YAML.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.records import Actor, Source
    from kg.ingest.readers.table_layout import Layout
    from kg.texts import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, with its position in the mapping."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Value:
    """A constant, or the value of a column, translated by `of` if that is given; `otherwise` is for other words."""

    constant: str = ""
    column: Column | None = None
    of: Mapping[str, str] | None = None
    otherwise: str = ""


Texts = tuple[tuple[str, Column], ...]
"""Columns by language or by registry."""


@dataclass(frozen=True, slots=True)
class SeatMapping:
    """Columns that describe a place: `latitude` and `longitude` in degrees, or neither, and the place around it."""

    key: Column
    names: Texts
    geonames: Column | None = None
    latitude: Column | None = None
    longitude: Column | None = None
    within: SeatMapping | None = None


@dataclass(frozen=True, slots=True)
class ActorMapping:
    """Columns that describe an actor, or an actor that is the same in all rows.

    Attributes:
        id: key of an actor described in other graphs, at `position`; the other fields are then empty.
        constant: an actor that the mapping describes; the other fields are then empty.
        key: columns that identify the actor.
        split: separators in cells with several actors.
        unit_of: name of the actor of the row that is the host.
        part_of: name of the actors of the row of which it is a part, but not a unit.
        is_described: whether the row describes the actor; otherwise another table of the source does.
    """

    id: str = ""
    constant: Actor | None = None
    key: tuple[Column, ...] = ()
    kind: Value = Value()
    names: Texts = ()
    identifiers: Texts = ()
    region: Texts = ()
    city: Texts = ()
    seat: SeatMapping | None = None
    domain: Column | None = None
    split: str = ""
    unit_of: str = ""
    part_of: str = ""
    position: str = ""
    is_described: bool = True


@dataclass(frozen=True, slots=True)
class PartyMapping:
    """An actor that takes part in the link; `otherwise` does if the row names none. `unit` multiplies the amounts."""

    actor: str
    role: str
    money: Column | None = None
    currency: str | None = None
    unit: int = 1
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """A column with the number of unnamed parties or, without a role, of other things that the link counts."""

    column: Column
    thing: str
    role: str | None
    includes_named: bool | None


@dataclass(frozen=True, slots=True)
class MoneyMapping:
    """A column with an amount of the whole link; `unit` multiplies it."""

    column: Column
    currency: str
    unit: int
    kind: str


@dataclass(frozen=True, slots=True)
class TermMapping:
    """Columns with the start, the end, both or the length of a link.

    Attributes:
        duration, unit: column with the length, and the unit of numbers without one.
        open: words for a link without an end.
        order: a member of `cell_dates.DATE_ORDERS`; `None` if no date requires it.
        as_of: column with a day on which the link held.
    """

    start: Column | None = None
    end: Column | None = None
    both: Column | None = None
    duration: Column | None = None
    unit: str | None = None
    open: frozenset[str] = frozenset()
    as_of: Column | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class LinkMapping:
    """Columns that describe a link.

    Attributes:
        common: name of the actor that is the common party; empty if it is the first party of a row.
        remarks: columns of remarks.
        persons: columns of persons with their roles.
        about: names of the actors that the link founds, builds or recognises.
    """

    form: str
    kind: Value
    names: Texts
    parties: tuple[PartyMapping, ...]
    unnamed: tuple[GroupMapping, ...] = ()
    stage: Value = Value()
    arity: Value = Value()
    common: str = ""
    term: TermMapping = TermMapping()
    money: tuple[MoneyMapping, ...] = ()
    remarks: tuple[Column, ...] = ()
    persons: tuple[tuple[str, Column], ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeMapping:
    """Columns that describe a renaming, merger or split.

    Attributes:
        original, resulting: names of the actors before and after.
        day: column with the day.
        after, by: columns with a day on which it had not happened yet, and with one on which it had.
    """

    names: Texts
    kind: Value
    original: str
    resulting: str
    day: Column | None = None
    after: Column | None = None
    by: Column | None = None


@dataclass(frozen=True, slots=True)
class SkipRule:
    """A rule that leaves rows out.

    Attributes:
        rows: a member of `mapping_keys.ROW_KINDS`; the other fields are then empty.
        column: the column that is compared; `None` for the first cell that is not empty.
        values, starts, contains: whole values, first words, and words within the cell, folded.
    """

    rule: str
    rows: str = ""
    column: Column | None = None
    values: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The whole mapping.

    Attributes:
        page: column with the web page of a record.
        empty: words that mean an empty cell, folded.
        internal: columns whose values are internal.
        internal_location: whether file and row are internal.
    """

    source: Source
    key: tuple[Column, ...]
    note: Text
    layout: Layout
    skip: tuple[SkipRule, ...]
    actors: Mapping[str, ActorMapping]
    link: LinkMapping | None
    change: ChangeMapping | None = None
    fill_down: tuple[Column, ...] = ()
    page: Column | None = None
    empty: frozenset[str] = field(default_factory=frozenset)
    internal: tuple[Column, ...] = ()
    internal_location: bool = False


def columns(part: TableMapping | SeatMapping | None) -> tuple[Column, ...]:
    """Return every column in a mapping or a part of it, once for each position, in no particular order."""
    return tuple(_within(part))


def _within(value: object) -> Iterator[Column]:
    if isinstance(value, Column):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _within(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _within(inner)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield from _within(getattr(value, one.name))
