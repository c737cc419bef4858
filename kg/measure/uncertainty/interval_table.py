"""Rankings with intervals, and notes on the samples and the stability of the order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from kg.measure.rank import with_bounds
from kg.measure.uncertainty.imputation import drop_count, missing_parties
from kg.measure.uncertainty.intervals import Numbers, RankIntervals
from kg.measure.uncertainty.rank_agreement import PERSISTENCE, Ranks, overlap, rbo, spearman, tau_b
from kg.model import Table, Text
from kg.texts import Message

_SUMMARISED = 3
"""The number of actors whose intervals the notes describe."""

_DEPTH = 10
"""The depth of the overlap that the notes report."""

Of = Literal["scores", "ranks"]


def with_intervals(table: Table, intervals: RankIntervals, of: Of = "scores") -> Table:
    """Return the table of `kg.measure.rank.rank` with intervals as `lower` and `upper`, and notes on stability.

    `intervals` must be of the same network, measure, mode and sector. With `of` "ranks" they are rank intervals.
    """
    lower, upper = intervals.score_interval() if of == "scores" else intervals.rank_interval()
    table = with_bounds(table, zip(_cells(lower), _cells(upper), strict=True))
    unit = intervals.options.unit
    meaning = Message(
        "lower and upper: the {of} from the 5 % to the 95 % quantile of the {unit}, extended to the observed value.",
        of=Message("score") if of == "scores" else Message("rank"),
        unit=unit,
    )
    names = [str(row[2] or row[1]) for row in table.rows[:_SUMMARISED]]
    summaries = (summary(intervals, column, Text(name, name)) for column, name in enumerate(names))
    return replace(table, notes=(*table.notes, *sampling_notes(intervals), meaning, *summaries, *_stability(intervals)))


def summary(intervals: RankIntervals, column: int, name: Text) -> Text:
    """Return a sentence with the number of samples in which the actor ranks first, and its rank interval."""
    first, options = int(intervals.top_counts(1)[column]), intervals.options
    best, worst = (int(end[column]) for end in intervals.rank_interval())
    ranks = Message("{best} to {worst}", best=best, worst=worst)
    if best == worst:
        ranks = Message("{place}", "rank", place=best)
    return Message(
        "{name} ranks first in {first} of {samples} {unit}; its 90 % rank interval is {ranks}.",
        name=name,
        first=first,
        samples=options.samples,
        unit=options.unit,
        ranks=ranks,
    )


def sampling_notes(intervals: RankIntervals) -> Iterator[Text]:
    """Yield notes on the samples and their assumptions."""
    network, options = intervals.network, intervals.options
    gaps = missing_parties(network)
    yield Message(
        "Intervals: {samples} {unit} (seed {seed}).", samples=options.samples, unit=options.unit, seed=options.seed
    )
    if options.drop_links:
        dropped, total = drop_count(network, options.drop_links), len(network.links)
        yield Message(
            "Each sample drops {dropped} of {total} links ({drop_links:.0%}); an actor without a remaining link scores "
            "0.",
            dropped=dropped,
            total=total,
            drop_links=options.drop_links,
        )
    if options.complete:
        yield from _imputation_notes(intervals, int(gaps.sum()))
        if (network.links.is_lower_bound & (gaps > 0)).any():
            yield Message(
                "Where a size is only a lower bound, parties are imputed up to that bound; more may be missing."
            )


def _imputation_notes(intervals: RankIntervals, gaps: int) -> Iterator[Text]:
    if not gaps:
        yield Message("All declared parties are named; nothing is imputed.")
        return
    known = intervals.known_share
    yield Message(
        "Each sample imputes {gaps} unnamed parties. With probability {known:.2g} a party is an actor of the network, "
        "else a new actor, which is not ranked. Its sector is drawn from the named parties of links of the same kind; "
        "actors of that sector are drawn in proportion to their number of links.",
        gaps=gaps,
        known=known,
    )
    if intervals.options.known_share is None:
        yield Message(
            "{known:.2g} is the share of named participations whose actor is in another link too. Unnamed parties tend "
            "to be less known; try a smaller --known-share.",
            known=known,
        )


def _stability(intervals: RankIntervals) -> Iterator[Text]:
    """Yield a note with the median and the 90 % interval of rank agreement between samples and observed ranks."""
    if intervals.ranks.shape[1] < 2:  # noqa: PLR2004 - agreement needs two ranks
        return
    depth = min(_DEPTH, intervals.ranks.shape[1])
    statistics: tuple[tuple[Text, Callable[[Ranks, Ranks], float | None]], ...] = (
        (Message("Kendall's tau-b"), tau_b),
        (Message("Spearman's rho"), spearman),
        (Message("rank-biased overlap (p = {PERSISTENCE:g})", PERSISTENCE=PERSISTENCE), rbo),
        (Message("overlap of the first {depth}", depth=depth), lambda one, other: overlap(one, other, depth)),
    )
    parts = []
    for name, statistic in statistics:
        values = intervals.agreement(statistic)
        if values:
            lower, middle, upper = np.quantile(values, (0.05, 0.5, 0.95))
            parts.append(
                Message(
                    "{name} {middle:.2f} ({lower:.2f} to {upper:.2f})",
                    name=name,
                    lower=lower,
                    middle=middle,
                    upper=upper,
                )
            )
    yield Message(
        "Agreement with the observed order (median of the {unit}, 5 % to 95 %): {agreement}.",
        unit=intervals.options.unit,
        agreement=Message(", ").join(parts),
    )


def _cells(ends: Numbers | Ranks) -> list[float | int | None]:
    return [None if value != value else value for value in ends.tolist()]  # noqa: PLR0124 - nan differs from itself
