"""The mapping of a table, parsed from the YAML that a liaison officer writes into frozen values.

Each column has its position in the mapping, so that an error about a missing column gives line and column. Terms of the
ontology (classes, roles, stages, registries) are checked immediately.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.cell_values import UNITS
from kg.ingest.readers.records import SEPARATE, Name, Source
from kg.ingest.readers.yaml_positions import Node, parse
from kg.rdf.ontology import classes, notations
from kg.terms import HX

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTOR_KINDS = (
    *("University", "VocationalCollege", "Firm", "ResearchInstitute"),
    *("GovernmentDepartment", "Association", "Alliance", "Unit"),
)
_IN_UNITS = re.compile("[千万亿]元")
_NOTE = "A row of a table, read with a mapping."


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, with its position in the mapping."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Value:
    """A constant, or the value of a column, translated by `of` if that is given."""

    constant: str = ""
    column: Column | None = None
    of: Mapping[str, str] | None = None


Texts = tuple[tuple[str, Column], ...]
"""Columns by language or by registry."""


@dataclass(frozen=True, slots=True)
class ActorMapping:
    """Columns that describe an actor.

    Attributes:
        id: key of an actor described in other graphs; the other fields are then empty.
        key: columns that identify the actor.
        split: separator characters in cells with several actors.
        unit_of: name of the actor of the row that is the host.
    """

    id: str = ""
    key: tuple[Column, ...] = ()
    kind: Value = Value()
    names: Texts = ()
    identifiers: Texts = ()
    region: Texts = ()
    city: Texts = ()
    domain: Column | None = None
    split: str = ""
    unit_of: str = ""


@dataclass(frozen=True, slots=True)
class PartyMapping:
    """An actor of the row that takes part in the link, with its role and money; `unit` multiplies the amounts."""

    actor: str
    role: str
    money: Column | None = None
    currency: str | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """A column with the number of unnamed parties or, without a role, of other things that the link counts."""

    column: Column
    thing: str
    role: str | None
    includes_named: bool | None


@dataclass(frozen=True, slots=True)
class LinkMapping:
    """Columns that describe a link; `common` names the actor that is its common party."""

    form: str
    kind: Value
    names: Texts
    parties: tuple[PartyMapping, ...]
    unnamed: tuple[GroupMapping, ...]
    stage: Value
    arity: Value
    common: str
    start: Column | None
    end: Column | None


@dataclass(frozen=True, slots=True)
class SkipRule:
    """A rule that leaves rows out: its name, a column and values."""

    rule: str
    column: Column
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The whole mapping."""

    source: Source
    key: tuple[Column, ...]
    note: str
    sheet: str | None
    skip: tuple[SkipRule, ...]
    actors: Mapping[str, ActorMapping]
    link: LinkMapping | None


def read(text: str, file: str) -> TableMapping:
    """Parse a mapping; `file` is its name for messages.

    Raises:
        InputError: the mapping is invalid; the message gives line and column.
    """
    fields = parse(text, file).fields(("source", "row", "actors"), ("link", "skip", "sheet"))
    row = fields["row"].fields(("key",), ("note",))
    actors = {name: _actor(node) for name, node in fields["actors"].entries()}
    for name, node in fields["actors"].entries():
        if actors[name].unit_of not in ("", *actors) or actors[name].unit_of == name:
            raise node.error(f"unit_of must name another actor of the row: {', '.join(actors)}")
    note = row["note"].text() if "note" in row else _NOTE
    return TableMapping(
        source=_source(fields["source"]),
        key=_columns(row["key"]),
        note=note if note.endswith(".") else note + ".",
        sheet=fields["sheet"].text() if "sheet" in fields else None,
        skip=tuple(_skip(name, node) for name, node in fields["skip"].entries()) if "skip" in fields else (),
        actors=actors,
        link=_link(fields["link"], actors) if "link" in fields else None,
    )


def _source(node: Node) -> Source:
    fields = node.fields(("key", "publisher", "quality", "licence"), ("title", "address", "language"))
    titles = fields["title"].entries() if "title" in fields else ()
    return Source(
        key=fields["key"].text(),
        publisher=fields["publisher"].text(),
        quality=fields["quality"].text(notations("quality")),
        title=tuple(Name(title.text(), lang) for lang, title in titles),
        address=fields["address"].text() if "address" in fields else None,
        language=fields["language"].text() if "language" in fields else None,
        rights=f"{fields['publisher'].text()}. Licence: {fields['licence'].text()}.",
    )


def _skip(rule: str, node: Node) -> SkipRule:
    fields = node.fields(("column", "is"))
    values = frozenset(item.value if isinstance(item.value, str) else item.text() for item in fields["is"].items())
    return SkipRule(rule, _column(fields["column"]), values)


