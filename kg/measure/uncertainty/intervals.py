"""Intervals of scores and ranks: impute unnamed parties many times and recompute the measure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.measure import Scores
from kg.measure.rank import ordered, resolve, rounded_numbers
from kg.measure.uncertainty.imputation import (
    Imputation,
    drop_count,
    drop_links,
    impute,
    missing_parties,
    recurrence,
)
from kg.measure.uncertainty.rank_agreement import Ranks
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import Mode, Network

LEVEL = 0.9
"""The share of the samples inside an interval; 5 % of them lie below it and 5 % above."""

_DEFAULT = SamplingOptions()

Numbers = NDArray[np.float64]
Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True, slots=True, eq=False)
class RankIntervals:
    """The scores and ranks of actors in the observed network and in samples of it.

    Arrays have one column for each actor, in the order of the observed ranking.

    Attributes:
        rows: indexes of the actors in the network.
        observed_ranks: ranks in the observed network, in which unnamed parties are absent.
        observed_scores: the lower and the upper bound of each observed score. They differ only if the measure has
            bounds of its own. Undefined scores are nan.
        lower, upper: the same bounds in each sample, one row a sample. An actor without a link in a sample scores 0.
        ranks: competition ranks in each sample among the actors listed. Actors without a score come last.
        options: the options of the samples.
        network: the observed network.
        known_share: the probability that was used; `options` may leave it to the network.
    """

    rows: NDArray[np.int64]
    observed_ranks: Ranks
    observed_scores: tuple[Numbers, Numbers]
    lower: Numbers
    upper: Numbers
    ranks: Ranks
    options: SamplingOptions
    network: Network
    known_share: float

    def score_interval(self, level: float = LEVEL) -> tuple[Numbers, Numbers]:
        """Return the lower and upper ends of the central `level` of the sampled scores, extended to the observed score.

        With `level` 1 the interval covers all samples.
        """
        lower, upper = _central(self.lower, level)[0], _central(self.upper, level)[1]
        return np.fmin(lower, self.observed_scores[0]), np.fmax(upper, self.observed_scores[1])

    def rank_interval(self, level: float = LEVEL) -> tuple[Ranks, Ranks]:
        """Return the best and worst ends of the central `level` of the sampled ranks, extended to the observed rank."""
        best, worst = _central(self.ranks.astype(np.float64), level)
        return (
            np.minimum(best, self.observed_ranks).astype(np.int64),
            np.maximum(worst, self.observed_ranks).astype(np.int64),
        )

    def top_counts(self, depth: int) -> Ranks:
        """Return the number of samples in which each actor has rank `depth` or better."""
        count: Ranks = np.count_nonzero(self.ranks <= depth, axis=0)
        return count

    def agreement(self, statistic: Callable[[Ranks, Ranks], float | None]) -> tuple[float, ...]:
        """Return `statistic` of the observed ranks and those of each sample, without undefined values."""
        values = (statistic(self.observed_ranks, ranks) for ranks in self.ranks)
        return tuple(value for value in values if value is not None)


def rank_intervals(
    network: Network,
    measure: str,
    mode: Mode,
    sector: str | None,
    options: SamplingOptions = _DEFAULT,
    progress: Progress = iter,
) -> RankIntervals:
    """Return the scores and ranks of the actors of `sector`, or of all actors, in each sample.

    `progress` wraps the sample numbers, for a progress bar. If no party is unnamed and no link is dropped, each sample
    equals the network. Links are not sampled with replacement as in a bootstrap, because a duplicated link would add a
    second path between its parties.

    Raises:
        UsageError: the measure or the mode does not exist.
    """
    return intervals_by_measure(network, (measure,), mode, sector, options, progress)[measure]


def intervals_by_measure(
    network: Network,
    measures: Sequence[str],
    mode: Mode,
    sector: str | None,
    options: SamplingOptions = _DEFAULT,
    progress: Progress = iter,
) -> dict[str, RankIntervals]:
    """Return the intervals of several measures, which are computed on the same samples; see `rank_intervals`."""
    chosen = [resolve(measure, mode) for measure in measures]
    orders = [ordered(network, measure, mode, sector) for measure in chosen]
    observed = [_bounds(order.scores, order.rows) for order in orders]
    known_share = recurrence(network) if options.known_share is None else options.known_share
    if drop_count(network, options.drop_links) or missing_parties(network).any():
        drawn = progress(range(options.samples))
        samples = [
            [
                _sampled_bounds(measure.function(sampled, mode), kept, len(network.actors), order.rows)
                for measure, order in zip(chosen, orders, strict=True)
            ]
            for sampled, kept in _samples(network, options, known_share, drawn)
        ]
    else:
        samples = [observed] * options.samples
    results = {}
    for measure, order, bounds, own in zip(measures, orders, observed, zip(*samples, strict=True), strict=True):
        lower, upper, values = (np.array(side).reshape(options.samples, -1) for side in zip(*own, strict=True))
        ranks = np.array([_competition_ranks(row) for row in values]).reshape(options.samples, -1)
        ranked = _competition_ranks(bounds[2])
        results[measure] = RankIntervals(
            order.rows, ranked, bounds[:2], lower, upper, ranks, options, network, known_share
        )
    return results


def _samples(
    network: Network, options: SamplingOptions, known_share: float, numbers: Iterable[int]
) -> Iterator[tuple[Network, NDArray[np.int64]]]:
    """Yield each sampled network, and the indexes of its actors in `network`; imputed actors follow them."""
    seeds = np.random.SeedSequence(options.seed).spawn(options.samples)
    prepared = Imputation(network) if options.complete and not options.drop_links else None
    everyone = np.arange(len(network.actors))
    for number in numbers:
        generator = np.random.default_rng(seeds[number])
        if prepared is not None:
            yield prepared.draw(known_share, generator), everyone
            continue
        sampled, kept = drop_links(network, options.drop_links, generator)
        yield impute(sampled, known_share, generator) if options.complete else sampled, kept


def _bounds(scores: Scores, rows: NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the lower bound, the upper bound and the value of each of `rows`, nan if undefined."""
    sides = scores.lower or scores.values, scores.upper or scores.values, scores.values
    lower, upper, value = (np.array(side, dtype=np.float64)[rows] for side in sides)
    return lower, upper, value


