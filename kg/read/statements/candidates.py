"""Pairs of mentions that a relation may join, each with a sentence that is its evidence."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kg.read.lexicon import load
from kg.read.mentions.scene import Occurrence
from kg.read.statements import holders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.read.mentions.scene import Scene
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
            found = _inside(relation, sentence, (heads_here, tails_here), symmetric=symmetric)
            found = chain(found, _elsewhere(relation, sentence, heads_here, tails_here, main))
            yield from (one for one in found if _can_be(scene, one))


def _inside(
    relation: str, sentence: Sentence, here: tuple[list[Occurrence], list[Occurrence]], *, symmetric: bool
) -> Iterator[Candidate]:
    """Yield candidates whose mentions both stand in the sentence."""
    for head in here[0]:
        for tail in _within_reach(head, here[1], sentence):
            if head.key != tail.key and not (symmetric and head.start > tail.start):
                yield Candidate(relation, head, tail, sentence, "inside")


def _can_be(scene: Scene, one: Candidate) -> bool:
    """Return whether the words around the parties allow it: a mayor heads no school, a new unit signs nothing."""
    document = scene.document
    if not isinstance(one.tail, Occurrence):
        return True
    if one.relation == "hasRole":
        return holders.fits(document.text, one.sentence, one.head, one.tail, document.lang)
    if one.relation == "signed" or (one.relation == "partnerIn" and one.tail.type == "Agreement"):
        return not any(_is_object(document.text, one.sentence, party) for party in (one.head, one.tail))
    return True


_NEW = 12
"""Characters between a word such as "founded" and the unit that it founds."""


def _is_object(text: str, sentence: Sentence, one: Occurrence) -> bool:
    """Return whether a unit is what the parties found, or is named with its university."""
    before = [item for item in sentence.items if item.end <= one.start]
    if one.type != "Unit" or one.start < sentence.start:
        return False
    is_new = bool(before) and before[-1].code in {"COFOUND", "FOUND", "UNVEIL"} and one.start - before[-1].end <= _NEW
    return is_new or bool(re.match(r" at (?:the )?[A-Z]", text[one.end : one.end + 9]))


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
            for head in heads:
                if head.key != one.key and not (relation == "signed" and _has_other(sentence, head)):
                    yield Candidate(relation, head, one, sentence, "principal")
    if relation in _PRINCIPAL_HEAD | _NEAR:
        for one in _absent(main, specification_types(relation)[0], heads):
            if relation == "partnerIn" and one.type != "University":
                continue  # a firm of another sentence is seldom the party of this one
            yield from (
                Candidate(relation, one, tail, sentence, "principal-head") for tail in tails if tail.key != one.key
            )


_SIGNERS = frozenset({"University", "Firm", "GovernmentDepartment", "OtherOrg"})


def _has_other(sentence: Sentence, head: Occurrence) -> bool:
    """Return whether the sentence names another party, so that one of another sentence did not sign here."""
    return any(one.type in _SIGNERS and one.key != head.key for one in sentence.occurrences)


def _absent(main: dict[str, Occurrence], types: frozenset[str], here: list[Occurrence]) -> list[Occurrence]:
    """Return the principal mentions of some types that a sentence does not contain."""
    present = {one.key for one in here}
    return [one for kind, one in main.items() if kind in types and one.key not in present]


@functools.cache
def specification_types(relation: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types of the heads and of the tails of a relation in either language."""
    zh, en = specification("zh")[relation], specification("en")[relation]
    return zh[0] | en[0], zh[1] | en[1]
