"""How far scores and ranks rest on what is not known: many networks as they may be, and the measure on each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure import Scores
from kg.measure.rank import bounded, checked, ordered, rounded
from kg.measure.uncertainty.imputation import completed, left_out, missing, recurring, resampled
from kg.measure.uncertainty.rank_agreement import PERSISTENCE, Ranks, overlap, rbo, spearman, tau_b
from kg.model import Table, Text
from kg.network import Mode, Network

LEVEL = 0.9
"""An interval leaves out 5 % of the draws at each end."""

_TOLD = 3
"""Of how many actors the notes tell how they stand."""

_DEPTH = 10
"""The overlap of the first so many is told."""

Numbers = NDArray[np.float64]
Of = Literal["scores", "ranks"]
Watch = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Draws:
    """How a network is drawn as it may be.

    Attributes:
        number: how many draws.
        complete: whether unnamed parties are filled in (`kg.measure.uncertainty.imputation.completed`).
        known: the probability q that such a party is an actor of the network; by default the share of named
            participations whose actor takes part in another link too.
        drop: the share of links that each draw leaves out, before it fills in.
        seed: the same one gives the same draws, and the first so many of them whatever `number` is.

    Raises:
        UsageError: a number is out of range, or nothing is drawn.
    """

    number: int = 200
    complete: bool = True
    known: float | None = None
    drop: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.number < 1:
            raise UsageError(f"the number of draws must be 1 or more, not {self.number}")
        if self.known is not None and not 0 <= self.known <= 1:
            raise UsageError(f"q is a probability, between 0 and 1, not {self.known:g}")
        if not 0 <= self.drop < 1:
            raise UsageError(f"the share of links to leave out is at least 0 and less than 1, not {self.drop:g}")
        if not self.complete and not self.drop:
            raise UsageError("nothing is drawn: complete the links, or leave some out")
        if self.seed < 0:
            raise UsageError(f"a seed is 0 or more, not {self.seed}")

    @property
    def word(self) -> Text:
        """What a draw is called, for several of them; in Chinese with its measure word."""
        return Text("draws", "次抽取") if self.drop else Text("completions", "次补全")


_DEFAULT = Draws()


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What many draws say of the actors listed; a column an actor, in the order of the network as it is named.

    Attributes:
        rows: places of the actors in the network.
        observed: the ranks in the network as it is named.
        score: the bounds of each score there; alike but where the measure has bounds of its own; nan where undefined.
        least, most: the same of each draw, a row a draw. Who has no link left scores 0.
        ranks: of each draw, among the actors listed: equals share the best, who has no score comes after all who have.
        notes: what was drawn, in words.
    """

    rows: NDArray[np.int64]
    observed: Ranks
    score: tuple[Numbers, Numbers]
    least: Numbers
    most: Numbers
    ranks: Ranks
    draws: Draws
    notes: tuple[Text, ...]

    def scores_between(self, level: float = LEVEL) -> tuple[Numbers, Numbers]:
        """The interval of each score: the middle `level` of the draws, and the score itself; with level 1 all draws."""
        lower, upper = _between(self.least, level)[0], _between(self.most, level)[1]
        return np.fmin(lower, self.score[0]), np.fmax(upper, self.score[1])

    def ranks_between(self, level: float = LEVEL) -> tuple[Ranks, Ranks]:
        """The same of each rank, the better end first."""
        lower, upper = _between(self.ranks.astype(np.float64), level)
        return np.minimum(lower, self.observed).astype(np.int64), np.maximum(upper, self.observed).astype(np.int64)

    def within(self, depth: int) -> Ranks:
        """In how many draws each actor is among the first `depth`; 1 asks who is first, alone or with others."""
        count: Ranks = np.count_nonzero(self.ranks <= depth, axis=0)
        return count

    def agreement(self, measured: Callable[[Ranks, Ranks], float | None]) -> tuple[float, ...]:
        """How far each draw agrees with the order as it is named, where that is defined."""
        found = (measured(self.observed, ranks) for ranks in self.ranks)
        return tuple(value for value in found if value is not None)


