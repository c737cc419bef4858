"""What is known of each actor that helps to tell who is who, read from a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rdf.sparql import select
from kg.resolve import name_normalisation
from kg.terms import HX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.rdf.sparql import Endpoint
    from kg.resolve.name_normalisation import Name

_CLASSES = """SELECT DISTINCT ?s (?class AS ?v) { ?s a hx:Actor, ?class
  FILTER(?class NOT IN (hx:Actor, hx:Organisation)) FILTER(STRSTARTS(STR(?class), STR(hx:))) }"""
_NAMES = "SELECT DISTINCT ?s ?v { ?s a hx:Actor ; skos:prefLabel|skos:altLabel ?v }"
_VALUES = "SELECT DISTINCT ?s ?v {{ ?s a hx:Actor ; {0} ?v }}"
_BEFORE = """SELECT DISTINCT ?s ?v { ?change org:resultingOrganization ?s ; org:originalOrganization ?v
  FILTER(?s != ?v) }"""
_DISJOINT = "SELECT ?s ?v { ?s <http://www.w3.org/2002/07/owl#disjointWith> ?v }"


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as it is compared with others.

    Attributes:
        iri: of the actor.
        names: all of them, ready to be compared, each once.
        kinds: its classes by their names, such as ``University``.
        regions, cities: in small letters, as `names.fold` makes them.
        domains: of its pages on the web.
        hosts: IRIs of what it is a unit of.
        before: IRIs of what became it by a change: a renaming, a merger.
    """

    iri: str
    names: tuple[Name, ...]
    kinds: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


def read(graph: Endpoint) -> tuple[Profile, ...]:
    """A profile of each actor of `graph`, which is merged, by IRI."""
    texts = _column(graph, _NAMES)
    kinds = _column(graph, _CLASSES)
    plain = {name: _column(graph, _VALUES.format(f"hx:{name}")) for name in ("region", "city", "webDomain")}
    hosts, before = _column(graph, _VALUES.format("org:unitOf")), _column(graph, _BEFORE)
    return tuple(
        Profile(
            iri=iri,
            names=tuple(name_normalisation.read(text) for text in sorted(texts.get(iri, ()))),
            kinds=frozenset(kind.removeprefix(str(HX)) for kind in kinds.get(iri, ())),
            regions=_folded(plain["region"], iri),
            cities=_folded(plain["city"], iri),
            domains=frozenset(domain.casefold().removeprefix("www.") for domain in plain["webDomain"].get(iri, ())),
            hosts=frozenset(hosts.get(iri, ())),
            before=frozenset(before.get(iri, ())),
        )
        for iri in sorted(texts.keys() | kinds.keys())
    )


def disjoint(graph: Endpoint) -> frozenset[frozenset[str]]:
    """Kinds of actor of which the ontology says that nothing is both."""
    found = select(graph, _DISJOINT)
    return frozenset(frozenset(row[side].value.removeprefix(str(HX)) for side in ("s", "v")) for row in found)


def _folded(column: Mapping[str, set[str]], iri: str) -> frozenset[str]:
    """Places by the words that names have for them, so that 陕西 and Shaanxi are one."""
    return frozenset("".join(name_normalisation.read(value).words) for value in column.get(iri, ()))


def _column(graph: Endpoint, query: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(graph, query):
        found[row["s"].value].add(row["v"].value)
    return found
