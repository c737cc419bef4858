"""Who is one with whom: the algebra of judgements and identifiers.

* `same` is transitive: whoever is the same as the same are one cluster.
* Equal identifiers of one scheme join too, after all judgements.
* What **bars** two from being in one cluster: a `different`, identifiers of one scheme that are not the same, and that
  one is part of the other. Identifiers that one actor bears side by side are of one body and do not conflict.
* A `same` that would join what is barred is a **contradiction**: it is told with the chain that leads to it, and joins
  nothing. An equal identifier that would is left aside, and told.
* `unsure` joins nothing and bars nothing.

The order in which judgements and identifiers are given does not matter.
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
    """A chain of steps that joins two actors, and what bars them."""

    chain: tuple[Step, ...]
    conflict: Step


@dataclass(frozen=True, slots=True)
class Clusters:
    """Actors in clusters of those that are one.

    Attributes:
        facts: what they were made from.
        standing: what counts for each judged pair.
        canonical: for each actor that is one with another, the member of its cluster that the others count as.
        members: the same the other way round, in order.
        contradictions: judgements that cannot all be true.
        left_aside: equal identifiers that join nobody, because something bars it.
    """

    facts: Facts
    effective: Mapping[Pair, EffectiveJudgement]
    canonical: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Contradiction, ...]
    rejected: tuple[Contradiction, ...]
    conflicts: Conflicts

    def cluster(self, actor: str) -> tuple[str, ...]:
        """Everybody whom `actor` is one with, itself included."""
        return self.members[self.canonical[actor]] if actor in self.canonical else (actor,)

    def conflict(self, left: str, right: str) -> Step | None:
        """What bars the clusters of two actors from being one, if anything does."""
        return self.conflicts.between(self.cluster(left), self.cluster(right))

    def chain(self, left: str, right: str) -> tuple[Step, ...]:
        """The shortest chain of judgements and identifiers from `left` to `right`; empty where they are not one."""
        if left == right or self.canonical.get(left, left) != self.canonical.get(right, right):
            return ()
        return _path(left, right, _Steps(self.effective, self.facts, set(self.cluster(left))))


def canonical(members: Iterable[str]) -> str:
    """Who stands for a cluster: the shortest IRI, of several the first, whatever is stated of them."""
    return min(members, key=lambda iri: (len(iri), iri))


def resolve(facts: Facts) -> Clusters:
    """The clusters that follow from `facts`."""
    judged = effective(facts.judgements)
    growing = _Growing(facts, judged)
    contradictions = []
    for judgement in _sames(judged):
        conflict = growing.join(judgement.left, judgement.right)
        if conflict is not None:
            contradictions.append(growing.contradiction(_step(judgement), conflict))
    rejected = []
    for holders in _holders(facts):
        for step in growing.join_all(*holders):
            conflict = growing.conflict(step.left, step.right)
            rejected.append(Contradiction((step,), conflict or step))
    found = sorted(sorted(group) for group in growing.groups())
    members = {canonical(group): tuple(group) for group in found}
    by_member = {member: first for first, group in members.items() for member in group}
    return Clusters(facts, judged, by_member, members, tuple(contradictions), tuple(rejected), growing.conflicts)


def _sames(judged: Mapping[Pair, EffectiveJudgement]) -> list[Judgement]:
    """The judgements that join, one of each pair, the oldest first."""
    found = [effective.judgements[0] for effective in judged.values() if effective.verdict == SAME]
    return sorted(found, key=lambda judgement: (judgement.on, judgement.iri))


def _step(judgement: Judgement) -> Step:
    return Step(judgement.left, judgement.right, judgement, evidence=(judgement.iri,))


def _holders(facts: Facts) -> Iterator[tuple[Key, list[str]]]:
    """The identifiers that several actors bear, and who."""
    holders: defaultdict[Key, list[str]] = defaultdict(list)
    for actor in sorted(facts.identifiers):
        for key in facts.identifiers[actor]:
            holders[key].append(actor)
    yield from ((key, actors) for key, actors in sorted(holders.items()) if len(actors) > 1)


class _Growing:
    """Clusters while they grow."""

    def __init__(self, facts: Facts, judged: Mapping[Pair, EffectiveJudgement]) -> None:
        self._facts = facts
        self._judged = judged
        self._group: dict[str, list[str]] = {}
        self.conflicts = Conflicts(facts, judged)

    def groups(self) -> list[list[str]]:
        """The clusters of more than one, each once."""
        return list({id(group): group for group in self._group.values()}.values())

    def members(self, actor: str) -> list[str]:
        return self._group.get(actor, [actor])

    def join(self, one: str, other: str) -> Step | None:
        """Make one cluster of the two; what bars it, if anything, and then nothing is done."""
        mine, theirs = self.members(one), self.members(other)
        if mine is theirs:
            return None
        conflict = self.conflict(one, other)
        if conflict is None:
            mine = [*mine, *theirs]
            self._group.update(dict.fromkeys(mine, mine))
        return conflict

    def join_all(self, key: Key, actors: list[str]) -> Iterator[Step]:
        """Make one cluster of all `actors`, who bear the identifier `key`, but for whom it is barred: these steps."""
        for position, actor in enumerate(actors[1:], 1):
            tried: set[int] = set()
            for other in actors[:position]:
                group = id(self.members(other))
                if group not in tried:
                    tried.add(group)
                    if self.join(other, actor) is not None:
                        yield _shared(self._facts, key, other, actor)

    def conflict(self, one: str, other: str) -> Step | None:
        """What bars the clusters of the two from being one."""
        return self.conflicts.between(self.members(one), self.members(other))

    def contradiction(self, step: Step, conflict: Step) -> Contradiction:
        """The chain through `step` from one end of `conflict` to the other."""
        if conflict.left not in self.members(step.left):
            step = Step(step.right, step.left, step.judgement, evidence=step.evidence)
        before = _path(conflict.left, step.left, _Steps(self._judged, Facts(), set(self.members(step.left))))
        after = _path(step.right, conflict.right, _Steps(self._judged, Facts(), set(self.members(step.right))))
        return Contradiction((*before, step, *after), conflict)


def _shared(facts: Facts, key: Key, left: str, right: str) -> Step:
    evidence = dict.fromkeys((*facts.identifiers[left][key], *facts.identifiers[right][key]))
    return Step(left, right, keys=(key, key), evidence=tuple(evidence))


def _among(judged: Mapping[Pair, EffectiveJudgement], within: set[str]) -> dict[Pair, EffectiveJudgement]:
    """What was judged among those `within`, found by whichever of the two is less to look through."""
    if len(within) ** 2 < len(judged):
        return {two: judged[two] for two in combinations(sorted(within), 2) if two in judged}
    return {two: effective for two, effective in judged.items() if within.issuperset(two)}


class _Steps:
    """The direct steps between the actors of one cluster."""

    def __init__(self, judged: Mapping[Pair, EffectiveJudgement], facts: Facts, within: set[str]) -> None:
        self._facts = facts
        self._next: defaultdict[str, dict[str, Step]] = defaultdict(dict)
        judged = _among(judged, within)
        for judgement in _sames(judged):
            self._next[judgement.left][judgement.right] = _step(judgement)
            back = Step(judgement.right, judgement.left, judgement, evidence=(judgement.iri,))
            self._next[judgement.right][judgement.left] = back
        apart = {two for two, effective in judged.items() if effective.verdict == DIFFERENT}
        kept = {actor: facts.identifiers[actor] for actor in within if actor in facts.identifiers}
        for key, actors in _holders(Facts(identifiers=kept)):
            for left in actors:
                for right in actors:
                    if left != right and pair(left, right) not in apart:
                        self._next[left].setdefault(right, _shared(facts, key, left, right))

    def of(self, actor: str) -> Iterator[Step]:
        """The steps from `actor`, in the order of where they lead."""
        return (self._next[actor][end] for end in sorted(self._next[actor]))


def _path(start: str, end: str, steps: _Steps) -> tuple[Step, ...]:
    """The shortest chain of `steps`, the first in order of several."""
    came: dict[str, Step] = {}
    queue = deque([start])
    while queue and end not in came:
        for step in steps.of(queue.popleft()):
            if step.right not in came and step.right != start:
                came[step.right] = step
                queue.append(step.right)
    path: list[Step] = []
    while end != start:
        path.insert(0, came[end])
        end = came[end].left
    return tuple(path)
