"""Findings about ranks: a first rank that holds for most completions, fragile ranks, and the partners of a hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.findings.finding import Finding, is_hub, records
from kg.findings.wording import number, ordinal
from kg.findings.wording import sector as sector_name
from kg.measure import find, star
from kg.measure.rank import ordered
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model.shown import shown_name
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.measure.uncertainty.intervals import Progress, RankIntervals
    from kg.network import Mode, Network

MODE: Mode = "two-mode"
MIN_SCORED = 5
"""Number of actors with a positive score below which ranks yield no finding."""
MAX_WIDTH = 4
"""Largest difference between the ends of a rank interval that counts as certain."""
CERTAIN_SHARE = 0.9
"""Share of the completions in which a certain first rank stays first."""
FRAGILE_TOP = 10
FRAGILE_WIDTH = 20
"""A rank among the first `FRAGILE_TOP` is fragile if its interval spans more than `FRAGILE_WIDTH` ranks."""


def intervals_of(network: Network, sector: str | None, samples: int, progress: Progress = iter) -> RankIntervals | None:
    """Return the rank intervals by the default measure of the network; ``None`` if no finding could follow from them.

    The observed ranks exclude a finding before any sample is drawn.
    """
    measure = star.chosen(network, None)
    order = ordered(network, find(measure), MODE, sector)
    scores = np.array(order.scores.lower or order.scores.values, dtype=np.float64)[order.rows]
    if not _comparable(network, order.rows, scores, order.ranks):
        return None
    return rank_intervals(network, measure, MODE, sector, SamplingOptions(samples=samples), progress)


def ranks(network: Network, sector: str | None, intervals: RankIntervals) -> Iterator[Finding]:
    """Yield the first actor of `sector` if its rank is certain, and the most fragile of the first ranks.

    The interval of a rank contains nine of ten samples in which the unnamed parties are imputed
    (`kg.measure.uncertainty`). Without unnamed parties there is no interval, and no finding about fragile ranks.
    If the first actor is a hub, ranks yield no finding. In a star, the partners of the hub are compared by their links.
    """
    if not _comparable(network, intervals.rows, intervals.observed_scores[0], intervals.observed_ranks.tolist()):
        return
    hub = star.hub(network)
    if hub is not None:
        yield from _partners(network, sector, intervals, hub)
        return
    option = "" if sector is None else f" --sector {sector}"
    command = f"kg rank{option} --intervals ranks --samples {intervals.options.samples}"
    yield from _leader(network, sector, intervals, command)
    yield from _fragile(network, sector, intervals, command)


def _comparable(
    network: Network, rows: NDArray[np.int64], scores: NDArray[np.float64], ranks: Sequence[int | None]
) -> bool:
    """Return whether the observed `scores` and `ranks` of the actors `rows`, in their order, permit a finding."""
    hub = star.hub(network)
    if hub is not None:
        own = scores[rows != hub]
        return len(own) >= MIN_SCORED and own[0] != own[1]
    scored = np.count_nonzero(scores > 0) >= MIN_SCORED
    return bool(scored and ranks[1] != 1 and not is_hub(network, int(rows[0])))


def _leader(network: Network, sector: str | None, intervals: RankIntervals, command: str) -> Iterator[Finding]:
    best, worst = (int(end[0]) for end in intervals.rank_interval())
    if worst - best > MAX_WIDTH:
        return
    certainty = _certainty(network, intervals, 0, worst)
    yield Finding(
        "first-rank",
        Message(
            "{name} is the main bridge among {total} {members}, {certainty}.",
            name=_name(network, intervals, 0),
            total=number(len(intervals.rows)),
            members=sector_name(sector),
            certainty=certainty,
        ),
        "betweenness rank",
        1,
        best,
        worst,
        _links(network, intervals, 0),
        command,
    )


def _certainty(network: Network, intervals: RankIntervals, place: int, worst: int, before: int = 0) -> Text:
    """Return how often the actor at `place` is first in the completions; `before` actors are not compared."""
    first, samples = int(intervals.top_counts(1 + before)[place]), intervals.options.samples
    if not missing_parties(network).any():
        return Message("and no party is unnamed")
    if first >= CERTAIN_SHARE * samples:
        return Message("first in {first} of {samples} completions of the unnamed parties", first=first, samples=samples)
    return Message(
        "but may rank as low as {worst} (nine of ten completions of the unnamed parties)", worst=ordinal(worst - before)
    )


def _partners(network: Network, sector: str | None, intervals: RankIntervals, hub: int) -> Iterator[Finding]:
    """Yield the partner of a hub with the most links."""
    places = np.flatnonzero(intervals.rows != hub)
    own = intervals.observed_scores[0][places]
    first, before = int(places[0]), int(places[0] > 0)
    best, worst = (int(end[first]) for end in intervals.rank_interval())
    option = "" if sector is None else f" --sector {sector}"
    yield Finding(
        "first-partner",
        Message(
            "{hub} takes part in nearly all links, so its partners are compared by links: {name} is first of {total} "
            "{members} with {links}, {certainty}.",
            hub=shown_name(network.actors[hub].label),
            name=_name(network, intervals, first),
            total=number(len(places)),
            members=sector_name(sector),
            links=number(int(own[0])),
            certainty=_certainty(network, intervals, first, worst, before),
        ),
        "degree rank",
        int(intervals.observed_ranks[first]),
        best,
        worst,
        _links(network, intervals, first),
        f"kg rank{option} --intervals ranks --samples {intervals.options.samples}",
    )


def _fragile(network: Network, sector: str | None, intervals: RankIntervals, command: str) -> Iterator[Finding]:
    best, worst = intervals.rank_interval()
    top = np.flatnonzero((intervals.observed_ranks <= FRAGILE_TOP) & (intervals.observed_scores[0] > 0))
    if not len(top):
        return
    place = int(top[np.argmax((worst - best)[top])])
    rank, lower, upper = int(intervals.observed_ranks[place]), int(best[place]), int(worst[place])
    if upper - lower <= FRAGILE_WIDTH:
        return
    yield Finding(
        "fragile-rank",
        Message(
            "{name} ranks {rank} of {total} {members}, but could rank anywhere from {lower} to {upper} if the unnamed "
            "parties were named.",
            name=_name(network, intervals, place),
            rank=ordinal(rank),
            total=number(len(intervals.rows)),
            members=sector_name(sector),
            lower=ordinal(lower),
            upper=ordinal(upper),
        ),
        "betweenness rank",
        rank,
        lower,
        upper,
        _links(network, intervals, place),
        command,
    )


def _name(network: Network, intervals: RankIntervals, place: int) -> Text:
    return shown_name(network.actors[int(intervals.rows[place])].label)


def _links(network: Network, intervals: RankIntervals, place: int) -> tuple[str, ...]:
    chosen = network.link_of[network.actor_of == intervals.rows[place]]
    return records(network, chosen)
