"""Keys of actors that the graphs around an ingest describe."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf import files as graph_files
from kg.terms import ID, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store.base import Store

_KNOWN = "ASK { ?actor a ?class }"


def known_actors(store: Store, *, shipped: bool) -> Callable[[str], bool]:
    """Return a function that tests whether `store`, or with `shipped` a shipped graph, describes the actor of a key."""

    @cache
    def is_described(key: str) -> bool:
        return _in_store(store, key) or (shipped and ID + key in _shipped())

    return is_described


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
