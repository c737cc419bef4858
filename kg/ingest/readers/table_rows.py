"""One row of a table as a record, by a mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kg.ingest.readers import cell_values
from kg.ingest.readers.fields import CellError, domain, judged
from kg.ingest.readers.records import (
    Actor,
    Dates,
    Identifier,
    Link,
    Name,
    Participation,
    Record,
    RowLocation,
    Skipped,
    UnnamedGroup,
    key,
)
from kg.ingest.readers.spreadsheets import MERGED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ingest.readers.records import Row
    from kg.ingest.readers.table_mapping import ActorMap, Column, LinkMap, TableMap, Texts, Value

_T = TypeVar("_T")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def row(told: TableMap, location: RowLocation, cells: Mapping[str, str]) -> Row:
    """What the row says; the `cells` are by the names of their columns, and have all that the mapping names."""
    return judged(location, _row, told, cells)


def _row(location: RowLocation, told: TableMap, cells: Mapping[str, str]) -> Row:
    for rule in told.skip:
        if cells[rule.column.name] in rule.values:
            return Skipped(location, rule.rule)
    return _record(told, location, cells)


def _record(told: TableMap, location: RowLocation, cells: Mapping[str, str]) -> Record:
    own = _key([_needed(cells, column) for column in told.key], told.key[0])
    there = {name: _actors(told.source.key, actor, cells) for name, actor in told.actors.items()}
    for name, actor in told.actors.items():
        if actor.unit_of and there[name]:
            host = _one([*there[actor.unit_of], *_known(told.actors[actor.unit_of])], actor.key[0])
            there[name] = [replace(unit, unit_of=host) for unit in there[name]]
    keys = {name: [*(one.key for one in there[name]), *_known(actor)] for name, actor in told.actors.items()}
    links = (_link(told.link, f"{told.source.key}/{own}", keys, cells),) if told.link else ()
    actors = tuple(actor for found in there.values() for actor in found)
    return Record(own, location, told.source, told.note, actors, links)


def _known(told: ActorMap) -> list[str]:
    return [told.id] if told.id else []


def _one(hosts: Sequence[Actor | str], column: Column) -> str:
    if len(hosts) != 1:
        raise CellError(column.name, f"a unit has one host, and this row names {len(hosts)}")
    return hosts[0] if isinstance(hosts[0], str) else hosts[0].key


def _actors(source: str, told: ActorMap, cells: Mapping[str, str]) -> list[Actor]:
    """Who stands in the cells: nobody, one, or as many as the cells of the key have parts."""
    if told.id:
        return []
    own = [column for _, column in (*told.names, *told.identifiers)] + ([told.domain] if told.domain else [])
    if not any(cells[column.name] for column in told.key):
        for column in own:  # a region or a city may be that of another actor in the row
            if cells[column.name]:
                raise CellError(told.key[0].name, f"the cell is empty, and {column.name} tells of somebody; fill it in")
        return []
    columns = {*told.key, *own, *(column for _, column in (*told.region, *told.city))}
    parts = {column: _split(_cell(cells, column), told.split) for column in columns}
    count = max(len(parts[column]) for column in told.key)
    for column, found in parts.items():
        if len(found) not in {0, count}:
            raise CellError(
                column.name,
                f"{len(found)} parts, where {told.key[0].name} has {count}; give as many, or none",
                cells[column.name],
            )
    kind = _told(cells, told.kind)
    return [_actor(source, told, kind, {c: found[n] for c, found in parts.items() if found}) for n in range(count)]


def _actor(source: str, told: ActorMap, kind: str, parts: Mapping[Column, str]) -> Actor:
    def texts(of: Texts) -> tuple[Name, ...]:
        return tuple(Name(parts[column], lang) for lang, column in of if column in parts)

    missing = next((column for column in told.key if column not in parts), None)
    if missing:
        raise CellError(missing.name, "the cell is empty; fill it in")
    names = texts(told.names)
    if not names:
        raise CellError(told.names[0][1].name, "nobody is named here; give a name in one language")
    return Actor(
        _key([source, *(parts[column] for column in told.key)], told.key[0]),
        kind,
        names,
        tuple(Identifier(scheme, parts[column]) for scheme, column in told.identifiers if column in parts),
        region=texts(told.region),
        city=texts(told.city),
        domains=_domain(told.domain, parts[told.domain]) if told.domain and told.domain in parts else (),
    )


def _link(told: LinkMap, own: str, keys: Mapping[str, list[str]], cells: Mapping[str, str]) -> Link:
    parts = []
    for party in told.parties:
        money = partial(cell_values.money, unit=party.unit, currency=party.currency or "")
        amount = _read(cells, party.money, money)
        if amount is not None and party.money and len(keys[party.actor]) != 1:
            several = "one amount for several actors; give each a row of its own"
            what = several if keys[party.actor] else "an amount, and nobody whose it is; name them, or leave it out"
            raise CellError(party.money.name, what, str(amount))
        parts += [
            Participation(actor, party.role, amount, party.currency if amount is not None else None)
            for actor in keys[party.actor]
        ]
    groups = []
    for group in told.unnamed:
        counted = _read(cells, group.column, cell_values.count)
        if counted:
            groups.append(
                UnnamedGroup(
                    _key([group.column.name], group.column),
                    counted[0],
                    group.thing,
                    counted[1],
                    group.role,
                    group.includes_named,
                )
            )
    return Link(
        own,
        told.form,
        _told(cells, told.kind),
        tuple(Name(_cell(cells, column), lang) for lang, column in told.names if cells[column.name]),
        tuple(parts),
        _told(cells, told.stage) or None,
        _dates(told, cells),
        arity=_told(cells, told.arity) or None,
        groups=tuple(groups),
    )


def _dates(told: LinkMap, cells: Mapping[str, str]) -> Dates:
    start, end = (_read(cells, column, cell_values.span) for column in (told.start, told.end))
    if start and end and told.end and start.first and end.last and end.last < start.first:
        raise CellError(told.end.name, "the end is before the start", cells[told.end.name])
    said = [cells[column.name] for column in (told.start, told.end) if column and cells[column.name]]
    first, last = start or _OPEN, end or _OPEN
    precision = (start or end or _OPEN).precision or None
    return Dates(first.first, first.last, last.first, last.last, precision, " – ".join(said) or None)


_OPEN = cell_values.Span(None, None, "")


def _read(cells: Mapping[str, str], column: Column | None, parse: Callable[[str], _T]) -> _T | None:
    """What stands in the cell, as `parse` understands it; nothing where it is empty."""
    if column is None or not cells[column.name]:
        return None
    try:
        return parse(_cell(cells, column))
    except ValueError as error:
        raise CellError(column.name, str(error), cells[column.name]) from error


def _told(cells: Mapping[str, str], value: Value) -> str:
    if value.column is None:
        return value.constant
    found = _cell(cells, value.column)
    if value.of is None:
        return found
    if found not in value.of:
        raise CellError(
            value.column.name, f"the mapping does not say what this means; it knows {', '.join(value.of)}", found
        )
    return value.of[found]


def _cell(cells: Mapping[str, str], column: Column) -> str:
    if cells[column.name] == MERGED:
        raise CellError(column.name, "the cell is merged with those of other rows; unmerge them, and fill in each row")
    if cells[column.name] in _ERRORS:
        raise CellError(column.name, "the spreadsheet reports an error here; fix the formula", cells[column.name])
    return cells[column.name]


def _needed(cells: Mapping[str, str], column: Column) -> str:
    if not cells[column.name]:
        raise CellError(column.name, "the cell is empty; fill it in")
    return _cell(cells, column)


def _split(text: str, separators: str) -> list[str]:
    parts = re.split(f"[{re.escape(separators)}]", text) if separators else [text]
    return [part.strip() for part in parts if part.strip()]


def _domain(column: Column, text: str) -> tuple[str, ...]:
    found = domain(text)
    if not found:
        raise CellError(column.name, "this is no address of a site; write it as www.example.org", text)
    return found


def _key(parts: Sequence[str], column: Column) -> str:
    try:
        return key(*parts)
    except ValueError as error:
        raise CellError(column.name, f"no key can be made of this ({error})", parts[-1]) from error
