"""Statements: the candidates of a scene with the probability that a model gives each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.mentions.scene import Occurrence
from kg.read.statements import entities, features
from kg.read.statements.candidates import candidates
from kg.read.statements.sentence import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.read.mentions.scene import Scene
    from kg.read.statements.candidates import Candidate
    from kg.read.statements.sentence import Sentence

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Described:
    """A candidate with its key, which the same statement of two sentences shares, and its features."""

    candidate: Candidate
    key: Key
    features: list[str]


def described(scene: Scene, sentences: tuple[Sentence, ...]) -> Iterator[Described]:
    """Yield the candidates of a scene with their features."""
    text = scene.document.text
    context = features.Context(text, scene.document.lang, Counter(one.key for one in scene.occurrences))
    for one in candidates(scene, sentences):
        yield Described(one, key(one), features.features(text, one, context))


def key(one: Candidate) -> Key:
    """Return the relation, head and tail of a candidate."""
    return key_of(one.relation, one.head.name, one.tail.name if isinstance(one.tail, Occurrence) else one.tail.words)


def key_of(relation: str, head: str, tail: str) -> Key:
    """Return the relation, head and tail of a statement; the parties of `signed` have no direction."""
    first, second = sorted((head, tail)) if relation == "signed" else (head, tail)
    return relation, first, second


__all__ = ["Described", "Key", "described", "entities", "key", "key_of", "split"]
