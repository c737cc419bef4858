"""Clusters of identical actors: the algebra of judgements and identifiers.

* `same` is transitive.
* Equal identifiers of one scheme also join actors, after all judgements.
* A **conflict** prevents two actors from being in one cluster: a `different`, different identifiers of one scheme, or a
  part and its whole. Several identifiers of one actor belong to one organisation and do not conflict.
* A `same` that would join actors in conflict is a **contradiction**. It is reported with the chain that leads to it and
  joins nothing. Equal identifiers of actors in conflict are rejected and reported.
* `unsure` neither joins nor separates.

The order of judgements and identifiers does not matter.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.resolve.conflicts import Conflicts
from kg.resolve.judgements import DIFFERENT, SAME, effective, pair
from kg.resolve.model import Facts, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.resolve.judgements import EffectiveJudgement, Judgement, Pair
    from kg.resolve.model import Key


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A chain of steps that joins two actors, and the conflict between them."""

    chain: tuple[Step, ...]
    conflict: Step


@dataclass(frozen=True, slots=True)
class Clusters:
    """A partition of actors into clusters of identical ones.

    Attributes:
        facts: the input.
        effective: the effective judgement of each pair.
        canonical: for each actor in a cluster, the member that represents the cluster.
        members: the sorted members of each cluster by their representative.
        contradictions: judgements that cannot all be true.
        rejected: equal identifiers that join nothing because of a conflict.
        conflicts: the conflicts between actors.
    """

    facts: Facts
    effective: Mapping[Pair, EffectiveJudgement]
    canonical: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Contradiction, ...]
    rejected: tuple[Contradiction, ...]
    conflicts: Conflicts

    def cluster(self, actor: str) -> tuple[str, ...]:
        """Return the cluster of `actor`, which includes the actor itself."""
        return self.members[self.canonical[actor]] if actor in self.canonical else (actor,)

    def conflict(self, left: str, right: str) -> Step | None:
        """Return the first conflict between the clusters of two actors; ``None`` if there is none."""
        return self.conflicts.between(self.cluster(left), self.cluster(right))

    def chain(self, left: str, right: str) -> tuple[Step, ...]:
        """Return the shortest chain of judgements and identifiers between two actors; empty across clusters."""
        if left == right or self.canonical.get(left, left) != self.canonical.get(right, right):
            return ()
        return _shortest_path(left, right, _StepGraph(self.effective, self.facts, set(self.cluster(left))))


def canonical(members: Iterable[str]) -> str:
    """Return the representative of a cluster: the IRI of the fewest bytes, and of several the first in order.

    A Chinese character has three bytes, so a ledger keyed by Chinese names does not represent a shipped actor.
    """
    return min(members, key=lambda iri: (len(iri.encode()), iri))


def resolve(facts: Facts) -> Clusters:
    """Compute the clusters that follow from `facts`."""
    judged = effective(facts.judgements)
    builder = _ClusterBuilder(facts, judged)
    contradictions = []
    for judgement in _sames(judged):
        conflict = builder.join(judgement.left, judgement.right)
        if conflict is not None:
            contradictions.append(builder.contradiction(_step(judgement), conflict))
    rejected = []
    for key, holders in _shared_identifiers(facts):
        for step in builder.join_all(key, holders):
            conflict = builder.conflict(step.left, step.right)
            rejected.append(Contradiction((step,), conflict or step))
    groups = sorted(sorted(group) for group in builder.groups())
    members = {canonical(group): tuple(group) for group in groups}
    by_member = {member: first for first, group in members.items() for member in group}
    return Clusters(facts, judged, by_member, members, tuple(contradictions), tuple(rejected), builder.conflicts)


def _sames(judged: Mapping[Pair, EffectiveJudgement]) -> list[Judgement]:
    """Return one effective `same` of each pair, the oldest first."""
    sames = [judgement.judgements[0] for judgement in judged.values() if judgement.verdict == SAME]
    return sorted(sames, key=lambda judgement: (judgement.date, judgement.iri))


def _step(judgement: Judgement) -> Step:
    return Step(judgement.left, judgement.right, judgement, evidence=(judgement.iri,))


def _shared_identifiers(facts: Facts) -> Iterator[tuple[Key, list[str]]]:
    """Yield the identifiers of several actors, with these actors."""
    holders: defaultdict[Key, list[str]] = defaultdict(list)
    for actor in sorted(facts.identifiers):
        for key in facts.identifiers[actor]:
            holders[key].append(actor)
    yield from ((key, actors) for key, actors in sorted(holders.items()) if len(actors) > 1)


