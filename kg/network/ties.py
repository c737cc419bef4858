"""Ties between actors as a table: of a network, or of each year."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kg.model import Cell, Table, Text
from kg.network.build import build
from kg.network.engines.arrays import ArraysEngine
from kg.network.engines.base import table_of
from kg.network.engines.pairs import weights
from kg.network.engines.tables import engine_tables
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.network import Network
from kg.network.snapshots import by_year
from kg.texts import Message

COLUMNS = ("source", "source_label", "target", "target_label", "weight", "links")
"""Both ends with their labels, the weight by the lens, and the number of shared links."""

_DEFAULT = Lens()


def tie_columns(network: Network) -> dict[str, NDArray[Any]]:
    """Return the ties of `network` as arrays, sorted: rows `a` < `b` of its actors, `weight`, number of `links`.

    Weights are those of `Network.projection`, rounded to `kg.network.engines.pairs.DECIMALS`.
    """
    tables = engine_tables(network)
    rows = table_of(ArraysEngine(), "ties", tables)
    return {
        "a": rows["a"].to_numpy().astype(np.int32),
        "b": rows["b"].to_numpy().astype(np.int32),
        "weight": weights(rows["units"], tables.scale),
        "links": rows["links"].to_numpy().astype(np.int32),
    }


def ties(network: Network, lang: str = "en") -> Table:
    """Return the ties of `network`, sorted by the IRIs of their ends."""
    return Table(COLUMNS, tuple(_rows(network, lang)), network.notes)


def ties_by_year(incidence: Incidence, lens: Lens = _DEFAULT, lang: str = "en") -> Table:
    """Return the ties of each year in which links may have started (`kg.network.snapshots.by_year`).

    A link that may have started in several years is in each of them. A link without a known start is in none, also if
    the lens includes undated links; the notes count both.

    Raises:
        UsageError: the lens asks for a value that does not occur.
    """
    whole = build(incidence, lens)
    years = by_year(incidence, replace(lens, include_undated=False))
    rows = ((year, *row) for year, network in years.items() for row in _rows(network, lang))
    return Table(("year", *COLUMNS), tuple(rows), (*whole.notes, *_date_notes(whole, years.values())))


def _rows(network: Network, lang: str) -> Iterator[tuple[Cell, ...]]:
    columns = tie_columns(network)
    ends = np.unique(np.concatenate((columns["a"], columns["b"])))
    named = dict(zip(ends.tolist(), _ends(network, ends, lang), strict=True))
    for a, b, weight, links in zip(*(column.tolist() for column in columns.values()), strict=True):
        yield *named[a], *named[b], weight, links


def _ends(network: Network, rows: NDArray[np.int32], lang: str) -> Iterator[tuple[str, str | None]]:
    """Yield the IRI and the label of the actors in `rows`."""
    actors = network.actors.table.take(pa.array(rows)).select(["iri", "label_en", "label_zh"])
    for iri, english, chinese in zip(*(column.to_pylist() for column in actors.columns), strict=True):
        yield iri, Text(english, chinese).localise(lang)


def _date_notes(whole: Network, years: Iterable[Network]) -> Iterator[Text]:
    years_of = Counter(iri for network in years for iri in network.links.table["iri"].to_pylist())
    counts = [years_of[iri] for iri in whole.links.table["iri"].to_pylist()]
    undated, several = counts.count(0), sum(count > 1 for count in counts)
    if undated:
        yield Message(
            "{undated} of {counts} links have no known start year and are in no year.",
            undated=undated,
            counts=len(counts),
        )
    if several:
        yield Message(
            "{several} of {counts} links may have started in more than one year and count in each of these.",
            several=several,
            counts=len(counts),
        )
