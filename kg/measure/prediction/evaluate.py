"""How well suggestions foresee: made from what was known before a day, held against the links that came after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.stats import rankdata

from kg.errors import UsageError
from kg.measure.prediction.neighbourhood import Neighbourhood, neighbourhood
from kg.measure.prediction.suggest import METHODS, candidates
from kg.measure.rank import rounded_scores
from kg.model import Cell, Table, Text
from kg.network import Lens, Network, build
from kg.network.incidence.tables import Incidence

COLUMNS = ("method", "auc", "lower", "upper", "precision", "max_precision", "actors", "partners")

_EARLIER = 0.7
"""The share of dated links that are before the day, unless somebody says which day."""

_MOST, _SEED = 500, 1
"""So many actors are tried at most, drawn with this seed."""

_FEW = 30

Scorer = Callable[[Neighbourhood, int], NDArray[np.float64]]

_BASELINES: tuple[tuple[str, Scorer], ...] = (
    ("popularity", lambda made, _: made.links),
    ("random", lambda made, _: np.zeros(len(made.links))),
)
"""What a method must be better than: those with most links for everybody, and all alike."""


@dataclass(frozen=True, slots=True)
class Split:
    """Links that certainly began before `day`, and those that certainly began on it or later, as two networks."""

    day: date
    before: Network
    after: Network


def split(incidence: Incidence, lens: Lens, day: date | None = None) -> Split:
    """The network of `lens` in two; by default at the day by which seven of ten dated links have begun.

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
            raise UsageError("no link here has a known date, so there is no before and after; choose another lens")
        day = days[int(_EARLIER * len(days))]
    before = replace(lens, until=day - timedelta(days=1), certain_dates=True)
    after = replace(lens, since=day, certain_dates=True)
    return Split(day, build(incidence, before), build(incidence, after))


def evaluate(parts: Split, depth: int = 10, sector: str | None = None) -> Table:
    """How well each method, and each baseline, foresaw who became partners.

    For every actor that was there before and has a new partner who was there before too (not all being such): all who
    were there and were no partners of it are scored by the network before. `auc` is the chance that a new partner
    scores higher than one who is none (ties half), the mean over actors; `lower` and `upper` are 1.96 standard
    errors of that mean away (actors are not independent, so the truth is wider). `precision` is the share
    of new partners among the first `depth`, ties in expectation, the mean over actors; `max_precision` what
    a clairvoyant would have. `partners` counts the new ones, from each side.
    With `sector` only candidates of that sector count.

    Citation: Liben-Nowell & Kleinberg 2007, JASIST 58, 1019-1031; Hanley & McNeil 1982, Radiology 143, 29-36 (AUC).
    """
    made = neighbourhood(parts.before)
    cases = list(_cases(parts, made, sector))
    rows: list[tuple[Cell, ...]] = []
    most = float(np.mean([min(new.sum(), depth) / depth for _, _, new in cases])) if cases else None
    found = int(sum(new.sum() for _, _, new in cases))
    for name, scorer in (*((method.name, method.function) for method in METHODS), *_BASELINES):
        told = [_judged(scorer(made, place)[open_], new, depth) for place, open_, new in cases]
        rows.append((name, *_means(told), most, len(cases), found))
    return Table(COLUMNS, tuple(rows), tuple(_notes(parts, depth, len(cases))))


Case = tuple[int, NDArray[np.int64], NDArray[np.bool_]]
"""An actor, its candidates, and which of them became partners."""


def _cases(parts: Split, made: Neighbourhood, sector: str | None) -> Iterator[Case]:
    old, later = parts.before.actors, neighbourhood(parts.after)
    there = pc.index_in(old.table["iri"], parts.after.actors.table["iri"].combine_chunks())
    known = there.fill_null(-1).to_numpy().astype(np.int64)
    back = np.full(len(parts.after.actors), -1, np.int64)
    back[known[known >= 0]] = np.flatnonzero(known >= 0)
    right = np.ones(len(old), np.bool_) if sector is None else old.of_sector(sector)
    tried = 0
    for place in np.random.default_rng(_SEED).permutation(len(old)).tolist():
        if known[place] < 0 or tried == _MOST:
            continue
        met = np.zeros(len(old), np.bool_)
        partners = back[later.ties[[int(known[place])]].indices]
        met[partners[partners >= 0]] = True
        open_ = np.flatnonzero(candidates(made, place) & right)
        new = met[open_]
        if new.any() and not new.all():
            tried += 1
            yield place, open_, new


def _judged(score: NDArray[np.float64], new: NDArray[np.bool_], depth: int) -> tuple[float, float]:
    """The area under the curve and the precision for one actor."""
    hits = int(new.sum())
    score = np.array(rounded_scores(tuple(score.tolist())))
    area = (rankdata(score)[new].sum() - hits * (hits + 1) / 2) / (hits * (len(new) - hits))
    depth_here = min(depth, len(score))
    bar = np.sort(score)[-depth_here]
    above, level = score > bar, score == bar
    sure = int(np.count_nonzero(new & above))
    drawn = (depth_here - int(above.sum())) * np.count_nonzero(new & level) / np.count_nonzero(level)
    return float(area), float((sure + drawn) / depth)


def _means(told: list[tuple[float, float]]) -> tuple[float | None, float | None, float | None, float | None]:
    if not told:
        return None, None, None, None
    areas, precisions = (np.array(side) for side in zip(*told, strict=True))
    mean = float(areas.mean())
    error = 1.96 * float(areas.std(ddof=1)) / sqrt(len(areas)) if len(areas) > 1 else None
    ends = (None, None) if error is None else (max(mean - error, 0.0), min(mean + error, 1.0))
    return mean, *ends, float(precisions.mean())


def _notes(parts: Split, depth: int, cases: int) -> Iterator[Text]:
    yield from parts.before.notes[:1]
    sizes = [
        Text(f"{links} links of {actors} actors", f"{actors}个行动者的{links}条联系")
        for links, actors in ((len(part.links), len(part.actors)) for part in (parts.before, parts.after))
    ]
    yield Text(
        "Before {day}: {before}; from then on: {after}. Only links that began there for certain count.",
        "{day}之前：{before}；此后：{after}。只计确定在该时段起始的联系。",
    ).format(day=parts.day, before=sizes[0], after=sizes[1])
    yield Text(
        f"Of these, {cases} actors had a new partner whom they could have been told of: only those known before.",
        f"其中{cases}个行动者有了本可被建议的新伙伴：仅限此前已出现者。",
    )
    yield Text(
        f"precision is among the first {depth}; a method is worth something where it is above popularity.",
        f"precision为前{depth}名中的比例；高于popularity的方法才有价值。",
    )
    if not cases:
        yield Text(
            "So nothing can be said of any method: there are too few links of known dates, or the day is a bad one.",
            "因此对任何方法都无从判断：日期已知的联系太少，或分界日选得不当。",
        )
    elif cases < _FEW:
        yield Text(
            "That is too few to tell methods apart: look at lower and upper, and do not choose by these figures.",
            "案例太少，不足以区分各方法：请看lower与upper，勿据这些数字取舍。",
        )
