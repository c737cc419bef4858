"""From a view to a map: network, scores, places and evidence, one HTML page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import measure, network
from kg.errors import InputError
from kg.map import compose, formats
from kg.map.scene.model import Focus, SceneSource
from kg.measure.rank import ordered
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import sampling_notes
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Text
from kg.network.ego import around
from kg.network.incidence.load import load_incidence
from kg.query import cards
from kg.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.map.formats import RenderedMap
    from kg.map.scene.model import Scene, SceneMeasure
    from kg.measure import Scores
    from kg.network import Lens, Mode, Network
    from kg.store.view import View


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What a map is to show.

    Attributes:
        measure, mode: the measure that sizes the nodes.
        focus: IRI of the actor to look from, within `hops` steps; the whole network without it.
        suffix: the suffix of its file, one of `kg.map.formats.FORMATS`.
        initial_view: one of `kg.map.formats.VIEWS`.
        theme: "light" or "dark"; by default a page follows its reader's system.
        samples: number of imputations of the unnamed parties, for rank intervals; by default `_COMPLETIONS`, unless
            that takes long.
    """

    measure: str = "betweenness"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    lang: str = "en"
    suffix: str = ".html"
    initial_view: str = "map"
    theme: str | None = None
    samples: int | None = None


def draw(view: View, lens: Lens, options: MapOptions) -> RenderedMap:
    """View -> network -> scores, places and evidence -> one page, or one picture."""
    return formats.draw(scene(view, network.build(load_incidence(view), lens), options), options.suffix)


def scene(view: View, network: Network, options: MapOptions, *, panel: bool = True) -> Scene:
    """The network as it is to be drawn, with what is told of it; all measures are told where there is a panel."""
    shown = network if options.focus is None else _around(view, network, options.focus, options.hops)
    is_large = formats.is_large(shown, options.suffix)
    panel = panel and formats.has_panel(shown, options.suffix)
    measured = _measured(network, options, panel=panel)
    between, notes = _between(network, options) if panel else ({}, ())
    iris = [actor.iri for actor in network.actors]
    scores = {name: dict(zip(iris, found.values, strict=True)) for name, found in measured.items()}
    look = compose.SceneOptions(
        measure=options.measure,
        lang=options.lang,
        title=_title(shown, options.focus),
        measures=scores,
        names=cards.names(view),
        regions=cards.regions(view),
        units=cards.units(view),
        seats=cards.seats(view),
        terms=cards.terms(view),
        views=not is_large,
        sources=_sources(view) if is_large else (),
    )
    told = (
        [link.iri for link in shown.links] if formats.tells_links(shown, options.suffix, options.initial_view) else []
    )
    made = compose.compose(shown, scores[options.measure], cards.links(view, told), look)
    place = {iri: i for i, iri in enumerate(iris)}
    rows = [place[node.iri] for node in made.nodes]
    return replace(
        made,
        measures=tuple(_bounded(one, rows, measured[one.name], between.get(one.name)) for one in made.measures),
        notes=(*made.notes, *notes),
        initial_view=options.initial_view,
        theme=options.theme,
        focus=None if options.focus is None else _focus(options.focus, scores, [one.name for one in made.measures]),
    )


def _sources(view: View) -> tuple[SceneSource, ...]:
    """The sources of links, in the order to which the rows of links point."""
    return tuple(SceneSource(**row) for row in load_incidence(view).sources.to_pylist())


def _around(view: View, network: Network, focus: str, hops: int) -> Network:
    """What is within so many hops of `focus`.

    Raises:
        InputError: it is not in the network; where it is a link, or a unit whose host is, that is said.
    """
    _check(view, network, focus)
    return around(network, focus, hops)


def _check(view: View, shown: Network, focus: str) -> None:
    actors, place = load_incidence(view).actors, {actor.iri: i for i, actor in enumerate(shown.actors)}
    if focus in place:
        return
    name = shorten(focus)
    if focus in set(load_incidence(view).links["iri"].to_pylist()):
        raise InputError(
            f"{name} is a link and no actor; kg show {name} tells it, and --focus takes one of its parties"
        )
    hosts = dict(zip(actors["iri"].to_pylist(), actors["host"].to_pylist(), strict=True))
    host = actors["iri"][hosts[focus]].as_py() if hosts.get(focus, -1) >= 0 else None
    if host in place:
        raise InputError(f"{name} is a unit that counts for {shorten(host)} here; name that by --focus")


