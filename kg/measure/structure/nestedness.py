"""Nestedness: do those with few partners work with a part of those whom the well connected work with?

A matrix of two sectors, 1 where two actors share a link, is nested where each row is within the rows that have more,
and each column within the columns that have more: elite firms work with all universities, the others with the elite.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.indicators import Indicator, indicator_table, sector_note, sectors, undefined
from kg.measure.significance import DRAWS, curveball, two_sided_p
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network
from kg.rdf.ontology import in_chinese

SMALLEST = 3


@dataclass(frozen=True, slots=True)
class Nodf:
    """Nestedness by overlap and decreasing fill, 0 to 100: of the rows, of the columns, and of both."""

    rows: float
    columns: float
    both: float


def nodf(matrix: NDArray[np.bool_]) -> Nodf | None:
    """``100 * sum of paired overlaps / number of pairs``, of rows, of columns and of both together.

    Two rows of which one has more have as overlap the share of the smaller one's entries that the larger one has; of
    rows with equally many, or with none, the overlap is 0. A triangle has 100, the identity 0. ``None`` for one cell.
    Trap: it grows with the fill and with unequal degrees alone; see `nestedness` for what these give by chance.

    Citation: Almeida-Neto, Guimarães, Guimarães, Loyola & Ulrich 2008, Oikos 117, 1227-1239.
    """
    cells = matrix.astype(np.float64)
    (of_rows, row_pairs), (of_columns, column_pairs) = _overlaps(cells), _overlaps(cells.T)
    if not row_pairs + column_pairs:
        return None
    return Nodf(
        rows=100 * of_rows / max(row_pairs, 1),
        columns=100 * of_columns / max(column_pairs, 1),
        both=100 * (of_rows + of_columns) / (row_pairs + column_pairs),
    )


def matrix(network: Network, rows: str, columns: str) -> NDArray[np.bool_]:
    """Who of the sector `rows` shares a link with whom of the sector `columns`; actors without any are left out."""
    of = np.array([actor.sector or "" for actor in network.actors])
    ties = network.projection("count")[of == rows][:, of == columns].toarray() > 0
    found: NDArray[np.bool_] = ties[ties.any(axis=1)][:, ties.any(axis=0)]
    return found


def nestedness(network: Network, rows: str, columns: str) -> tuple[Indicator, ...]:
    """Return NODF of two sectors, with its mean and p over matrices with the same row and column sums (`curveball`).

    Refused where fewer than three actors of either sector share a link with the other.
    """
    cells = matrix(network, rows, columns)
    of, n = f"{rows}×{columns}", int(cells.sum())
    if min(cells.shape) < SMALLEST:
        high, wide = cells.shape
        reason = Text(
            f"too small: {high} × {wide} actors share a link, {SMALLEST} × {SMALLEST} are needed",
            f"规模太小：有共同联系的行动者为{high}×{wide}，至少需{SMALLEST}×{SMALLEST}",
        )
        return tuple(undefined(name, of, n, reason) for name in ("nodf", "nodf-rows", "nodf-columns"))
    seen = _values(cells)
    # Trades are between rows; where those are many, between columns.
    upright = cells.shape[0] <= cells.shape[1]
    drawn = np.array([_values(dealt if upright else dealt.T) for dealt in curveball(cells if upright else cells.T)])
    names = ("nodf", of), ("nodf-rows", rows), ("nodf-columns", columns)
    return tuple(
        Indicator(name, whose, value, n, expected=float(by_chance.mean()), p=two_sided_p(value, by_chance))
        for (name, whose), value, by_chance in zip(names, seen, drawn.T, strict=True)
    )


def table(network: Network, rows: str = "firm", columns: str = "university") -> Table:
    """`nestedness` as a table, with the frame it was measured in.

    Raises:
        UsageError: the two sectors are one.
    """
    if rows == columns:
        raise UsageError(f"nestedness is of two different sectors, not of {rows} twice")
    shape = matrix(network, rows, columns).shape
    notes = (
        Text(
            f"{shape[0]} actors of the sector {rows} and {shape[1]} of the sector {columns} share links with the "
            "other.",
            f"{shape[0]}个{in_chinese('sector', rows)}行动者与{shape[1]}个{in_chinese('sector', columns)}行动者"
            "同对方有共同联系。",
        ),
        sector_note(sectors(network)),
        Text(
            f"observations counts its ones. expected and p: {DRAWS} matrices in which each keeps its number of "
            "partners; two-sided.",
            f"observations为矩阵中1的个数。expected与p：各自伙伴数不变的{DRAWS}个随机矩阵；双侧。",
        ),
    )
    return indicator_table(nestedness(network, rows, columns), (*summary_notes(network), *notes))


def _values(cells: NDArray[np.bool_]) -> tuple[float, float, float]:
    found = nodf(cells) or Nodf(0.0, 0.0, 0.0)
    return found.both, found.rows, found.columns


def _overlaps(cells: NDArray[np.float64]) -> tuple[float, int]:
    """The sum of the paired overlaps of rows, and how many pairs of rows there are."""
    count = len(cells)
    degree = cells.sum(axis=1)
    order = np.argsort(-degree, kind="stable")
    cells, degree = cells[order], degree[order]
    # A row has to do with the sum of the rows that have more: no need to look at pairs.
    summed = np.vstack([np.zeros(cells.shape[1]), np.cumsum(cells, axis=0)])
    larger = np.searchsorted(-degree, -degree, side="left")
    shared = (cells * summed[larger]).sum(axis=1)
    return float((shared / np.maximum(degree, 1)).sum()), count * (count - 1) // 2
