"""Little graphs for tests, written as TriG: every known prefix is there, and ``<id/x>`` is relative to the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import files as graph_files
from kg.terms import BASE, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

SOURCE = """<source/paper> a hx:Source ; dct:publisher "The Paper" ; hx:quality <scheme/quality/newspaper> .
<evidence/paper/1> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> .
"""
"""A source and one piece of evidence in it, whose graph is still to be written."""


def iri(key: str) -> str:
    """The whole IRI of ``id/x``."""
    return BASE + key


def said(statements: str, number: int = 1) -> str:
    """`statements` in the graph of the piece of evidence of that number, of the source of `SOURCE`."""
    return f"<evidence/paper/{number}> {{\n{statements}\n}}\n"


def draft(text: str) -> ox.Store:
    """The quads of `text` as a file would have them, with the ontology in its own graph."""
    graph = ox.Store()
    for file in graph_files.ontology_files():
        graph_files.load(graph, file, ONTOLOGY_GRAPH)
    graph.bulk_load((HEAD + text).encode(), format=ox.RdfFormat.TRIG)
    return graph


def merged(text: str) -> ox.Store:
    """`draft`, with the triples of all graphs in the default graph too, as a store has them."""
    graph = draft(text)
    graph.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in graph])
    return graph


def written(folder: Path, text: str, name: str = "little.trig") -> Path:
    """`text` as a graph file in `folder`."""
    file = folder / name
    file.write_text(HEAD + text, encoding="utf-8")
    return file
