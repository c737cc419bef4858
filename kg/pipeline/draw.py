"""From a view to a map: network, scores, places and evidence, one HTML page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Label, spoken

if TYPE_CHECKING:
    from kg.draw.forms import Drawn
    from kg.draw.scene import Scene
    from kg.network import Lens, Mode, Network
    from kg.view import View


@dataclass(frozen=True, slots=True)
class Picture:
    """What a map is to show.

    Attributes:
        by, mode: the measure that sizes the nodes.
        focus: IRI of the actor to look from, within `hops` steps; the whole network without it.
        form: the suffix of its file, one of `kg.draw.forms.FORMS`.
    """

    by: str = "betweenness"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    lang: str = "en"
    form: str = ".html"


def draw(view: View, lens: Lens, picture: Picture) -> Drawn:
    """View -> network -> scores, places and evidence -> one page, or one picture."""
    from kg import network  # noqa: PLC0415 - see kg.pipeline
    from kg.draw import forms  # noqa: PLC0415 - see kg.pipeline

    return forms.draw(scene(view, network.build(view.incidence(), lens), picture), picture.form)


def scene(view: View, shown: Network, picture: Picture) -> Scene:
    """The network as it is to be drawn, with what is told of it."""
    from kg import cards, measure  # noqa: PLC0415 - see kg.pipeline
    from kg.draw import compose, forms  # noqa: PLC0415 - see kg.pipeline
    from kg.network.focus import around  # noqa: PLC0415 - see kg.pipeline

    measured = measure.find(picture.by).function(shown, picture.mode)
    iris = [actor.iri for actor in shown.actors]
    scores = dict(zip(iris, measured.values, strict=True))
    more = _more_measures(shown, picture)
    if picture.focus is not None:
        shown = around(shown, picture.focus, picture.hops)
    shown = replace(shown, notes=tuple(spoken(note, picture.lang) for note in shown.notes))
    look = compose.Look(
        measure=picture.by,
        lang=picture.lang,
        title=_title(shown, picture.focus),
        measures={name: dict(zip(iris, values, strict=True)) for name, values in more.items()},
        names=cards.names(view),
        regions=cards.regions(view),
        units=cards.units(view),
        seats=cards.seats(view),
        terms=cards.terms(view),
    )
    told = [link.iri for link in shown.links] if forms.tells_links(shown, picture.form) else []
    return compose.compose(shown, scores, cards.links(view, told), look)


_PATHS_UP_TO = 3000
"""Actors and links up to which a map offers measures that look at all shortest paths: beyond, they take minutes."""


def _more_measures(network: Network, picture: Picture) -> dict[str, tuple[float | None, ...]]:
    """The scores of every other measure that takes no long time."""
    from kg import measure  # noqa: PLC0415 - see kg.pipeline

    few = len(network.actors) + len(network.links) <= _PATHS_UP_TO
    slow = frozenset() if few else frozenset({"betweenness", "closeness"})
    offered = (one for one in measure.MEASURES if one.name not in {picture.by, *slow})
    return {one.name: one.function(network, picture.mode).values for one in offered}


def _title(shown: Network, focus: str | None) -> Label | None:
    """Whose neighbourhood the map shows; the scene's general title where it shows everything."""
    if focus is None:
        return None
    label = next(actor.label for actor in shown.actors if actor.iri == focus)
    return Label(f"Who works with {label.best('en')}", f"谁与{label.best('zh')}合作")
