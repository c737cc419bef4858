"""The ontology as a graph, the style that it is held against, and a small ontology in which nothing is wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyshacl
from rdflib import SH, Graph, Literal, URIRef

from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.terms import HX, shorten

if TYPE_CHECKING:
    from rdflib.term import Node

HERE = Path(__file__).resolve().parents[1] / "ontology"
ROOT = HERE.parents[1]


class Breach(NamedTuple):
    """One thing that the style finds: what is meant, shortened, and the message in English."""

    node: str
    message: str


@cache
def shipped() -> Graph:
    """The shipped ontology as one graph; do not change it."""
    graph = Graph()
    for file in graph_files.ontology_files():
        graph.parse(file)
    return graph


@cache
def style() -> Graph:
    """The shapes over the ontology itself."""
    return Graph().parse(resources.ontology() / "style" / "terms.ttl")


def terms() -> list[URIRef]:
    """All that the ontology declares in our namespace, by name."""
    declared = shipped().subjects(unique=True)
    return sorted(one for one in declared if isinstance(one, URIRef) and one.startswith(str(HX)))


def small(update: str = "") -> Graph:
    """The small ontology of ``small.ttl``, after `update` (SPARQL) has made something wrong."""
    graph = Graph().parse(HERE / "small.ttl")
    if update:
        graph.update(update)
    return graph


def breaches(graph: Graph) -> set[Breach]:
    """What in `graph` is against the style."""
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=style(), inference="none")
    assert isinstance(results, Graph), results
    found = {_breach(results, result) for result in results.objects(None, SH.result)}
    assert conforms == (not found)
    return found


def _breach(results: Graph, result: Node) -> Breach:
    """The term that is meant: the focus node, or where one asks for a whole module or scheme, the value."""
    rule = results.value(result, SH.sourceConstraint) or results.value(result, SH.sourceShape)
    asked = SH.sourceConstraint if (result, SH.sourceConstraint, None) in results else None
    node = results.value(result, SH.value if asked else SH.focusNode)
    texts = [text for text in style().objects(rule, SH.message) if isinstance(text, Literal) and text.language == "en"]
    return Breach(shorten(str(node)), *map(str, texts))
