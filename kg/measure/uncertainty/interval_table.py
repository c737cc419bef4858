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
    meaning = Text(
        "lower and upper: the {of} from the 5 % to the 95 % quantile of the {unit}, extended to the observed value.",
        "lower与upper：{of}在各{unit}中5%至95%的范围，并含按已具名者所得之值。",
    ).format(of=Text("score", "得分") if of == "scores" else Text("rank", "位次"), unit=unit)
    names = [str(row[2] or row[1]) for row in table.rows[:_SUMMARISED]]
    summaries = (summary(intervals, column, Text(name, name)) for column, name in enumerate(names))
    return replace(table, notes=(*table.notes, *sampling_notes(intervals), meaning, *summaries, *_stability(intervals)))


def summary(intervals: RankIntervals, column: int, name: Text) -> Text:
    """Return a sentence with the number of samples in which the actor ranks first, and its rank interval."""
    first, options = int(intervals.top_counts(1)[column]), intervals.options
    best, worst = (int(end[column]) for end in intervals.rank_interval())
    ranks = Text(f"{best}", f"第{best}位") if best == worst else Text(f"{best} to {worst}", f"第{best}至{worst}位")
    return Text(
        "{name} ranks first in {first} of {samples} {unit}; its 90 % rank interval is {ranks}.",
        "{name}在{samples}{unit}中有{first}次居首；九成情形下居{ranks}。",
    ).format(name=name, first=first, samples=options.samples, unit=options.unit, ranks=ranks)


def sampling_notes(intervals: RankIntervals) -> Iterator[Text]:
    """Yield notes on the samples and their assumptions."""
    network, options = intervals.network, intervals.options
    gaps = missing_parties(network)
    yield Text("Intervals: {samples} {unit} (seed {seed}).", "区间：{samples}{unit}（种子{seed}）。").format(
        samples=options.samples, unit=options.unit, seed=options.seed
    )
    if options.drop_links:
        dropped, total = drop_count(network, options.drop_links), len(network.links)
        yield Text(
            f"Each sample drops {dropped} of {total} links ({options.drop_links:.0%}); "
            "an actor without a remaining link scores 0.",
            f"每次略去{total}条联系中的{dropped}条（{options.drop_links:.0%}）；再无联系者得分为0。",
        )
    if options.complete:
        yield from _imputation_notes(intervals, int(gaps.sum()))
        if (network.links.is_lower_bound & (gaps > 0)).any():
            yield Text(
                "Where a size is only a lower bound, parties are imputed up to that bound; more may be missing.",
                "规模仅为下限者补全至该下限；实际缺少的参与方可能更多。",
            )


def _imputation_notes(intervals: RankIntervals, gaps: int) -> Iterator[Text]:
    if not gaps:
        yield Text("All declared parties are named; nothing is imputed.", "所声明的参与方均已具名，没有什么需要补全。")
        return
    known = intervals.known_share
    yield Text(
        f"Each sample imputes {gaps} unnamed parties. With probability {known:.2g} a party is an actor of the network, "
        "else a new actor, which is not ranked. Its sector is drawn from the named parties of links of the same kind; "
        "actors of that sector are drawn in proportion to their number of links.",
        f"每次补全{gaps}个已声明而未具名的参与方：以概率{known:.2g}取自网络中的行动者，部门按同类联系具名方的"
        "分布抽取，部门内按各自的联系数抽取；否则为不参与排名的新行动者。",
    )
    if intervals.options.known_share is None:
        yield Text(
            f"{known:.2g} is the share of named participations whose actor is in another link too. Unnamed parties "
            "tend to be less known; try a smaller --known-share.",
            f"{known:.2g}为具名参与中其行动者另有其他联系的比例；未具名者往往更不为人知，可用--known-share试较小的值。",
        )


def _stability(intervals: RankIntervals) -> Iterator[Text]:
    """Yield a note with the median and the 90 % interval of rank agreement between samples and observed ranks."""
    if intervals.ranks.shape[1] < 2:  # noqa: PLR2004 - agreement needs two ranks
        return
    depth = min(_DEPTH, intervals.ranks.shape[1])
    statistics: tuple[tuple[Text, Callable[[Ranks, Ranks], float | None]], ...] = (
        (Text("Kendall's tau-b", "Kendall tau-b"), tau_b),
        (Text("Spearman's rho", "Spearman rho"), spearman),
        (Text(f"rank-biased overlap (p = {PERSISTENCE:g})", f"RBO（p = {PERSISTENCE:g}）"), rbo),
        (Text(f"overlap of the first {depth}", f"前{depth}名的重合"), lambda one, other: overlap(one, other, depth)),
    )
    parts = []
    for name, statistic in statistics:
        values = intervals.agreement(statistic)
        if values:
            lower, middle, upper = np.quantile(values, (0.05, 0.5, 0.95))
            parts.append(
                Text(
                    "{name} {middle:.2f} ({lower:.2f} to {upper:.2f})",
                    "{name}为{middle:.2f}（{lower:.2f}至{upper:.2f}）",
                ).format(name=name, lower=lower, middle=middle, upper=upper)
            )
    yield Text(
        "Agreement with the observed order (median of the {unit}, 5 % to 95 %): {agreement}.",
        "与按已具名者排序的一致程度，取各{unit}的中位数及5%至95%：{agreement}。",
    ).format(unit=intervals.options.unit, agreement=Text(", ", "，").join(parts))


def _cells(ends: Numbers | Ranks) -> list[float | int | None]:
    return [None if value != value else value for value in ends.tolist()]  # noqa: PLR0124 - nan differs from itself
