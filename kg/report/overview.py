"""The short tables of a report: ties between sectors, years, and places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.map.scene.model import Scene
    from kg.model import Table
    from kg.network import Network
    from kg.texts import Text

MAX_PAIRS, MAX_PLACES, MAX_YEARS = 8, 8, 12
"""Rows of each table; the notes count the rest."""


class PairShare(NamedTuple):
    """The share of ties between two sectors.

    Attributes:
        sectors: the two sectors.
        share: share of all ties.
        expected: the share that chance gives; ``None`` if it is not defined.
        p: the two-sided p of the difference; ``None`` if it is not defined.
    """

    sectors: tuple[str, str]
    share: float
    expected: float | None
    p: float | None


class Years(NamedTuple):
    """The numbers of links by the year in which they certainly began.

    Attributes:
        counts: the last years with their numbers, in order; years between them without links are included.
        earlier: number of links of earlier years.
        uncertain: number of links that may have begun in several years, or whose year is unknown.
    """

    counts: tuple[tuple[int, int], ...]
    earlier: int
    uncertain: int


class Places(NamedTuple):
    """The regions with the most organisations.

    Attributes:
        counts: the names of the regions with their numbers of organisations.
        others: number of organisations in other regions.
        unknown: number of organisations without a region.
    """

    counts: tuple[tuple[Text, int], ...]
    others: int
    unknown: int


class Overview(NamedTuple):
    """The short tables."""

    sectors: tuple[PairShare, ...]
    years: Years
    places: Places


def overview(network: Network, scene: Scene, mixing: Table) -> Overview:
    """Return the short tables of `network`; `mixing` is its table of `kg structure mixing`, not localised."""
    return Overview(sector_ties(mixing), years(network), places(scene))


def sector_ties(mixing: Table) -> tuple[PairShare, ...]:
    """Return the pairs of sectors with the largest shares of ties."""
    rows = (dict(zip(mixing.columns, row, strict=True)) for row in mixing.rows)
    ties = [
        PairShare((first, second), float(str(row["value"])), _number(row["expected"]), _number(row["p"]))
        for row in rows
        if row["indicator"] == "share-of-ties" and row["value"] is not None
        for first, _, second in [str(row["group"]).partition("-")]
    ]
    return tuple(sorted(ties, key=lambda one: (-one.share, one.sectors))[:MAX_PAIRS])


def years(network: Network) -> Years:
    """Return the numbers of links by year; parts of a divided link count once."""
    table = network.links.table
    bounds = zip(table["start_earliest"].to_pylist(), table["start_latest"].to_pylist(), strict=True)
    starts = dict(zip(network.links.records(), bounds, strict=True))
    known = Counter(first.year for first, last in starts.values() if first and last and first.year == last.year)
    if not known:
        return Years((), 0, len(starts))
    last = max(known)
    shown = range(max(min(known), last - MAX_YEARS + 1), last + 1)
    counts = tuple((year, known[year]) for year in shown)
    dated = sum(known.values())
    return Years(counts, dated - sum(count for _, count in counts), len(starts) - dated)


def places(scene: Scene) -> Places:
    """Return the regions with the most organisations."""
    regions = {node.region.pair: node.region for node in scene.nodes if node.region}
    counted = Counter(node.region.pair for node in scene.nodes if node.region)
    shown = sorted(counted.items(), key=lambda item: (-item[1], item[0][0] or "", item[0][1] or ""))[:MAX_PLACES]
    counts = tuple((regions[pair], count) for pair, count in shown)
    located = sum(counted.values())
    return Places(counts, located - sum(count for _, count in counts), len(scene.nodes) - located)


def _number(cell: object) -> float | None:
    return None if cell is None else float(str(cell))
