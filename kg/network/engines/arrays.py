"""The engine in memory: numpy arrays, and pairs in blocks.

It needs some 400 bytes for each participation and 60 MB for the pairs, however many there are.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.network.engines.base import BATCH_ROWS, QUESTIONS, UNITS, Workspace, in_units
from kg.network.engines.blocks import pair_blocks
from kg.network.engines.sums import group_sums
from kg.network.engines.tables import EngineTables

Column: TypeAlias = "NDArray[np.int64] | NDArray[np.object_] | pa.Array"


class ArraysEngine:
    """An engine that holds the participations in memory; see `kg.network.engines.base.Engine`."""

    name = "arrays"

    def answer(self, question: str, tables: EngineTables) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the answer to `question`."""
        if question == "ties":
            for block in pair_blocks(tables):
                for start in range(0, len(block.a), BATCH_ROWS):
                    part = slice(start, start + BATCH_ROWS)
                    yield _batch(question, [block.a[part], block.b[part], block.units[part], block.links[part]])
            return
        yield _batch(question, _ANSWERS[question](tables))

    def workspace(self, tables: EngineTables) -> AbstractContextManager[Workspace]:
        """Refuse to open tables for queries; see `kg.network.engines.base.Engine`."""
        del tables
        raise UsageError("the engine arrays has no SQL; choose duckdb or spark with --engine")


def _batch(question: str, columns: Sequence[Column]) -> pa.RecordBatch:
    schema = QUESTIONS[question]
    arrays = [
        column if isinstance(column, pa.Array) else in_units(column) if field.type == UNITS else pa.array(column)
        for field, column in zip(schema, columns, strict=True)
    ]
    return pa.record_batch([array.cast(field.type) for array, field in zip(arrays, schema, strict=True)], schema)


def _partners(tables: EngineTables) -> list[Column]:
    counts = np.zeros(tables.actors.num_rows, np.int64)
    for block in pair_blocks(tables):
        for ends in (block.a, block.b):
            counts += np.bincount(ends, minlength=len(counts))
    tied = np.flatnonzero(counts)
    return [tied, counts[tied]]


def _degrees(tables: EngineTables) -> list[Column]:
    link, actor = (tables.incidences[name].to_numpy() for name in ("link", "actor"))
    order = np.argsort(actor, kind="stable")
    starts = np.flatnonzero(np.diff(actor[order], prepend=-1))
    exact, named, declared = (
        tables.links[name].to_numpy().astype(np.int64)[link[order]] for name in ("is_exact", "named", "declared")
    )
    sums: list[Column] = [actor[order][starts].astype(np.int64), np.diff(starts, append=len(order))]
    for name in ("part", "ties"):
        column = tables.incidences[name]
        known = column.is_valid().to_numpy()[order].astype(np.int64)
        values = column.fill_null(0).to_numpy()[order]
        some = group_sums(known, starts) > 0
        for kept in (values, values * exact):
            units = in_units(group_sums(kept, starts))
            sums.append(pa.array(units.to_pylist(), UNITS, mask=~some) if not some.all() else units)
    return [*sums, group_sums(named, starts), group_sums(declared, starts)]


def _cases(tables: EngineTables) -> list[Column]:
    link, actor = (tables.incidences[name].to_numpy() for name in ("link", "actor"))
    pattern = np.zeros(tables.links.num_rows, np.int64)
    np.bitwise_or.at(pattern, link, tables.actors["bit"].to_numpy().astype(np.int64)[actor])
    return _counted(pattern, *(tables.links[name].to_numpy() for name in ("several", "room")))


def _sectors(tables: EngineTables) -> list[Column]:
    link, actor = (tables.incidences[name].to_numpy() for name in ("link", "actor"))
    year, sector = tables.links["year"].to_numpy()[link], tables.actors["sector"].to_numpy()[actor]
    first, second, participations = _counted(year, sector)
    years, sectors, _ = _distinct_links(link, year, sector)
    *_, links = _counted(years, sectors)
    return [first, second, links, participations]


def _distinct_links(link: NDArray[np.int32], year: NDArray[np.int32], sector: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the years, sectors and links that occur together, each combination once."""
    distinct: NDArray[np.int64] = np.unique(np.stack((year, sector, link)).astype(np.int64), axis=1)
    return distinct


def _collections(tables: EngineTables) -> list[Column]:
    link, collection = (tables.link_collections[name].to_numpy() for name in ("link", "collection"))
    size = np.bincount(tables.incidences["link"].to_numpy(), minlength=tables.links.num_rows)
    names, links = np.unique(collection, return_counts=True)
    participations = np.bincount(collection, weights=size[link], minlength=len(tables.collections))
    return [names.astype(np.int64), links, participations[names].astype(np.int64)]


def _coverage(tables: EngineTables) -> list[Column]:
    years, place = np.unique(tables.links["year"].to_numpy(), return_inverse=True)
    columns = (tables.links[name].to_numpy() for name in ("named", "declared", "is_exact"))
    named, declared, exact = (np.bincount(place, weights=one, minlength=len(years)).astype(np.int64) for one in columns)
    links = np.bincount(place, minlength=len(years))
    return [years.astype(np.int64), links, named, declared, links - exact]


def _counted(*columns: NDArray[np.integer]) -> list[Column]:
    """Return the distinct rows of `columns`, sorted, with their numbers."""
    rows, counts = np.unique(np.stack(columns).astype(np.int64), axis=1, return_counts=True)
    return [*rows, counts]


_ANSWERS: MappingProxyType[str, Callable[[EngineTables], list[Column]]] = MappingProxyType(
    {
        "partners": _partners,
        "degrees": _degrees,
        "cases": _cases,
        "sectors": _sectors,
        "collections": _collections,
        "coverage": _coverage,
    }
)
