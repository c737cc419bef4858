"""Records from the rows of a table, by a mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kg.ingest.readers import cell_values
from kg.ingest.readers.fields import CellError, domain, parse_row
from kg.ingest.readers.records import (
    SEPARATE,
    Actor,
    Dates,
    Identifier,
    Link,
    Name,
    Participation,
    Record,
    Skipped,
    UnnamedGroup,
    key,
)
from kg.ingest.readers.spreadsheets import MERGED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ingest.readers.records import Row, RowLocation
    from kg.ingest.readers.table_mapping import (
        ActorMapping,
        Column,
        GroupMapping,
        LinkMapping,
        PartyMapping,
        TableMapping,
        Texts,
        Value,
    )

_T = TypeVar("_T")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_EMPTY = "the cell is empty; fill it in"


def row(mapping: TableMapping, location: RowLocation, cells: Mapping[str, str]) -> Row:
    """Return the row as a record; `cells` are by column name and include every column of the mapping."""
    return parse_row(location, _row, mapping, cells)


def _row(location: RowLocation, mapping: TableMapping, cells: Mapping[str, str]) -> Row:
    for rule in mapping.skip:
        if cells[rule.column.name] in rule.values:
            return Skipped(location, rule.rule)
    return _record(mapping, location, cells)


def _record(mapping: TableMapping, location: RowLocation, cells: Mapping[str, str]) -> Record:
    row_key = _key([_required(cells, column) for column in mapping.key], mapping.key[0])
    actors = {name: _actors(mapping.source.key, actor, cells) for name, actor in mapping.actors.items()}
    for name, actor in mapping.actors.items():
        if actor.unit_of and actors[name]:
            hosts = [*(one.key for one in actors[actor.unit_of]), *_external(mapping.actors[actor.unit_of])]
            host = _only(hosts, actor.key[0])
            actors[name] = [replace(unit, unit_of=host) for unit in actors[name]]
    keys = {name: [*(one.key for one in actors[name]), *_external(actor)] for name, actor in mapping.actors.items()}
    links = (_link(mapping.link, f"{mapping.source.key}/{row_key}", keys, cells),) if mapping.link else ()
    described = tuple(actor for group in actors.values() for actor in group)
    return Record(row_key, location, mapping.source, mapping.note, described, links)


def _external(mapping: ActorMapping) -> list[str]:
    return [mapping.id] if mapping.id else []


def _only(hosts: Sequence[str], column: Column) -> str:
    if len(hosts) != 1:
        raise CellError(column.name, f"a unit requires exactly one host, but this row names {len(hosts)}")
    return hosts[0]


def _actors(source: str, mapping: ActorMapping, cells: Mapping[str, str]) -> list[Actor]:
    """Return the actors in the cells: none, one, or one for each part of the key cells."""
    if mapping.id:
        return []
    own = [column for _, column in (*mapping.names, *mapping.identifiers)]
    own += [mapping.domain] if mapping.domain else []
    if not any(cells[column.name] for column in mapping.key):
        for column in own:  # regions and cities may belong to another actor of the row
            if cells[column.name]:
                raise CellError(mapping.key[0].name, f"the cell is empty, but {column.name} is not; fill it in")
        return []
    columns = {*mapping.key, *own, *(column for _, column in (*mapping.region, *mapping.city))}
    parts = {column: _split(_cell(cells, column), mapping.split) for column in columns}
    count = max(len(parts[column]) for column in mapping.key)
    for column, values in parts.items():
        if len(values) not in {0, count}:
            raise CellError(
                column.name,
                f"{len(values)} parts, but {mapping.key[0].name} has {count}; give as many, or leave the cell empty",
                cells[column.name],
            )
    kind = _value(cells, mapping.kind)
    return [
        _actor(source, mapping, kind, {column: values[number] for column, values in parts.items() if values})
        for number in range(count)
    ]


def _actor(source: str, mapping: ActorMapping, kind: str, parts: Mapping[Column, str]) -> Actor:
    def texts(columns: Texts) -> tuple[Name, ...]:
        return tuple(Name(parts[column], lang) for lang, column in columns if column in parts)

    missing = next((column for column in mapping.key if column not in parts), None)
    if missing:
        raise CellError(missing.name, _EMPTY)
    names = texts(mapping.names)
    if not names:
        raise CellError(mapping.names[0][1].name, "the actor has no name; give one in at least one language")
    return Actor(
        _key([source, *(parts[column] for column in mapping.key)], mapping.key[0]),
        kind,
        names,
        tuple(Identifier(scheme, parts[column]) for scheme, column in mapping.identifiers if column in parts),
        region=texts(mapping.region),
        city=texts(mapping.city),
        domains=_domain(mapping.domain, parts[mapping.domain]) if mapping.domain and mapping.domain in parts else (),
    )


def _link(mapping: LinkMapping, link_key: str, keys: Mapping[str, list[str]], cells: Mapping[str, str]) -> Link:
    arity = _value(cells, mapping.arity) or None
    return Link(
        link_key,
        mapping.form,
        _value(cells, mapping.kind),
        tuple(Name(_cell(cells, column), lang) for lang, column in mapping.names if cells[column.name]),
        tuple(one for party in mapping.parties for one in _participations(party, keys[party.actor], cells)),
        _value(cells, mapping.stage) or None,
        _dates(mapping, cells),
        arity=arity,
        common_party=_common(mapping.common, keys) if arity in SEPARATE else None,
        groups=tuple(group for one in mapping.unnamed if (group := _group(one, cells))),
    )


def _common(name: str, keys: Mapping[str, list[str]]) -> str:
    if len(keys[name]) != 1:
        reason = f"the common party of a link is one actor, and the row names {len(keys[name])} of {name}"
        raise CellError(name, reason)
    return keys[name][0]


def _participations(party: PartyMapping, actors: list[str], cells: Mapping[str, str]) -> list[Participation]:
    money = partial(cell_values.money, unit=party.unit, currency=party.currency or "")
    amount = _parsed(cells, party.money, money)
    if amount is not None and party.money and len(actors) != 1:
        several = "one amount for several actors; give each actor its own row"
        reason = several if actors else "an amount without an actor; name the actor, or remove the amount"
        raise CellError(party.money.name, reason, str(amount))
    currency = party.currency if amount is not None else None
    return [Participation(actor, party.role, amount, currency) for actor in actors]


def _group(mapping: GroupMapping, cells: Mapping[str, str]) -> UnnamedGroup | None:
    counted = _parsed(cells, mapping.column, cell_values.count)
    if counted is None:
        return None
    group_key = _key([mapping.column.name], mapping.column)
    return UnnamedGroup(group_key, counted[0], mapping.thing, counted[1], mapping.role, mapping.includes_named)


def _dates(mapping: LinkMapping, cells: Mapping[str, str]) -> Dates:
    start, end = (_parsed(cells, column, cell_values.span) for column in (mapping.start, mapping.end))
    if start and end and mapping.end and start.first and end.last and end.last < start.first:
        raise CellError(mapping.end.name, "the end is before the start", cells[mapping.end.name])
    stated = [cells[column.name] for column in (mapping.start, mapping.end) if column and cells[column.name]]
    first, last = start or _UNKNOWN, end or _UNKNOWN
    precision = (start or end or _UNKNOWN).precision or None
    return Dates(first.first, first.last, last.first, last.last, precision, " – ".join(stated) or None)


_UNKNOWN = cell_values.Span(None, None, "")


def _parsed(cells: Mapping[str, str], column: Column | None, parse: Callable[[str], _T]) -> _T | None:
    """Return the parsed value of a cell; ``None`` if it is empty."""
    if column is None or not cells[column.name]:
        return None
    try:
        return parse(_cell(cells, column))
    except ValueError as error:
        raise CellError(column.name, str(error), cells[column.name]) from error


def _value(cells: Mapping[str, str], value: Value) -> str:
    if value.column is None:
        return value.constant
    text = _cell(cells, value.column)
    if value.of is None:
        return text
    if text not in value.of:
        raise CellError(
            value.column.name, f"the mapping has no entry for it; it has entries for {', '.join(value.of)}", text
        )
    return value.of[text]


def _cell(cells: Mapping[str, str], column: Column) -> str:
    text = cells[column.name]
    if text == MERGED:
        raise CellError(column.name, "the cell is merged with cells of other rows; unmerge them and fill in each row")
    if text in _ERRORS:
        raise CellError(column.name, "the spreadsheet reports an error here; fix the formula", text)
    return text


def _required(cells: Mapping[str, str], column: Column) -> str:
    if not cells[column.name]:
        raise CellError(column.name, _EMPTY)
    return _cell(cells, column)


def _split(text: str, separators: str) -> list[str]:
    parts = re.split(f"[{re.escape(separators)}]", text) if separators else [text]
    return [part.strip() for part in parts if part.strip()]


def _domain(column: Column, address: str) -> tuple[str, ...]:
    domains = domain(address)
    if not domains:
        raise CellError(column.name, "it must be a web address such as www.example.org", address)
    return domains


def _key(parts: Sequence[str], column: Column) -> str:
    try:
        return key(*parts)
    except ValueError as error:
        raise CellError(column.name, f"no key can be made from it ({error}); change the value", parts[-1]) from error
