"""Degree and strength by any engine, from the same integers, so that all engines give the same scores."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.scores import Measure, Scores
from kg.network import Mode, Network
from kg.network.engines.base import Engine, of_units, table_of
from kg.network.engines.tables import engine_tables
from kg.texts import listed

MEASURES = ("degree", "strength")
"""The measures that every engine computes."""


def by_engine(measure: Measure, engine: Engine) -> Measure:
    """Return `measure` with a function that `engine` computes.

    Raises:
        UsageError: only the arrays of this machine compute the measure.
    """
    if measure.name not in MEASURES:
        raise UsageError(
            "the engine {engine} does not compute {measure}; leave out --engine, or choose one of: {known}",
            engine=engine.name,
            measure=measure.name,
            known=listed(MEASURES),
        )
    if measure.name == "degree":
        return replace(measure, function=lambda network, mode: degrees(network, mode, engine))
    return replace(measure, function=lambda network, mode: strengths(network, mode, engine))


def degrees(network: Network, mode: Mode, engine: Engine) -> Scores:
    """Return the number of links of each actor (two-mode), or of its partners (one-mode)."""
    question, column = ("partners", "partners") if mode == "one-mode" else ("degrees", "links")
    rows = table_of(engine, question, engine_tables(network))
    counts = np.zeros(len(network.actors))
    counts[rows["actor"].to_numpy()] = rows[column].to_numpy()
    return Scores(tuple(counts.tolist()))


def strengths(network: Network, mode: Mode, engine: Engine) -> Scores:
    """Return the weighted degree of each actor with its bounds; see `kg.measure.centrality.degree.strength`.

    Raises:
        UsageError: ties weigh by contribution.
    """
    if network.lens.weight == "contribution":
        raise UsageError(
            "the engine {engine} does not sum contributions; leave out --engine, or choose another --weight",
            engine=engine.name,
        )
    tables = engine_tables(network)
    rows = table_of(engine, "degrees", tables)
    names = ("ties", "certain_ties") if mode == "one-mode" else ("parts", "certain")
    values, lower = (_spread(rows["actor"].to_numpy(), of_units(rows[name], tables.scale), network) for name in names)
    # Only Newman's weight depends on the declared size, of which a lower bound may be known.
    return Scores(values, lower=lower if network.lens.weight == "newman" else values, upper=values)


def _spread(rows: NDArray[np.int64], values: NDArray[np.float64], network: Network) -> tuple[float, ...]:
    """Return a value for each actor of the network, 0 for one without a row."""
    spread = np.zeros(len(network.actors))
    spread[rows] = values
    return tuple(spread.tolist())
