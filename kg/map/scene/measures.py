"""What nodes can be sized by: the scores of actors by each measure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite

from kg.map.scene.model import SceneMeasure

Known = Mapping[str, float | None]
"""Scores by IRI of the actor."""
Numbers = Sequence[float | None]


def measures(iris: Sequence[str], by: str, found: Mapping[str, Known]) -> tuple[SceneMeasure, ...]:
    """All that are `found`, that of the sizes first; the others to as many decimals as tell their actors apart."""
    first = SceneMeasure(by, tuple(_score(found[by], iri) for iri in iris))
    others = {name: [_score(known, iri) for iri in iris] for name, known in found.items() if name != by}
    return first, *(SceneMeasure(name, _shortened(values)) for name, values in others.items())


def _score(scores: Known, iri: str) -> float | None:
    """The score of an actor, where it has one that is a number."""
    score = scores.get(iri)
    return float(score) if score is not None and isfinite(score) else None


def _shortened(values: Numbers) -> tuple[float | None, ...]:
    """Four digits of the highest, or so many more that what differs still does: their ranks stay as they are."""
    different = set(values)
    highest = max((abs(x) for x in different if x), default=1.0)
    least = 3 - Decimal(highest).adjusted()
    for decimals in range(least, least + 12):
        found = {x: None if x is None else round(x, decimals) for x in different}
        if len(set(found.values())) == len(different):
            return tuple(found[x] for x in values)
    return tuple(values)
