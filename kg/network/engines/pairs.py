"""Ties of a network by any engine, with names: batches for a file, and arrays for tables."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.network.engines.base import Engine, of_units
from kg.network.engines.tables import EngineTables
from kg.network.nodes import Actors

_NAME = pa.dictionary(pa.int32(), pa.string())

TIES = pa.schema(
    [
        *(pa.field(name, _NAME) for name in ("source", "target")),
        pa.field("weight", pa.float64()),
        pa.field("links", pa.int32()),
        *(pa.field(name, _NAME) for name in ("source_label", "target_label")),
    ]
)
"""Columns of ties: IRIs of the ends, the weight by the lens, the number of shared links, labels."""

DECIMALS = 12
"""The decimals of a weight; units of shares have three more, so that rounding hides their error."""

GROUP_ROWS = 3_000_000
"""The rows of a table of ties, which is one row group of a file; some 200 MB."""


def weights(column: pa.ChunkedArray, scale: int) -> NDArray[np.float64]:
    """Return sums of units as weights, rounded to `DECIMALS`."""
    if scale <= 10**DECIMALS:
        return of_units(column, scale)
    rounded = of_units(column, scale // 10**DECIMALS)
    np.rint(rounded, out=rounded)  # numpy.round takes three times as long
    rounded /= 10.0**DECIMALS
    return rounded


def ties(engine: Engine, tables: EngineTables, actors: Actors) -> Iterator[pa.Table]:
    """Yield the ties of a network with the columns `TIES`, sorted by source, then target, in tables of bounded size.

    Each pair of actors that share a link occurs once, with the source before the target in the order of IRIs. Names are
    dictionary-encoded: those of sources by the sources of the table alone, those of targets by all actors.
    """
    iris = actors.table["iri"].combine_chunks()
    labels = pc.coalesce(actors.table["label_en"], actors.table["label_zh"]).combine_chunks()
    for rows in _groups(engine.answer("ties", tables)):
        first, b, links = (rows[name].to_numpy() for name in ("a", "b", "links"))
        sources = slice(int(first[0]), int(first[-1]) + 1)
        a = pa.array((first - first[0]).astype(np.int32))
        b = pa.array(b.astype(np.int32))
        yield pa.table(
            [
                _named(a, iris[sources]),
                _named(b, iris),
                pa.array(weights(rows["units"], tables.scale)),
                pa.array(links.astype(np.int32)),
                _named(a, labels[sources]),
                _named(b, labels),
            ],
            schema=TIES,
        )


def _named(rows: pa.Array, names: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(rows, names, safe=False)  # the rows are those of the names


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the rows of `batches` in tables of `GROUP_ROWS` or more, except the last one."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= GROUP_ROWS:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if any(one.num_rows for one in waiting):
        yield pa.Table.from_batches(waiting)
