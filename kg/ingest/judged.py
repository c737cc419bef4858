"""Decisions of a table of pairs, and their application: the next generation is the current one with the judgements."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ingest.derive import derive
from kg.network.incidence.load import save_incidence
from kg.resolve import record
from kg.resolve.judgements import SAME, pair
from kg.resolve.record import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.ingest.pairs import Row
    from kg.resolve.clusters import Clusters
    from kg.resolve.judgements import Judgement
    from kg.resolve.record import Verdict
    from kg.store.base import Store


class Acceptance(NamedTuple):
    """A rule by which open pairs count as the same: a minimum score, and the reason in the author's words."""

    score: float
    rule: str


class Decided(NamedTuple):
    """Decisions of a table.

    Attributes:
        decisions: new decisions in the order of the rows.
        accepted: rows that a rule decided.
        known: rows whose decision is already the effective judgement.
        open: rows without a decision.
    """

    decisions: tuple[Decision, ...]
    accepted: tuple[Row, ...]
    known: int
    open: int


def decide(
    rows: Iterable[Row],
    clusters: Clusters,
    actor: Callable[[str], str],
    by: Callable[[str, str], Verdict],
    acceptance: Acceptance | None,
) -> Decided:
    """Return the decisions of `rows`.

    Args:
        rows: rows of the table.
        clusters: known judgements.
        actor: returns the IRI of the actor that a text identifies.
        by: returns a verdict of the author with a reason.
        acceptance: the rule for rows without a decision.

    Raises:
        InputError: an actor is unknown.
        UsageError: a decided row has no reason.
    """
    made: list[Decision] = []
    accepted: list[Row] = []
    known = left_open = 0
    for row in rows:
        verdict, reason = row.decision, row.reason
        if verdict is None and acceptance is not None and row.score is not None and row.score >= acceptance.score:
            verdict, reason = SAME, f"{acceptance.rule} (rule: a score of at least {acceptance.score:g}): {row.reason}"
            accepted.append(row)
        if verdict is None:
            left_open += 1
            continue
        if not reason:
            raise UsageError("row {number} has a decision without a reason; write one", number=row.number)
        left, right = actor(row.left), actor(row.right)
        effective = clusters.effective.get(pair(left, right))
        if effective is not None and effective.verdict == verdict:
            known += 1
        else:
            made.append(Decision(left, right, by(verdict, reason)))
    return Decided(tuple(made), tuple(accepted), known, left_open)


def apply(store: Store, judgements: Sequence[Judgement]) -> None:
    """Add `judgements`, which contradict nothing in `store`, and derive the identities again.

    Raises:
        StoreError: the store cannot be written.
    """
    text = "".join(map(record.turtle, judgements))
    with store.resume(f"judgements {blake2b(text.encode()).hexdigest()}") as writer:
        for judgement in judgements:
            writer.add(ox.parse(record.turtle(judgement), format=ox.RdfFormat.TURTLE))
        writer.finish(derive, save_incidence)
        store.commit(writer)
