"""Rings around points for the parties that are counted but not named."""

import numpy as np
from numpy.typing import NDArray

from kg.map.scene.model import UnnamedRing
from kg.map.scene.styles import ring_radius
from kg.network import Network


def link_rings(network: Network) -> list[UnnamedRing]:
    """Return the ring of each link's unnamed parties."""
    unnamed, bound = _unnamed(network)
    return [UnnamedRing(*ring) for ring in zip(unnamed.tolist(), bound.tolist(), strict=True)]


def actor_rings(network: Network, incidences: NDArray[np.bool_] | None = None) -> list[UnnamedRing]:
    """Return the ring of the unnamed parties in each actor's links, over the chosen incidences or all."""
    chosen = np.ones(len(network.link_of), dtype=np.bool_) if incidences is None else incidences
    link, actor = network.link_of[chosen], network.actor_of[chosen]
    unnamed, bound = _unnamed(network)
    counts, bounds = (np.bincount(actor, values[link], len(network.actors)) for values in (unnamed, bound))
    empty = UnnamedRing()
    totals = zip(counts.astype(int).tolist(), (bounds > 0).tolist(), strict=True)
    return [UnnamedRing(count, is_bound) if count else empty for count, is_bound in totals]


def reach(size: float, ring: UnnamedRing) -> float:
    """Return the radius that a point needs: to its corners, or to the outside of its ring."""
    return ring_radius(size, ring.count) + 2 if ring.count else size * 1.2


def _unnamed(network: Network) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the number of unnamed parties of each link, and whether it is a lower bound."""
    unnamed = network.links.declared - network.links.named
    return unnamed, network.links.is_lower_bound & (unnamed > 0)
