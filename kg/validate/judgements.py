"""Findings for judgements that contradict each other or a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import resolve
from kg.resolve import explain
from kg.validate.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.sparql import Endpoint


def check_judgements(graph: Endpoint) -> Iterator[Finding]:
    """Yield a finding for each contradicted or disputed judgement in `graph`, with the chain that leads to it."""
    clusters = resolve.identity(graph)
    for contradiction in clusters.contradictions:
        steps = (*contradiction.chain, contradiction.conflict)
        evidence = dict.fromkeys(iri for step in steps for iri in step.evidence)
        node = contradiction.chain[0].left
        yield Finding("identity", node, explain.contradiction(contradiction), tuple(evidence))
    for effective in clusters.effective.values():
        if effective.disputed:
            judgements = tuple(judgement.iri for judgement in effective.judgements)
            yield Finding("identity", effective.judgements[0].left, explain.disputed(effective), judgements)
