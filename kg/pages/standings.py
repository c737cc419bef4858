"""The ranks of all actors in the network of the site, with intervals under completion of the unnamed parties."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.findings.ranks import MODE
from kg.map import messages
from kg.measure import star
from kg.measure.cost import default_samples
from kg.measure.rank import ordered
from kg.measure.rank import resolve as chosen
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.intervals import intervals_by_measure
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.pages.parts import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.measure.uncertainty.intervals import Progress, RankIntervals
    from kg.network import Network


def measures(network: Network) -> tuple[str, ...]:
    """Return the measures of the pages of actors: the number of links, and last the one of the front page."""
    return tuple(dict.fromkeys(("degree", star.chosen(network, None))))


class Ranked(NamedTuple):
    """A network with the ranks of each actor by IRI, and the intervals of the measure of the front page."""

    network: Network
    standings: Mapping[str, tuple[Standing, ...]]
    intervals: RankIntervals | None


def ranked(network: Network, progress: Progress = iter) -> Ranked:
    """Return the ranks of the actors of a network.

    A network that is too large for samples in reasonable time has ranks without intervals.
    """
    if not len(network.actors):
        return Ranked(network, {}, None)
    samples = default_samples(network)
    sampled, names = {}, measures(network)
    if samples and missing_parties(network).any():
        sampled = intervals_by_measure(network, names, MODE, None, SamplingOptions(samples), progress)
    found: dict[str, list[Standing]] = defaultdict(list)
    iris = network.actors.table["iri"].to_pylist()
    for name in names:
        order = ordered(network, chosen(name, MODE), MODE, None)
        ends = _ends(sampled.get(name))
        joint = Counter(order.ranks)
        for row, rank in zip(order.rows.tolist(), order.ranks, strict=True):
            if rank is not None:
                lower, upper = ends.get(row, (None, None))
                score = float(order.scores.values[row] or 0)
                label = messages.term("measure", name, {})
                standing = Standing(name, label, score, rank, len(order.rows), joint[rank] > 1, lower, upper)
                found[iris[row]].append(standing)
    return Ranked(network, {iri: tuple(several) for iri, several in found.items()}, sampled.get(names[-1]))


def _ends(intervals: RankIntervals | None) -> dict[int, tuple[int, int]]:
    if intervals is None:
        return {}
    lower, upper = intervals.rank_interval()
    return dict(zip(intervals.rows.tolist(), zip(lower.tolist(), upper.tolist(), strict=True), strict=True))
