"""From a view to a report: ranks with intervals, indicators, gaps, a picture and the evidence, one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import network
from kg.map import formats
from kg.map.build import scene
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.network.incidence.load import load_incidence
from kg.report import contents, page, references

if TYPE_CHECKING:
    from kg.map.build import MapOptions
    from kg.map.formats import RenderedMap
    from kg.network import Lens
    from kg.store.view import View


def report(view: View, lens: Lens, options: MapOptions, sector: str | None, top: int | None) -> RenderedMap:
    """View -> network -> ranks, indicators, gaps, picture and evidence -> one HTML page without a script.

    Where parties are missing the ranking has score intervals, of the default draws.

    Raises:
        UsageError: there are too many links for a page.
    """
    shown = network.build(load_incidence(view), lens)
    contents.check(shown)
    ranking = rank(shown, options.measure, options.mode, sector, top, options.lang)
    if missing_parties(shown).any():
        standing = rank_intervals(shown, options.measure, options.mode, sector, SamplingOptions())
        ranking = with_intervals(ranking, standing)
    drawn = scene(view, shown, options, panel=False)
    made = page.render(references.write(contents.gather(view, shown, drawn, ranking)))
    return formats.RenderedMap(made, "" if len(shown.links) else f"There is nothing on it: {formats.NOTHING}.")
