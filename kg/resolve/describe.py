"""The cluster of an actor: the chains between its members, and the other judgements on them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import Table
from kg.resolve import explain
from kg.resolve.judgements import SAME
from kg.resolve.model import Step
from kg.terms import readable
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Cell
    from kg.resolve.clusters import Clusters

COLUMNS = ("left", "right", "verdict", "step", "from", "to", "because", "evidence")


def show(clusters: Clusters, actor: str, lang: str) -> Table:
    """Return a row for each step of each chain in the cluster of `actor`, then one for each other judgement.

    Returns:
        Table: two actors and the verdict; for a chain the number of the step and its ends; the reason; and the
        evidence. A verdict in brackets was replaced by a later judgement.
    """
    cluster = clusters.cluster(actor)
    rows = [*_chains(clusters, cluster, lang), *_judged(clusters, set(cluster), lang)]
    first = clusters.canonical.get(actor, actor)
    notes = []
    if len(cluster) > 1:
        notes.append(Message("{count} ids count as {first}.", count=len(cluster), first=readable(first)))
    if not rows:
        notes.append(Message("{actor} is in no cluster and has no judgements.", actor=readable(actor)))
    rejected = [one for one in clusters.rejected if {one.chain[0].left, one.chain[0].right} & set(cluster)]
    notes += [
        Message(
            "Rejected: {step}; but {conflict}.", step=explain.step(one.chain[0]), conflict=explain.step(one.conflict)
        )
        for one in rejected
    ]
    return Table(COLUMNS, tuple(rows), tuple(notes))


def _chains(clusters: Clusters, cluster: tuple[str, ...], lang: str) -> Iterator[tuple[Cell, ...]]:
    for left, right in combinations(cluster, 2):
        for number, step in enumerate(clusters.chain(left, right), 1):
            reason, evidence = explain.reason(step).localise(lang), explain.evidence([step])
            yield left, right, explain.verdict(SAME, lang), number, step.left, step.right, reason, evidence


def _judged(clusters: Clusters, cluster: set[str], lang: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the judgements that join nothing, and replaced judgements."""
    for judgement in clusters.facts.judgements:
        is_effective = judgement in clusters.effective[judgement.pair].judgements
        if cluster & set(judgement.pair) and not (is_effective and judgement.verdict == SAME):
            step = Step(*judgement.pair, judgement, evidence=(judgement.iri,))
            verdict = explain.verdict(judgement.verdict, lang)
            verdict = verdict if is_effective else f"({verdict})"
            yield *judgement.pair, verdict, None, *judgement.pair, explain.reason(step).localise(lang), judgement.iri
