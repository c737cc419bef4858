"""Records from the rows of a table, by a mapping."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers import cell_money, counts, row_rules, table_changes
from kg.ingest.readers.cells import folded, one_line
from kg.ingest.readers.fields import CellError, address, parse_row
from kg.ingest.readers.records import Link, Name, Participation, Record, Skipped, UnnamedGroup, key
from kg.ingest.readers.table_actors import RowActors, actors_of, key_of, person
from kg.ingest.readers.table_terms import amounts, cell, dates, not_merged, parsed
from kg.rdf.ontology import label
from kg.terms import SEPARATE
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ingest.readers.records import Actor, Change, Row, RowLocation
    from kg.ingest.readers.table_mapping import (
        Column,
        GroupMapping,
        LinkMapping,
        PartyMapping,
        TableMapping,
        Value,
    )

_EMPTY = Message("the cell is empty; fill it in")
_SEVERAL = Message("one amount for several actors; give each actor its own row, or map the amount by money of the link")
_NOBODY = Message("an amount without an actor; name the actor, or remove the amount")
_REMEDIES = {
    "totals": Message("the row looks like a total; leave it out by skip: {totals: {rows: totals}}"),
    "notes": Message("the row looks like a note; leave it out by skip: {notes: {rows: notes}}"),
}


class UnknownWordError(CellError):
    """A word of a column for which the mapping has no entry."""


class _Word(NamedTuple):
    """A value and the word of the ledger for it."""

    notation: str
    word: str


def row(mapping: TableMapping, location: RowLocation, cells: Mapping[str, str]) -> Row:
    """Return the row as a record; `cells` are by column name and include every column of the mapping."""
    return parse_row(location, _row, mapping, cells)


def unknown_words(mapping: TableMapping, cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return column and word of each cell that the mapping should translate, but does not."""
    values = [actor.kind for actor in mapping.actors.values()]
    if mapping.link:
        values += [mapping.link.kind, mapping.link.stage, mapping.link.arity]
    return [
        (value.column.name, one_line(text))
        for value in values
        if value.column and value.of is not None and not value.otherwise
        if (text := cells[value.column.name]) and folded(text) not in value.of
    ]


def _row(location: RowLocation, mapping: TableMapping, cells: Mapping[str, str]) -> Row:
    keys = [column.name for column in mapping.key]
    rule = row_rules.rule_of(mapping.skip, cells, keys)
    if rule is not None:
        return Skipped(location, rule)
    kind = row_rules.kind_of(cells, keys)
    if kind in _REMEDIES:
        first = next((cell for cell in cells.values() if cell), "")
        raise CellError("", _REMEDIES[kind], first)
    record = replace(_record(mapping, location, cells), internal_location=mapping.internal_location)
    internal = {column.name for column in mapping.internal}
    if not any(cells[name] for name in internal):
        return record
    public = {name: "" if name in internal else text for name, text in cells.items()}
    return replace(_record(mapping, location, public), complete=record, internal_location=mapping.internal_location)


def _record(mapping: TableMapping, location: RowLocation, cells: Mapping[str, str]) -> Record:
    parts = [_required(cells, column) for column in mapping.key]
    for column in mapping.key[:1]:
        not_merged(cells, column)
    row_key = key_of(list(map(one_line, parts)), mapping.key[0])
    actors = {name: actors_of(mapping.source.key, actor, cells) for name, actor in mapping.actors.items()}
    for name, actor in mapping.actors.items():
        if actor.unit_of and actors[name].described:
            host = _only(actors[actor.unit_of].keys, actor.key[0])
            units = tuple(replace(unit, unit_of=host) for unit in actors[name].described)
            actors[name] = actors[name]._replace(described=units)
        if actor.part_of:
            wholes = actors[actor.part_of].keys
            members = tuple(replace(member, part_of=wholes) for member in actors[name].described)
            actors[name] = actors[name]._replace(described=members)
    described = [actor for group in actors.values() for actor in group.described]
    links = []
    if mapping.link:
        persons = tuple(
            (role, person(mapping.source, name, column))
            for role, column in mapping.link.persons
            for name in _persons(cells, column)
        )
        links.append(_link(mapping, f"{mapping.source.key}/{row_key}", actors, cells, persons))
        described += [one for _, one in persons]
    changes: tuple[Change, ...] = ()
    if mapping.change:
        kind = _value(cells, mapping.change.kind).notation
        changes = (table_changes.change(mapping, f"{mapping.source.key}/{row_key}", actors, kind, cells),)
    page = parsed(cells, mapping.page, address)
    return Record(row_key, location, mapping.source, mapping.note, tuple(described), tuple(links), changes, page)


def _only(hosts: tuple[str, ...], column: Column) -> str:
    if len(hosts) != 1:
        raise CellError(
            column.name, Message("a unit requires exactly one host, but this row names {hosts}", hosts=len(hosts))
        )
    return hosts[0]


def _persons(cells: Mapping[str, str], column: Column) -> list[str]:
    text = cell(cells, column)
    for separator in "、，,；;/\n":
        text = text.replace(separator, "\n")
    return [name.strip() for name in text.split("\n") if name.strip()]


