"""Previously stored evidence of the sources being ingested, looked up in the current generation of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ingest.changes import PreviousEvidence
from kg.ingest.nquads import IriRef, bare, iri_ref
from kg.ingest.scratch_db import ScratchDb
from kg.rdf.sparql import select
from kg.terms import EVIDENCE, HX, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ingest.nquads import Iri, Statement

_DEFAULT = ox.DefaultGraph()
_LAST_SEEN, _SOURCE = ox.NamedNode(HX.lastSeen), ox.NamedNode(HX.source)
_CACHED = 1 << 16
_CURRENT = "SELECT ?e { ?e hx:source ?source FILTER NOT EXISTS { ?e hx:lastSeen ?day } }"


class StoredEvidence(ScratchDb):
    """A scratch database whose previous edition is the current generation of a store, which is queried, not copied.

    Attributes:
        exists: whether the store has a current generation.
    """

    def __init__(self, graph: ox.Store | None) -> None:
        """Create it over the quads of the current generation; ``None`` for an empty store."""
        super().__init__()
        self.exists = graph is not None
        self._graph = graph
        self._sources: dict[ox.NamedNode, ox.NamedNode | None] = {}

    def previous(self, iri: IriRef) -> PreviousEvidence | None:
        """Return the stored version of `iri` the first time that it is requested."""
        if self._graph is None or self.matches_first(_seen(iri), "") is not None:
            return None
        name = ox.NamedNode(bare(iri))
        description = self._description(name)
        if not description:
            return None
        statements = sorted(_statement(quad) for quad in self._graph.quads_for_pattern(None, None, None, name))
        return PreviousEvidence(iri, description, tuple(statements))

    def missing(self, sources: Iterable[Iri]) -> Iterator[PreviousEvidence]:
        """Yield the descriptions of evidence of `sources` that is not retired and was not requested in this run."""
        if self._graph is None:
            return
        for source in sources:
            for row in select(self._graph, _CURRENT, {"source": ox.NamedNode(source)}):
                name = row["e"]
                iri = iri_ref(name.value)
                if not self.contains(_seen(iri)):
                    yield PreviousEvidence(iri, self._description(name), ())

    def other_statements(self, nodes: Iterable[str], sources: Iterable[Iri]) -> Iterator[ox.Quad]:
        """Yield each current statement about `nodes` once, leaving out evidence of `sources`."""
        if self._graph is None:
            return
        excluded = frozenset(sources)
        prefixes = tuple(f"{EVIDENCE}{source.removeprefix(SOURCE)}/" for source in excluded)
        seen: set[ox.Triple] = set()
        for node in nodes:
            for quad in self._graph.quads_for_pattern(ox.NamedNode(node), None, None, None):
                name = quad.graph_name
                if isinstance(name, ox.NamedNode) and not name.value.startswith(prefixes) and quad.triple not in seen:
                    source = self.source(name)
                    if source is not None and source.value not in excluded:
                        seen.add(quad.triple)
                        yield quad

    def described(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the statements of the default graph about a piece of evidence or a source."""
        return iter(()) if self._graph is None else self._graph.quads_for_pattern(node, None, None, _DEFAULT)

    def source(self, evidence: ox.NamedNode) -> ox.NamedNode | None:
        """Return the source of a piece of evidence; ``None`` if it is retired or not evidence."""
        if evidence not in self._sources:
            description = {quad.predicate: quad.object for quad in self.described(evidence)}
            source = None if _LAST_SEEN in description else description.get(_SOURCE)
            if len(self._sources) > _CACHED:
                self._sources.clear()
            self._sources[evidence] = source if isinstance(source, ox.NamedNode) else None
        return self._sources[evidence]

    def _description(self, node: ox.NamedNode) -> tuple[Statement, ...]:
        return tuple(_statement(quad) for quad in self.described(node))


def _seen(iri: IriRef) -> str:
    return f"seen {iri}"


def _statement(quad: ox.Quad) -> Statement:
    return IriRef(str(quad.subject)), IriRef(str(quad.predicate)), str(quad.object)
