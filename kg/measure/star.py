"""The hub of a star network, such as the ledger of one organisation, and the measure that suits the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.network import Network
    from kg.texts import Text

MIN_LINKS = 3
"""Minimum number of links of a network that has a hub."""
SHARE = 0.9
"""Share of the links in which the hub of a star takes part."""


def hub(network: Network) -> int | None:
    """Return the index of the actor in nearly all links; ``None`` without one, or with several."""
    if len(network.links) < MIN_LINKS:
        return None
    central = np.flatnonzero(_links_of(network) >= SHARE * len(network.links))
    return int(central[0]) if len(central) == 1 else None


def chosen(network: Network, measure: str | None) -> str:
    """Return `measure`; by default betweenness, or degree if one actor takes part in nearly all links.

    All shortest paths of a star lead through its hub, so betweenness does not compare the other actors.
    """
    if measure is not None:
        return measure
    links = len(network.links)
    return "degree" if links and _links_of(network).max() >= SHARE * links else "betweenness"


def note(network: Network) -> Iterator[Text]:
    """Yield a note if the network is a star."""
    place = hub(network)
    if place is None:
        return
    records = network.links.records()
    own = {records[link] for link in network.link_of[network.actor_of == place].tolist()}
    yield Message(
        "{name} takes part in {own} of the {count} links: the network is a star, as in a ledger of one organisation. "
        "Degree, or money (--measure strength --weight contribution), compares its partners; betweenness does not.",
        name=network.actors[place].label,
        own=len(own),
        count=len(set(records)),
    )
    if len(network.links) > len(set(records)):
        yield Message(
            "A link with several partners counts once for each of them, {links} in all.", links=len(network.links)
        )


def _links_of(network: Network) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the number of links of each actor; an actor with several roles in a link counts once."""
    pairs = np.unique(np.stack([network.actor_of, network.link_of]), axis=1)
    return np.bincount(pairs[0], minlength=len(network.actors))
