"""Error classes and traps of a benchmark of `kg read`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.reading import Gold

    from kg.read.model import Reading

Triple = tuple[str, str, str]


def triple(relation: str, head: str, tail: str) -> Triple:
    """Return a statement; the parties of an agreement have no direction."""
    first, second = sorted((head, tail)) if relation == "signed" else (head, tail)
    return relation, first, second


def found_in(reading: Reading, *, sure: bool = False) -> set[Triple]:
    """Return the statements of a reading; only those that are pre-accepted if `sure`."""
    some = (one for one in reading.proposals if one.preaccepted or not sure)
    return {triple(one.relation, one.head.name, one.tail.name) for one in some}


def classes(readings: Iterable[Reading], gold: Gold) -> Counter[str]:
    """Return how often each kind of error occurs."""
    counts: Counter[str] = Counter()
    for reading in readings:
        name = reading.document.name
        named = {one.name for one in reading.mentions}
        annotated = {text for _, text in gold.entities[name]}
        hard, found = gold.hard[name], found_in(reading)
        refused = {triple(one.relation, one.head, one.tail) for one in reading.refusals}
        pairs = {frozenset(one[1:]) for one in hard | gold.optional[name]}
        for one in hard - found:
            parties = {one[1]} if one[0] == "countOf" else {one[1], one[2]}
            is_named = parties <= named
            counts[
                "missed: "
                + (
                    "refused by the gate"
                    if one in refused
                    else "too improbable"
                    if is_named
                    else "a party is not found as named"
                )
            ] += 1
        for one in found - hard - gold.optional[name]:
            parties = {one[1]} if one[0] == "countOf" else {one[1], one[2]}
            if not parties <= annotated:
                counts["wrong: a party is not named so"] += 1
            elif frozenset(one[1:]) in pairs:
                counts["wrong: the pair has another relation"] += 1
            else:
                counts["wrong: the pair has no relation"] += 1
    return counts


def fallen(readings: Iterable[Reading], gold: Gold, traps: Sequence[Mapping[str, Any]], *, sure: bool) -> int:
    """Return the number of traps that a wrong statement or name uses, in the sentence of the trap."""
    by_name = {one.document.name: one for one in readings}
    return sum(_falls(by_name[trap["article"]], gold, trap, sure=sure) for trap in traps if trap["article"] in by_name)


def _falls(reading: Reading, gold: Gold, trap: Mapping[str, Any], *, sure: bool) -> bool:
    name, words = reading.document.name, trap["quote"] or ""
    for one in reading.mentions:
        is_wrong = (one.type, one.name) not in gold.entities[name]
        is_shown = one.confidence >= 0.9 or not sure
        if is_wrong and is_shown and trap["start"] <= one.start and one.end <= trap["end"]:
            return True
    for proposal in reading.proposals:
        span = proposal.evidence[0]
        this = triple(proposal.relation, proposal.head.name, proposal.tail.name)
        if this in gold.hard[name] | gold.optional[name] or (sure and not proposal.preaccepted):
            continue
        used = [*this[1:], proposal.attributes.agreement or ""]
        is_here = span.start <= trap["start"] and trap["end"] <= span.end
        if is_here and (proposal.relation in trap["why"] or any(x and (x in words or words in x) for x in used)):
            return True
    return False
