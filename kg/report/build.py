"""The steps from a view to a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import network
from kg.findings import findings, ranks
from kg.map import formats
from kg.map.build import scene
from kg.map.rendered import Page
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.network.incidence.load import load_incidence
from kg.report import contents, page, references

if TYPE_CHECKING:
    from kg.map.options import MapOptions
    from kg.network import Lens
    from kg.store.view import View


def report(view: View, lens: Lens, options: MapOptions, sector: str | None, top: int | None) -> Page:
    """Return the report of the network that `lens` selects.

    If parties are unnamed, the ranking includes score intervals with the default sampling options.

    Raises:
        UsageError: the network has too many links for one page.
    """
    selected = network.build(load_incidence(view), lens)
    contents.check(selected)
    sampled = rank_intervals(selected, options.measure, options.mode, sector)
    ranked = rank(selected, options.measure, options.mode, sector, top, options.lang)
    if missing_parties(selected).any():
        ranked = with_intervals(ranked, sampled, "scores")
    same = (options.measure, options.mode) == (ranks.MEASURE, ranks.MODE)
    found = findings(selected, sector, intervals=sampled if same else None)
    drawn = scene(view, selected, options, panel=False)
    html = page.render(references.number(contents.gather(view, selected, drawn, ranked, found)))
    return Page(html, ".html", "" if len(selected.links) else f"The report is empty: {formats.EMPTY}.")