_PATHS_UP_TO = 3000
"""Actors and links up to which a map offers measures that look at all shortest paths: beyond, they take minutes."""


def _measured(network: Network, options: MapOptions, *, panel: bool) -> dict[str, Scores]:
    """The scores of the measure that is asked for and, for a panel, of every other that takes no long time."""
    few = len(network.actors) + len(network.links) <= _PATHS_UP_TO
    slow = frozenset() if few else frozenset({"betweenness", "closeness"}) - {options.measure}
    asked = measure.find(options.measure)
    more = (one for one in measure.MEASURES if panel and one.name not in {asked.name, *slow})
    return {one.name: ordered(network, one, options.mode).scores for one in (asked, *more)}


_COMPLETIONS, _COMPLETED_UP_TO = 100, 1000
"""How often unnamed parties are filled in unasked, and up to how many actors and links: some seconds."""
_LIGHT = ("degree", "strength", "pagerank")
"""The measures of which this is told beside the one that is asked for: they take little time."""
_SOME = Text(
    "What ranks would be were all parties named is told of the measure that the map was made by and of a few others; "
    "kg rank --measure … --intervals ranks tells it of each.",
    "“若参与方全部具名”的位次仅就制图所依指标及少数其他指标给出；其余可用kg rank --measure … --intervals ranks查看。",
)
_NONE = Text(
    "What ranks would be were all parties named is not told here, as it takes long: pass --samples 100.",
    "因计算耗时，此处未给出“若参与方全部具名”的位次；可用--samples 100求得。",
)

Ranks = tuple[int, int] | None


def _between(network: Network, options: MapOptions) -> tuple[dict[str, list[Ranks]], tuple[Text, ...]]:
    """By measure, between which ranks each actor lies in nine of ten completions; and how they were made."""
    if options.samples == 0 or not missing_parties(network).any():
        return {}, ()
    if options.samples is None and len(network.actors) + len(network.links) > _COMPLETED_UP_TO:
        return {}, (_NONE,)
    draws = SamplingOptions(options.samples or _COMPLETIONS)
    names = dict.fromkeys((options.measure, *_LIGHT))
    standings = {name: rank_intervals(network, name, options.mode, None, draws) for name in names}
    found: dict[str, list[Ranks]] = {name: [None] * len(network.actors) for name in names}
    for name, one in standings.items():
        lower, upper = one.rank_interval()
        for row, *ends in zip(one.rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            found[name][row] = (ends[0], ends[1])
    return found, (_SOME, *sampling_notes(standings[options.measure]))


def _bounded(told: SceneMeasure, rows: Sequence[int], found: Scores, between: Sequence[Ranks] | None) -> SceneMeasure:
    """The measure with what it may be of the actors in `rows`: bounds to four digits, and ranks."""
    if between is not None:
        told = replace(told, rank_intervals=tuple(between[row] for row in rows))
    if found.lower is None or found.upper is None:
        return told
    ends = ([side[row] for row in rows] for side in (found.lower, found.upper))
    lower, upper = (tuple(None if x is None else float(f"{x:.4g}") for x in side) for side in ends)
    return replace(told, lower=lower, upper=upper)


def _focus(actor: str, scores: Mapping[str, Mapping[str, float | None]], names: Sequence[str]) -> Focus:
    """Where an actor stands in the whole network, by each measure."""
    ranks: list[tuple[int, int] | None] = []
    for name in names:
        own = scores[name][actor]
        known = [score for score in scores[name].values() if score is not None]
        ranks.append(None if own is None else (1 + sum(score > own for score in known), len(known)))
    return Focus(actor, tuple(ranks))


def _title(shown: Network, focus: str | None) -> Text | None:
    """Whose neighbourhood the map shows; the scene's general title where it shows everything."""
    if focus is None:
        return None
    label = next(actor.label for actor in shown.actors if actor.iri == focus)
    return Text("{actor}: who works with it", "{actor}：谁与之合作").format(actor=label)
