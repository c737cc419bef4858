"""Measures by any engine: degree, strength and core numbers are equal to the digit, PageRank to 1e-9."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.centrality.matrices import undefined_scores
from kg.measure.centrality.random_walks import DAMPING
from kg.measure.scores import Measure, Scores
from kg.network import Mode, Network
from kg.network.engines import iterations
from kg.network.engines.base import Engine, of_units, table_of
from kg.network.engines.tables import engine_tables
from kg.texts import Message, listed

MEASURES = ("degree", "strength", "pagerank", "core")
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
    function = {"degree": degrees, "strength": strengths, "pagerank": pagerank, "core": cores}[measure.name]
    return replace(measure, function=lambda network, mode: function(network, mode, engine))


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
    _refuse_contributions(network, engine)
    tables = engine_tables(network)
    rows = table_of(engine, "degrees", tables)
    names = ("ties", "certain_ties") if mode == "one-mode" else ("parts", "certain")
    values, lower = (_spread(rows["actor"].to_numpy(), of_units(rows[name], tables.scale), network) for name in names)
    # Only Newman's weight depends on the declared size, of which a lower bound may be known.
    return Scores(values, lower=lower if network.lens.weight == "newman" else values, upper=values)


def pagerank(network: Network, mode: Mode, engine: Engine) -> Scores:
    """Return PageRank; see `kg.measure.centrality.random_walks.pagerank`.

    Raises:
        UsageError: ties weigh by contribution.
    """
    _refuse_contributions(network, engine)
    values = iterations.pagerank(engine, engine_tables(network), DAMPING, one_mode=mode == "one-mode")
    return Scores(tuple(values.tolist()))


def cores(network: Network, mode: Mode, engine: Engine) -> Scores:
    """Return core numbers; see `kg.measure.centrality.degree.core`.

    Raises:
        UsageError: ties weigh by contribution.
    """
    _refuse_contributions(network, engine)
    numbers = iterations.cores(engine, engine_tables(network), one_mode=mode == "one-mode")
    if not numbers.any():
        return undefined_cores(network)
    return Scores(tuple(numbers.astype(np.float64).tolist()))


def undefined_cores(network: Network) -> Scores:
    """Return the core numbers of a network without ties."""
    return undefined_scores(network, Message("Core numbers are not defined where no two actors are tied."))


def _refuse_contributions(network: Network, engine: Engine) -> None:
    if network.lens.weight == "contribution":
        raise UsageError(
            "the engine {engine} does not sum contributions; leave out --engine, or choose another --weight",
            engine=engine.name,
        )


def _spread(rows: NDArray[np.int64], values: NDArray[np.float64], network: Network) -> tuple[float, ...]:
    """Return a value for each actor of the network, 0 for one without a row."""
    spread = np.zeros(len(network.actors))
    spread[rows] = values
    return tuple(spread.tolist())
