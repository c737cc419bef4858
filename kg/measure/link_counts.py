"""Counts of links by year and sector, by collection, and of their named and declared parties, by any engine."""

from typing import Literal

from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table
from kg.network import Network
from kg.network.engines.base import Engine, table_of
from kg.network.engines.tables import UNKNOWN, EngineTables, engine_tables
from kg.network.incidence.tables import Incidence
from kg.texts import Message

Counts = Literal["sectors", "collections", "coverage"]

_COLUMNS: dict[Counts, tuple[str, ...]] = {
    "sectors": ("year", "sector", "links", "participations"),
    "collections": ("collection", "links", "participations"),
    "coverage": ("year", "links", "named", "declared", "coverage", "lower_bounds"),
}
_NOTES = {
    "sectors": Message("A link counts once for each sector of its parties. A year is stated if it is certain."),
    "collections": Message("A link of several collections counts in each of them."),
    "coverage": Message(
        "coverage: the share of declared parties that are named; lower_bounds: links whose declared size is a lower "
        "bound. A year is stated if it is certain."
    ),
}


def table(engine: Engine, network: Network, incidence: Incidence, of: Counts) -> Table:
    """Return the counts of `network` as a table, computed by `engine`."""
    tables = engine_tables(network, incidence=incidence)
    answer = table_of(engine, of, tables)
    rows = (dict(zip(answer.column_names, row, strict=True)) for row in zip(*answer.to_pydict().values(), strict=True))
    cells = tuple(tuple(_cell(name, row, tables) for name in _COLUMNS[of]) for row in rows)
    return Table(_COLUMNS[of], cells, (*summary_notes(network), _NOTES[of]))


def _cell(name: str, row: dict[str, int], tables: EngineTables) -> Cell:
    if name == "coverage":
        return row["named"] / row["declared"] if row["declared"] else None
    value = row[name]
    if name == "collection":
        return tables.collections[value]
    if value == UNKNOWN and name in {"year", "sector"}:
        return None
    return tables.sectors[value] if name == "sector" else value
