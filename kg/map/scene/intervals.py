"""Rank intervals of the actors, for the panel."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.findings.ranks import MODE
from kg.map.options import MapOptions
from kg.map.scene.model import RankInterval
from kg.measure.cost import SAMPLED_MEASURES, default_samples
from kg.measure.star import chosen
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import sampling_notes
from kg.measure.uncertainty.intervals import Progress, RankIntervals, intervals_by_measure
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import Network
from kg.texts import Message, Text

_SOME = Message(
    "Rank intervals are given for the measure of the map and a few others; kg rank --measure … --intervals ranks "
    "computes them for each."
)
_NONE = Message("Rank intervals are omitted, because they take long for this network; pass --samples 100.")


@dataclass(frozen=True, slots=True)
class Estimates:
    """Rank intervals of the actors.

    Attributes:
        ranks: intervals by measure, in the order of the actors; empty without samples.
        notes: notes on the samples.
        by_measure: the samples behind them.
    """

    ranks: Mapping[str, list[RankInterval | None]] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    by_measure: Mapping[str, RankIntervals] = field(default_factory=dict)


def estimate(network: Network, options: MapOptions, progress: Progress = iter) -> Estimates:
    """Return rank intervals of the measure of the map and of some others.

    There are none if all parties are named or if no samples are requested.
    """
    if options.samples == 0 or not missing_parties(network).any():
        return Estimates()
    samples = options.samples or default_samples(network)
    if not samples:
        return Estimates(notes=(_NONE,))
    sampling = SamplingOptions(samples)
    of_findings = (chosen(network, None),) if options.mode == MODE else ()
    measure = chosen(network, options.measure)
    names = dict.fromkeys((measure, *of_findings, *SAMPLED_MEASURES))
    estimates = intervals_by_measure(network, tuple(names), options.mode, None, sampling, progress)
    ranks: dict[str, list[RankInterval | None]] = {name: [None] * len(network.actors) for name in names}
    for name, one in estimates.items():
        lower, upper = one.rank_interval()
        for row, *ends in zip(one.rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            ranks[name][row] = (ends[0], ends[1])
    return Estimates(ranks, (_SOME, *sampling_notes(estimates[measure])), estimates)
