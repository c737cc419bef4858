"""The choice of columns and of their widths for a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "
"""The space between two columns."""
_EXPENDABLE = ("observations", "sector", "expected", "its_links", "missing")
"""Columns that a table on a narrow terminal omits, in this order."""
MEASURED = 100
"""Number of rows whose lines are counted to fit a table."""


def kept_columns(columns: Sequence[str], cells: list[list[str]]) -> Iterator[list[int]]:
    """Yield the columns to print, from all of them to fewer: without empty ones, then without `_EXPENDABLE` ones."""
    kept = list(range(len(columns)))
    yield kept
    kept = [place for place in kept if any(row[place] for row in cells)]
    yield kept
    for name in _EXPENDABLE:
        if name in columns:
            kept = [place for place in kept if columns[place] != name]
            yield kept


def fitted(
    natural: Sequence[int], narrowest: Sequence[int], width: int, sizes: Sequence[Sequence[int]]
) -> list[int] | None:
    """Return column widths whose sum fits, or ``None`` if columns would become too narrow.

    The column is narrowed that adds the fewest lines to rows of these `sizes`; among equals, the widest.
    """
    widths = list(natural)

    def lines(place: int) -> int:
        return count_lines(sizes, [size - (i == place) for i, size in enumerate(widths)])

    for _ in range(sum(widths) + len(GAP) * (len(widths) - 1) - width):
        places = [i for i, least in enumerate(narrowest) if widths[i] > least]
        if not places:
            return None
        widths[min(places, key=lambda place: (lines(place), -widths[place]))] -= 1
    return widths


def count_lines(sizes: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """Return the number of lines of rows whose cells have these `sizes`, if words could break anywhere."""
    return sum(max((-(-size // room) for size, room in zip(row, widths, strict=True)), default=0) or 1 for row in sizes)
