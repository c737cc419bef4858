"""Rank intervals of the actors, for the panel."""

from kg.map.options import MapOptions
from kg.map.scene.model import RankInterval
from kg.measure.cost import SAMPLED_MEASURES, default_samples
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import sampling_notes
from kg.measure.uncertainty.intervals import Progress, intervals_by_measure
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network import Network
from kg.texts import Message, Text

_SOME = Message(
    "Rank intervals are given for the measure of the map and a few others; kg rank --measure … --intervals ranks "
    "computes them for each."
)
_NONE = Message("Rank intervals are omitted, because they take long for this network; pass --samples 100.")


def estimate(
    network: Network, options: MapOptions, progress: Progress = iter
) -> tuple[dict[str, list[RankInterval | None]], tuple[Text, ...]]:
    """Return rank intervals by measure, in the order of the actors, and notes on the samples.

    The result is empty if all parties are named or if no samples are requested.
    """
    if options.samples == 0 or not missing_parties(network).any():
        return {}, ()
    samples = options.samples or default_samples(network)
    if not samples:
        return {}, (_NONE,)
    sampling = SamplingOptions(samples)
    names = dict.fromkeys((options.measure, *SAMPLED_MEASURES))
    estimates = intervals_by_measure(network, tuple(names), options.mode, None, sampling, progress)
    intervals: dict[str, list[RankInterval | None]] = {name: [None] * len(network.actors) for name in names}
    for name, one in estimates.items():
        lower, upper = one.rank_interval()
        for row, *ends in zip(one.rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            intervals[name][row] = (ends[0], ends[1])
    return intervals, (_SOME, *sampling_notes(estimates[options.measure]))
