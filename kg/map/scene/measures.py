"""Scores of the actors: the measure that determines the sizes, and the others that the panel shows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite

from kg import measure
from kg.map.scene.model import RankInterval, SceneMeasure
from kg.measure import Scores
from kg.measure.cost import affordable
from kg.measure.rank import ordered
from kg.network import Mode, Network

Numbers = Sequence[float | None]


def compute(network: Network, name: str, mode: Mode, *, every: bool) -> dict[str, Scores]:
    """Return the scores by the measure `name` and, if `every` is true, by every other affordable measure."""
    others = (one for one in affordable(network) if every and one.name != name)
    return {one.name: ordered(network, one, mode).scores for one in (measure.find(name), *others)}


def scene_measures(
    whole: Network,
    drawn: Network,
    scores: Mapping[str, Scores],
    intervals: Mapping[str, Sequence[RankInterval | None]],
) -> tuple[SceneMeasure, ...]:
    """Return the measures of the actors of `drawn` from scores and rank intervals of the actors of `whole`.

    All scores but the first are shortened, and bounds have four digits.
    """
    row_of = {actor.iri: row for row, actor in enumerate(whole.actors)}
    rows = [row_of[actor.iri] for actor in drawn.actors]
    selected = {name: tuple(_finite(one.values[row]) for row in rows) for name, one in scores.items()}
    return tuple(
        SceneMeasure(
            name=name,
            values=values if place == 0 else shortened(values),
            lower=_bounds(scores[name].lower, rows),
            upper=_bounds(scores[name].upper, rows),
            rank_intervals=tuple(intervals[name][row] for row in rows) if name in intervals else (),
        )
        for place, (name, values) in enumerate(selected.items())
    )


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None


def _bounds(bounds: Numbers | None, rows: Sequence[int]) -> tuple[float | None, ...]:
    if bounds is None:
        return ()
    return tuple(None if (bound := bounds[row]) is None else float(f"{bound:.4g}") for row in rows)


def shortened(values: Numbers) -> tuple[float | None, ...]:
    """Return the values to four digits of the highest, or to more if different values would become equal."""
    distinct = set(values)
    highest = max((abs(x) for x in distinct if x), default=1.0)
    least = 3 - Decimal(highest).adjusted()
    for decimals in range(least, least + 12):
        rounded = {x: None if x is None else round(x, decimals) for x in distinct}
        if len(set(rounded.values())) == len(distinct):
            return tuple(rounded[x] for x in values)
    return tuple(values)
