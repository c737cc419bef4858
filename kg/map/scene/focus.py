"""The actor that a map is about: its neighbourhood, its title and its ranks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.map.scene.model import Focus, Scene
from kg.network.build import roots
from kg.network.ego import ego_network
from kg.terms import readable
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.measure import Scores
    from kg.network import Network
    from kg.network.incidence.tables import Incidence


def neighbourhood(tables: Incidence, network: Network, actor: str, hops: int) -> Network:
    """Return the part of `network` within `hops` links of the actor with this IRI.

    Raises:
        InputError: it is a link, a unit whose host represents it, or not in the network.
    """
    if actor not in {one.iri for one in network.actors}:
        _check_represented(tables, network, actor)
    return ego_network(network, actor, hops)


def _check_represented(tables: Incidence, network: Network, iri: str) -> None:
    """Raise an error that names the right node if `iri` is a link, or counts for an actor of the network."""
    name = readable(iri)
    if iri in set(tables.links["iri"].to_pylist()):
        raise InputError(
            "{name} is a link, not an actor; run kg show {name}, or pass one of its parties to --focus", name=name
        )
    iris = tables.actors["iri"].to_pylist()
    counted, _ = roots(tables, network.lens.aggregate)
    host = iris[counted[iris.index(iri)]] if iri in iris else None
    if host in {one.iri for one in network.actors}:
        raise InputError("{name} is counted with {host}; pass that to --focus", name=name, host=readable(host))


def title_of(actor: Text) -> Text:
    """Return the title of a page about an actor."""
    return Message("{actor}: who works with it", actor=actor)


def describe(scene: Scene, network: Network, scores: Mapping[str, Scores], actor: str) -> Scene:
    """Return the scene with the actor's title and with its ranks in `network` by each measure of the scene."""
    label = next(node.label for node in scene.nodes if node.iri == actor)
    row = next(i for i, one in enumerate(network.actors) if one.iri == actor)
    ranks = tuple(_rank(scores[measure.name].values, row) for measure in scene.measures)
    return replace(scene, title=title_of(label), focus=Focus(actor, ranks))


def _rank(values: tuple[float | None, ...], row: int) -> tuple[int, int] | None:
    """Return the rank of a row among the defined values, and their number; ``None`` if its value is undefined."""
    own = values[row]
    known = [value for value in values if value is not None]
    return None if own is None else (1 + sum(value > own for value in known), len(known))