def _sampled_bounds(
    scores: Scores, kept: NDArray[np.int64], actors: int, rows: NDArray[np.int64]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the bounds of `rows` in a sample.

    The first actors of the sample are the actors `kept` of the network; the other actors of the network score 0.
    """
    position = np.zeros(actors, np.int64)
    position[kept] = np.arange(1, len(kept) + 1)
    chosen = position[rows]
    sides = [np.where(chosen > 0, side, 0.0) for side in _bounds(scores, np.maximum(chosen - 1, 0))]
    value = rounded_numbers(sides[2])
    if scores.lower is None and scores.upper is None:
        return value, value, value
    return rounded_numbers(sides[0]), rounded_numbers(sides[1]), value


def _competition_ranks(scores: Numbers) -> Ranks:
    """Return competition ranks from the highest score down; nan comes last."""
    comparable = np.where(np.isnan(scores), -np.inf, scores)
    ranks: Ranks = 1 + len(comparable) - np.searchsorted(np.sort(comparable), comparable, side="right")
    return ranks


def _central(values: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the ends of the central `level` of each column, which are values of it; nan if all values are nan."""
    ordered_values = np.sort(values, axis=0)  # nan sorts last
    last = np.count_nonzero(~np.isnan(values), axis=0) - 1
    ends = np.floor(last * ((1 - level) / 2)), np.ceil(last * ((1 + level) / 2))
    # Without a value, the row -1 is nan.
    lower, upper = (ordered_values[row.astype(np.int64), np.arange(values.shape[1])] for row in ends)
    return lower, upper
