"""Traces of nodes in a graph: every statement that has to go if the nodes are forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.terms import HX, PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TYPE = ox.NamedNode(TYPE)
_NAMES = tuple(ox.NamedNode(PREFIXES["skos"] + name) for name in ("prefLabel", "altLabel"))
_PARTICIPATION, _JUDGEMENT = ox.NamedNode(HX.Participation), ox.NamedNode(HX.Judgement)
_ABOUT = frozenset({_PARTICIPATION, _JUDGEMENT, *map(ox.NamedNode, (HX.OfficeHolding, HX.Claim))})
"""Classes of nodes that state something about the nodes that they refer to, and mean nothing without them."""
_PARTS = frozenset({_PARTICIPATION, *map(ox.NamedNode, (HX.MonetaryAmount, HX.CountedGroup, HX.Milestone, HX.Duty))})
"""Classes of nodes that are parts of the node that refers to them."""
_MIN_NAME = 2
"""Characters of the shortest name that is searched in other statements."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes or statements that a person wants to remove.

    Attributes:
        nodes: actors, links, other nodes, and evidence (IRIs).
        property: only the values of this property (IRI); `None` for everything.
        value: only this value: an IRI, or the text of a literal.
        mentions: whether statements that contain a name of the nodes are forgotten too.
    """

    nodes: tuple[str, ...]
    property: str | None = None
    value: str | None = None
    mentions: bool = False


def selected(graph: ox.Store, selection: Selection) -> set[ox.Quad]:
    """Return the selected statements of `graph`, and descriptions of evidence that has no others."""
    found: set[ox.Quad] = set()
    for node in chain.from_iterable(_versions(graph, iri) for iri in selection.nodes):
        found |= set(_values(graph, node, selection) if selection.property else _about(graph, node))
    if selection.mentions:
        found |= set(mentions(graph, selection, found))
    return found | set(_descriptions(graph, found))


def _versions(graph: ox.Store, iri: str) -> Iterator[ox.NamedNode]:
    """Yield a node; for evidence, also its internal part and its former versions."""
    node = ox.NamedNode(iri)
    yield node
    if graph.contains_named_graph(node):
        for name in graph.named_graphs():
            if isinstance(name, ox.NamedNode) and name.value.startswith((f"{iri}/internal", f"{iri}/until/")):
                yield name


def mentions(graph: Iterable[ox.Quad], selection: Selection, found: set[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the statements that are not `found` and contain a name of the selected nodes."""
    names = {name for quad in found if quad.predicate in _NAMES and len(name := text(quad.object)) >= _MIN_NAME}
    if selection.property or not names:
        return
    for quad in graph:
        if quad not in found and any(name in value for value in map(text, quad) for name in names):
            yield quad


def text(term: object) -> str:
    """Return the value of a term, with the characters of an IRI decoded; empty for the default graph."""
    if isinstance(term, ox.NamedNode):
        return unquote(term.value)
    return term.value if isinstance(term, ox.Literal) else ""


def _values(graph: ox.Store, node: ox.NamedNode, selection: Selection) -> Iterator[ox.Quad]:
    for quad in graph.quads_for_pattern(node, ox.NamedNode(selection.property or ""), None):
        if selection.value in {None, getattr(quad.object, "value", None)}:
            yield quad


def _about(graph: ox.Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield all statements with `node`, and those of nodes that mean nothing without it."""
    nodes: list[ox.NamedNode] = [node]
    seen: set[object] = {node}
    while nodes:
        one = nodes.pop()
        yield from graph.quads_for_pattern(None, None, None, one)
        for quad in graph.quads_for_pattern(None, None, one):
            yield quad
            if quad.subject not in seen and isinstance(quad.subject, ox.NamedNode) and _is(graph, quad.subject, _ABOUT):
                nodes.append(quad.subject)
                seen.add(quad.subject)
        for quad in graph.quads_for_pattern(one, None, None):
            yield quad
            if quad.object not in seen and isinstance(quad.object, ox.NamedNode) and _is(graph, quad.object, _PARTS):
                nodes.append(quad.object)
                seen.add(quad.object)


def _is(graph: ox.Store, node: ox.NamedNode, classes: frozenset[ox.NamedNode]) -> bool:
    return any(quad.object in classes for quad in graph.quads_for_pattern(node, _TYPE, None))


def _descriptions(graph: ox.Store, found: set[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the statements about named graphs of which every statement is found."""
    for name in {quad.graph_name for quad in found}:
        if isinstance(name, ox.NamedNode) and found.issuperset(graph.quads_for_pattern(None, None, None, name)):
            yield from graph.quads_for_pattern(name, None, None)
            yield from graph.quads_for_pattern(None, None, name)
