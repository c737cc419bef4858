"""From a view to a map: network, scores, places and evidence, one HTML page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Label, spoken
from kg.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.draw.forms import Drawn
    from kg.draw.scene import Focus, Scene, SceneMeasure, SceneSource
    from kg.measure import Scores
    from kg.network import Lens, Mode, Network
    from kg.view import View


@dataclass(frozen=True, slots=True)
class Picture:
    """What a map is to show.

    Attributes:
        by, mode: the measure that sizes the nodes.
        focus: IRI of the actor to look from, within `hops` steps; the whole network without it.
        form: the suffix of its file, one of `kg.draw.forms.FORMS`.
        opens, theme: the view, one of `kg.draw.forms.VIEWS`, and the theme; without one a page has that of its reader.
    """

    by: str = "betweenness"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    lang: str = "en"
    form: str = ".html"
    opens: str = "map"
    theme: str | None = None


def draw(view: View, lens: Lens, picture: Picture) -> Drawn:
    """View -> network -> scores, places and evidence -> one page, or one picture."""
    from kg import network  # noqa: PLC0415 - see kg.pipeline
    from kg.draw import forms  # noqa: PLC0415 - see kg.pipeline

    return forms.draw(scene(view, network.build(view.incidence(), lens), picture), picture.form)


def scene(view: View, shown: Network, picture: Picture) -> Scene:
    """The network as it is to be drawn, with what is told of it."""
    from kg import cards  # noqa: PLC0415 - see kg.pipeline
    from kg.draw import compose, forms  # noqa: PLC0415 - see kg.pipeline
    from kg.network.focus import around  # noqa: PLC0415 - see kg.pipeline

    measured = _measured(shown, picture)
    iris = [actor.iri for actor in shown.actors]
    scores = {name: dict(zip(iris, found.values, strict=True)) for name, found in measured.items()}
    if picture.focus is not None:
        _check(view, shown, picture.focus)
        shown = around(shown, picture.focus, picture.hops)
    is_large = forms.is_large(shown, picture.form)
    look = compose.Look(
        measure=picture.by,
        lang=picture.lang,
        title=_title(shown, picture.focus),
        measures={name: found for name, found in scores.items() if name != picture.by},
        names=cards.names(view),
        regions=cards.regions(view),
        units=cards.units(view),
        seats=cards.seats(view),
        terms=cards.terms(view),
        views=not is_large,
        sources=_sources(view) if is_large else (),
    )
    told = [link.iri for link in shown.links] if forms.tells_links(shown, picture.form, picture.opens) else []
    made = compose.compose(shown, scores[picture.by], cards.links(view, told), look)
    return replace(
        made,
        notes=made.notes if is_large else tuple(spoken(note, picture.lang) for note in made.notes),
        measures=tuple(_bounded(one, [node.iri for node in made.nodes], iris, measured) for one in made.measures),
        opens=picture.opens,
        theme=picture.theme,
        focus=None if picture.focus is None else _focus(picture.focus, scores, [one.name for one in made.measures]),
    )


def _sources(view: View) -> tuple[SceneSource, ...]:
    """The sources of links, in the order to which the rows of links point."""
    from kg.draw.scene import SceneSource  # noqa: PLC0415 - see kg.pipeline

    return tuple(SceneSource(**row) for row in view.incidence().sources.to_pylist())


def _check(view: View, shown: Network, focus: str) -> None:
    """Refuse what no map can be about, where it is known whom was meant.

    Raises:
        InputError: it is a link, or a unit that is not in the network while its host is.
    """
    actors, place = view.incidence().actors, {actor.iri: i for i, actor in enumerate(shown.actors)}
    if focus in place:
        return
    name = shorten(focus)
    if focus in set(view.incidence().links["iri"].to_pylist()):
        raise InputError(
            f"{name} is a link and no actor; kg show {name} tells it, and --focus takes one of its parties"
        )
    hosts = dict(zip(actors["iri"].to_pylist(), actors["host"].to_pylist(), strict=True))
    host = actors["iri"][hosts[focus]].as_py() if hosts.get(focus, -1) >= 0 else None
    if host in place:
        raise InputError(f"{name} is a unit that counts for {shorten(host)} here; name that by --focus")


_PATHS_UP_TO = 3000
"""Actors and links up to which a map offers measures that look at all shortest paths: beyond, they take minutes."""


def _measured(network: Network, picture: Picture) -> dict[str, Scores]:
    """The scores of the measure that is asked for, and of every other that takes no long time."""
    from kg import measure  # noqa: PLC0415 - see kg.pipeline

    few = len(network.actors) + len(network.links) <= _PATHS_UP_TO
    slow = frozenset() if few else frozenset({"betweenness", "closeness"}) - {picture.by}
    asked = measure.find(picture.by)
    offered = (asked, *(one for one in measure.MEASURES if one.name not in {asked.name, *slow}))
    return {one.name: one.function(network, picture.mode) for one in offered}


def _bounded(
    told: SceneMeasure, nodes: Sequence[str], iris: Sequence[str], measured: Mapping[str, Scores]
) -> SceneMeasure:
    """The measure with its bounds to four digits, of the actors in `nodes` out of `iris`, where it has any."""
    found = measured[told.name]
    if found.low is None or found.high is None:
        return told
    place = {iri: i for i, iri in enumerate(iris)}
    bounds = ([side[place[iri]] for iri in nodes] for side in (found.low, found.high))
    low, high = (tuple(None if x is None else float(f"{x:.4g}") for x in side) for side in bounds)
    return replace(told, low=low, high=high)


def _focus(actor: str, scores: Mapping[str, Mapping[str, float | None]], names: Sequence[str]) -> Focus:
    """Where an actor stands in the whole network, by each measure."""
    from kg.draw.scene import Focus  # noqa: PLC0415 - see kg.pipeline

    ranks: list[tuple[int, int] | None] = []
    for name in names:
        own = scores[name][actor]
        known = [score for score in scores[name].values() if score is not None]
        ranks.append(None if own is None else (1 + sum(score > own for score in known), len(known)))
    return Focus(actor, tuple(ranks))


def _title(shown: Network, focus: str | None) -> Label | None:
    """Whose neighbourhood the map shows; the scene's general title where it shows everything."""
    if focus is None:
        return None
    label = next(actor.label for actor in shown.actors if actor.iri == focus)
    return Label(f"{label.best('en')}: who works with it", f"{label.best('zh')}：谁与之合作")
