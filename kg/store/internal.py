"""Internal evidence (`hx:internal`), which the public part of a generation lacks (docs/decisions/0027)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import sparql

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVIDENCE = "SELECT ?e { ?e hx:internal true }"
_JUDGEMENTS = """SELECT DISTINCT ?j ?p ?o { VALUES ?end { hx:left hx:right } ?j a hx:Judgement ; ?end ?actor
  FILTER EXISTS { ?e hx:internal true . GRAPH ?e { ?actor ?a ?b } }
  FILTER NOT EXISTS { ?g a hx:Evidence FILTER NOT EXISTS { ?g hx:internal true } GRAPH ?g { ?actor ?a ?b } }
  ?j ?p ?o }"""


def evidence(graph: ox.Store) -> tuple[str, ...]:
    """Return the internal evidence (IRIs) of `graph`."""
    return tuple(row["e"].value for row in sparql.select(graph, _EVIDENCE))


def judgements(graph: ox.Store) -> Iterator[ox.Triple]:
    """Return the statements of judgements about actors that only internal evidence describes."""
    return iter([ox.Triple(*row) for row in sparql.select(graph, _JUDGEMENTS)])


def remove(graph: ox.Store) -> None:
    """Remove internal evidence and what depends on it from `graph`, which is not merged."""
    for triple in judgements(graph):
        graph.remove(ox.Quad(*triple))
    for iri in evidence(graph):
        name = ox.NamedNode(iri)
        graph.remove_graph(name)
        for quad in list(graph.quads_for_pattern(name, None, None)):
            graph.remove(quad)
