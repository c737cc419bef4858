"""The table of values that every question and measure returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from kg import extras
from kg.model.cell import Cell
from kg.texts import Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import polars as pl
    import pyarrow as pa

Row = dict[str, Cell]
"""The cells of a row by the names of their columns."""


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows under named columns, with notes.

    A table is a sequence of rows: ``table[0]`` is a `Row`, ``table[:5]`` is a table. Python and notebooks display its
    first 20 rows and its notes.

    Attributes:
        columns: names of the columns, in order.
        rows: tuples as long as `columns`.
        notes: sentences that describe the rows, such as the lens and the coverage.
        truncated: whether there are more rows than the limit allowed.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text | str, ...] = ()
    truncated: bool = False

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield each row as a `Row`."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Table: ...
    def __getitem__(self, place: int | slice) -> Row | Table:
        """Return the row at an index, or the table of the rows of a slice."""
        if isinstance(place, slice):
            return replace(self, rows=self.rows[place])
        return dict(zip(self.columns, self.rows[place], strict=True))

    def head(self, n: int = 5) -> Table:
        """Return the table of the first `n` rows."""
        return self[:n]

    def __repr__(self) -> str:
        """Return the first rows, aligned, and the notes."""
        from kg.model import display  # noqa: PLC0415 - 0.1 s, used by interactive sessions only

        return display.text(self.columns, self.rows, self.notes)

    def _repr_html_(self) -> str:
        """Return the first rows as an HTML table, and the notes, for a notebook."""
        from kg.model import display  # noqa: PLC0415 - 0.1 s, used by interactive sessions only

        return display.html(self.columns, self.rows, self.notes)

    def localise(self, lang: str) -> Table:
        """Return this table with each `Text` among its cells and notes replaced by its text in `lang`."""
        rows = tuple(
            tuple(cell.localise(lang) if isinstance(cell, Text) else cell for cell in row) for row in self.rows
        )
        return replace(self, rows=rows, notes=tuple(localise(note, lang) for note in self.notes))

    def to_arrow(self) -> pa.Table:
        """Return the table for pyarrow: numbers, truth values, dates and texts keep their types, ``None`` is null.

        A column of several types becomes text; one without a value has the type null.
        """
        import pyarrow as pa  # noqa: PLC0415 - 0.1 s, used by few

        rows = self.localise("en").rows
        columns = [[row[place] for row in rows] for place in range(len(self.columns))]
        return pa.table([_column(cells) for cells in columns], names=list(self.columns))

    def to_pandas(self) -> pd.DataFrame:
        """Return the table for pandas, with nullable types; ``attrs["notes"]`` contains the notes.

        Raises:
            UsageError: pandas is not installed.
        """
        pandas = extras.load("pandas", "pandas")
        types = {
            "int64": pandas.Int64Dtype(),
            "double": pandas.Float64Dtype(),
            "bool": pandas.BooleanDtype(),
            "string": pandas.StringDtype(),
        }
        frame: pd.DataFrame = self.to_arrow().to_pandas(
            types_mapper=lambda kind: types.get(str(kind)) or pandas.ArrowDtype(kind)
        )
        frame.attrs["notes"] = list(self.localise("en").notes)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return the table for polars, without the notes.

        Raises:
            UsageError: polars is not installed.
        """
        frame: pl.DataFrame = extras.load("polars", "polars").from_arrow(self.to_arrow())
        return frame


_LARGEST = 2**63


def _column(cells: list[Cell]) -> pa.Array:
    """Return the cells of a column as an array of the type that fits them all."""
    import pyarrow as pa  # noqa: PLC0415 - see `Table.to_arrow`

    kinds = {type(cell) for cell in cells if cell is not None}
    too_large = any(type(cell) is int and not -_LARGEST <= cell < _LARGEST for cell in cells)
    if too_large or (len(kinds) > 1 and not kinds <= {int, float}):
        return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    if kinds == {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64(), from_pandas=True)  # type: ignore[arg-type]
    return pa.array(cells, from_pandas=True)
