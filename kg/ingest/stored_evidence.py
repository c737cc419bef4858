"""What a store holds of the sources of a run, in the place of an older file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ingest.changes import PreviousEvidence
from kg.ingest.scratch_db import ScratchDb
from kg.rdf.sparql import select
from kg.terms import EVIDENCE, HX, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEFAULT = ox.DefaultGraph()
_LAST_SEEN, _FROM = ox.NamedNode(str(HX.lastSeen)), ox.NamedNode(str(HX.source))
_MANY = 1 << 16
_STANDING = "SELECT ?e { ?e hx:source ?source FILTER NOT EXISTS { ?e hx:lastSeen ?day } }"


class StoredEvidence(ScratchDb):
    """The memory of a run against the current generation of a store, which is asked and never copied.

    Attributes:
        knows: whether there is one.
    """

    def __init__(self, graph: ox.Store | None) -> None:
        """A memory that knows what `graph` holds; nothing without one."""
        super().__init__()
        self.knows = graph is not None
        self._graph = graph
        self._sources: dict[ox.NamedNode, ox.NamedNode | None] = {}

    def before(self, iri: str) -> PreviousEvidence | None:
        """What is held of `iri`, when it is asked for the first time."""
        if self._graph is None or self.known(f"seen {iri}", "") is not None:
            return None
        name = ox.NamedNode(iri[1:-1])
        about = tuple(str(quad.triple) for quad in self._graph.quads_for_pattern(name, None, None, _DEFAULT))
        if not about:
            return None
        said = sorted(str(quad.triple) for quad in self._graph.quads_for_pattern(None, None, None, name))
        return PreviousEvidence(iri, about, tuple(said))

    def gone(self, sources: Iterable[str]) -> Iterator[PreviousEvidence]:
        """The descriptions of what stands of `sources` and was not asked for: the run did not meet it."""
        if self._graph is None:
            return
        for source in sources:
            for row in select(self._graph, _STANDING, {"source": ox.NamedNode(source[1:-1])}):
                if not self.remembers(f"seen {row['e']}"):
                    about = self._graph.quads_for_pattern(row["e"], None, None, _DEFAULT)
                    yield PreviousEvidence(str(row["e"]), tuple(str(quad.triple) for quad in about), ())

    def others(self, nodes: Iterable[str], sources: Iterable[str]) -> Iterator[ox.Quad]:
        """What evidence that stands says of `nodes` (IRIs), each statement once; evidence of `sources` is left out."""
        if self._graph is None:
            return
        sources = frozenset(sources)
        own = tuple(f"{EVIDENCE}{source[1:-1].removeprefix(SOURCE)}/" for source in sources)
        told: set[ox.Triple] = set()
        for node in nodes:
            for quad in self._graph.quads_for_pattern(ox.NamedNode(node), None, None, None):
                name = quad.graph_name
                if isinstance(name, ox.NamedNode) and not name.value.startswith(own) and quad.triple not in told:
                    source = self.source(name)
                    if source is not None and str(source) not in sources:
                        told.add(quad.triple)
                        yield quad

    def described(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        """What the default graph says of evidence or of a source."""
        return iter(()) if self._graph is None else self._graph.quads_for_pattern(node, None, None, _DEFAULT)

    def source(self, name: ox.NamedNode) -> ox.NamedNode | None:
        """The source of evidence that stands; nothing of what is retired, or is no evidence."""
        if name not in self._sources:
            about = {quad.predicate: quad.object for quad in self.described(name)}
            found = None if _LAST_SEEN in about else about.get(_FROM)
            if len(self._sources) > _MANY:
                self._sources.clear()
            self._sources[name] = found if isinstance(found, ox.NamedNode) else None
        return self._sources[name]
