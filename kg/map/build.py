"""The steps from a view or from participation tables to a map: network, scores, layout, details, file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import names, network
from kg.errors import UsageError
from kg.map import compose, defaults, formats
from kg.map.scene import details, focus, intervals, measures
from kg.map.scene.findings import focus_findings, has_findings, scene_findings
from kg.map.scene.styles import THEMES
from kg.measure import find
from kg.measure.rank import ordered
from kg.measure.star import chosen
from kg.model import Text
from kg.network.incidence.tables import Incidence
from kg.network.strongest import strongest
from kg.texts import Message

if TYPE_CHECKING:
    from kg.map.options import MapOptions
    from kg.map.rendered import Page
    from kg.map.scene.model import Scene
    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Lens, Network
    from kg.store.view import View


def draw(origin: View | Incidence, lens: Lens, options: MapOptions, progress: Progress = iter) -> Page:
    """Return the map of the network that `lens` selects from a view or from tables, as the content of a file.

    `progress` wraps the numbers of the samples for rank intervals.

    Raises:
        UsageError: a value of `options` does not exist or does not suit the network.
        InputError: the focus is not in the network.
    """
    _check(options)
    whole = network.build(details.tables_of(origin), lens)
    return formats.draw(scene(origin, whole, defaults.completed(whole, options), progress=progress), options.suffix)


def scene(
    origin: View | Incidence, whole: Network, options: MapOptions, *, panel: bool = True, progress: Progress = iter
) -> Scene:
    """Return the scene of the network `whole`, of the neighbourhood of the focus, or of the strongest actors.

    Scores and ranks are those in `whole`. Without a panel the scene has one measure, one view and no rank intervals.
    """
    drawn = _drawn(origin, whole, options)
    large = formats.is_large(drawn, options.suffix)
    panel = panel and formats.has_panel(drawn, options.suffix)
    scores = measures.compute(whole, chosen(whole, options.measure), options.mode, every=panel)
    estimates = intervals.estimate(whole, options, progress) if panel else intervals.Estimates()
    cards = formats.includes_links(drawn, options.suffix, options.initial_view)
    composed = compose.compose(
        drawn,
        measures.scene_measures(whole, drawn, scores, estimates.ranks),
        details.gather(origin, drawn, cards=cards, sources=large),
        options,
        views=None if large else compose.OTHER_VIEWS if panel else (options.initial_view,),
    )
    dated = () if panel or large else details.source_dates(origin, drawn)
    composed = replace(composed, notes=(*composed.notes, *estimates.notes, *dated))
    if options.focus is not None:
        composed = focus.describe(composed, whole, scores, options.focus)
    about = drawn if options.top is None else whole
    if (panel and about is drawn) or ((panel or large) and has_findings(about)):
        composed = replace(
            composed,
            findings=scene_findings(about, drawn, options, estimates)
            if options.focus is None
            else focus_findings(whole, drawn, options.focus),
        )
    composed = replace(composed, story=options.story, width=options.width, ground=options.ground)
    if not isinstance(origin, Incidence) and origin.internal:
        composed = replace(composed, subtitle=Message("Internal. {counts}", counts=composed.subtitle))
    return composed if options.title is None else replace(composed, title=Text(options.title, options.title))


def _drawn(origin: View | Incidence, whole: Network, options: MapOptions) -> Network:
    """Return the part of `whole` to draw."""
    if options.top is not None:
        name = chosen(whole, options.measure)
        return strongest(whole, ordered(whole, find(name), options.mode).scores.values, options.top, name)
    if options.focus is not None:
        return focus.neighbourhood(details.tables_of(origin), whole, options.focus, options.hops)
    return whole


def _check(options: MapOptions) -> None:
    if options.suffix not in formats.FORMATS:
        raise names.unknown(Message("format"), options.suffix, formats.FORMATS)
    if options.initial_view not in formats.VIEWS:
        raise names.unknown(Message("view"), options.initial_view, formats.VIEWS)
    if options.theme is not None and options.theme not in THEMES:
        raise names.unknown(Message("theme"), options.theme, THEMES)
    if options.story and options.suffix != ".html":
        raise UsageError("a story needs a page; write the map to a file that ends in .html")
    if (options.width or options.ground) and options.suffix.startswith(".htm"):
        raise UsageError(
            "--width and --ground are of pictures; write the map to a file that ends in .svg, .png or .pdf"
        )
    if options.top is not None and options.focus is not None:
        raise UsageError("--limit and --focus exclude each other")
    if options.top is not None and options.top < 1:
        raise UsageError("the number of actors must be 1 or more, not {top}", top=options.top)
    if options.hops < 1:
        raise UsageError("the number of hops must be 1 or more, not {hops}", hops=options.hops)
    if options.samples is not None and options.samples < 0:
        raise UsageError("the number of samples must be 0 or more, not {samples}", samples=options.samples)
