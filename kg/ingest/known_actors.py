"""Keys of actors that the graphs around an ingest describe."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf import files as graph_files
from kg.terms import ID, SOURCE, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.readers.input_files import Inputs
    from kg.store.base import Store

_NAMED = """ASK { GRAPH ?e { ?node skos:prefLabel ?name } ?e hx:source ?other
  FILTER(LANG(?name) = ?lang && ?other != ?source) FILTER NOT EXISTS { ?e hx:lastSeen ?day } }"""
_KNOWN = "ASK { ?actor a ?class }"


def known_actors(store: Store, *, shipped: bool) -> Callable[[str], bool]:
    """Return a function that tests whether `store`, or with `shipped` a shipped graph, describes the actor of a key."""

    @cache
    def is_described(key: str) -> bool:
        return _in_store(store, key) or (shipped and ID + key in _shipped())

    return is_described


def with_known_actors(inputs: Inputs, store: Store, *, shipped: bool) -> Inputs:
    """Return inputs that know the nodes of `store`, or with `shipped` also of the shipped graphs."""
    inputs.is_described = known_actors(store, shipped=shipped)
    inputs.is_named_elsewhere = named_elsewhere(None if shipped else store)
    return inputs


def named_elsewhere(store: Store | None) -> Callable[[str, str, str], bool]:
    """Return a function that tests whether another source than the given one names a node in `store` in a language."""

    @cache
    def is_named(key: str, lang: str, source: str) -> bool:
        bound: dict[str, ox.NamedNode | ox.Literal] = {
            "node": ox.NamedNode(ID + key),
            "lang": ox.Literal(lang),
            "source": ox.NamedNode(SOURCE + source),
        }
        if store is None:
            return False
        try:
            with store.view() as view:
                return view.ask(_NAMED, bound)
        except StoreError:  # there is no store yet
            return False

    return is_named


def _in_store(store: Store, key: str) -> bool:
    try:
        with store.view() as view:
            return view.ask(_KNOWN, {"actor": ox.NamedNode(ID + key)})
    except StoreError:  # there is no store yet, so it describes nothing
        return False


@cache
def _shipped() -> frozenset[str]:
    """Return the IRIs of the nodes that the shipped graphs describe."""
    quads = graph_files.parse_all(graph_files.discover(()))
    return frozenset(str(quad.subject)[1:-1] for quad in quads if quad.predicate.value == TYPE)
