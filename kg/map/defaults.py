"""Options of a map that its data decide: the language of the labels, and the actor that nearly all links share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.measure import star

if TYPE_CHECKING:
    from kg.map.options import MapOptions
    from kg.network import Network


def completed(network: Network, options: MapOptions) -> MapOptions:
    """Return the options with the language and the focus that the data suggest, if `from_data` is set.

    A ledger of one organisation is a star. Its map is about that organisation.
    """
    if not options.from_data:
        return options
    hub = star.hub(network) if options.top is None else None
    focus = options.focus or (None if hub is None else network.actors[hub].iri)
    return replace(options, lang=options.lang or language(network, focus), focus=focus)


def language(network: Network, focus: str | None) -> str:
    """Return ``zh`` if the label of the focus, or most labels, exist in Chinese only, otherwise ``en``."""
    labels = [actor.label for actor in network.actors if actor.iri == focus] or [
        actor.label for actor in network.actors
    ]
    only_chinese = sum(label.zh is not None and label.en is None for label in labels)
    return "zh" if 2 * only_chinese > len(labels) else "en"
