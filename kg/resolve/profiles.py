"""Profiles of actors for comparison: names, kinds, places, domains and hosts, read from a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rdf.sparql import select
from kg.resolve.name_normalisation import normalise
from kg.terms import PREFIXES
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.rdf.sparql import Endpoint
    from kg.resolve.name_normalisation import Name

_CLASSES = """SELECT DISTINCT ?s (?class AS ?v) { ?s a hx:Actor, ?class
  FILTER(?class NOT IN (hx:Actor, hx:Organisation)) FILTER(STRSTARTS(STR(?class), STR(hx:))) }"""
_NAMES = "SELECT DISTINCT ?s ?v { ?s a hx:Actor ; skos:prefLabel|skos:altLabel ?v }"
_VALUES = "SELECT DISTINCT ?s ?v {{ ?s a hx:Actor ; {0} ?v }}"
_PLACES = """SELECT DISTINCT ?en ?zh { ?s a hx:Place ; skos:prefLabel ?en , ?zh
  FILTER(LANG(?en) = "en" && LANG(?zh) = "zh") } ORDER BY ?en ?zh"""
_PREDECESSORS = """SELECT DISTINCT ?s ?v { ?change org:resultingOrganization ?s ; org:originalOrganization ?v
  FILTER(?s != ?v) }"""
_DISJOINT = "SELECT ?s ?v { ?s <http://www.w3.org/2002/07/owl#disjointWith> ?v }"


@dataclass(frozen=True, slots=True)
class Profile:
    """Features of an actor for comparison.

    Attributes:
        iri: of the actor.
        names: normalised names, each once.
        kinds: local names of its classes, such as ``University``.
        regions, cities: normalised names of places.
        domains: web domains.
        hosts: IRIs of the organisations of which it is a unit.
        predecessors: IRIs of the organisations that became it by a renaming, a merger or a split.
    """

    iri: str
    names: tuple[Name, ...]
    kinds: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    predecessors: frozenset[str] = frozenset()


def read(graph: Endpoint) -> tuple[Profile, ...]:
    """Return a profile of each actor in `graph`, which is merged, sorted by IRI."""
    texts = _values(graph, _NAMES)
    kinds = _values(graph, _CLASSES)
    plain = {name: _values(graph, _VALUES.format(f"hx:{name}")) for name in ("region", "city", "webDomain")}
    hosts, predecessors = _values(graph, _VALUES.format("org:unitOf")), _values(graph, _PREDECESSORS)
    return tuple(
        Profile(
            iri=iri,
            names=tuple(normalise(text) for text in sorted(texts.get(iri, ()))),
            kinds=frozenset(kind.removeprefix(PREFIXES["hx"]) for kind in kinds.get(iri, ())),
            regions=_folded(plain["region"], iri),
            cities=_folded(plain["city"], iri),
            domains=frozenset(domain.casefold().removeprefix("www.") for domain in plain["webDomain"].get(iri, ())),
            hosts=frozenset(hosts.get(iri, ())),
            predecessors=frozenset(predecessors.get(iri, ())),
        )
        for iri in sorted(texts.keys() | kinds.keys())
    )


def place_names(graph: Endpoint) -> dict[str, Text]:
    """Return the names of places by their normalised names in `Profile`."""
    stated = (name for column in ("region", "city") for name in _values(graph, _VALUES.format(f"hx:{column}")).values())
    names = {_fold(name): Text(name, name) for values in stated for name in sorted(values)}
    for row in select(graph, _PLACES):
        both = Text(row["en"].value, row["zh"].value)
        names |= {_fold(name): both for name in both.pair if name}
    return names


def disjoint(graph: Endpoint) -> frozenset[frozenset[str]]:
    """Return the pairs of classes that the ontology declares disjoint."""
    rows = select(graph, _DISJOINT)
    return frozenset(frozenset(row[side].value.removeprefix(PREFIXES["hx"]) for side in ("s", "v")) for row in rows)


def _folded(column: Mapping[str, set[str]], iri: str) -> frozenset[str]:
    """Return the normalised names of places, in which 陕西 equals Shaanxi."""
    return frozenset(map(_fold, column.get(iri, ())))


def _fold(name: str) -> str:
    return "".join(normalise(name).words)


def _values(graph: Endpoint, query: str) -> dict[str, set[str]]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(graph, query):
        values[row["s"].value].add(row["v"].value)
    return values
