"""Query results as arrays: by subject, one value each, or whole."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from pyarrow import csv

from kg.errors import DataError
from kg.rdf.sparql import select
from kg.texts import tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.rdf.sparql import Endpoint


_IN_MEMORY = 1 << 20
"""Bytes of a result that are not written to a file."""


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


def in_language(value: Callable[[pa.Table], pa.Array], names: pa.Table, lang: str) -> pa.Array:
    """Return the names with the tag `lang`, otherwise with a tag in its range, such as zh-Hans."""
    exact = value(names.filter(pc.equal(names["lang"], lang)))
    ranged = [tag for tag in pc.unique(names["lang"]).to_pylist() if tag and tag != lang and tags.matches(tag, lang)]
    if not ranged:
        return exact
    return pc.coalesce(exact, value(names.filter(pc.is_in(names["lang"], pa.array(ranged)))))


def answer_of(graph: Endpoint, text: str, types: dict[str, pa.DataType]) -> pa.Table:
    """Return the solutions of the SELECT `text` as a table of the columns in `types`.

    Raises:
        DataError: a date is before the year 1 or after the year 9999.
    """
    # Oxigraph does not quote IRIs in CSV, and an IRI may contain a comma or a quote.
    columns = " ".join(f"(IF(ISIRI(?{name}), STR(?{name}), ?{name}) AS ?{name}_)" for name in types)
    read_as = {f"{name}_": pa.string() if pa.types.is_date(kind) else kind for name, kind in types.items()}
    # A large result is never in memory as text. Oxigraph would wait for the disk if it received a path.
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        select(graph, f"SELECT {columns} {{ {{ {text} }} }}").serialize(file, format=ox.QueryResultsFormat.CSV)
        file.seek(0)
        table = csv.read_csv(
            file,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=read_as, include_columns=list(read_as)),
        ).rename_columns(list(types))
    for place, (name, kind) in enumerate(types.items()):
        if pa.types.is_date(kind):
            table = table.set_column(place, name, _days(table[name]))
    return table


def _days(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return dates without their time zones, which are finer than a network distinguishes."""
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    days = pc.struct_field(pc.extract_regex(texts, _DAY), "day")
    unread = pc.drop_null(pc.if_else(pc.is_null(days), texts, None))
    if len(unread):
        raise DataError("the date {date} is not in the years 1 to 9999; correct it in its graph file", date=unread[0])
    return days.cast(pa.date32())


_YEAR = "[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9]"
_DAY = rf"^(?P<day>(?:{_YEAR})-[0-9]{{2}}-[0-9]{{2}})(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?$"
