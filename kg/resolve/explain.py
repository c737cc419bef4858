"""Explanations of steps, contradictions and disputed judgements, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Text
from kg.terms import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.resolve.clusters import Contradiction
    from kg.resolve.judgements import EffectiveJudgement
    from kg.resolve.model import Step

_VERDICTS = {"same": Text("same", "相同"), "different": Text("different", "不同"), "unsure": Text("unsure", "存疑")}
_JUDGED = Text("judged {verdict} by {author} on {day} ({reason})", "{author}于 {day} 判断为{verdict}（{reason}）")


def verdict(notation: str, lang: str) -> str:
    """Return the label of a verdict."""
    return _VERDICTS[notation].localise(lang) or notation


def step(one: Step, lang: str = "en") -> str:
    """Return the two ends of a step and its reason: ``id:a and id:b: judged same by … on … (…)``."""
    ends = readable(one.left), readable(one.right)
    return f"{ends[0]} 与 {ends[1]}：{reason(one, lang)}" if lang == "zh" else f"{ends[0]} and {ends[1]}: {reason(one)}"


def reason(one: Step, lang: str = "en") -> str:
    """Return the reason why a step joins or separates its ends."""
    return _reason(one).localise(lang) or ""


def _reason(one: Step) -> Text:
    if one.judgement is not None:
        judgement = one.judgement
        label = _VERDICTS.get(judgement.verdict, Text(judgement.verdict))
        return _JUDGED.format(verdict=label, author=judgement.author, day=judgement.date, reason=judgement.reason)
    if one.keys is None:
        part, whole = readable(one.left), readable(one.right)
        return Text(f"{part} is part of {whole}", f"{part} 隶属于 {whole}")
    left, right = (f"{readable(scheme).partition(':')[2]} {number}" for scheme, number in one.keys)
    if left == right:
        return Text(f"both are {left}", f"同为 {left}")
    return Text(f"{left} is not {right}", f"{left} 与 {right} 不同")


def contradiction(one: Contradiction) -> str:
    """Return one sentence with a contradiction and the chain that leads to it."""
    chain = "; ".join(step(link) for link in one.chain)
    return f"these cannot all be true: {chain}; but {step(one.conflict)}"


def disputed(effective: EffectiveJudgement) -> str:
    """Return one sentence with judgements of the same day that disagree."""
    verdicts = " and ".join(f"{one.verdict} ({readable(one.iri)})" for one in effective.judgements)
    left, right = effective.judgements[0].pair
    return (
        f"{readable(left)} and {readable(right)} are judged {verdicts} on one day; "
        "let one judgement replace the other (dct:replaces)"
    )


def evidence(steps: Iterable[Step]) -> str:
    """Return the distinct evidence of `steps`, separated by spaces."""
    return " ".join(dict.fromkeys(iri for one in steps for iri in one.evidence))
