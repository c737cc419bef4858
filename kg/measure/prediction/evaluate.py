"""Evaluation of link prediction: suggestions from links before a day, compared with the links after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.prediction.neighbourhood import Neighbourhood, neighbourhood
from kg.measure.prediction.suggest import METHODS, candidates
from kg.measure.rank import rounded_numbers
from kg.measure.uncertainty.rank_agreement import mean_ranks
from kg.model import Cell, Table, Text
from kg.network import Lens, Network, build
from kg.network.incidence.tables import Incidence
from kg.texts import Message

COLUMNS = ("method", "auc", "lower", "upper", "precision", "max_precision", "actors", "partners")

_EARLIER = 0.7
"""The share of dated links before the default day."""

_MAX_ACTORS, _SEED = 500, 1
"""The largest number of actors to evaluate, and the seed of their selection."""

_ERRORS = 2.638
"""The standard errors on each side of a difference: 95 % for the best of six methods (Bonferroni)."""

_FEW = 30
"""The number of actors below which methods are not comparable."""

Scorer = Callable[[Neighbourhood, int], NDArray[np.float64]]

_BASELINES: tuple[tuple[str, Scorer], ...] = (
    ("popularity", lambda near, _: near.links),
    ("random", lambda near, _: np.zeros(len(near.links))),
)
"""Baselines: the actors with most links, and equal scores for all."""


@dataclass(frozen=True, slots=True)
class Split:
    """The networks of the links that certainly began before `day`, and on it or later."""

    day: date
    before: Network
    after: Network


def split(incidence: Incidence, lens: Lens, day: date | None = None) -> Split:
    """Return the network of `lens` split at `day`, by default the day by which 70 % of the dated links have begun.

    Raises:
        UsageError: no link has a known date, or the lens includes undated links or links in force.
    """
    if lens.include_undated or lens.in_force:
        raise UsageError("--evaluate uses certain start dates; omit --include-undated and --date-mode in-force")
    if day is None:
        dates = (
            build(incidence, replace(lens, certain_dates=False))
            .links.table.select(["start_earliest", "start_latest"])
            .drop_null()
        )
        days = sorted(dates["start_latest"].to_pylist())
        if not days:
            raise UsageError("no link of this lens has a known date; choose another lens")
        day = days[int(_EARLIER * len(days))]
    before = replace(lens, until=day - timedelta(days=1), certain_dates=True)
    after = replace(lens, since=day, certain_dates=True)
    return Split(day, build(incidence, before), build(incidence, after))


def evaluate(parts: Split, depth: int = 10, sector: str | None = None) -> Table:
    """Return the accuracy of each method and baseline in predicting new partners.

    The evaluation covers actors that are in both networks and have a new partner that was in the first; all actors of
    the first network that were not partners of it are scored, unless all of them became partners. `auc` is the
    probability that a new partner scores higher than another candidate (ties count half), averaged over actors. `lower`
    and `upper` are 1.96 standard errors from that mean; actors are not independent, so the true interval is wider.
    `precision` is the expected share of new partners among the first `depth`, averaged over actors, and
    `max_precision` its maximum. `partners` counts new partners from each side. `sector` restricts the candidates.

    Citation: Liben-Nowell & Kleinberg 2007, JASIST 58, 1019-1031; Hanley & McNeil 1982, Radiology 143, 29-36 (AUC).
    """
    near = neighbourhood(parts.before)
    cases = list(_cases(parts, near, sector))
    rows: list[tuple[Cell, ...]] = []
    maximum = float(np.mean([min(is_new.sum(), depth) / depth for _, _, is_new in cases])) if cases else None
    partners = int(sum(is_new.sum() for _, _, is_new in cases))
    areas: dict[str, NDArray[np.float64]] = {}
    for name, scorer in (*((method.name, method.function) for method in METHODS), *_BASELINES):
        accuracies = [_accuracy(scorer(near, actor)[eligible], is_new, depth) for actor, eligible, is_new in cases]
        rows.append((name, *_means(accuracies), maximum, len(cases), partners))
        areas[name] = np.array([area for area, _ in accuracies])
    beyond = (_beyond_popularity(areas),) if len(cases) > 1 else ()
    return Table(COLUMNS, tuple(rows), (*_notes(parts, depth, len(cases)), *beyond))


Case = tuple[int, NDArray[np.int64], NDArray[np.bool_]]
"""An actor, its candidates, and a mask of those that became partners."""


def _cases(parts: Split, near: Neighbourhood, sector: str | None) -> Iterator[Case]:
    old, later = parts.before.actors, neighbourhood(parts.after)
    positions = pc.index_in(old.table["iri"], parts.after.actors.table["iri"].combine_chunks())
    in_later = positions.fill_null(-1).to_numpy().astype(np.int64)
    in_old = np.full(len(parts.after.actors), -1, np.int64)
    in_old[in_later[in_later >= 0]] = np.flatnonzero(in_later >= 0)
    selected = np.ones(len(old), np.bool_) if sector is None else old.of_sector(sector)
    evaluated = 0
    for actor in np.random.default_rng(_SEED).permutation(len(old)).tolist():
        if in_later[actor] < 0 or evaluated == _MAX_ACTORS:
            continue
        became = np.zeros(len(old), np.bool_)
        partners = in_old[later.ties[[int(in_later[actor])]].indices]
        became[partners[partners >= 0]] = True
        eligible = np.flatnonzero(candidates(near, actor) & selected)
        is_new = became[eligible]
        if is_new.any() and not is_new.all():
            evaluated += 1
            yield actor, eligible, is_new


def _accuracy(score: NDArray[np.float64], is_new: NDArray[np.bool_], depth: int) -> tuple[float, float]:
    """Return the area under the ROC curve and the precision for one actor."""
    hits = int(is_new.sum())
    score = rounded_numbers(score)
    area = (mean_ranks(score)[is_new].sum() - hits * (hits + 1) / 2) / (hits * (len(is_new) - hits))
    size = min(depth, len(score))
    threshold = np.sort(score)[-size]
    above, tied = score > threshold, score == threshold
    certain = int(np.count_nonzero(is_new & above))
    expected = (size - int(above.sum())) * np.count_nonzero(is_new & tied) / np.count_nonzero(tied)
    return float(area), float((certain + expected) / depth)


def _means(accuracies: list[tuple[float, float]]) -> tuple[float | None, float | None, float | None, float | None]:
    if not accuracies:
        return None, None, None, None
    areas, precisions = (np.array(side) for side in zip(*accuracies, strict=True))
    mean = float(areas.mean())
    error = 1.96 * float(areas.std(ddof=1)) / sqrt(len(areas)) if len(areas) > 1 else None
    ends = (None, None) if error is None else (max(mean - error, 0.0), min(mean + error, 1.0))
    return mean, *ends, float(precisions.mean())


def _beyond_popularity(areas: dict[str, NDArray[np.float64]]) -> Text:
    """Return whether a method predicts better than popularity, by the differences for the same actors.

    The interval of a difference is narrower than those of the two areas, because actors that are hard to predict are
    hard for both.
    """
    gains = {method.name: areas[method.name] - areas["popularity"] for method in METHODS}
    best = max(gains, key=lambda name: float(gains[name].mean()))
    mean, error = float(gains[best].mean()), _ERRORS * float(gains[best].std(ddof=1)) / sqrt(len(gains[best]))
    places = {"method": best, "gain": mean, "lower": mean - error, "upper": mean + error}
    if mean - error > 0:
        return Message("{method} exceeds popularity by {gain:.3f} in auc ({lower:.3f} to {upper:.3f}).", **places)
    return Message(
        "No method exceeds popularity: the best, {method}, differs by {gain:.3f} in auc ({lower:.3f} to {upper:.3f}).",
        **places,
    )


def _notes(parts: Split, depth: int, cases: int) -> Iterator[Text]:
    yield from parts.before.notes[:1]
    sizes = [
        Message("{links} links of {actors} actors", links=links, actors=actors)
        for links, actors in ((len(part.links), len(part.actors)) for part in (parts.before, parts.after))
    ]
    yield Message(
        "Before {day}: {before}; from then on: {after}. Only links that certainly began in the period count.",
        day=parts.day,
        before=sizes[0],
        after=sizes[1],
    )
    yield Message(
        "{cases} actors have a new partner that could have been suggested, because it was in an earlier link.",
        cases=cases,
    )
    yield Message(
        "precision is the share among the first {depth}; a method is useful if it exceeds popularity in auc.",
        depth=depth,
    )
    if not cases:
        yield Message(
            "The methods cannot be compared: there are too few links of known date, or the day is unsuitable."
        )
    elif cases < _FEW:
        yield Message(
            "These are too few actors to compare methods; see lower and upper, and do not choose by these figures."
        )
