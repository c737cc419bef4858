"""The whole graph as a file: with its evidence, or merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.trig import trig
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.view import View

_MERGED = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
_WITH_EVIDENCE = {".nq": ox.RdfFormat.N_QUADS, ".jsonld": ox.RdfFormat.JSON_LD}
_DESCRIBED = """SELECT DISTINCT ?s { VALUES ?class { hx:Evidence hx:Source hx:Judgement skos:Concept skos:ConceptScheme
  dcat:Catalog dcat:Dataset } ?s a ?class
  FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"""


def serialise(view: View, suffix: str) -> bytes:
    """What was built, in the format of `suffix`, sorted, so that the same graph gives the same bytes.

    ``.trig``, ``.nq`` and ``.jsonld`` hold the evidence graphs and, outside them, what describes sources, evidence and
    concepts; ``kg build`` reads them again. ``.ttl`` and ``.nt`` hold each statement once, without who says so. The
    ontology is not in them; it has files of its own.

    Raises:
        UsageError: no format has this suffix.
    """
    if suffix == ".trig":
        return trig(_quads(view)).encode()
    if suffix in _WITH_EVIDENCE:
        return ox.serialize(sorted(_quads(view), key=str), format=_WITH_EVIDENCE[suffix]) or b""
    if suffix in _MERGED:
        triples = {quad.triple for quad in _quads(view)}
        return ox.serialize(sorted(triples, key=str), format=_MERGED[suffix]) or b""
    known = ", ".join([".trig", *_WITH_EVIDENCE, *_MERGED])
    raise UsageError(f"{suffix or 'a name without a suffix'} tells no format; a graph is written as one of: {known}")


def _quads(view: View) -> Iterator[ox.Quad]:
    """The evidence graphs as they were read, and the descriptions that stood outside them."""
    for name in view.graph.named_graphs():
        if name != ox.NamedNode(ONTOLOGY_GRAPH):
            yield from view.graph.quads_for_pattern(None, None, None, name)
    for row in view.select(_DESCRIBED):
        yield from view.graph.quads_for_pattern(row["s"], None, None, ox.DefaultGraph())
