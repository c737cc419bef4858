"""Statements of a state in parts of limited size, in a fixed order, with a digest of all of them.

A state that is built again from the same files has the same digest and the same parts, so an interrupted upload can
continue after the last part that the server has.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.rdf import sparql
from kg.store.bulk_load import has_blank_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Line = tuple[str, str]
"""A graph and a triple in it, serialised."""

OUTSIDE = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
"""Statements that are in no named graph."""

_LABEL = re.compile(r"_:\w+")


class Parts(NamedTuple):
    """The statements of a state.

    Attributes:
        state: the state, which is merged.
        size: characters of statements after which a part ends.
        digest: digest of the content and of the division into parts.
        statements: number of statements.
    """

    state: ox.Store
    size: int
    digest: str
    statements: int

    def lines(self, stage: str) -> Iterator[list[Line]]:
        """Yield the parts, without statements that contain blank nodes; `stage` begins the IRI of each graph."""
        part: list[Line] = []
        size = 0
        for graph, quad in _staged(self.state):
            if has_blank_node((quad.subject, quad.object)):
                continue
            line = _serialised(quad)
            part.append((stage + graph, line))
            size += len(line)
            if size >= self.size:
                yield part
                part, size = [], 0
        if part:
            yield part

    def with_blank_nodes(self, stage: str) -> list[Line]:
        """Return the statements with blank nodes, which must go into one request."""
        found = ((graph, quad) for graph, quad in _staged(self.state) if has_blank_node((quad.subject, quad.object)))
        return [(stage + graph, _serialised(quad)) for graph, quad in found]


def of(state: ox.Store, size: int) -> Parts:
    """Return the parts of `state`, which is merged, each of about `size` characters."""
    digest, labelled, count = blake2b(str(size).encode(), digest_size=16), [], 0
    for graph, quad in _staged(state):
        line = f"{graph} {_serialised(quad)}\n"
        count += 1
        if has_blank_node((quad.subject, quad.object)):
            labelled.append(_LABEL.sub("_:", line))  # each parser gives a blank node another label
        else:
            digest.update(line.encode())
    digest.update("".join(sorted(labelled)).encode())
    return Parts(state, size, digest.hexdigest(), count)


def by_graph(lines: Iterable[Line]) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each graph with its triples."""
    for graph, group in groupby(lines, key=itemgetter(0)):
        yield graph, (line for _, line in group)


def _staged(state: ox.Store) -> Iterator[tuple[str, ox.Quad]]:
    """Yield each statement with the end of the IRI of its staging graph, graph by graph."""
    for name in state.named_graphs():
        for quad in state.quads_for_pattern(None, None, None, name):
            yield f"/{name.value}", quad
    for row in sparql.select(state, OUTSIDE):
        yield "", ox.Quad(row["s"], row["p"], row["o"])


def _serialised(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} ."