def stand(
    network: Network, by: str, mode: Mode, sector: str | None, draws: Draws = _DEFAULT, watch: Watch = iter
) -> Standing:
    """The scores and ranks of the actors of `sector`, or of all, in each draw; `watch` sees the draws pass.

    Where nothing is missing and nothing left out, each draw is the network itself. Draws of links with replacement, as
    a bootstrap has them, are not made: a link that is there twice would be a second way between its parties.

    Raises:
        UsageError: no such measure or mode.
    """
    measure = checked(by, mode)
    order = ordered(network, measure, mode, sector)
    own = _sides(order.scores, order.rows)
    observed = _ranked(own[2])
    known = recurring(network) if draws.known is None else draws.known
    found = []
    if left_out(network, draws.drop) or missing(network).any():
        seeds = np.random.SeedSequence(draws.seed).spawn(draws.number)
        for number in watch(range(draws.number)):
            drawn, places = _draw(network, draws, known, np.random.default_rng(seeds[number]))
            found.append(_spread(measure.function(drawn, mode), places, len(network.actors), order.rows))
    else:
        found = [own] * draws.number
    least, most, values = (np.array(side).reshape(draws.number, -1) for side in zip(*found, strict=True))
    ranks = np.array([_ranked(row) for row in values]).reshape(draws.number, -1)
    return Standing(order.rows, observed, own[:2], least, most, ranks, draws, tuple(_drawn(network, draws, known)))


def filled(table: Table, found: Standing, of: Of = "scores") -> Table:
    """Return the table of `kg.measure.rank.rank` with the intervals as `lower` and `upper`, and notes on stability.

    `found` is of the same network, measure, mode and sector; with `of` "ranks" the intervals are of ranks.
    """
    lower, upper = found.scores_between() if of == "scores" else found.ranks_between()
    table = bounded(table, zip(_cells(lower), _cells(upper), strict=True))
    word = found.draws.word
    what = Text(
        "lower and upper: of the {of}, from 5 % to 95 % of the {word}, and as it is named.",
        "lower与upper：{of}在各{word}中5%至95%的范围，并含按已具名者所得之值。",
    ).format(of=Text("score", "得分") if of == "scores" else Text("rank", "位次"), word=word)
    names = [str(row[2] or row[1]) for row in table.rows[:_TOLD]]
    told = (sentence(found, place, Text(name, name)) for place, name in enumerate(names))
    return replace(table, notes=(*table.notes, *found.notes, what, *told, *_stability(found)))


def sentence(found: Standing, place: int, name: Text) -> Text:
    """In how many draws the actor in that place of the order is first, and between which ranks, in words."""
    first, draws = int(found.within(1)[place]), found.draws
    lower, upper = (int(end[place]) for end in found.ranks_between())
    ranks = (
        Text(f"rank {lower}", f"第{lower}位")
        if lower == upper
        else Text(f"rank {lower} to {upper}", f"第{lower}至{upper}位")
    )
    return Text(
        "{name} is first in {first} of {number} {word}; {ranks} in nine of ten.",
        "{name}在{number}{word}中有{first}次居首；九成情形下居{ranks}。",
    ).format(name=name, first=first, number=draws.number, word=draws.word, ranks=ranks)


def _draw(network: Network, draws: Draws, known: float, draw: np.random.Generator) -> tuple[Network, NDArray[np.int64]]:
    """The network as it may be, and which actors of the network its first ones are."""
    places = np.arange(len(network.actors))
    if draws.drop:
        network, places = resampled(network, draws.drop, draw)
    return (completed(network, known, draw) if draws.complete else network), places