_OPTIONAL = ("names", "identifiers", "region", "city", "domain", "split", "unit_of")


def _actor(node: Node) -> ActorMapping:
    entries = dict(node.entries(("id", "key", "kind", *_OPTIONAL)))
    if "id" in entries:
        return ActorMapping(id=node.fields(("id",))["id"].text())
    fields = node.fields(("key", "kind", "names"), _OPTIONAL)
    registries = frozenset(name for name in HX.__annotations__ if name.endswith(("Id", "Code", "Number")))
    return ActorMapping(
        key=_columns(fields["key"]),
        kind=_value(fields["kind"], ACTOR_KINDS),
        names=_texts(fields["names"]),
        identifiers=_texts(fields["identifiers"], registries) if "identifiers" in fields else (),
        region=_texts(fields["region"]) if "region" in fields else (),
        city=_texts(fields["city"]) if "city" in fields else (),
        domain=_column(fields["domain"]) if "domain" in fields else None,
        split=fields["split"].text() if "split" in fields else "",
        unit_of=fields["unit_of"].text() if "unit_of" in fields else "",
    )


def _link(node: Node, actors: Mapping[str, ActorMapping]) -> LinkMapping:
    fields = node.fields(("form", "kind", "names", "parties"), ("unnamed", "stage", "arity", "common", "start", "end"))
    if fields["form"].text(classes("Link")) == "Agreement" and "arity" not in fields:
        raise node.error(f"add arity to an agreement: {', '.join(sorted(notations('arity')))}")
    arity = _value(fields["arity"], notations("arity")) if "arity" in fields else Value()
    if "common" not in fields and _may_be_separate(arity):
        raise fields["arity"].error("add common: the name of the actor that has a relation with each other party")
    return LinkMapping(
        form=fields["form"].text(),
        kind=_value(fields["kind"], notations("kind")),
        names=_texts(fields["names"]),
        parties=tuple(_party(item, actors) for item in fields["parties"].items()),
        unnamed=tuple(_group(item) for item in fields["unnamed"].items()) if "unnamed" in fields else (),
        stage=_value(fields["stage"], notations("stage")) if "stage" in fields else Value(),
        arity=arity,
        common=fields["common"].text(tuple(actors)) if "common" in fields else "",
        start=_column(fields["start"]) if "start" in fields else None,
        end=_column(fields["end"]) if "end" in fields else None,
    )


def _may_be_separate(arity: Value) -> bool:
    """Return whether some row can have an arity with a common party."""
    if arity.column is None:
        return arity.constant in SEPARATE
    return arity.of is None or not SEPARATE.isdisjoint(arity.of.values())


def _party(node: Node, actors: Mapping[str, ActorMapping]) -> PartyMapping:
    fields = node.fields(("actor", "role"), ("money", "currency", "in"))
    if ("money" in fields) != ("currency" in fields) or ("in" in fields and "money" not in fields):
        raise node.error("money requires currency, and currency requires money; give both or neither")
    if "money" in fields and "in" not in fields and _IN_UNITS.search(fields["money"].text()):
        raise fields["money"].error(
            "the column name contains a unit; add the unit of the values, such as in: 万元 or in: 元"
        )
    return PartyMapping(
        fields["actor"].text(tuple(actors)),
        fields["role"].text(notations("role")),
        _column(fields["money"]) if "money" in fields else None,
        fields["currency"].text() if "currency" in fields else None,
        UNITS[fields["in"].text(tuple(UNITS))] if "in" in fields else 1,
    )


def _group(node: Node) -> GroupMapping:
    fields = node.fields(("column", "thing"), ("role", "includes_named"))
    return GroupMapping(
        _column(fields["column"]),
        fields["thing"].text(notations("counted-thing")),
        fields["role"].text(notations("role")) if "role" in fields else None,
        fields["includes_named"].boolean() if "includes_named" in fields else None,
    )


def _value(node: Node, among: tuple[str, ...] | frozenset[str]) -> Value:
    """Parse a notation, or ``{column: …, of: {value: notation}}``."""
    if isinstance(node.value, str):
        return Value(constant=node.text(among))
    fields = node.fields(("column",), ("of",))
    of = {value: notation.text(among) for value, notation in fields["of"].entries()} if "of" in fields else None
    return Value(column=_column(fields["column"]), of=of)


def _texts(node: Node, among: frozenset[str] = frozenset()) -> Texts:
    return tuple((name, _column(value)) for name, value in node.entries(among))


def _columns(node: Node) -> tuple[Column, ...]:
    return tuple(_column(item) for item in node.items())


def _column(node: Node) -> Column:
    return Column(node.text(), node.position)


def columns(mapping: TableMapping) -> tuple[Column, ...]:
    """Return every column in the mapping, once for each position, in no particular order."""
    return tuple(_within(mapping))


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
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name))
