"""Actors in the order of a measure, with how much of what lies behind each score is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure import Measure, Scores, find
from kg.measure.indicators import sectors_here
from kg.measure.summary_notes import header
from kg.model import Cell, Table, Text
from kg.network import Mode, Network
from kg.rdf.ontology import in_chinese

COLUMNS = ("rank", "actor", "label", "sector", "score", "named", "declared", "coverage")

_DIGITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The actors of a network from the highest score down.

    Attributes:
        rows: places of the actors in the network, those without a score last.
        ranks: the rank of each of `rows`; ``None`` where it has no score.
        scores: what was measured, to 12 digits, for all actors of the network.
    """

    rows: NDArray[np.int64]
    ranks: tuple[int | None, ...]
    scores: Scores


def rank(
    network: Network,
    by: str = "degree",
    mode: Mode = "two-mode",
    sector: str | None = None,
    top: int | None = None,
    lang: str = "en",
) -> Table:
    """The actors of `network`, highest score first.

    `sector` leaves the other rows out; a score is still that of the whole network, but ranks count the actors listed.
    Scores have 12 digits. Equal ones share the best rank and the next one follows after the gap: 1, 2, 2, 4; among
    them the order is that of their IRIs. Where the measure is not defined, rank and score are ``None`` and the row
    comes last.
    Where a declared size is only a lower bound and the measure looks at sizes, `lower` and `upper` bound the score.
    `named` and `declared` sum the parties of the actor's links, itself included; `coverage` is their ratio.

    Raises:
        UsageError: no such measure or mode, or `top` is not positive.
    """
    measure = checked(by, mode)
    if top is not None and top < 1:
        raise UsageError(f"the number of rows to show must be 1 or more, not {top}")
    order = ordered(network, measure, mode, sector)
    cells, found = tuple(_cells(network, order, top, lang)), order.scores
    about = (measure.says(mode), *found.notes, *_about_sector(network, sector, len(order.rows)))
    table = Table(COLUMNS, cells, (*header(network, mode), *about))
    if found.lower is None or found.upper is None:
        return table
    return bounded(table, ((found.lower[row], found.upper[row]) for row in order.rows.tolist()))


def bounded(table: Table, ends: Iterable[tuple[Cell, Cell]]) -> Table:
    """The ranking with `ends`, a pair a row, as `lower` and `upper`, in place of those that it has."""
    at = COLUMNS.index("score") + 1
    rest = at + 2 * ("lower" in table.columns)
    rows = tuple((*row[:at], *pair, *row[rest:]) for row, pair in zip(table.rows, ends, strict=False))
    return replace(table, columns=(*table.columns[:at], "lower", "upper", *table.columns[rest:]), rows=rows)


def checked(by: str, mode: str) -> Measure:
    """The measure called `by`.

    Raises:
        UsageError: there is no such measure or mode.
    """
    measure = find(by)
    if mode not in get_args(Mode):
        raise UsageError(f"there is no mode {mode!r}; there are: {', '.join(get_args(Mode))}")
    return measure


def ordered(network: Network, measure: Measure, mode: Mode, sector: str | None = None) -> Order:
    """The actors, or those of `sector`, from the highest score down."""
    found = measure.function(network, mode)
    values = rounded(found.values)
    chosen = np.arange(len(values)) if sector is None else np.flatnonzero(network.actors.of_sector(sector))
    score = np.array([np.nan if values[row] is None else values[row] for row in chosen.tolist()], dtype=np.float64)
    rows = np.argsort(-score, kind="stable")  # nan goes last
    sorted_ = score[rows]
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = sorted_[1:] != sorted_[:-1]
    place = np.maximum.accumulate(np.where(fresh, np.arange(1, len(rows) + 1), 0))
    ranks = tuple(None if undefined else at for at, undefined in zip(place.tolist(), np.isnan(sorted_), strict=True))
    lower, upper = (None if bounds is None else rounded(bounds) for bounds in (found.lower, found.upper))
    return Order(chosen[rows], ranks, Scores(values, found.notes, lower, upper))


def rounded(scores: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """The scores as far as they can tell two actors apart; the digits beyond are left over from adding up.

    They differ from one processor to the next, and what is printed must not.
    """
    return tuple(None if score is None else float(f"{score:.{_DIGITS}g}") for score in scores)


def _cells(network: Network, order: Order, top: int | None, lang: str) -> Iterator[tuple[Cell, ...]]:
    links, scores = network.links, order.scores.values
    named, declared = (
        np.bincount(network.actor_of, weights=sizes[network.link_of], minlength=len(network.actors))
        for sizes in (links.named, links.declared)
    )
    for row, place in list(zip(order.rows.tolist(), order.ranks, strict=True))[:top]:
        actor = network.actors[row]
        counts = int(named[row]), int(declared[row]), named[row] / declared[row]
        yield place, actor.iri, actor.label.localise(lang), actor.sector, scores[row], *counts[:2], float(counts[2])


def _about_sector(network: Network, sector: str | None, rows: int) -> Iterator[Text]:
    if sector is None:
        return
    yield Text(
        f"Ranks are among the {rows} actors of the sector {sector}; scores are of the whole network.",
        f"位次在{rows}个{in_chinese('sector', sector)}行动者中排定；得分针对整个网络。",
    )
    if not rows:
        there = sorted(filter(None, network.actors.table["sector"].unique().to_pylist()))
        yield sectors_here(there)
