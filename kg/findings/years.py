"""Findings about time: what began and ended in the last year with links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.findings.finding import Finding, records
from kg.findings.wording import number
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from kg.network import Network

MIN_BEGUN = 5
"""Number of links that must certainly have begun in a year."""


def last_year(network: Network) -> Iterator[Finding]:
    """Yield the numbers of links that began and ended in the last year in which enough links certainly began."""
    table = network.links.table
    starts = [table[name].to_pylist() for name in ("start_earliest", "start_latest")]
    ends = [table[name].to_pylist() for name in ("end_earliest", "end_latest")]
    years = [earliest.year for earliest, latest in zip(*starts, strict=True) if _same_year(earliest, latest)]
    frequent = [year for year in set(years) if years.count(year) >= MIN_BEGUN]
    if not frequent:
        return
    year = max(frequent)
    begun, possible = _within(starts, year), _possibly_within(starts, year)
    ended = _within(ends, year)
    count, most = network.links.count(begun), network.links.count(possible)
    more = Message("; {count} more may have begun", count=most - count)
    finished = network.links.count(ended)
    stopped = Message("; 1 link ended") if finished == 1 else Message("; {n} links ended", n=number(finished))
    yield Finding(
        "last-year",
        Message(
            "In {year}, {begun} links began{more}{stopped}.",
            year=year,
            begun=number(count),
            more=more if most > count else Text("", ""),
            stopped=stopped if finished else Text("", ""),
        ),
        f"links of {year}",
        count,
        count,
        most,
        records(network, begun | ended),
        f"kg network --since {year}-01-01 --until {year}-12-31 --certain-dates",
    )


def _same_year(earliest: date | None, latest: date | None) -> bool:
    return earliest is not None and latest is not None and earliest.year == latest.year


def _within(bounds: list[list[date | None]], year: int) -> NDArray[np.bool_]:
    """Return which intervals of days lie in `year`."""
    pairs = zip(*bounds, strict=True)
    return np.array([_same_year(first, last) and first.year == year for first, last in pairs], dtype=bool)


def _possibly_within(bounds: list[list[date | None]], year: int) -> NDArray[np.bool_]:
    """Return which intervals of days with two bounds meet `year`."""
    return np.array(
        [bool(first and last and first.year <= year <= last.year) for first, last in zip(*bounds, strict=True)],
        dtype=bool,
    )
