"""SPARQL updates that retire, restore, supersede and delete evidence in the next generation of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.terms import HX, PREFIXES, TYPE

if TYPE_CHECKING:
    from datetime import date

LAST_SEEN = ox.NamedNode(HX.lastSeen)
RESTORED = ox.NamedNode("urn:x-kg:restored")
"""Property of evidence whose statements must be merged again; only uncommitted generations contain it."""

DELETED = "urn:x-kg:deleted:"
"""Prefix of graphs that must leave the merge and then be deleted; only uncommitted generations contain them."""

RESTORE = f"""DELETE {{ ?evidence {LAST_SEEN} ?day }} INSERT {{ ?evidence {RESTORED} ?day }}
  WHERE {{ VALUES ?evidence {{ %s }} ?evidence {LAST_SEEN} ?day }}"""  # noqa: S608 - SPARQL is not SQL
SUPERSEDE = f"""DELETE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} INSERT {{ GRAPH %(new)s {{ ?s ?p ?o }} }}
  WHERE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} ;
  DELETE {{ %(old)s ?p ?o }} INSERT {{ %(new)s ?p ?o ; {LAST_SEEN} %(day)s }} WHERE {{ %(old)s ?p ?o }}"""
DELETE = f"""DELETE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} INSERT {{ GRAPH %(new)s {{ ?s ?p ?o }} }}
  WHERE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} ;
  DELETE WHERE {{ %(old)s ?p ?o }} ; INSERT DATA {{ %(new)s {LAST_SEEN} "deleted" }}"""
UNMERGE = f"""DELETE {{ ?s ?p ?o }} WHERE {{ ?gone {LAST_SEEN} ?day . GRAPH ?gone {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?other {LAST_SEEN} ?then }} }} }}"""
"""Removes statements from the default graph whose evidence is all retired."""


def may_remove(graph: ox.Store) -> bool:
    """Return whether the merge and the derivation may remove statements of `graph`: retired or derived ones."""
    patterns = ((LAST_SEEN, None), (RESTORED, None), (ox.NamedNode(TYPE), ox.NamedNode(HX.Derivation)))
    return any(True for pattern in patterns for _ in graph.quads_for_pattern(None, *pattern))


def literal(day: date) -> ox.Literal:
    """Return `day` as a literal."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
