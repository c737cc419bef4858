"""Explanations of steps, contradictions and disputed judgements, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.ontology import Concept
from kg.rdf.publishers import publisher
from kg.terms import readable
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.resolve.clusters import Contradiction
    from kg.resolve.judgements import EffectiveJudgement
    from kg.resolve.model import Step

_VERDICTS = {"same": Message("same"), "different": Message("different"), "unsure": Message("unsure")}
_JUDGED = Message("judged {verdict} by {author} on {day} ({reason})")


def verdict(notation: str, lang: str) -> str:
    """Return the label of a verdict."""
    return _VERDICTS[notation].localise(lang) or notation


def step(one: Step) -> Text:
    """Return the two ends of a step and its reason: ``id:a and id:b: judged same by … on … (…)``."""
    ends = {"left": readable(one.left), "right": readable(one.right)}
    return Message("{left} and {right}: {reason}", **ends, reason=reason(one))


def steps(chain: Iterable[Step]) -> Text:
    """Return the steps of a chain as one text."""
    return Message("; ").join(step(one) for one in chain)


def reason(one: Step) -> Text:
    """Return the reason why a step joins or separates its ends."""
    if one.judgement is not None:
        judgement = one.judgement
        label = _VERDICTS.get(judgement.verdict, Text(judgement.verdict))
        author = publisher(judgement.author)
        return _JUDGED.format(verdict=label, author=author, day=judgement.date, reason=judgement.reason)
    if one.keys is None:
        part, whole = readable(one.left), readable(one.right)
        return Message("{part} is part of {whole}", part=part, whole=whole)
    left, right = (_identifier(readable(scheme).partition(":")[2], number) for scheme, number in one.keys)
    if one.keys[0] == one.keys[1]:
        return Message("both are {left}", left=left)
    return Message("{left} is not {right}", left=left, right=right)


def _identifier(scheme: str, number: str) -> Text:
    return Message("{scheme} {number}", scheme=Concept("", scheme), number=number)


def contradiction(one: Contradiction) -> Text:
    """Return one sentence with a contradiction and the chain that leads to it."""
    return Message(
        "these cannot all be true: {chain}; but {conflict}", chain=steps(one.chain), conflict=step(one.conflict)
    )


def disputed(effective: EffectiveJudgement) -> Text:
    """Return one sentence with judgements of the same day that disagree."""
    verdicts = (
        Message("{verdict} ({judgement})", verdict=_VERDICTS.get(one.verdict, one.verdict), judgement=readable(one.iri))
        for one in effective.judgements
    )
    left, right = effective.judgements[0].pair
    return Message(
        "{left} and {right} are judged {verdicts} on one day; let one judgement replace the other (dct:replaces)",
        left=readable(left),
        right=readable(right),
        verdicts=Message(" and ").join(verdicts),
    )


def evidence(steps: Iterable[Step]) -> str:
    """Return the distinct evidence of `steps`, separated by spaces."""
    return " ".join(dict.fromkeys(iri for one in steps for iri in one.evidence))
