"""Judgements about the identity of actors, and the effective judgement for each pair.

Judgements never change. A later judgement on the same pair replaces an earlier one. If two judgements are of one day,
the one that names the other in ``dct:replaces`` is effective; `kg resolve judge` writes this property. A judgement is
therefore undone by another, and the history is kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.sparql import select
from kg.terms import BASE, ID
from kg.texts import Text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from kg.rdf.sparql import Endpoint


SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
VERDICTS = (SAME, DIFFERENT, UNSURE)

_JUDGED = """SELECT ?iri ?left ?right ?verdict ?date (MIN(?creator) AS ?author) (MIN(?text) AS ?en)
    (MIN(?chinese) AS ?zh) (GROUP_CONCAT(DISTINCT COALESCE(STR(?old), ""); separator=" ") AS ?replaces) { %s
  ?iri a hx:Judgement ; hx:left ?left ; hx:right ?right ; hx:verdict ?verdict ; dct:date ?date ; dct:creator ?creator
  OPTIONAL { ?iri dct:description ?text FILTER(!LANGMATCHES(LANG(?text), "zh")) }
  OPTIONAL { ?iri dct:description ?chinese FILTER(LANGMATCHES(LANG(?chinese), "zh")) }
  OPTIONAL { ?iri dct:replaces ?old } } GROUP BY ?iri ?left ?right ?verdict ?date ORDER BY ?iri"""
"""All judgements with a date; those derived from identifiers have none and are not selected."""


Pair = tuple[str, str]
"""Two IRIs in sorted order."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's judgement about the identity of two actors.

    Attributes:
        iri: of the judgement.
        left, right: the actors in sorted order.
        verdict: one of `VERDICTS`.
        author, date: the person, and the day as ISO text.
        reason: in both languages; a reason without a language tag counts as English.
        replaces: IRIs of earlier judgements on the pair that this one replaces.
    """

    iri: str
    left: str
    right: str
    verdict: str
    author: str
    date: str
    reason: Text
    replaces: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """The two actors."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class EffectiveJudgement:
    """The effective judgement on a pair.

    Attributes:
        verdict: of the latest judgement; `UNSURE` if judgements of the latest day disagree.
        judgements: the latest; several if they are of one day and none replaces another.
    """

    verdict: str
    judgements: tuple[Judgement, ...]

    @property
    def disputed(self) -> bool:
        """True if the latest judgements disagree."""
        return len({judgement.verdict for judgement in self.judgements}) > 1


def pair(one: str, other: str) -> Pair:
    """Return two actors in sorted order."""
    return (one, other) if one < other else (other, one)


def read(graph: Endpoint, actors: Iterable[str] = ()) -> tuple[Judgement, ...]:
    """Return the judgements in the default graph of `graph`, sorted by IRI; with `actors`, those on two of them."""
    chosen = " ".join(str(ox.NamedNode(iri)) for iri in actors)
    only = f"VALUES ?left {{ {chosen} }} VALUES ?right {{ {chosen} }}" if chosen else ""
    return tuple(
        Judgement(
            iri=row["iri"].value,
            left=row["left"].value,
            right=row["right"].value,
            verdict=row["verdict"].value.rpartition("/")[2],
            author=row["author"].value,
            date=row["date"].value,
            reason=Text(*(None if row[lang] is None else row[lang].value for lang in ("en", "zh"))),
            replaces=tuple(sorted(row["replaces"].value.split())),
        )
        for row in select(graph, _JUDGED % only)
    )


def effective(judgements: Iterable[Judgement]) -> Mapping[Pair, EffectiveJudgement]:
    """Return the effective judgement of each pair, whatever the order of `judgements`."""
    by_pair: defaultdict[Pair, set[Judgement]] = defaultdict(set)
    for judgement in judgements:
        by_pair[judgement.pair].add(judgement)
    return {two: _effective(by_pair[two]) for two in sorted(by_pair)}


def _effective(judgements: set[Judgement]) -> EffectiveJudgement:
    day = max(judgement.date for judgement in judgements)
    latest = {judgement for judgement in judgements if judgement.date == day}
    replaced = {iri for judgement in latest for iri in judgement.replaces}
    kept = {judgement for judgement in latest if judgement.iri not in replaced} or latest
    verdicts = {judgement.verdict for judgement in kept}
    verdict = verdicts.pop() if len(verdicts) == 1 else UNSURE
    return EffectiveJudgement(verdict, tuple(sorted(kept, key=lambda judgement: judgement.iri)))


def new_iri(left: str, right: str, date: dt.date, taken: Iterable[str]) -> str:
    """Return an unused IRI: ``judgement/left--right``, with the date and a number appended if necessary."""
    first = f"{BASE}judgement/{_key(left)}--{_key(right)}"
    known = set(taken)
    day = f"{first}/{date.isoformat()}"
    if first not in known:
        return first
    number = 1
    while (iri := day if number == 1 else f"{day}/{number}") in known:
        number += 1
    return iri


def _key(iri: str) -> str:
    """Return the last part of an IRI: ``li`` for ``id/person/li``."""
    return (iri.removeprefix(ID).rstrip("/#").replace("#", "/").rpartition("/")[2]) or "x"
