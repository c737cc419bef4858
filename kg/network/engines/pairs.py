"""Ties of a network by any engine, with names: batches for a file, and arrays for tables."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def weights(column: pa.ChunkedArray, scale: int) -> pa.Array:
    """Return sums of units as weights, rounded to `DECIMALS`."""
    return pa.array(np.round(of_units(column, scale), DECIMALS))


def ties(engine: Engine, tables: EngineTables, actors: Actors) -> Iterator[pa.Table]:
    """Yield the ties of a network with the columns `TIES`, sorted by source, then target, in tables of bounded size.

    Each pair of actors that share a link occurs once, with the source before the target in the order of IRIs. Names are
    dictionary-encoded: those of sources by the sources of the table alone, those of targets by all actors.
    """
    iris = actors.table["iri"].combine_chunks()
    labels = pc.coalesce(actors.table["label_en"], actors.table["label_zh"]).combine_chunks()
    for rows in _groups(engine.answer("ties", tables)):
        low = pc.min(rows["a"]).as_py()
        sources = slice(low, pc.max(rows["a"]).as_py() + 1)
        a = pc.subtract(rows["a"], low).cast(pa.int32()).combine_chunks()
        b = rows["b"].cast(pa.int32()).combine_chunks()
        yield pa.table(
            [
                pa.DictionaryArray.from_arrays(a, iris[sources]),
                pa.DictionaryArray.from_arrays(b, iris),
                weights(rows["units"], tables.scale),
                rows["links"].cast(pa.int32()),
                pa.DictionaryArray.from_arrays(a, labels[sources]),
                pa.DictionaryArray.from_arrays(b, labels),
            ],
            schema=TIES,
        )


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
