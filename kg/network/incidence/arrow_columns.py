"""Query results as arrays: by subject, one value each, or whole."""

from __future__ import annotations

from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from pyarrow import csv

from kg.rdf.sparql import select

if TYPE_CHECKING:
    from kg.rdf.sparql import Endpoint


def subjects_of(graph: Endpoint, term: str) -> pa.Array:
    """Return the IRIs of the instances of `term`, sorted, each once."""
    iris = answer_of(graph, f"SELECT DISTINCT ?s {{ ?s a hx:{term} }}", {"s": pa.string()})["s"].combine_chunks()
    return iris.take(pc.sort_indices(iris))


def pairs_of(graph: Endpoint, text: str, kind: pa.DataType | None = None) -> pa.Table:
    """Return the columns ``s`` (text) and ``v`` (of type `kind`, or text) of a query that selects them."""
    return answer_of(graph, text, {"s": pa.string(), "v": kind or pa.string()})


def first_of(subjects: pa.Array, pairs: pa.Table, *, last: bool = False) -> pa.Array:
    """Return the first or last value of each subject in order; null if it has none."""
    pairs = pairs.sort_by([("v", "descending" if last else "ascending")])
    rows = pc.index_in(pairs["s"], subjects).fill_null(-1).to_numpy()
    known, first = np.unique(rows, return_index=True)
    wanted = np.full(len(subjects), -1, np.int64)
    wanted[known[known >= 0]] = first[known >= 0]
    return pairs["v"].combine_chunks().take(pa.array(wanted, mask=wanted < 0))


def answer_of(graph: Endpoint, text: str, types: dict[str, pa.DataType]) -> pa.Table:
    """Return the solutions of the SELECT `text` as a table of the columns in `types`."""
    with NamedTemporaryFile() as file:  # so that a large result is never in memory as text
        select(graph, text).serialize(file.name, format=ox.QueryResultsFormat.CSV)
        return csv.read_csv(
            file.name,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=types, include_columns=list(types)),
        )
