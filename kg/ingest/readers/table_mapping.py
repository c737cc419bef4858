"""How a table is to be read: the YAML that a liaison officer writes, as frozen values.

Each column that is named knows where in the mapping it stands, so that a column which the table does not have is told
by line and column of the mapping. What the ontology knows (classes, roles, stages, registries) is checked at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.cell_values import UNITS
from kg.ingest.readers.records import Name, Source
from kg.ingest.readers.yaml_positions import Spot, parse
from kg.rdf.ontology import classes, notations
from kg.terms import HX

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTOR_KINDS = (
    *("University", "VocationalCollege", "Firm", "ResearchInstitute"),
    *("GovernmentDepartment", "Association", "Alliance", "Unit"),
)
_IN_UNITS = re.compile("[千万亿]元")
_NOTE = "A row of the table, read as its mapping says."


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and where the mapping names it."""

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Value:
    """The same for each row, or what a column says, put into our words by `of` where that is given."""

    constant: str = ""
    column: Column | None = None
    of: Mapping[str, str] | None = None


Texts = tuple[tuple[str, Column], ...]
"""Columns by language, or by registry."""


@dataclass(frozen=True, slots=True)
class ActorMap:
    """Who stands in a row.

    Attributes:
        id: of somebody whom other graphs describe; the rest is empty then.
        key: the columns that tell one from another.
        split: characters between several in one cell.
        unit_of: which other actor of the row is the host.
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
class PartyMap:
    """Which actor of the row takes part, in which role, with what money, in units of so many of its currency."""

    actor: str
    role: str
    money: Column | None = None
    currency: str | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class GroupMap:
    """A column that counts parties nobody names, or (without a role) what the link is about."""

    column: Column
    thing: str
    role: str | None
    includes_named: bool | None


@dataclass(frozen=True, slots=True)
class LinkMap:
    """What the row says of a link."""

    form: str
    kind: Value
    names: Texts
    parties: tuple[PartyMap, ...]
    unnamed: tuple[GroupMap, ...]
    stage: Value
    arity: Value
    start: Column | None
    end: Column | None


@dataclass(frozen=True, slots=True)
class SkipMap:
    """A rule by which rows are left out: its name, the column and the values."""

    rule: str
    column: Column
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableMap:
    """The whole mapping."""

    source: Source
    key: tuple[Column, ...]
    note: str
    sheet: str | None
    skip: tuple[SkipMap, ...]
    actors: Mapping[str, ActorMap]
    link: LinkMap | None


def read(text: str, file: str) -> TableMap:
    """The mapping in `text`; `file` is its name in messages.

    Raises:
        InputError: something is wrong with it: what, in which line and column.
    """
    found = parse(text, file).fields(("source", "row", "actors"), ("link", "skip", "sheet"))
    row = found["row"].fields(("key",), ("note",))
    actors = {name: _actor(spot) for name, spot in found["actors"].entries()}
    for name, spot in found["actors"].entries():
        if actors[name].unit_of not in ("", *actors) or actors[name].unit_of == name:
            raise spot.wrong(f"unit_of names another actor of the row: {', '.join(actors)}")
    note = row["note"].text() if "note" in row else _NOTE
    return TableMap(
        source=_source(found["source"]),
        key=_columns(row["key"]),
        note=note if note.endswith(".") else note + ".",
        sheet=found["sheet"].text() if "sheet" in found else None,
        skip=tuple(_skip(name, spot) for name, spot in found["skip"].entries()) if "skip" in found else (),
        actors=actors,
        link=_link(found["link"], actors) if "link" in found else None,
    )


def _source(spot: Spot) -> Source:
    found = spot.fields(("key", "publisher", "quality", "licence"), ("title", "address", "language"))
    titles = found["title"].entries() if "title" in found else ()
    return Source(
        key=found["key"].text(),
        publisher=found["publisher"].text(),
        quality=found["quality"].text(notations("quality")),
        title=tuple(Name(title.text(), lang) for lang, title in titles),
        address=found["address"].text() if "address" in found else None,
        language=found["language"].text() if "language" in found else None,
        rights=f"{found['publisher'].text()}. Licence: {found['licence'].text()}.",
    )


def _skip(rule: str, spot: Spot) -> SkipMap:
    found = spot.fields(("column", "is"))
    values = frozenset(item.value if isinstance(item.value, str) else item.text() for item in found["is"].items())
    return SkipMap(rule, _column(found["column"]), values)


_TOLD = ("names", "identifiers", "region", "city", "domain", "split", "unit_of")


def _actor(spot: Spot) -> ActorMap:
    given = dict(spot.entries(("id", "key", "kind", *_TOLD)))
    if "id" in given:
        return ActorMap(id=spot.fields(("id",))["id"].text())
    found = spot.fields(("key", "kind", "names"), _TOLD)
    registries = frozenset(name for name in HX.__annotations__ if name.endswith(("Id", "Code", "Number")))
    return ActorMap(
        key=_columns(found["key"]),
        kind=_value(found["kind"], ACTOR_KINDS),
        names=_texts(found["names"]),
        identifiers=_texts(found["identifiers"], registries) if "identifiers" in found else (),
        region=_texts(found["region"]) if "region" in found else (),
        city=_texts(found["city"]) if "city" in found else (),
        domain=_column(found["domain"]) if "domain" in found else None,
        split=found["split"].text() if "split" in found else "",
        unit_of=found["unit_of"].text() if "unit_of" in found else "",
    )


def _link(spot: Spot, actors: Mapping[str, ActorMap]) -> LinkMap:
    found = spot.fields(("form", "kind", "names", "parties"), ("unnamed", "stage", "arity", "start", "end"))
    if found["form"].text(classes("Link")) == "Agreement" and "arity" not in found:
        raise spot.wrong(f"an agreement has an arity: {', '.join(sorted(notations('arity')))}")
    return LinkMap(
        form=found["form"].text(),
        kind=_value(found["kind"], notations("kind")),
        names=_texts(found["names"]),
        parties=tuple(_party(item, actors) for item in found["parties"].items()),
        unnamed=tuple(_group(item) for item in found["unnamed"].items()) if "unnamed" in found else (),
        stage=_value(found["stage"], notations("stage")) if "stage" in found else Value(),
        arity=_value(found["arity"], notations("arity")) if "arity" in found else Value(),
        start=_column(found["start"]) if "start" in found else None,
        end=_column(found["end"]) if "end" in found else None,
    )


def _party(spot: Spot, actors: Mapping[str, ActorMap]) -> PartyMap:
    found = spot.fields(("actor", "role"), ("money", "currency", "in"))
    if ("money" in found) != ("currency" in found) or ("in" in found and "money" not in found):
        raise spot.wrong("money has a currency, and a currency money; give both or neither")
    if "money" in found and "in" not in found and _IN_UNITS.search(found["money"].text()):
        raise found["money"].wrong(
            "the column is named after a unit; say which one it is in, such as in: 万元, or in: 元"
        )
    return PartyMap(
        found["actor"].text(tuple(actors)),
        found["role"].text(notations("role")),
        _column(found["money"]) if "money" in found else None,
        found["currency"].text() if "currency" in found else None,
        UNITS[found["in"].text(tuple(UNITS))] if "in" in found else 1,
    )


def _group(spot: Spot) -> GroupMap:
    found = spot.fields(("column", "thing"), ("role", "includes_named"))
    return GroupMap(
        _column(found["column"]),
        found["thing"].text(notations("counted-thing")),
        found["role"].text(notations("role")) if "role" in found else None,
        found["includes_named"].yes() if "includes_named" in found else None,
    )


def _value(spot: Spot, among: tuple[str, ...] | frozenset[str]) -> Value:
    """A notation as such, or ``{column: …, of: {theirs: ours}}``."""
    if isinstance(spot.value, str):
        return Value(constant=spot.text(among))
    found = spot.fields(("column",), ("of",))
    of = {theirs: ours.text(among) for theirs, ours in found["of"].entries()} if "of" in found else None
    return Value(column=_column(found["column"]), of=of)


def _texts(spot: Spot, among: frozenset[str] = frozenset()) -> Texts:
    return tuple((name, _column(value)) for name, value in spot.entries(among))


def _columns(spot: Spot) -> tuple[Column, ...]:
    return tuple(_column(item) for item in spot.items())


def _column(spot: Spot) -> Column:
    return Column(spot.text(), spot.where)


def columns(told: TableMap) -> tuple[Column, ...]:
    """Every column that the mapping names, in no particular order, each place once."""
    return tuple(_within(told))


def _within(value: object) -> Iterator[Column]:
    if isinstance(value, Column):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _within(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _within(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
