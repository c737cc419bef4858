"""Repeated stories among documents: the same facts in several sources, and the points in which they differ.

Two documents report the same story if they share two facts about the same parties, or half of the sentences of the
shorter one, as reposts do. Only proposals that are shown as accepted count.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.read.model import Party, Proposal, Reading

STRONG = frozenset({"signed", "coEstablishedWith", "establishedBy", "partnerIn", "overseenBy", "hasRole"})
"""Relations whose parties identify a story; places and fields do not."""

_SHARED_FACTS = 2
_MAX_BLOCK = 50
"""Largest number of documents that a fact compares; one that more documents share is not distinctive."""

Fact = tuple[str, str, str]


class Conflict(NamedTuple):
    """Two documents of a story that differ in one point: `what` is ``date`` or ``count``."""

    what: str
    fact: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Documents that report the same, in the order in which they were read."""

    documents: tuple[str, ...]
    shared: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def stories(readings: Sequence[Reading]) -> tuple[Story, ...]:
    """Return the stories that more than one document reports."""
    facts = [_facts(reading) for reading in readings]
    groups = _groups(len(readings), _pairs(facts, [_sentences(reading) for reading in readings]))
    return tuple(_story([readings[n] for n in group], [facts[n] for n in group]) for group in groups)


def _facts(reading: Reading) -> Mapping[Fact, list[Proposal]]:
    """Return the strong facts of a document; a signing has no direction."""
    known = {(mention.type, mention.name): mention.known for mention in reading.mentions}
    found: defaultdict[Fact, list[Proposal]] = defaultdict(list)
    for proposal in reading.proposals:
        if proposal.preaccepted and proposal.relation in STRONG:
            head, tail = (_key(party, known) for party in (proposal.head, proposal.tail))
            if proposal.relation == "signed":
                head, tail = sorted((head, tail))
            found[proposal.relation, head, tail].append(proposal)
    return found


def _key(party: Party, known: Mapping[tuple[str, str], str | None]) -> str:
    """Return the IRI of a known party, or its name without spaces and marks."""
    iri = known.get((party.type or "", party.name))
    return iri or "".join(letter for letter in unicodedata.normalize("NFKC", party.name).casefold() if letter.isalnum())


def _sentences(reading: Reading) -> frozenset[str]:
    return frozenset(span.sha256 for proposal in reading.proposals for span in proposal.evidence)


def _pairs(
    facts: Sequence[Mapping[Fact, list[Proposal]]], sentences: Sequence[frozenset[str]]
) -> Iterable[tuple[int, int]]:
    """Yield the pairs of documents that report the same story."""
    blocks: defaultdict[object, list[int]] = defaultdict(list)
    for number, (own, spans) in enumerate(zip(facts, sentences, strict=True)):
        for key in (*own, *spans):
            blocks[key].append(number)
    candidates = {pair for block in blocks.values() if len(block) <= _MAX_BLOCK for pair in combinations(block, 2)}
    for one, other in sorted(candidates):
        shorter = min(len(sentences[one]), len(sentences[other]))
        same = len(sentences[one] & sentences[other])
        if len(facts[one].keys() & facts[other].keys()) >= _SHARED_FACTS or (same and 2 * same >= shorter):
            yield one, other


def _groups(total: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected documents, the first ones first."""
    parent = list(range(total))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(total):
        groups[root(number)].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _story(readings: Sequence[Reading], facts: Sequence[Mapping[Fact, list[Proposal]]]) -> Story:
    counts: defaultdict[Fact, list[tuple[str, Proposal]]] = defaultdict(list)
    for reading, own in zip(readings, facts, strict=True):
        for fact, proposals in own.items():
            counts[fact] += [(reading.document.name, proposal) for proposal in proposals]
    shared = [fact for fact, stated in counts.items() if len({name for name, _ in stated}) > 1]
    dates = [_differing("date", _words(counts[fact][0][1]), _dated(counts[fact])) for fact in shared]
    conflicts = [conflict for conflict in (*dates, *_counted(readings)) if conflict is not None]
    return Story(
        tuple(reading.document.name for reading in readings),
        tuple(_words(counts[fact][0][1]) for fact in shared),
        tuple(conflicts),
    )


def _words(proposal: Proposal) -> str:
    return f"{proposal.relation} ({proposal.head.name}, {proposal.tail.name})"


def _dated(stated: Iterable[tuple[str, Proposal]]) -> list[tuple[str, str]]:
    return [(name, one.attributes.date.value) for name, one in stated if one.attributes.date]


def _counted(readings: Sequence[Reading]) -> Iterable[Conflict | None]:
    """Yield the conflicts of counts: the same role of the same type of head with different bounds."""
    found: defaultdict[tuple[str | None, str], list[tuple[str, str]]] = defaultdict(list)
    for reading in readings:
        for proposal in reading.proposals:
            count = proposal.attributes.count
            if proposal.preaccepted and count is not None and count.role:
                bounds = f"{count.lower}–{'' if count.upper is None else count.upper}"
                found[proposal.head.type, count.role].append((reading.document.name, bounds))
    return [_differing("count", f"{kind}: {role}", values) for (kind, role), values in found.items()]


def _differing(what: str, fact: str, values: Sequence[tuple[str, str]]) -> Conflict | None:
    """Return a conflict if documents give different values and none gives several."""
    if len({name for name, _ in values}) < len(set(values)) or len({value for _, value in values}) < _SHARED_FACTS:
        return None
    return Conflict(what, fact, tuple(dict.fromkeys(values)))
