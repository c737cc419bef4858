"""The order of a graph in a file, for TriG and JSON-LD, and the terms that a file can contain."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import InputError
from kg.terms import PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

Node = NamedNode | Literal
Statements = dict[str, dict[str, set[Node]]]
"""Objects by predicate by subject, of one graph."""

_SKOS, _DCT = PREFIXES["skos"], PREFIXES["dct"]
_FIRST = (TYPE, _SKOS + "prefLabel", _SKOS + "altLabel", _DCT + "title", _DCT + "description")
_NUMBER = re.compile(r"([0-9]+)")


def by_graph(quads: Iterable[Quad]) -> dict[str, Statements]:
    """Return the statements of `quads` by the IRI of their graph, which is empty for the default graph.

    Raises:
        InputError: a blank node, a quoted triple or a literal with a direction occurs.
    """
    graphs: defaultdict[str, Statements] = defaultdict(dict)
    for quad in quads:
        subject, predicate = _iri(quad.subject, quad), _iri(quad.predicate, quad)
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else _iri(quad.graph_name, quad)
        graphs[graph].setdefault(subject, {}).setdefault(predicate, set()).add(_object(quad))
    return dict(graphs)


def natural(iri: str) -> tuple[list[str | int], str]:
    """Return a sort key: words by code point, numbers by value; the IRI itself separates ``1`` from ``01``."""
    return [int(part) if index % 2 else part for index, part in enumerate(_NUMBER.split(iri))], iri


def rank(predicate: str) -> tuple[int, str]:
    """Return a sort key for predicates: the class and the names first, then by IRI."""
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate


def order(node: Node) -> tuple[int, str, tuple[list[str | int], str], str]:
    """Return a sort key for objects: IRIs, then literals by language and value."""
    if isinstance(node, NamedNode):
        return (0, "", natural(node.value), "")
    return (1, node.language or "", ([], node.value), node.datatype.value)


def tag(language: str) -> str:
    """Return `language` in the case of BCP 47: scripts in title case, regions in upper case, all else in lower case."""
    first, *rest = language.lower().split("-")
    single = False
    parts = [first]
    for part in rest:
        single = single or len(part) == 1  # extensions follow a singleton, and their subtags stay in lower case
        cased = part if single else {2: part.upper(), 4: part.title()}.get(len(part), part)
        parts.append(cased)
    return "-".join(parts)


def unseen(char: str) -> bool:
    """Return whether `char` is invisible: a control, a direction mark, or a line or paragraph break."""
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}


def _iri(node: object, quad: Quad) -> str:
    if not isinstance(node, NamedNode):
        raise InputError(
            "only IRIs can be written as subject, predicate and graph, not {node} in the statement {quad}: give the "
            "node an IRI of its own",
            node=node,
            quad=quad,
        )
    return node.value


def _object(quad: Quad) -> Node:
    node = quad.object
    if isinstance(node, Literal) and node.direction is None:
        return node
    if isinstance(node, NamedNode):
        return node
    raise InputError(
        "only IRIs and plain literals can be written as object, not {node} in the statement {quad}: give a blank node "
        "an IRI of its own, and a literal no direction",
        node=node,
        quad=quad,
    )
