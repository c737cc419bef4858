"""Small graphs for tests, as TriG with every known prefix; ``<id/x>`` is relative to the base."""

from __future__ import annotations

from functools import cache
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
"""A source and one piece of evidence without its graph."""


def iri(key: str) -> str:
    """Return the full IRI of ``id/x``."""
    return BASE + key


def in_evidence(statements: str, number: int = 1) -> str:
    """Return `statements` in the graph of the evidence with that number, of the source in `SOURCE`."""
    return f"<evidence/paper/{number}> {{\n{statements}\n}}\n"


def unmerged(text: str) -> ox.Store:
    """Return the quads of `text` as a file contains them, with the ontology in its own graph."""
    graph = ox.Store()
    graph.bulk_extend(_ontology())
    graph.bulk_load((HEAD + text).encode(), format=ox.RdfFormat.TRIG)
    return graph


def merged(text: str) -> ox.Store:
    """Return `unmerged` with the triples of all graphs in the default graph too, as in a store."""
    quads = list(ox.parse(HEAD + text, format=ox.RdfFormat.TRIG))
    graph = ox.Store()
    graph.extend((*_merged_ontology(), *quads, *(ox.Quad(*quad.triple) for quad in quads)))
    return graph


@cache
def _ontology() -> tuple[ox.Quad, ...]:
    """Return the quads of the shipped ontology, which a process parses once."""
    return tuple(graph_files.parse_all(graph_files.ontology_files(), ONTOLOGY_GRAPH))


@cache
def _merged_ontology() -> tuple[ox.Quad, ...]:
    return (*_ontology(), *(ox.Quad(*quad.triple) for quad in _ontology()))


def graph_file(folder: Path, text: str, name: str = "little.trig") -> Path:
    """Write `text` as a graph file in `folder`."""
    file = folder / name
    file.write_text(HEAD + text, encoding="utf-8")
    return file
