"""A ranking of actors, with intervals if they are requested."""

from dataclasses import dataclass, field
from typing import Unpack, get_args

from kg import names
from kg.errors import UsageError
from kg.measure import find
from kg.measure.by_engine import by_engine
from kg.measure.rank import rank
from kg.measure.star import chosen
from kg.measure.uncertainty.interval_table import Of, with_intervals
from kg.measure.uncertainty.intervals import Progress, rank_intervals
from kg.measure.uncertainty.sampling import SamplingFields, SamplingOptions
from kg.model import Table
from kg.network import Mode, Network
from kg.network.engines.base import Engine
from kg.texts import Message


@dataclass(frozen=True, slots=True)
class RankOptions:
    """Options of a ranking.

    Attributes:
        measure: by default that of `kg.measure.star.chosen`.
        mode, sector, limit: see `kg.measure.rank.rank`.
        intervals: the values that have intervals; ``None`` for no intervals.
        sampling: options of the samples for intervals.
        engine: the engine of the scores; ``None`` for the functions of the measures themselves.
    """

    measure: str | None = None
    mode: Mode = "two-mode"
    sector: str | None = None
    limit: int | None = None
    intervals: Of | None = None
    sampling: SamplingOptions = field(default_factory=SamplingOptions)
    engine: Engine | None = None


def rank_options(
    measure: str | None, *, sector: str | None, mode: Mode, intervals: bool | Of, **sampling: Unpack[SamplingFields]
) -> RankOptions:
    """Return options from the values that people write; `intervals` may be true for scores, or false.

    Raises:
        UsageError: a name does not exist, a number is out of range, or `sampling` is given without `intervals`.
    """
    names.check_known(Message("option of a ranking"), sampling, SamplingFields.__annotations__)
    if sampling and not intervals:
        raise UsageError("{sampling} requires intervals", sampling=next(iter(sampling)))
    of = "scores" if intervals is True else intervals or None
    names.check_known(Message("kind of interval"), [of] if of else [], get_args(Of))
    return RankOptions(measure, mode, sector, intervals=of, sampling=SamplingOptions(**sampling))


def ranking(network: Network, options: RankOptions, lang: str = "en", progress: Progress = iter) -> Table:
    """Return the ranking of the actors of `network`; `progress` wraps the sample numbers.

    Raises:
        UsageError: the measure or the mode does not exist, the limit is not positive, or the engine does not compute
            the measure or intervals.
    """
    choice = chosen(network, options.measure), options.mode, options.sector
    if options.engine is not None:
        if options.intervals is not None:
            raise UsageError("the engine {engine} has no intervals; leave out --engine", engine=options.engine.name)
        measure = by_engine(find(choice[0]), options.engine)
        return rank(network, measure, options.mode, options.sector, options.limit, lang)
    table = rank(network, *choice, options.limit, lang)
    if options.intervals is None:
        return table
    return with_intervals(table, rank_intervals(network, *choice, options.sampling, progress), options.intervals)
