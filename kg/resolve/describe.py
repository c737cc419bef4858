"""One actor's cluster, and by which chain each two of it are one; what else was judged of them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import Table
from kg.resolve import explain
from kg.resolve.judgements import SAME
from kg.resolve.model import Step
from kg.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Cell
    from kg.resolve.clusters import Clusters

COLUMNS = ("left", "right", "verdict", "step", "from", "to", "because", "evidence")


def show(clusters: Clusters, actor: str, lang: str) -> Table:
    """A row for each step of each chain within the cluster of `actor`, then one for each other judgement on it.

    Returns:
        Table: two actors and what they are; for a chain the number of the step and its ends; why, in words; and the
        evidence. A verdict in brackets no longer counts: a later judgement took its place.
    """
    cluster = clusters.cluster(actor)
    rows = [*_chains(clusters, cluster, lang), *_judged(clusters, set(cluster), lang)]
    first = clusters.canonical.get(actor, actor)
    notes = [f"{len(cluster)} ids count as {shorten(first)}."] if len(cluster) > 1 else []
    if not rows:
        notes.append(f"{shorten(actor)} is one with nobody, and nobody judged on it.")
    aside = [one for one in clusters.rejected if {one.chain[0].left, one.chain[0].right} & set(cluster)]
    notes += [f"Left aside: {explain.step(one.chain[0])}; but {explain.step(one.conflict)}." for one in aside]
    return Table(COLUMNS, tuple(rows), tuple(notes))


def _chains(clusters: Clusters, cluster: tuple[str, ...], lang: str) -> Iterator[tuple[Cell, ...]]:
    for left, right in combinations(cluster, 2):
        for number, step in enumerate(clusters.chain(left, right), 1):
            because = explain.reason(step, lang)
            yield (
                left,
                right,
                explain.verdict(SAME, lang),
                number,
                step.left,
                step.right,
                because,
                explain.evidence([step]),
            )


def _judged(clusters: Clusters, cluster: set[str], lang: str) -> Iterator[tuple[Cell, ...]]:
    """Judgements that join nobody, and those that no longer count."""
    for judgement in clusters.facts.judgements:
        counts = judgement in clusters.effective[judgement.pair].judgements
        if cluster & set(judgement.pair) and not (counts and judgement.verdict == SAME):
            step = Step(*judgement.pair, judgement, evidence=(judgement.iri,))
            word = explain.verdict(judgement.verdict, lang)
            word = word if counts else f"({word})"
            yield *judgement.pair, word, None, *judgement.pair, explain.reason(step, lang), judgement.iri
