"""Judgements on who is who, as data: which there are, and which of them stands for each pair.

A judgement is never changed. A later one on the same pair takes its place; of two of one day the one that says that it
replaces the other (``dct:replaces``), which is what `kg resolve judge` writes. So undoing is judging again, and the
history stays.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Text
from kg.rdf.sparql import select
from kg.terms import BASE, ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.rdf.sparql import Endpoint


SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
VERDICTS = (SAME, DIFFERENT, UNSURE)

_JUDGED = """SELECT ?iri ?left ?right ?verdict ?on (MIN(?who) AS ?by) (MIN(?text) AS ?en) (MIN(?chinese) AS ?zh)
    (GROUP_CONCAT(DISTINCT COALESCE(STR(?old), ""); separator=" ") AS ?replaces) {
  ?iri a hx:Judgement ; hx:left ?left ; hx:right ?right ; hx:verdict ?verdict ; dct:date ?on ; dct:creator ?who
  OPTIONAL { ?iri dct:description ?text FILTER(!LANGMATCHES(LANG(?text), "zh")) }
  OPTIONAL { ?iri dct:description ?chinese FILTER(LANGMATCHES(LANG(?chinese), "zh")) }
  OPTIONAL { ?iri dct:replaces ?old } } GROUP BY ?iri ?left ?right ?verdict ?on ORDER BY ?iri"""
"""What is derived of identifiers is no judgement of anybody's day, so it is not among them."""


Pair = tuple[str, str]
"""Two IRIs, the one that sorts first in front."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's word on whether two actors are one.

    Attributes:
        iri: of the judgement.
        left, right: the actors; `left` sorts first.
        verdict: one of `VERDICTS`.
        by, on, why: who judged, on what day (as ISO text), for what reason; a reason without a language is in `en`.
        replaces: IRIs of earlier judgements on the pair that this one takes the place of.
    """

    iri: str
    left: str
    right: str
    verdict: str
    by: str
    on: str
    why: Text
    replaces: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """The two actors."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class EffectiveJudgement:
    """What counts of all judgements on one pair.

    Attributes:
        verdict: that of the latest, and `UNSURE` where the latest ones are of one day and do not agree.
        judgements: the latest; several where they are of one day and none replaces another.
    """

    verdict: str
    judgements: tuple[Judgement, ...]

    @property
    def disputed(self) -> bool:
        """Whether the latest judgements do not agree."""
        return len({judgement.verdict for judgement in self.judgements}) > 1


def pair(one: str, other: str) -> Pair:
    """The two in the order in which a judgement names them."""
    return (one, other) if one < other else (other, one)


def read(graph: Endpoint) -> tuple[Judgement, ...]:
    """All judgements of the default graph of `graph`, by IRI."""
    return tuple(
        Judgement(
            iri=row["iri"].value,
            left=row["left"].value,
            right=row["right"].value,
            verdict=row["verdict"].value.rpartition("/")[2],
            by=row["by"].value,
            on=row["on"].value,
            why=Text(*(None if row[lang] is None else row[lang].value for lang in ("en", "zh"))),
            replaces=tuple(sorted(row["replaces"].value.split())),
        )
        for row in select(graph, _JUDGED)
    )


def effective(judgements: Iterable[Judgement]) -> Mapping[Pair, EffectiveJudgement]:
    """What counts for each judged pair; the order of `judgements` does not matter."""
    found: defaultdict[Pair, set[Judgement]] = defaultdict(set)
    for judgement in judgements:
        found[judgement.pair].add(judgement)
    return {judged: _effective(found[judged]) for judged in sorted(found)}


def _effective(judgements: set[Judgement]) -> EffectiveJudgement:
    day = max(judgement.on for judgement in judgements)
    latest = {judgement for judgement in judgements if judgement.on == day}
    replaced = {iri for judgement in latest for iri in judgement.replaces}
    kept = {judgement for judgement in latest if judgement.iri not in replaced} or latest
    verdicts = {judgement.verdict for judgement in kept}
    verdict = verdicts.pop() if len(verdicts) == 1 else UNSURE
    return EffectiveJudgement(verdict, tuple(sorted(kept, key=lambda judgement: judgement.iri)))


def name(left: str, right: str, on: date, taken: Iterable[str]) -> str:
    """The IRI of a new judgement: ``judgement/left--right``, and where that is taken with the day, and a number."""
    first = f"{BASE}judgement/{_key(left)}--{_key(right)}"
    known = set(taken)
    day = f"{first}/{on.isoformat()}"
    if first not in known:
        return first
    number = 1
    while (iri := day if number == 1 else f"{day}/{number}") in known:
        number += 1
    return iri


def _key(iri: str) -> str:
    """The last part of an IRI, as the shipped judgements have it: ``id/person/li`` is ``li``."""
    return (iri.removeprefix(ID).rstrip("/#").replace("#", "/").rpartition("/")[2]) or "x"
