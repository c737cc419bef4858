"""The steps from a view to a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import network
from kg.map import formats
from kg.map.build import scene
from kg.map.rendered import Page
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.ranking import RankOptions, ranking
from kg.network.incidence.load import load_incidence
from kg.report import contents, page, references

if TYPE_CHECKING:
    from kg.map.options import MapOptions
    from kg.measure.uncertainty.interval_table import Of
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
    intervals: Of | None = "scores" if missing_parties(selected).any() else None
    ranked = ranking(selected, RankOptions(options.measure, options.mode, sector, top, intervals), options.lang)
    drawn = scene(view, selected, options, panel=False)
    html = page.render(references.number(contents.gather(view, selected, drawn, ranked)))
    return Page(html, ".html", "" if len(selected.links) else f"The report is empty: {formats.EMPTY}.")
