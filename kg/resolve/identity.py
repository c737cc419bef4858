"""Who is one with whom in the graphs of a store, and where what was judged cannot all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Finding
from kg.resolve import explain, load
from kg.resolve.clusters import Clusters, resolve

if TYPE_CHECKING:
    from kg.rdf.sparql import Endpoint
    from kg.resolve.judgements import Judgement


def identity(graph: Endpoint, more: tuple[Judgement, ...] = ()) -> Clusters:
    """The clusters that follow from what `graph` holds, merged or not, and from `more` judgements."""
    return resolve(load.read(graph, more))


def contradictions(graph: Endpoint) -> tuple[Finding, ...]:
    """Judgements of `graph` that contradict each other or what sources say, each with the chain that leads to it."""
    found = identity(graph)
    rows = []
    for one in found.contradictions:
        evidence = dict.fromkeys(iri for step in (*one.chain, one.conflict) for iri in step.evidence)
        rows.append(Finding("identity", one.chain[0].left, explain.contradiction(one), tuple(evidence)))
    for effective in found.effective.values():
        if effective.disputed:
            judged = tuple(judgement.iri for judgement in effective.judgements)
            rows.append(Finding("identity", effective.judgements[0].left, explain.disputed(effective), judged))
    return tuple(rows)
