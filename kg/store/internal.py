"""Internal evidence (`hx:internal`), which the public part of a generation lacks (docs/decisions/0027)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import sparql

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = ox.DefaultGraph()
_EVIDENCE = "SELECT ?e { ?e hx:internal true }"
_JUDGEMENTS = """SELECT DISTINCT ?j { VALUES ?end { hx:left hx:right } ?j a hx:Judgement ; ?end ?actor
  FILTER EXISTS { ?e hx:internal true . GRAPH ?e { ?actor ?a ?b } }
  FILTER NOT EXISTS { ?g a hx:Evidence FILTER NOT EXISTS { ?g hx:internal true } GRAPH ?g { ?actor ?a ?b } } }"""
_DERIVED = """SELECT ?g { { VALUES ?class { hx:Derivation hx:Rule } ?g a ?class }
  UNION { ?g a hx:Judgement ; dct:creator ?rule . ?rule a hx:Rule } }"""
_DERIVED_PROPERTIES = "SELECT DISTINCT ?p { ?g a hx:Derivation . GRAPH ?g { ?s ?p ?o } }"
_ONLY_INTERNAL = """SELECT ?s ?p ?o { ?e hx:internal true . GRAPH ?e { ?s ?p ?o }
  FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } FILTER NOT EXISTS { ?other hx:internal true }
    FILTER NOT EXISTS { ?other hx:lastSeen ?day } } }"""


def evidence(graph: ox.Store) -> tuple[str, ...]:
    """Return the internal evidence (IRIs) of `graph`."""
    return tuple(row["e"].value for row in sparql.select(graph, _EVIDENCE))


def public_quads(graph: ox.Store) -> Iterator[ox.Quad]:
    """Yield the statements of `graph`, which is merged, without internal and without derived ones.

    Derived statements are made again from what is yielded. A store of its own is filled with them, because Oxigraph
    keeps the strings of deleted statements.
    """
    private = _nodes(graph)
    hidden = private | {row["g"] for row in sparql.select(graph, _DERIVED)}
    properties = {row["p"] for row in sparql.select(graph, _DERIVED_PROPERTIES)}
    triples = {ox.Triple(*row) for row in sparql.select(graph, _ONLY_INTERNAL)}
    for quad in graph:
        if quad.graph_name in hidden or (quad.graph_name == _DEFAULT and quad.triple in triples):
            continue
        if quad.subject not in hidden and quad.object not in private and quad.predicate not in properties:
            yield quad


def remove(graph: ox.Store) -> None:
    """Remove internal evidence and what depends on it from `graph`, which is not merged."""
    for name in _nodes(graph):
        graph.remove_graph(name)
        for quad in list(graph.quads_for_pattern(name, None, None)):
            graph.remove(quad)


def _nodes(graph: ox.Store) -> set[ox.NamedNode]:
    """Return internal evidence, and judgements about actors that only internal evidence describes."""
    return {row[0] for query in (_EVIDENCE, _JUDGEMENTS) for row in sparql.select(graph, query)}
