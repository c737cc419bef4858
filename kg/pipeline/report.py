"""From a view to a report: ranks with intervals, indicators, gaps, a picture and the evidence, one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pipeline.draw import scene

if TYPE_CHECKING:
    from kg.draw.forms import Drawn
    from kg.network import Lens
    from kg.pipeline.draw import Picture
    from kg.view import View


def report(view: View, lens: Lens, picture: Picture, sector: str | None, top: int | None) -> Drawn:
    """View -> network -> ranks, indicators, gaps, picture and evidence -> one HTML page without a script.

    Where parties are missing the ranking has score intervals, of the default draws.

    Raises:
        UsageError: there are too many links for a page.
    """
    from kg import network  # noqa: PLC0415 - see kg.pipeline
    from kg.draw import forms  # noqa: PLC0415 - see kg.pipeline
    from kg.measure.completing import missing  # noqa: PLC0415 - see kg.pipeline
    from kg.measure.missing import Draws, filled, stand  # noqa: PLC0415 - see kg.pipeline
    from kg.measure.rank import rank  # noqa: PLC0415 - see kg.pipeline
    from kg.report import book, contents, page  # noqa: PLC0415 - see kg.pipeline

    shown = network.build(view.incidence(), lens)
    contents.check(shown)
    ranking = rank(shown, picture.by, picture.mode, sector, top, picture.lang)
    if missing(shown).any():
        standing = stand(shown, picture.by, picture.mode, sector, Draws())
        ranking = filled(ranking, standing)
    drawn = scene(view, shown, picture, panel=False)
    made = page.render(book.write(contents.gather(view, shown, drawn, ranking)))
    return forms.Drawn(made, "" if len(shown.links) else f"There is nothing on it: {forms.NOTHING}.")
