"""Ranks that moved beyond their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.changes.change import Change
from kg.measure import star
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Mode, Network


class Ranking(NamedTuple):
    """The ranking that is compared.

    Attributes:
        measure: by default that of `kg.measure.star.chosen` for the new state.
        mode, sector: see `kg.measure.rank.rank`.
        samples: number of imputations of the unnamed parties in each state.
        progress: wraps the sample numbers, for a progress bar.
    """

    measure: str | None = None
    mode: Mode = "two-mode"
    sector: str | None = None
    samples: int = 200
    progress: Progress = iter


class _Place(NamedTuple):
    rank: int
    best: int
    worst: int

    def __str__(self) -> str:
        return f"{self.rank} ({self.best}–{self.worst})" if self.best < self.worst else str(self.rank)


def moved(old: Network, new: Network, ranking: Ranking) -> Iterator[Change]:
    """Yield the actors whose rank intervals do not overlap, by their new rank.

    The interval of a rank contains nine of ten samples in which the unnamed parties are imputed
    (`kg.measure.uncertainty`). An actor without a score has no rank.
    """
    if not len(old.actors) or not len(new.actors):
        return
    ranking = ranking._replace(measure=star.chosen(new, ranking.measure))
    before, after = _places(old, ranking), _places(new, ranking)
    labels = {actor.iri: actor.label for actor in new.actors}
    for iri in sorted(before.keys() & after.keys(), key=lambda iri: (after[iri].rank, iri)):
        if before[iri].worst < after[iri].best or after[iri].worst < before[iri].best:
            yield Change("rank", iri, labels[iri], str(before[iri]), str(after[iri]))


def _places(network: Network, ranking: Ranking) -> dict[str, _Place]:
    options = SamplingOptions(samples=ranking.samples)
    measure = star.chosen(network, ranking.measure)
    intervals = rank_intervals(network, measure, ranking.mode, ranking.sector, options, ranking.progress)
    best, worst = intervals.rank_interval()
    iris = network.actors.table["iri"].to_pylist()
    scored = intervals.observed_scores[0] > 0
    columns = zip(intervals.rows, intervals.observed_ranks, best, worst, scored, strict=True)
    return {iris[row]: _Place(int(rank), int(low), int(high)) for row, rank, low, high, known in columns if known}
