"""The frozen values that cross the borders between modules.

Nothing here reads, writes or computes more than a view of itself. Ids are IRIs as plain strings.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English and Chinese; either may be missing.

    A text becomes a `str` only by `localise`. ``str(text)`` and ``f"{text}"`` raise: they would drop a language.
    """

    en: str | None = None
    zh: str | None = None

    def localise(self, lang: str) -> str | None:
        """Return the text in `lang` ("en" or "zh"), else in the other language, else ``None``."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second

    def format(self, **values: object) -> Text:
        """Return both texts with ``{name}`` replaced by `values`; a `Text` among them is inserted in each language."""
        return Text(*(_filled(self, lang, values) for lang in ("en", "zh")))

    def join(self, parts: Iterable[Text]) -> Text:
        """Return `parts` joined in each language, with this text as the separator."""
        texts = tuple(parts)
        return Text(
            *((self.localise(lang) or "").join(localise(text, lang) for text in texts) for lang in ("en", "zh"))
        )

    def __str__(self) -> str:
        """Raise a `TypeError`; use `localise`."""
        raise TypeError("a Text has two languages; choose one with Text.localise")


def localise(text: str | Text, lang: str) -> str:
    """Return `text` in `lang` ("en" or "zh"); a plain `str` is returned as it is."""
    return (text.localise(lang) or "") if isinstance(text, Text) else text


def _filled(text: Text, lang: str, values: Mapping[str, object]) -> str | None:
    """Return `text` in `lang` with `values` inserted, or ``None`` if it has no text in `lang`."""
    template = text.zh if lang == "zh" else text.en
    if template is None:
        return None
    return template.format(**{key: localise(v, lang) if isinstance(v, Text) else v for key, v in values.items()})


Cell = str | int | float | bool | date | Text | None
"""The value of a `Table` cell; ``None`` means unknown or undefined and is printed as an empty cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, as every question and measure answers.

    Attributes:
        columns: names of the columns, in order.
        rows: tuples as long as `columns`.
        notes: what a reader must know of the rows (the lens, what is missing), one sentence each.
        truncated: whether there are more rows than the limit allowed.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text | str, ...] = ()
    truncated: bool = False

    def localise(self, lang: str) -> Table:
        """Return this table with each `Text` among its cells and notes replaced by its text in `lang`."""
        rows = tuple(
            tuple(cell.localise(lang) if isinstance(cell, Text) else cell for cell in row) for row in self.rows
        )
        return replace(self, rows=rows, notes=tuple(localise(note, lang) for note in self.notes))

    def to_arrow(self) -> pa.Table:
        """The same for pyarrow: whole numbers, numbers, truths, dates and texts keep their type, ``None`` is null.

        A column of several types is of text; one without any value has the type null.
        """
        import pyarrow as pa  # noqa: PLC0415 - 0.1 s that only those pay who want it

        rows = self.localise("en").rows
        columns = [[row[place] for row in rows] for place in range(len(self.columns))]
        return pa.table([_column(cells) for cells in columns], names=list(self.columns))

    def to_pandas(self) -> pd.DataFrame:
        """The same for pandas, in types that know NA; the notes are its ``attrs["notes"]``.

        Raises:
            UsageError: pandas is not installed.
        """
        pandas = _optional("pandas")
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
        """The same for polars; it has no place for the notes.

        Raises:
            UsageError: polars is not installed.
        """
        frame: pl.DataFrame = _optional("polars").from_arrow(self.to_arrow())
        return frame


_LARGEST = 2**63


def _column(cells: list[Cell]) -> pa.Array:
    """Cells of one column as an array of the one type that holds them all."""
    import pyarrow as pa  # noqa: PLC0415 - see `Table.to_arrow`

    kinds = {type(cell) for cell in cells if cell is not None}
    too_large = any(type(cell) is int and not -_LARGEST <= cell < _LARGEST for cell in cells)
    if too_large or (len(kinds) > 1 and not kinds <= {int, float}):
        return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    if kinds == {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64(), from_pandas=True)  # type: ignore[arg-type]
    return pa.array(cells, from_pandas=True)


def _optional(name: str) -> Any:  # noqa: ANN401 - a module
    """A library that people have or have not.

    Raises:
        UsageError: they have not.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed here; pip install 'helix-kg[{name}]' brings it") from error
