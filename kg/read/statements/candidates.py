"""Pairs of mentions that a relation may join, each with a sentence that is its evidence."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.read.mentions.scene import Occurrence, Scene
    from kg.read.statements.counts import Declared
    from kg.read.statements.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that a relation may join.

    Attributes:
        relation: the relation.
        head: the mention that is the head.
        tail: the mention or the count that is the tail.
        sentence: the sentence that is the evidence.
        scope: ``inside`` if both stand in it, ``principal`` if the tail is the most frequent mention of its type and
            stands elsewhere, ``principal-head`` if the head is.
    """

    relation: str
    head: Occurrence
    tail: Occurrence | Declared
    sentence: Sentence
    scope: str


@functools.cache
def specification(lang: str) -> dict[str, tuple[frozenset[str], frozenset[str], frozenset[str], bool]]:
    """Return for each relation the types of heads and tails, the triggers, and whether it has no direction."""
    relations = load(f"statements-{lang}")["relations"]
    return {
        name: (
            frozenset(one["heads"].split()),
            frozenset(one["tails"].split()),
            frozenset(one["triggers"].split()),
            bool(one.get("symmetric")),
        )
        for name, one in relations.items()
    }


def principals(scene: Scene) -> dict[str, Occurrence]:
    """Return the most frequent mention of each type, the earliest of equals."""
    counts = Counter(one.key for one in scene.occurrences)
    first: dict[tuple[str, str], Occurrence] = {}
    for one in scene.occurrences:
        first.setdefault(one.key, one)
    best: dict[str, Occurrence] = {}
    for key, one in first.items():
        if one.type not in best or counts[key] > counts[best[one.type].key]:
            best[one.type] = one
    return best


def candidates(scene: Scene, sentences: tuple[Sentence, ...]) -> Iterator[Candidate]:
    """Yield the candidates of a scene."""
    main = principals(scene)
    for sentence in sentences:
        for relation, (heads, tails, triggers, symmetric) in specification(scene.document.lang).items():
            if triggers and not triggers & sentence.triggers:
                continue
            heads_here = [one for one in sentence.occurrences if one.type in heads]
            if relation == "countOf":
                yield from _counts(sentence, heads_here, main, heads)
                continue
            tails_here = [one for one in sentence.occurrences if one.type in tails]
            if relation == "hasRole":  # the secretary of its party committee holds an office of the school
                tails_here = [one for one in tails_here if not one.name.startswith("Party Committee of ")]
            for head in heads_here:
                for tail in _within_reach(head, tails_here, sentence):
                    if head.key != tail.key and not (symmetric and head.start > tail.start):
                        yield Candidate(relation, head, tail, sentence, "inside")
            yield from _elsewhere(relation, sentence, heads_here, tails_here, main)


LONG = 60
"""Mentions of a sentence from which it is a long list; its members are paired with the first mentions only."""
FIRST = 12


def _within_reach(head: Occurrence, tails: list[Occurrence], sentence: Sentence) -> list[Occurrence]:
    """Return the tails that a head is paired with, so that a list of a thousand names is read in seconds."""
    if len(sentence.occurrences) <= LONG or head in sentence.occurrences[:FIRST]:
        return tails
    first = sentence.occurrences[:FIRST]
    return [one for one in tails if one in first or abs(one.start - head.start) <= LONG]


def _counts(
    sentence: Sentence, heads: list[Occurrence], main: dict[str, Occurrence], types: frozenset[str]
) -> Iterator[Candidate]:
    for count in sentence.counts:
        here = {one.key for one in heads}
        for head in heads:
            yield Candidate("countOf", head, count, sentence, "inside")
        for kind, one in main.items():
            if kind in types and one.key not in here:
                yield Candidate("countOf", one, count, sentence, "principal")


_PRINCIPAL_TAIL = frozenset({"hasRole", "partOf", "establishedBy", "signed", "hostedBy"})
_PRINCIPAL_HEAD = frozenset({"focusesOn", "overseenBy", "supportsPlan"})
_NEAR = frozenset({"announcedAt", "partnerIn", "coEstablishedWith"})


def _elsewhere(
    relation: str, sentence: Sentence, heads: list[Occurrence], tails: list[Occurrence], main: dict[str, Occurrence]
) -> Iterator[Candidate]:
    """Yield candidates one of whose mentions stands in another sentence: the most frequent one of its type."""
    if relation in _PRINCIPAL_TAIL | _NEAR:
        for one in _absent(main, specification_types(relation)[1], tails):
            yield from (Candidate(relation, head, one, sentence, "principal") for head in heads if head.key != one.key)
    if relation in _PRINCIPAL_HEAD | _NEAR:
        for one in _absent(main, specification_types(relation)[0], heads):
            if relation == "partnerIn" and one.type != "University":
                continue  # a firm of another sentence is seldom the party of this one
            yield from (
                Candidate(relation, one, tail, sentence, "principal-head") for tail in tails if tail.key != one.key
            )


def _absent(main: dict[str, Occurrence], types: frozenset[str], here: list[Occurrence]) -> list[Occurrence]:
    """Return the principal mentions of some types that a sentence does not contain."""
    present = {one.key for one in here}
    return [one for kind, one in main.items() if kind in types and one.key not in present]


@functools.cache
def specification_types(relation: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types of the heads and of the tails of a relation in either language."""
    zh, en = specification("zh")[relation], specification("en")[relation]
    return zh[0] | en[0], zh[1] | en[1]
