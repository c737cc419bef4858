"""A network year by year."""

from dataclasses import replace
from datetime import date
from itertools import chain

from kg.network.build import build
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.network import Network


def by_year(incidence: Incidence, lens: Lens) -> dict[int, Network]:
    """The networks of the links that may have begun in each year, and within the dates of `lens`, in order.

    A link whose bounds span several years is in each of them; one of which no bound is known is in none. Years in which
    no link can have begun are left out; years beyond the bounds that any link states are not looked at.
    """
    columns = ("start_earliest", "start_latest")
    known = {day.year for day in chain(*(incidence.links[name].to_pylist() for name in columns)) if day}
    found = {}
    for year in range(min(known, default=0), max(known, default=-1) + 1):
        since = max(date(year, 1, 1), lens.since or date.min)
        until = min(date(year, 12, 31), lens.until or date.max)
        if since <= until:
            network = build(incidence, replace(lens, since=since, until=until))
            if network.links:
                found[year] = network
    return found
