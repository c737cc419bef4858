"""PageRank, components and core numbers by joins that an engine of SQL repeats, without the ties in memory.

The files of ``engines/steps/`` contain the steps, which DuckDB and Spark both run. A step reads the tables of the one
before and writes the next, so that each has a plan of constant size. Values of PageRank are floating-point numbers, and
differ between engines by less than 1e-12; the others are integers.
"""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kg.network.engines.base import Engine, Workspace
from kg.network.engines.tables import EngineTables

ROUNDS = 52
"""Rounds of PageRank. With the damping 0.85 the relative error after k rounds is below ``2 * 0.5567^k``: 1.2e-13."""


def pagerank(engine: Engine, tables: EngineTables, damping: float, *, one_mode: bool) -> NDArray[np.float64]:
    """Return the PageRank of each actor; `kg.measure.centrality.random_walks.pagerank` defines it.

    The symmetric system ``y = d N y + s``, with s the inverse square roots of the strengths and N the ties multiplied
    by s on both sides, is solved by Chebyshev iteration, which needs no sums over all nodes and half of the rounds of
    the power method.

    Citation: Golub & Varga 1961, Numer. Math. 3, 147-156.
    """
    with engine.workspace(tables) as work:
        _edges(work, tables, one_mode=one_mode)
        for name, step in (("nodes", "walk_nodes"), ("walks", "walk_edges"), ("state", "walk_start")):
            work.create(name, _text(step))
        omega = 2 / (2 - damping**2)  # the first round gives the value after the start
        for round_ in range(ROUNDS):
            used = 1.0 if round_ == 0 else omega
            work.create("state", _text("walk_step", omega=f"{used:.17E}", damping=f"{damping:.17E}"))
            if round_:
                omega = 1 / (1 - damping**2 * omega / 4)
        rows = work.rows(_text("walk_end", actors=tables.actors.num_rows))
    node, value = (rows[name].to_numpy() for name in ("node", "value"))
    values = np.ones(tables.actors.num_rows)  # that of an actor without a tie
    values[node[node >= 0]] = value[node >= 0]
    total = float(np.nansum(value[node < 0])) + np.count_nonzero(np.isin(np.arange(len(values)), node, invert=True))
    return values / max(total, 1.0)


def components(engine: Engine, tables: EngineTables) -> NDArray[np.int64]:
    """Return the component of each actor in the two-mode network, as the least actor in it.

    Citation: Kiveris, Lattanzi, Mirrokni, Rastogi & Vassilvitskii 2014, SoCC, 18:1-18:13 (alternating stars).
    """
    with engine.workspace(tables) as work:
        _edges(work, tables, one_mode=False)
        work.create("stars", _text("star_start"))
        while True:
            work.create("stars", _text("star_large"))
            work.create("stars", _text("star_small"))
            if not _rest(work, "star_rest"):
                break
        rows = work.rows(_text("star_end", actors=tables.actors.num_rows))
    least = np.arange(tables.actors.num_rows)
    least[rows["node"].to_numpy()] = rows["value"].to_numpy()
    return least


def cores(engine: Engine, tables: EngineTables, *, one_mode: bool) -> NDArray[np.int64]:
    """Return the core number of each actor; `kg.measure.centrality.degree.core` defines it.

    Citation: Montresor, De Pellegrini & Miorandi 2013, IEEE Trans. Parallel Distrib. Syst. 24, 288-300; Lü, Zhou, Zhang
    & Stanley 2016, Nat. Commun. 7, 10168.
    """
    with engine.workspace(tables) as work:
        _edges(work, tables, one_mode=one_mode)
        work.create("cores", _text("core_start"))
        before, rest = -1, _rest(work, "core_rest")
        while rest != before:
            work.create("cores", _text("core_step"))
            before, rest = rest, _rest(work, "core_rest")
        rows = work.rows(_text("core_end", actors=tables.actors.num_rows))
    numbers = np.zeros(tables.actors.num_rows, np.int64)
    numbers[rows["node"].to_numpy()] = rows["value"].to_numpy()
    return numbers


def _edges(work: Workspace, tables: EngineTables, *, one_mode: bool) -> None:
    """Create the table of ties, in both directions."""
    if one_mode:
        work.create("kept", "SELECT a, b, units FROM pairs")
    work.create("edges", _text("one_mode" if one_mode else "two_mode", actors=tables.actors.num_rows))


def _rest(work: Workspace, step: str) -> int:
    return int(work.rows(_text(step))["rest"][0].as_py() or 0)


def _text(step: str, **values: object) -> str:
    text = files("kg.network.engines").joinpath("steps", f"{step}.sql").read_text(encoding="utf-8")
    return text.format(**values)
