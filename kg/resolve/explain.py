"""What joins or bars two actors, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Text
from kg.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.resolve.clusters import Contradiction
    from kg.resolve.judgements import EffectiveJudgement
    from kg.resolve.model import Step

_VERDICTS = {"same": Text("same", "相同"), "different": Text("different", "不同"), "unsure": Text("unsure", "存疑")}


def verdict(notation: str, lang: str) -> str:
    """What people call a verdict."""
    return _VERDICTS[notation].localise(lang) or notation


def step(one: Step, lang: str = "en") -> str:
    """``id:a and id:b: judged same by … on … (why)``, or the identifiers that they bear."""
    ends = shorten(one.left), shorten(one.right)
    return f"{ends[0]} 与 {ends[1]}：{reason(one, lang)}" if lang == "zh" else f"{ends[0]} and {ends[1]}: {reason(one)}"


def reason(one: Step, lang: str = "en") -> str:
    """Why the two ends of a step are joined or barred."""
    return _reason(one).localise(lang) or ""


def _reason(one: Step) -> Text:
    if one.judgement is not None:
        said = one.judgement
        return Text(
            "judged {verdict} by {author} on {day} ({why})", "{author}于 {day} 判断为{verdict}（{why}）"
        ).format(verdict=_VERDICTS.get(said.verdict, Text(said.verdict)), author=said.by, day=said.on, why=said.why)
    if one.keys is None:
        part, whole = shorten(one.left), shorten(one.right)
        return Text(f"{part} is part of {whole}", f"{part} 隶属于 {whole}")
    mine, theirs = (f"{shorten(scheme).partition(':')[2]} {number}" for scheme, number in one.keys)
    if mine == theirs:
        return Text(f"both are {mine}", f"同为 {mine}")
    return Text(f"{mine} is not {theirs}", f"{mine} 与 {theirs} 不同")


def contradiction(found: Contradiction) -> str:
    """What cannot all be true, with the chain that leads to it, in one sentence."""
    chain = "; ".join(step(one) for one in found.chain)
    return f"these cannot all be true: {chain}; but {step(found.conflict)}"


def disputed(effective: EffectiveJudgement) -> str:
    """Judgements of one day that do not agree, in one sentence."""
    said = " and ".join(f"{one.verdict} ({shorten(one.iri)})" for one in effective.judgements)
    left, right = effective.judgements[0].pair
    return (
        f"{shorten(left)} and {shorten(right)} are judged {said} on one day; say which of the two counts: "
        "let it replace the other (dct:replaces)"
    )


def evidence(steps: Iterable[Step]) -> str:
    """The evidence of `steps`, each once, separated by spaces."""
    return " ".join(dict.fromkeys(iri for one in steps for iri in one.evidence))