def _sides(scores: Scores, rows: NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """The least, the most and the value of each of `rows`, nan where it is not defined."""
    lower, upper = scores.lower or scores.values, scores.upper or scores.values
    least, most, value = (np.array(side, dtype=np.float64)[rows] for side in (lower, upper, scores.values))
    return least, most, value


def _spread(
    scores: Scores, places: NDArray[np.int64], actors: int, rows: NDArray[np.int64]
) -> tuple[Numbers, Numbers, Numbers]:
    """The same of a draw whose first actors are those in `places` of all; the others have no link there, and 0."""
    there = np.zeros(actors, np.int64)
    there[places] = np.arange(1, len(places) + 1)
    chosen = there[rows]
    found = _sides(scores, np.maximum(chosen - 1, 0))
    least, most, value = (
        np.array(rounded(tuple(np.where(chosen > 0, side, 0.0).tolist())), dtype=np.float64) for side in found
    )
    return least, most, value


def _ranked(scores: Numbers) -> Ranks:
    """Competition ranks from the highest score down; nan comes last."""
    told = np.where(np.isnan(scores), -np.inf, scores)
    ranks: Ranks = 1 + len(told) - np.searchsorted(np.sort(told), told, side="right")
    return ranks


def _between(values: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """The middle `level` of each column, from value to value of it; nan where all are."""
    lower, upper = (np.full(values.shape[1], np.nan) for _ in range(2))
    known = ~np.isnan(values).all(axis=0)
    if known.any():
        lower[known] = np.nanquantile(values[:, known], (1 - level) / 2, axis=0, method="lower")
        upper[known] = np.nanquantile(values[:, known], (1 + level) / 2, axis=0, method="higher")
    return lower, upper


def _cells(ends: Numbers | Ranks) -> list[float | int | None]:
    return [None if value != value else value for value in ends.tolist()]  # noqa: PLR0124 - nan is not itself


def _drawn(network: Network, draws: Draws, known: float) -> Iterator[Text]:
    """What was drawn, and by which assumptions."""
    word, gaps = draws.word, missing(network)
    yield Text(
        "Intervals: {number} {word} (seed {seed}).",
        "区间：{number}{word}（种子{seed}）。",
    ).format(number=draws.number, word=word, seed=draws.seed)
    if draws.drop:
        gone, total = left_out(network, draws.drop), len(network.links)
        yield Text(
            f"Each leaves out {gone} of {total} links ({draws.drop:.0%}); who has no link left scores 0.",
            f"每次略去{total}条联系中的{gone}条（{draws.drop:.0%}）；再无联系者得分为0。",
        )
    if not draws.complete:
        return
    if not gaps.any():
        yield Text(
            "No declared party is unnamed: there is nothing to fill in.", "所声明的参与方均已具名，没有什么需要补全。"
        )
        return
    yield Text(
        f"Each fills in {gaps.sum()} declared parties that nobody named: by an actor of the network with "
        f"probability {known:.2g}, drawn by its number of links within a sector that is drawn as among the named "
        "parties of links of the same kind; else by somebody new, who is not ranked.",
        f"每次补全{gaps.sum()}个已声明而未具名的参与方：以概率{known:.2g}取自网络中的行动者，部门按同类联系具名方的"
        "分布抽取，部门内按各自的联系数抽取；否则为不参与排名的新行动者。",
    )
    if draws.known is None:
        yield Text(
            f"{known:.2g} is the share of named participations whose actor is in another link too; the unnamed are "
            "rather less known, so try a smaller one (--known-share).",
            f"{known:.2g}为具名参与中其行动者另有其他联系的比例；未具名者往往更不为人知，可用--known-share试较小的值。",
        )
    if (network.links.is_lower_bound & (gaps > 0)).any():
        yield Text(
            "Sizes that are only lower bounds are filled up to the bound; more parties may be missing.",
            "规模仅为下限者补全至该下限；实际缺少的参与方可能更多。",
        )


def _stability(found: Standing) -> Iterator[Text]:
    """How far the order as it is named and those of the draws agree, the middle of them and its interval."""
    if found.ranks.shape[1] < 2:  # noqa: PLR2004 - an order of one agrees with itself
        return
    depth = min(_DEPTH, found.ranks.shape[1])
    measures: tuple[tuple[Text, Callable[[Ranks, Ranks], float | None]], ...] = (
        (Text("Kendall's tau-b", "Kendall tau-b"), tau_b),
        (Text("Spearman's rho", "Spearman rho"), spearman),
        (Text(f"rank-biased overlap (p = {PERSISTENCE:g})", f"RBO（p = {PERSISTENCE:g}）"), rbo),
        (Text(f"overlap of the first {depth}", f"前{depth}名的重合"), lambda one, other: overlap(one, other, depth)),
    )
    told = []
    for name, measured in measures:
        values = found.agreement(measured)
        if values:
            lower, middle, upper = np.quantile(values, (0.05, 0.5, 0.95))
            told.append(
                Text(
                    "{name} {middle:.2f} ({lower:.2f} to {upper:.2f})",
                    "{name}为{middle:.2f}（{lower:.2f}至{upper:.2f}）",
                ).format(name=name, lower=lower, middle=middle, upper=upper)
            )
    yield Text(
        "Agreement with the order as it is named, the middle of the {word} and 5 % to 95 %: {agreement}.",
        "与按已具名者排序的一致程度，取各{word}的中位数及5%至95%：{agreement}。",
    ).format(word=found.draws.word, agreement=Text(", ", "，").join(told))
