"""The whole graph as a file, with its evidence or merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.rdf.jsonld import jsonld
from kg.rdf.jsonld_context import context
from kg.rdf.trig import trig
from kg.terms import ONTOLOGY_GRAPH
from kg.texts import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.view import View

SUFFIXES = (".trig", ".nq", ".jsonld", ".ttl", ".nt")
"""Suffixes of the files that `serialise` writes."""

# Statements outside all named graphs come from the default graphs of the files, because a store's default graph is the
# merge.
_OUTSIDE = """SELECT ?s ?p ?o { ?s ?p ?o MINUS { GRAPH ?g { ?s ?p ?o } }
  MINUS { VALUES ?class { hx:Derivation hx:Rule } ?s a ?class } MINUS { ?s dct:creator ?rule . ?rule a hx:Rule } }"""
_SAID = f"""SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }}
  FILTER(?g != <{ONTOLOGY_GRAPH}>) MINUS {{ ?g a hx:Derivation }} }}"""
_DERIVED = "SELECT ?s ?p ?o ?g { ?g a hx:Derivation GRAPH ?g { ?s ?p ?o } }"
_RULES = """SELECT ?s ?p ?o { { VALUES ?class { hx:Derivation hx:Rule } ?s a ?class }
  UNION { ?s a hx:Judgement ; dct:creator ?rule . ?rule a hx:Rule } ?s ?p ?o }"""
_ONTOLOGY = f"SELECT ?s ?p ?o {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}"


def serialise(view: View, suffix: str) -> bytes:
    """Return the graph in the format of `suffix`; an equal graph gives equal bytes.

    ``.trig``, ``.nq`` and ``.jsonld`` contain the evidence graphs and, outside them, the descriptions of sources,
    evidence, concepts and the catalogue; ``kg build`` reads them again. ``.ttl`` and ``.nt`` contain each statement
    once, without evidence. Inferred statements are left out, because a build derives them. The ontology has its
    own files.

    Raises:
        UsageError: the suffix has no format.
        InputError: a blank node occurs, whose name would change between runs.
    """
    match suffix:
        case ".trig":
            return trig(asserted(view)).encode()
        case ".nq":
            return lines(asserted(view))
        case ".jsonld":
            return jsonld(asserted(view), context(ontology(view))).encode()
        case ".ttl":
            return trig(merged(asserted(view))).encode()
        case ".nt":
            return lines(merged(asserted(view)))
    known = listed(SUFFIXES)
    raise UsageError(
        "{suffix} tells no format; a graph is written as one of: {known}; a snapshot as a .zip or into a FOLDER/; "
        "tables as .sqlite or .duckdb",
        suffix=suffix or "a name without a suffix",
        known=known,
    )


def asserted(view: View) -> Iterator[ox.Quad]:
    """Return the evidence graphs as they were read, and the descriptions outside them."""
    yield from _quads(view, _SAID)
    yield from _triples(view, _OUTSIDE)


def derived(view: View) -> Iterator[ox.Quad]:
    """Return the inferred statements in their graphs, and outside them their evidence and judgements."""
    yield from _triples(view, _RULES)
    yield from _quads(view, _DERIVED)


def ontology(view: View) -> Iterator[ox.Quad]:
    """Return the ontology of the store as triples of one graph."""
    return _triples(view, _ONTOLOGY)


def _quads(view: View, query: str) -> Iterator[ox.Quad]:
    return (ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in view.select(query))


def _triples(view: View, query: str) -> Iterator[ox.Quad]:
    return (ox.Quad(row["s"], row["p"], row["o"]) for row in view.select(query))


def merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Return the statements of `quads`, each once and without its graph."""
    return (ox.Quad(*triple) for triple in {quad.triple for quad in quads})


def lines(quads: Iterable[ox.Quad]) -> bytes:
    """Return sorted N-Quads; N-Triples if no graph has a name.

    Raises:
        InputError: a blank node occurs.
    """
    ordered = sorted(set(quads), key=str)
    for quad in ordered:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise InputError(
                "{quad} has a blank node, and its name would change from run to run; give it an IRI", quad=quad
            )
    return ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) or b""
