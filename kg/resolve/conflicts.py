"""What bars two clusters from being one: a `different`, identifiers that conflict, that one is part of the other."""

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
    """What bars actors from being one, by what was judged and by what sources say."""

    def __init__(self, facts: Facts, judged: Mapping[Pair, EffectiveJudgement]) -> None:
        """Read `facts`, of which `judged` is what counts of the judgements."""
        self._facts = facts
        self._judged = judged
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for (left, right), effective in judged.items():
            if effective.verdict == DIFFERENT:
                self._apart[left].add(right)
                self._apart[right].add(left)
        self._bodies = _Sets()
        for keys in facts.identifiers.values():
            of_scheme: dict[str, Key] = {}
            for key in sorted(keys):
                self._bodies.join(key, of_scheme.setdefault(key[0], key))

    def between(self, some: Iterable[str], others: Iterable[str]) -> Step | None:
        """What bars `some` from being one with `others`, the first thing in order; ``None`` where nothing does."""
        mine, theirs = sorted(some), sorted(others)
        return self._judged_apart(mine, theirs) or self._conflict(mine, theirs) or self._part(mine, theirs)

    def _judged_apart(self, mine: list[str], theirs: list[str]) -> Step | None:
        others = set(theirs)
        for left in mine:
            for right in sorted(self._apart.get(left, set()) & others):
                judgement = self._judged[pair(left, right)].judgements[0]
                return Step(left, right, judgement, evidence=(judgement.iri,))
        return None

    def _conflict(self, mine: list[str], theirs: list[str]) -> Step | None:
        known: dict[str, tuple[str, Key]] = {}
        for left in mine:
            for key in sorted(self._facts.identifiers.get(left, ())):
                known.setdefault(key[0], (left, key))
        for right in theirs:
            for key in sorted(self._facts.identifiers.get(right, ())):
                left, other = known.get(key[0], (right, key))
                if self._bodies.find(key) != self._bodies.find(other):
                    evidence = (*self._facts.identifiers[left][other], *self._facts.identifiers[right][key])
                    return Step(left, right, keys=(other, key), evidence=evidence)
        return None

    def _part(self, mine: list[str], theirs: list[str]) -> Step | None:
        for parts, wholes in ((mine, theirs), (theirs, mine)):
            for part in parts:
                for whole in wholes:
                    evidence = self._facts.wholes.get(part, {}).get(whole)
                    if evidence is not None:
                        return Step(part, whole, evidence=evidence)
        return None


class _Sets:
    """Disjoint sets of identifiers; each is known by its first member."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def find(self, one: Key) -> Key:
        while (above := self._above.get(one, one)) != one:
            self._above[one] = self._above.get(above, above)
            one = above
        return one

    def join(self, one: Key, other: Key) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first
