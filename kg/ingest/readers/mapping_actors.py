"""Actors of a mapping, parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers import identifiers
from kg.ingest.readers.cells import clean
from kg.ingest.readers.fields import domain
from kg.ingest.readers.mapping_keys import ACTOR_KINDS, BY_NAME, PLACEHOLDER, choices, fields
from kg.ingest.readers.mapping_values import column, columns, texts, texts_of, value
from kg.ingest.readers.records import Actor, Identifier, Name, key
from kg.ingest.readers.table_mapping import ActorMapping, SeatMapping, Value
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ingest.readers.records import Source
    from kg.ingest.readers.yaml_positions import Node


def actor(name: str, node: Node, source: Source, separators: str) -> ActorMapping:
    """Parse an actor of the row, a constant actor, or one described elsewhere; `separators` are the default.

    Raises:
        InputError: the section is invalid.
    """
    given = {one for one, _ in node.entries()}
    if "id" in given:
        known = fields(node, "known actor")["id"]
        return ActorMapping(id=known.text(), position=known.position)
    if "name" in given:
        return ActorMapping(constant=_constant(node, source))
    if "listed" in given:
        entries = fields(node, "listed actor")
        return ActorMapping(
            key=columns(entries["listed"]), split="".join(texts_of(entries, "split")) or separators, is_described=False
        )
    entries = fields(node, "actor")
    keys = columns(entries["key"])
    if "names" not in entries and not source.language:
        raise node.error(Message("add names to {name}, or language to the source", name=name))
    own = "".join(texts_of(entries, "split"))
    return ActorMapping(
        key=keys,
        kind=value(entries["kind"], choices("actor", "kind")) if "kind" in entries else Value(constant=BY_NAME),
        names=texts(entries["names"]) if "names" in entries else ((source.language or "", keys[0]),),
        identifiers=texts(entries["identifiers"], _registries()) if "identifiers" in entries else (),
        region=texts(entries["region"]) if "region" in entries else (),
        city=texts(entries["city"]) if "city" in entries else (),
        seat=_seat(entries["seat"]) if "seat" in entries else None,
        domain=column(entries["domain"]) if "domain" in entries else None,
        split=own or separators,
        unit_of=entries["unit_of"].text() if "unit_of" in entries else "",
        part_of=entries["part_of"].text() if "part_of" in entries else "",
    )


def _seat(node: Node) -> SeatMapping:
    entries = fields(node, "seat")
    if ("latitude" in entries) != ("longitude" in entries):
        raise node.error("give latitude and longitude, or neither")
    number, north, east = (
        column(entries[name]) if name in entries else None for name in ("geonames", "latitude", "longitude")
    )
    whole = fields(entries["within"], "within") if "within" in entries else None
    within = SeatMapping(column(whole["key"]), texts(whole["names"])) if whole else None
    return SeatMapping(column(entries["key"]), texts(entries["names"]), number, north, east, within)


def _constant(node: Node, source: Source) -> Actor:
    entries = fields(node, "constant actor")
    names = _constants(entries, "name")
    if any(name.text in PLACEHOLDER.values() for name in names):
        raise entries["name"].error("write the name of the organisation here")
    registered = entries["identifiers"].entries(_registries()) if "identifiers" in entries else ()
    domains = domain(entries["domain"].text()) if "domain" in entries else ()
    if "domain" in entries and not domains:
        raise entries["domain"].error("it must be a web address such as www.example.org")
    return Actor(
        key(source.key, entries["key"].text() if "key" in entries else names[0].text),
        entries["kind"].text(ACTOR_KINDS),
        names,
        tuple(_identifier(scheme, item) for scheme, item in registered),
        region=_constants(entries, "region"),
        city=_constants(entries, "city"),
        domains=domains,
    )


def _constants(entries: Mapping[str, Node], name: str) -> tuple[Name, ...]:
    pairs = entries[name].entries() if name in entries else ()
    return tuple(Name(clean(text.text()), lang) for lang, text in pairs)


def _identifier(scheme: str, node: Node) -> Identifier:
    fault = identifiers.fault(scheme, node.text())
    if fault:
        raise node.error(fault)
    return Identifier(scheme, node.text())


def _registries() -> frozenset[str]:
    return frozenset(identifiers.forms())
