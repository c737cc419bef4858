"""The interface of engines, and the tables that they return."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kg.network.engines.tables import EngineTables

UNITS = pa.decimal128(38, 0)
"""The type of sums of units, which exceed 64 bits where actors share many links."""


def _schema(*names: str, **units: pa.DataType) -> pa.Schema:
    return pa.schema([(name, units.get(name, pa.int64())) for name in names])


QUESTIONS = MappingProxyType(
    {
        "ties": _schema("a", "b", "units", "links", units=UNITS),
        "partners": _schema("actor", "partners"),
        "degrees": _schema(
            *("actor", "links", "parts", "certain", "ties", "certain_ties", "named", "declared"),
            **dict.fromkeys(("parts", "certain", "ties", "certain_ties"), UNITS),
        ),
        "cases": _schema("pattern", "several", "room", "links"),
        "sectors": _schema("year", "sector", "links", "participations"),
        "collections": _schema("collection", "links", "participations"),
        "coverage": _schema("year", "links", "named", "declared", "lower_bounds"),
    }
)
"""The columns of the answer to each question, which the files of ``engines/sql/`` define; rows are sorted by the first
columns up to the counts."""

BATCH_ROWS = 1_000_000
"""The rows of a batch of an answer."""


class Workspace(Protocol):
    """The tables of a network in an engine of SQL, with the view `pairs`, and tables made from them."""

    def create(self, name: str, text: str) -> None:
        """Make a table from the query `text`, which may read the former table of that name."""

    def rows(self, text: str) -> pa.Table:
        """Return the rows of the query `text`."""


class Engine(Protocol):
    """A way to answer questions about the tables of a network.

    All engines return the same rows; they differ in the size that they can handle.
    """

    name: str

    def answer(self, question: str, tables: EngineTables) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the answer to one of `QUESTIONS`, with its columns, sorted.

        Raises:
            OutputError: the disk or the cluster has no space for intermediate results.
        """

    def workspace(self, tables: EngineTables) -> AbstractContextManager[Workspace]:
        """Open `tables` for queries in SQL, until the block ends.

        Raises:
            OutputError: the disk or the cluster has no space for intermediate results.
            UsageError: the engine has no SQL.
        """


def table_of(engine: Engine, question: str, tables: EngineTables) -> pa.Table:
    """Return the answer of `engine` to `question` as one table."""
    return pa.Table.from_batches(engine.answer(question, tables), schema=QUESTIONS[question])


def in_units(values: NDArray[np.int64] | NDArray[np.object_]) -> pa.Array:
    """Return non-negative sums as `UNITS`; values beyond 64 bits are Python integers."""
    if values.dtype != np.int64:
        return pa.array(list(values), UNITS)
    halves = np.zeros((len(values), 2), np.int64)  # low and high half of each decimal; a cast takes ten times as long
    halves[:, 0] = values
    return pa.Array.from_buffers(UNITS, len(values), [None, pa.py_buffer(halves)])


def of_units(column: pa.ChunkedArray, scale: int) -> NDArray[np.float64]:
    """Return non-negative sums of units as numbers; nan for null. The result depends on the sum only."""
    return np.concatenate([np.zeros(0), *map(_numbers, column.chunks)]) / scale


def _numbers(column: pa.Array) -> NDArray[np.float64]:
    halves = np.frombuffer(column.buffers()[1], np.int64).reshape(-1, 2)[column.offset : column.offset + len(column)]
    if column.null_count or (halves < 0).any() or halves[:, 1].any():  # null, or beyond 63 bits
        values = [np.nan if one is None else float(int(one)) for one in column.to_pylist()]
        return np.array(values, np.float64)
    numbers: NDArray[np.float64] = halves[:, 0].astype(np.float64)
    return numbers
