"""Networks by year."""

from dataclasses import replace
from datetime import date
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from kg.network.build import build
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.network import Network


def by_year(incidence: Incidence, lens: Lens) -> dict[int, Network]:
    """Return the networks of the links that may have begun in each year, within the dates of `lens`, in order.

    A link whose bounds span several years is in each of them. A link with an unknown bound is in none. Years without
    links are left out.
    """
    incidence = replace(incidence, links=_bounded(incidence.links))
    columns = ("start_earliest", "start_latest")
    known = {day.year for day in chain(*(incidence.links[name].to_pylist() for name in columns)) if day}
    networks = {}
    for year in range(min(known, default=0), max(known, default=-1) + 1):
        since = max(date(year, 1, 1), lens.since or date.min)
        until = min(date(year, 12, 31), lens.until or date.max)
        if since <= until:
            network = build(incidence, replace(lens, since=since, until=until))
            if network.links:
                networks[year] = network
    return networks


def _bounded(links: pa.Table) -> pa.Table:
    """Return `links` without the start of those with a single known bound."""
    names = ("start_earliest", "start_latest")
    both = pc.and_(*(links[name].is_valid() for name in names))
    for name in names:
        links = links.set_column(
            links.column_names.index(name), links.schema.field(name), pc.if_else(both, links[name], None)
        )
    return links
