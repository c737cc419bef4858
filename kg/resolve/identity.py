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
        evidence = dict.fromkeys(iri for step in (*one.chain, one.bar) for iri in step.evidence)
        rows.append(Finding("identity", one.chain[0].left, explain.contradiction(one), tuple(evidence)))
    for stands in found.standing.values():
        if stands.torn:
            judged = tuple(judgement.iri for judgement in stands.judgements)
            rows.append(Finding("identity", stands.judgements[0].left, explain.torn(stands), judged))
    return tuple(rows)