def _link(
    mapping: TableMapping,
    link_key: str,
    actors: Mapping[str, RowActors],
    cells: Mapping[str, str],
    persons: tuple[tuple[str, Actor], ...],
) -> Link:
    link = mapping.link
    if link is None:
        raise TypeError("the mapping has no link")
    kind = _value(cells, link.kind)
    participations = [
        one for party in link.parties for one in _participations(party, _taking_part(party, actors), cells)
    ]
    groups = [group for one in link.unnamed if (group := _group(one, cells))]
    groups += [_others(party, actors[party.actor]) for party in link.parties if actors[party.actor].unnamed]
    if not participations and not groups:
        raise CellError(_first_column(mapping, link), "the row names no party; name one, or leave the row out by skip")
    arity = _value(cells, link.arity).notation or None
    term, months = dates(link.term, cells)
    language = mapping.source.language or ""
    return Link(
        link_key,
        link.form,
        kind.notation,
        _names(link, actors, kind, cells, language),
        (*participations, *(Participation(one.key, role) for role, one in persons)),
        _value(cells, link.stage).notation or None,
        term,
        tuple(Name(cell(cells, column), language) for column in link.remarks if cells[column.name]),
        about=tuple(one for name in link.about for one in actors[name].keys),
        arity=arity,
        common_party=_common(link, actors) if arity in SEPARATE else None,
        groups=tuple(groups),
        term_months=months,
        amounts=amounts(link.money, cells),
        stated_kind=Name(kind.word, language) if kind.word else None,
    )


def _taking_part(party: PartyMapping, actors: Mapping[str, RowActors]) -> RowActors:
    named = actors[party.actor]
    return named if named.keys or named.unnamed or not party.otherwise else actors[party.otherwise]


def _common(link: LinkMapping, actors: Mapping[str, RowActors]) -> str | None:
    """Return the key of the common party: the actor in the mapping, otherwise the first party of the row."""
    if not link.common:
        named = [one for party in link.parties if (one := _taking_part(party, actors).keys)]
        return next((keys for keys in named if len(keys) == 1), named[0])[0] if named else None
    name = link.common
    parties = [_taking_part(party, actors) for party in link.parties if party.actor == name]
    keys = (parties or [actors[name]])[0].keys
    if len(keys) != 1:
        raise CellError(
            name,
            Message(
                "the common party of a link is one actor, and the row names {keys} of {name}", keys=len(keys), name=name
            ),
        )
    return keys[0]


def _first_column(mapping: TableMapping, link: LinkMapping) -> str:
    keys = [column for party in link.parties for column in mapping.actors[party.actor].key]
    return (keys or list(mapping.key))[0].name


def _names(
    link: LinkMapping, actors: Mapping[str, RowActors], kind: _Word, cells: Mapping[str, str], language: str
) -> tuple[Name, ...]:
    """Return the names in the cells; without any, a name made from the parties and the kind."""
    names = tuple(Name(one_line(cell(cells, column)), lang) for lang, column in link.names if cells[column.name])
    if names:
        return names
    parties = [actor.names[0].text for party in link.parties for actor in actors[party.actor].described]
    word = kind.word or label("kind", kind.notation, language)
    between = "、" if language.startswith("zh") else ", "
    colon = "：" if language.startswith("zh") else ": "
    return (Name(colon.join(filter(None, (between.join(dict.fromkeys(parties)), word))), language),)


def _participations(party: PartyMapping, actors: RowActors, cells: Mapping[str, str]) -> list[Participation]:
    money = partial(cell_money.money, unit=party.unit, currency=party.currency or "")
    amount = parsed(cells, party.money, money)
    if amount is not None and party.money:
        not_merged(cells, party.money)
        if len(actors.keys) != 1 or actors.unnamed:
            raise CellError(party.money.name, _SEVERAL if actors.keys else _NOBODY, str(amount))
    currency = party.currency if amount is not None else None
    return [Participation(actor, party.role, amount, currency) for actor in actors.keys]


def _others(party: PartyMapping, actors: RowActors) -> UnnamedGroup:
    """Return the parties that the cell of an actor counts without naming them."""
    unnamed = actors.unnamed
    if unnamed is None:
        raise TypeError("the cell counts no unnamed parties")
    members = actors.keys if unnamed.includes_named else ()
    return UnnamedGroup(
        key(party.actor), unnamed.number, "organisations", unnamed.kind, party.role, unnamed.includes_named, members
    )


def _group(mapping: GroupMapping, cells: Mapping[str, str]) -> UnnamedGroup | None:
    counted = parsed(cells, mapping.column, counts.count)
    if counted is None or counted == (0, "exact"):
        return None
    not_merged(cells, mapping.column)
    group_key = key_of([one_line(mapping.column.name)], mapping.column)
    return UnnamedGroup(group_key, counted[0], mapping.thing, counted[1], mapping.role, mapping.includes_named)


def _value(cells: Mapping[str, str], value: Value) -> _Word:
    if value.column is None:
        return _Word(value.constant, "")
    text = one_line(cell(cells, value.column))
    if not text and value.otherwise:
        return _Word(value.otherwise, "")
    if value.of is None or not text:
        return _Word(text, text)
    if folded(text) in value.of:
        return _Word(value.of[folded(text)], text)
    if value.otherwise:
        return _Word(value.otherwise, text)
    raise UnknownWordError(
        value.column.name,
        Message("the mapping has no entry for it; it has entries for {known}", known=listed(value.of)),
        text,
    )


def _required(cells: Mapping[str, str], column: Column) -> str:
    if not cells[column.name]:
        raise CellError(column.name, _EMPTY)
    return cell(cells, column)
