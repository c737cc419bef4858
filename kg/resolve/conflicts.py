"""Cannot-link conflicts of clusters: a `different`, conflicting identifiers, or a part and its whole."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.resolve.judgements import DIFFERENT, pair
from kg.resolve.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.resolve.judgements import EffectiveJudgement, Pair
    from kg.resolve.model import Facts, Key


class Conflicts:
    """Reasons against merging clusters, from judgements and from sources."""

    def __init__(self, facts: Facts, effective: Mapping[Pair, EffectiveJudgement]) -> None:
        """Index the conflicts in `facts`, whose effective judgements are given."""
        self._facts = facts
        self._effective = effective
        self._different: defaultdict[str, set[str]] = defaultdict(set)
        for (left, right), judgement in effective.items():
            if judgement.verdict == DIFFERENT:
                self._different[left].add(right)
                self._different[right].add(left)
        self._equivalent = _DisjointSets()
        for keys in facts.identifiers.values():
            of_scheme: dict[str, Key] = {}
            for key in sorted(keys):
                self._equivalent.join(key, of_scheme.setdefault(key[0], key))

    def between(self, some: Iterable[str], others: Iterable[str]) -> Step | None:
        """Return the first conflict between two groups of actors; ``None`` if there is none."""
        left, right = sorted(some), sorted(others)
        return self._judgement(left, right) or self._identifiers(left, right) or self._part(left, right)

    def _judgement(self, some: list[str], others: list[str]) -> Step | None:
        candidates = set(others)
        for left in some:
            for right in sorted(self._different.get(left, set()) & candidates):
                judgement = self._effective[pair(left, right)].judgements[0]
                return Step(left, right, judgement, evidence=(judgement.iri,))
        return None

    def _identifiers(self, some: list[str], others: list[str]) -> Step | None:
        by_scheme: dict[str, tuple[str, Key]] = {}
        for left in some:
            for key in sorted(self._facts.identifiers.get(left, ())):
                by_scheme.setdefault(key[0], (left, key))
        for right in others:
            for key in sorted(self._facts.identifiers.get(right, ())):
                left, other = by_scheme.get(key[0], (right, key))
                if self._equivalent.find(key) != self._equivalent.find(other):
                    evidence = (*self._facts.identifiers[left][other], *self._facts.identifiers[right][key])
                    return Step(left, right, keys=(other, key), evidence=evidence)
        return None

    def _part(self, some: list[str], others: list[str]) -> Step | None:
        for parts, wholes in ((some, others), (others, some)):
            for part in parts:
                for whole in wholes:
                    evidence = self._facts.wholes.get(part, {}).get(whole)
                    if evidence is not None:
                        return Step(part, whole, evidence=evidence)
        return None


class _DisjointSets:
    """A union-find structure over identifiers; each set is represented by its smallest member."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}

    def find(self, one: Key) -> Key:
        while (parent := self._parent.get(one, one)) != one:
            self._parent[one] = self._parent.get(parent, parent)
            one = parent
        return one

    def join(self, one: Key, other: Key) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._parent[second] = first
