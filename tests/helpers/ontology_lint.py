"""The ontology as a graph, the shapes of its style, and a small ontology without violations."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.shacl_oracle import to_store
from rdflib import SH, Graph, Literal, Namespace, URIRef

from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.terms import PREFIXES, shorten
from kg.validate import run

HX = Namespace(PREFIXES["hx"])
HERE = Path(__file__).resolve().parents[1] / "ontology"
ROOT = HERE.parents[1]


class Breach(NamedTuple):
    """A violation of the style: the term, shortened, and the English message."""

    node: str
    message: str


@cache
def shipped() -> Graph:
    """Return the shipped ontology as one graph, which is read-only."""
    graph = Graph()
    for file in graph_files.ontology_files():
        graph.parse(file)
    return graph


@cache
def axioms() -> Graph:
    """Return the shipped ontology without texts, which no axiom concerns and which cost most of the reasoning."""
    graph = Graph()
    for statement in shipped():
        value = statement[2]
        if not isinstance(value, Literal) or not (value.language or value.datatype is None):
            graph.add(statement)
    return graph


@cache
def style() -> Graph:
    """Return the shapes over the ontology itself."""
    return Graph().parse(resources.ontology() / "style" / "terms.ttl")


def terms() -> list[URIRef]:
    """Return every term that the ontology declares in our namespace, by name."""
    declared = shipped().subjects(unique=True)
    return sorted(one for one in declared if isinstance(one, URIRef) and one.startswith(HX))


def small(update: str = "") -> Graph:
    """Return the small ontology of ``small.ttl`` after `update` (SPARQL) has planted a violation."""
    graph = Graph().parse(HERE / "small.ttl")
    if update:
        graph.update(update)
    return graph


def breaches(graph: Graph) -> set[Breach]:
    """Return the violations of the style in `graph`, by the compiled shapes; `tests/validate` compares pySHACL."""
    return {_breach(result) for result in run.results(to_store(graph), style())}


def _breach(result: run.Result) -> Breach:
    """Return the violating term: the focus node, or the value if the focus is a module or scheme."""
    node = result.focus if result.constraint is None or result.value is None else result.value
    rule = result.constraint or result.shape.node
    texts = [text for text in style().objects(rule, SH.message) if isinstance(text, Literal) and text.language == "en"]
    return Breach(shorten(run.text(node)), *map(str, texts))
