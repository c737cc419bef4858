"""Actors in the cells of a row, by a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers import identifiers
from kg.ingest.readers.cells import ParseError, folded, one_line
from kg.ingest.readers.chinese_types import kind_by_name
from kg.ingest.readers.fields import CellError, domain
from kg.ingest.readers.mapping_keys import BY_NAME
from kg.ingest.readers.parties import Parties, divided, parties
from kg.ingest.readers.records import Actor, Identifier, Name, key
from kg.ingest.readers.table_mapping import columns as columns_of
from kg.ingest.readers.table_seats import place_of
from kg.ingest.readers.table_terms import cell
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.ingest.readers.open_lists import Unnamed
    from kg.ingest.readers.records import Source
    from kg.ingest.readers.table_mapping import ActorMapping, Column, Texts, Value


class RowActors(NamedTuple):
    """The actors that one actor of the mapping stands for in a row.

    Attributes:
        keys: of all of them.
        described: those that the row describes.
        unnamed: the count of those without a name.
    """

    keys: tuple[str, ...]
    described: tuple[Actor, ...] = ()
    unnamed: Unnamed | None = None


def actors_of(source: str, mapping: ActorMapping, cells: Mapping[str, str]) -> RowActors:
    """Return the actors in the cells: none, one, or one for each part of the key cells.

    Raises:
        CellError: a cell cannot be read, a name looks like two, or the cells have different numbers of parts.
    """
    if mapping.id:
        return RowActors((mapping.id,))
    if mapping.constant:
        return RowActors((mapping.constant.key,), (mapping.constant,))
    own = [column for _, column in (*mapping.names, *mapping.identifiers)]
    own += [mapping.domain] if mapping.domain else []
    if not any(cells[column.name] for column in mapping.key):
        for column in own:  # regions and cities may belong to another actor of the row
            if cells[column.name]:
                raise CellError(
                    mapping.key[0].name, Message("the cell is empty, but {name} is not; fill it in", name=column.name)
                )
        return RowActors(())
    if not mapping.is_described:
        return RowActors(_listed(source, mapping, cells))
    parts, unnamed = _parts(mapping, own, cells)
    count = max(len(parts[column]) for column in mapping.key)
    described = [
        _actor(source, mapping, cells, {column: values[number] for column, values in parts.items() if values})
        for number in range(count)
    ]
    return RowActors(tuple(actor.key for actor in described), tuple(described), unnamed)


def _listed(source: str, mapping: ActorMapping, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of actors that another table describes."""
    columns = [_split(cells, column, mapping.split, is_name=False).names for column in mapping.key]
    if len({len(parts) for parts in columns}) > 1:
        raise CellError(
            mapping.key[-1].name, Message("not as many parts as {name}; give as many", name=mapping.key[0].name)
        )
    return tuple(dict.fromkeys(key_of([source, *parts], mapping.key[0]) for parts in zip(*columns, strict=True)))


def _parts(
    mapping: ActorMapping, own: Sequence[Column], cells: Mapping[str, str]
) -> tuple[dict[Column, tuple[str, ...]], Unnamed | None]:
    """Return the parts of each cell, as many as the key has, and the count of unnamed actors."""
    named = {column.name for _, column in mapping.names}
    columns = dict.fromkeys(
        (*mapping.key, *own, *(column for _, column in (*mapping.region, *mapping.city)), *columns_of(mapping.seat))
    )
    found = {
        column: _split(cells, column, mapping.split, is_name=column.name in named)
        for column in columns
        if column in mapping.key
    }
    count = max(len(one.names) for one in found.values())
    for column in columns:
        if column not in found:
            is_name = column.name in named
            found[column] = (
                _split(cells, column, mapping.split, is_name=is_name)
                if count > 1 or is_name
                else Parties(tuple(filter(None, [one_line(cell(cells, column))])))
            )
        if len(found[column].names) not in {0, count}:
            raise CellError(
                column.name,
                Message(
                    "{found} parts, but {name} has {count}; give as many, or leave the cell empty",
                    found=len(found[column].names),
                    name=mapping.key[0].name,
                    count=count,
                ),
                cells[column.name],
            )
    unnamed = next((one.unnamed for one in found.values() if one.unnamed), None)
    return {column: one.names for column, one in found.items()}, unnamed


def _split(cells: Mapping[str, str], column: Column, separators: str, *, is_name: bool) -> Parties:
    text = cell(cells, column)
    try:
        return parties(text, separators) if is_name else Parties(tuple(map(one_line, divided(text, separators))))
    except ParseError as error:
        raise CellError(column.name, error.reason, text) from error


def _actor(source: str, mapping: ActorMapping, cells: Mapping[str, str], parts: Mapping[Column, str]) -> Actor:
    def texts(columns: Texts) -> tuple[Name, ...]:
        return tuple(Name(parts[column], lang) for lang, column in columns if column in parts)

    missing = next((column for column in mapping.key if column not in parts), None)
    if missing:
        raise CellError(missing.name, "the cell is empty; fill it in")
    names = texts(mapping.names)
    if not names:
        raise CellError(mapping.names[0][1].name, "the actor has no name; give one in at least one language")
    return Actor(
        key_of([source, *(parts[column] for column in mapping.key)], mapping.key[0]),
        _kind(cells, mapping.kind, names[0].text),
        names,
        tuple(_identifier(scheme, column, parts[column]) for scheme, column in mapping.identifiers if column in parts),
        region=texts(mapping.region),
        city=texts(mapping.city),
        seat=place_of(mapping.seat, parts) if mapping.seat else None,
        domains=_domain(mapping.domain, parts[mapping.domain]) if mapping.domain and mapping.domain in parts else (),
    )


def _kind(cells: Mapping[str, str], value: Value, name: str) -> str:
    kind = value.constant
    if value.column:
        text = cell(cells, value.column)
        kind = (value.of or {}).get(folded(text), value.otherwise)
        if not kind:
            known = ", ".join(value.of or {}) or "nothing"
            raise CellError(
                value.column.name,
                Message("the mapping has no entry for it; it has entries for {known}", known=known),
                text,
            )
    return kind_by_name(name) if kind == BY_NAME else kind


def _identifier(scheme: str, column: Column, value: str) -> Identifier:
    fault = identifiers.fault(scheme, value)
    if fault:
        raise CellError(column.name, fault, value)
    return Identifier(scheme, value)


def person(source: Source, name: str, column: Column) -> Actor:
    """Return a person whose name is in a cell.

    Raises:
        CellError: no key can be made from the name.
    """
    return Actor(key_of([source.key, "person", name], column), "Person", (Name(one_line(name), source.language or ""),))


def key_of(parts: Sequence[str], column: Column) -> str:
    """Return the key of `parts`.

    Raises:
        CellError: no key can be made from them.
    """
    try:
        return key(*parts)
    except ValueError as error:
        raise CellError(
            column.name, Message("no key can be made from it ({error}); change the value", error=error), parts[-1]
        ) from error


def _domain(column: Column, address: str) -> tuple[str, ...]:
    domains = domain(address)
    if not domains:
        raise CellError(column.name, "it must be a web address such as www.example.org", address)
    return domains
