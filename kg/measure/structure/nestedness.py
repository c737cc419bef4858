"""Nestedness: the extent to which partners of actors with few partners are also partners of those with more.

A 0/1 matrix of the actors of two sectors is nested if the ones of each row are a subset of those of rows with more
ones, and likewise for columns: a few firms work with all universities, and the others with a few central ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.indicators import Indicator, indicator_table, sector_note, sectors, undefined
from kg.measure.significance import DRAWS, curveball, two_sided_p
from kg.measure.summary_notes import framed_notes
from kg.model import Table
from kg.network import Network
from kg.rdf.ontology import Concept
from kg.texts import Message

MIN_ACTORS = 3


@dataclass(frozen=True, slots=True)
class Nodf:
    """Nestedness based on overlap and decreasing fill, from 0 to 100: of the rows, of the columns, and of both."""

    rows: float
    columns: float
    both: float


def nodf(matrix: NDArray[np.bool_]) -> Nodf | None:
    """Return ``100 * sum of paired overlaps / number of pairs``, of rows, of columns, and of both.

    The overlap of two rows is the share of the smaller row's ones that the larger row has; it is 0 for rows with equal
    sums, or without ones. A triangular matrix has 100 and the identity 0. ``None`` for a single cell. Trap: the value
    grows with the fill and with unequal degrees alone; `nestedness` compares it with these.

    Citation: Almeida-Neto, Guimarães, Guimarães, Loyola & Ulrich 2008, Oikos 117, 1227-1239.
    """
    cells = matrix.astype(np.float64)
    (row_overlap, row_pairs), (column_overlap, column_pairs) = _overlaps(cells), _overlaps(cells.T)
    if not row_pairs + column_pairs:
        return None
    return Nodf(
        rows=100 * row_overlap / max(row_pairs, 1),
        columns=100 * column_overlap / max(column_pairs, 1),
        both=100 * (row_overlap + column_overlap) / (row_pairs + column_pairs),
    )


def matrix(network: Network, rows: str, columns: str) -> NDArray[np.bool_]:
    """Return the shared links between the actors of two sectors; actors without one are left out."""
    sector = np.array([actor.sector or "" for actor in network.actors])
    ties = network.projection("count")[sector == rows][:, sector == columns].toarray() > 0
    reduced: NDArray[np.bool_] = ties[ties.any(axis=1)][:, ties.any(axis=0)]
    return reduced


def nestedness(network: Network, rows: str, columns: str) -> tuple[Indicator, ...]:
    """Return NODF of two sectors, with its mean and p over matrices with the same row and column sums (`curveball`).

    Not defined if fewer than three actors of either sector share a link with the other.
    """
    cells = matrix(network, rows, columns)
    group, ones = f"{rows}×{columns}", int(cells.sum())
    if min(cells.shape) < MIN_ACTORS:
        height, width = cells.shape
        reason = Message(
            "too small: {height} × {width} actors share a link, {MIN_ACTORS} × {MIN_ACTORS} are needed",
            height=height,
            width=width,
            MIN_ACTORS=MIN_ACTORS,
        )
        return tuple(undefined(name, group, ones, reason) for name in ("nodf", "nodf-rows", "nodf-columns"))
    observed = _values(cells)
    # Trades exchange ones between rows, so the shorter side is used.
    is_wide = cells.shape[0] <= cells.shape[1]
    draws = np.array([_values(one if is_wide else one.T) for one in curveball(cells if is_wide else cells.T)])
    names = ("nodf", group), ("nodf-rows", rows), ("nodf-columns", columns)
    return tuple(
        Indicator(name, part, value, ones, expected=float(chance.mean()), p=two_sided_p(value, chance))
        for (name, part), value, chance in zip(names, observed, draws.T, strict=True)
    )


def table(network: Network, rows: str = "firm", columns: str = "university") -> Table:
    """Return `nestedness` as a table, with notes on the network.

    Raises:
        UsageError: the two sectors are equal.
    """
    if rows == columns:
        raise UsageError("nestedness requires two different sectors, not {rows} twice", rows=rows)
    shape = matrix(network, rows, columns).shape
    notes = (
        Message(
            "{height} actors of the sector {rows} and {width} of the sector {columns} share links with the other.",
            height=shape[0],
            rows=Concept("sector", rows),
            width=shape[1],
            columns=Concept("sector", columns),
        ),
        sector_note(sectors(network)),
        Message(
            "observations counts the ones of the matrix. expected and p: {DRAWS} random matrices with the same numbers "
            "of partners; two-sided.",
            DRAWS=DRAWS,
        ),
    )
    return indicator_table(nestedness(network, rows, columns), (*framed_notes(network), *notes))


def _values(cells: NDArray[np.bool_]) -> tuple[float, float, float]:
    value = nodf(cells) or Nodf(0.0, 0.0, 0.0)
    return value.both, value.rows, value.columns


def _overlaps(cells: NDArray[np.float64]) -> tuple[float, int]:
    """Return the sum of the paired overlaps of rows, and the number of pairs of rows."""
    count = len(cells)
    degree = cells.sum(axis=1)
    order = np.argsort(-degree, kind="stable")
    cells, degree = cells[order], degree[order]
    # The overlaps of a row follow from the sum of the larger rows, without a loop over pairs.
    cumulative = np.vstack([np.zeros(cells.shape[1]), np.cumsum(cells, axis=0)])
    larger = np.searchsorted(-degree, -degree, side="left")
    shared = (cells * cumulative[larger]).sum(axis=1)
    return float((shared / np.maximum(degree, 1)).sum()), count * (count - 1) // 2