class _ClusterBuilder:
    """Clusters under construction."""

    def __init__(self, facts: Facts, judged: Mapping[Pair, EffectiveJudgement]) -> None:
        self._facts = facts
        self._judged = judged
        self._group: dict[str, list[str]] = {}
        self.conflicts = Conflicts(facts, judged)

    def groups(self) -> list[list[str]]:
        """Return each cluster of at least two members once."""
        return list({id(group): group for group in self._group.values()}.values())

    def members(self, actor: str) -> list[str]:
        return self._group.get(actor, [actor])

    def join(self, one: str, other: str) -> Step | None:
        """Merge the clusters of two actors, or return the conflict that prevents it."""
        left, right = self.members(one), self.members(other)
        if left is right:
            return None
        conflict = self.conflict(one, other)
        if conflict is None:
            merged = [*left, *right]
            self._group.update(dict.fromkeys(merged, merged))
        return conflict

    def join_all(self, key: Key, actors: list[str]) -> Iterator[Step]:
        """Merge the clusters of `actors`, which share the identifier `key`; yield the steps prevented by conflicts."""
        for position, actor in enumerate(actors[1:], 1):
            tried: set[int] = set()
            for other in actors[:position]:
                group = id(self.members(other))
                if group not in tried:
                    tried.add(group)
                    if self.join(other, actor) is not None:
                        yield _identifier_step(self._facts, key, other, actor)

    def conflict(self, one: str, other: str) -> Step | None:
        """Return the first conflict between the clusters of two actors."""
        return self.conflicts.between(self.members(one), self.members(other))

    def contradiction(self, step: Step, conflict: Step) -> Contradiction:
        """Return the chain through `step` between the ends of `conflict`."""
        if conflict.left not in self.members(step.left):
            step = Step(step.right, step.left, step.judgement, evidence=step.evidence)
        before = self._judged_path(conflict.left, step.left)
        after = self._judged_path(step.right, conflict.right)
        return Contradiction((*before, step, *after), conflict)

    def _judged_path(self, start: str, end: str) -> tuple[Step, ...]:
        return _shortest_path(start, end, _StepGraph(self._judged, Facts(), set(self.members(start))))


def _identifier_step(facts: Facts, key: Key, left: str, right: str) -> Step:
    evidence = dict.fromkeys((*facts.identifiers[left][key], *facts.identifiers[right][key]))
    return Step(left, right, keys=(key, key), evidence=tuple(evidence))


def _within(judged: Mapping[Pair, EffectiveJudgement], actors: set[str]) -> dict[Pair, EffectiveJudgement]:
    """Return the effective judgements between `actors`, iterating over pairs or judgements, whichever are fewer."""
    if len(actors) ** 2 < len(judged):
        return {two: judged[two] for two in combinations(sorted(actors), 2) if two in judged}
    return {two: judgement for two, judgement in judged.items() if actors.issuperset(two)}


class _StepGraph:
    """The direct steps between the actors of one cluster."""

    def __init__(self, judged: Mapping[Pair, EffectiveJudgement], facts: Facts, actors: set[str]) -> None:
        self._next: defaultdict[str, dict[str, Step]] = defaultdict(dict)
        judged = _within(judged, actors)
        for judgement in _sames(judged):
            self._next[judgement.left][judgement.right] = _step(judgement)
            back = Step(judgement.right, judgement.left, judgement, evidence=(judgement.iri,))
            self._next[judgement.right][judgement.left] = back
        different = {two for two, judgement in judged.items() if judgement.verdict == DIFFERENT}
        identifiers = {actor: facts.identifiers[actor] for actor in actors if actor in facts.identifiers}
        for key, holders in _shared_identifiers(Facts(identifiers=identifiers)):
            for left in holders:
                for right in holders:
                    if left != right and pair(left, right) not in different:
                        self._next[left].setdefault(right, _identifier_step(facts, key, left, right))

    def steps(self, actor: str) -> Iterator[Step]:
        """Yield the steps from `actor`, sorted by their ends."""
        return (self._next[actor][end] for end in sorted(self._next[actor]))


def _shortest_path(start: str, end: str, graph: _StepGraph) -> tuple[Step, ...]:
    """Return the shortest path by breadth-first search, and of several the first in order."""
    reached_by: dict[str, Step] = {}
    queue = deque([start])
    while queue and end not in reached_by:
        for step in graph.steps(queue.popleft()):
            if step.right not in reached_by and step.right != start:
                reached_by[step.right] = step
                queue.append(step.right)
    path: list[Step] = []
    while end != start:
        path.insert(0, reached_by[end])
        end = reached_by[end].left
    return tuple(path)
