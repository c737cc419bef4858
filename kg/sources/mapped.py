"""One row of a table as a record, by a mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kg.sources import wording
from kg.sources.records import Actor, At, Dates, Group, Identifier, Link, Name, Part, Record, Refused, Skipped, key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.sources.mapping import ActorMap, Column, LinkMap, TableMap, Texts, Value
    from kg.sources.records import Row

_T = TypeVar("_T")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z0-9-]+)(?::[0-9]+)?(?:[/?#].*)?", re.IGNORECASE | re.ASCII
)


class _Wrong(Exception):  # noqa: N818 - it becomes a refusal and never leaves this module
    """A cell that cannot be understood: which, why, and what stands in it."""

    def __init__(self, column: Column, why: str, value: str = "") -> None:
        super().__init__(why)
        self.column, self.value = column, value


def row(told: TableMap, at: At, cells: Mapping[str, str]) -> Row:
    """What the row says; the `cells` are by the names of their columns, and have all that the mapping names."""
    try:
        for rule in told.skip:
            if cells[rule.column.name] in rule.values:
                return Skipped(at, rule.rule)
        return _record(told, at, cells)
    except _Wrong as wrong:
        return Refused(At(at.file, at.row, wrong.column.name), str(wrong), wrong.value)


def _record(told: TableMap, at: At, cells: Mapping[str, str]) -> Record:
    own = _key([_needed(cells, column) for column in told.key], told.key[0])
    there = {name: _actors(told.source.key, actor, cells) for name, actor in told.actors.items()}
    for name, actor in told.actors.items():
        if actor.unit_of and there[name]:
            host = _one([*there[actor.unit_of], *_known(told.actors[actor.unit_of])], actor.key[0])
            there[name] = [replace(unit, unit_of=host) for unit in there[name]]
    keys = {name: [*(one.key for one in there[name]), *_known(actor)] for name, actor in told.actors.items()}
    links = (_link(told.link, f"{told.source.key}/{own}", keys, cells),) if told.link else ()
    actors = tuple(actor for found in there.values() for actor in found)
    return Record(own, at, told.source, told.note, actors, links)


def _known(told: ActorMap) -> list[str]:
    return [told.id] if told.id else []


def _one(hosts: Sequence[Actor | str], column: Column) -> str:
    if len(hosts) != 1:
        raise _Wrong(column, f"a unit has one host, and this row names {len(hosts)}")
    return hosts[0] if isinstance(hosts[0], str) else hosts[0].key


def _actors(source: str, told: ActorMap, cells: Mapping[str, str]) -> list[Actor]:
    """Who stands in the cells: nobody, one, or as many as the cells of the key have parts."""
    if told.id or not any(cells[column.name] for column in told.key):
        return []
    texts = (*told.names, *told.identifiers, *told.region, *told.city)
    columns = {*told.key, *(column for _, column in texts), *((told.domain,) if told.domain else ())}
    parts = {column: _split(_cell(cells, column), told.split) for column in columns}
    count = max(len(parts[column]) for column in told.key)
    for column, found in parts.items():
        if len(found) not in {0, count}:
            raise _Wrong(
                column,
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
        raise _Wrong(missing, "the cell is empty; fill it in")
    names = texts(told.names)
    if not names:
        raise _Wrong(told.names[0][1], "nobody is named here; give a name in one language")
    return Actor(
        _key([source, *(parts[column] for column in told.key)], told.key[0]),
        kind,
        names,
        tuple(Identifier(scheme, parts[column]) for scheme, column in told.identifiers if column in parts),
        region=texts(told.region),
        city=texts(told.city),
        domains=(_domain(told.domain, parts[told.domain]),) if told.domain in parts and told.domain else (),
    )


def _link(told: LinkMap, own: str, keys: Mapping[str, list[str]], cells: Mapping[str, str]) -> Link:
    parts = []
    for party in told.parties:
        amount = _read(cells, party.money, wording.money)
        if amount is not None and len(keys[party.actor]) > 1 and party.money:
            raise _Wrong(party.money, "one amount for several actors; give each a row of its own", str(amount))
        parts += [
            Part(actor, party.role, amount, party.currency if amount is not None else None)
            for actor in keys[party.actor]
        ]
    groups = []
    for group in told.unnamed:
        counted = _read(cells, group.column, wording.count)
        if counted:
            groups.append(
                Group(
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
    start, end = (_read(cells, column, wording.span) for column in (told.start, told.end))
    if start and end and told.end and start.first and end.last and end.last < start.first:
        raise _Wrong(told.end, "the end is before the start", cells[told.end.name])
    said = [cells[column.name] for column in (told.start, told.end) if column and cells[column.name]]
    first, last = start or _OPEN, end or _OPEN
    precision = (start or end or _OPEN).precision or None
    return Dates(first.first, first.last, last.first, last.last, precision, " – ".join(said) or None)


_OPEN = wording.Span(None, None, "")


def _read(cells: Mapping[str, str], column: Column | None, parse: Callable[[str], _T]) -> _T | None:
    """What stands in the cell, as `parse` understands it; nothing where it is empty."""
    if column is None or not cells[column.name]:
        return None
    try:
        return parse(_cell(cells, column))
    except ValueError as error:
        raise _Wrong(column, str(error), cells[column.name]) from error


def _told(cells: Mapping[str, str], value: Value) -> str:
    if value.column is None:
        return value.constant
    found = _cell(cells, value.column)
    if value.of is None:
        return found
    if found not in value.of:
        raise _Wrong(value.column, f"the mapping does not say what this means; it knows {', '.join(value.of)}", found)
    return value.of[found]


def _cell(cells: Mapping[str, str], column: Column) -> str:
    if cells[column.name] in _ERRORS:
        raise _Wrong(column, "the spreadsheet could not work this cell out; mend its formula", cells[column.name])
    return cells[column.name]


def _needed(cells: Mapping[str, str], column: Column) -> str:
    if not cells[column.name]:
        raise _Wrong(column, "the cell is empty; fill it in")
    return _cell(cells, column)


def _split(text: str, at: str) -> list[str]:
    parts = re.split(f"[{re.escape(at)}]", text) if at else [text]
    return [part.strip() for part in parts if part.strip()]


def _domain(column: Column, text: str) -> str:
    found = _DOMAIN.fullmatch(text)
    if found is None:
        raise _Wrong(
            column,
            "this is no address of a site; write it as www.example.org (and 例子.中国 as xn--fsqu00a.xn--fiqs8s)",
            text,
        )
    return found[1].lower()


def _key(parts: Sequence[str], column: Column) -> str:
    try:
        return key(*parts)
    except ValueError as error:
        raise _Wrong(column, f"no key can be made of this ({error})", parts[-1]) from error
