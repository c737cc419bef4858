"""A network seen from one actor."""

from dataclasses import replace

import numpy as np

from kg.errors import InputError
from kg.network.two_mode import Network


def around(network: Network, actor: str, hops: int) -> Network:
    """The part of `network` within `hops` steps of the actor with the IRI `actor`; a step leads over one link.

    Links with a party within `hops - 1` steps are in it, with all their parties. Named and declared sizes stay.

    Raises:
        InputError: the actor takes part in nothing that this network shows.
    """
    place = {node.iri: number for number, node in enumerate(network.actors)}
    if actor not in place:
        raise InputError(f"{actor} takes part in no link that this network shows; choose other layers or stages")
    near = np.zeros(len(network.actors), dtype=np.bool_)
    near[place[actor]] = True
    chosen = np.zeros(len(network.links), dtype=np.bool_)
    for _ in range(hops):
        chosen[network.link_of[near[network.actor_of]]] = True
        near[network.actor_of[chosen[network.link_of]]] = True
    kept = chosen[network.link_of]
    links, link_of = np.unique(network.link_of[kept], return_inverse=True)
    actors, actor_of = np.unique(network.actor_of[kept], return_inverse=True)
    words = "1 step" if hops == 1 else f"{hops} steps"
    return replace(
        network,
        actors=tuple(network.actors[number] for number in actors),
        links=tuple(network.links[number] for number in links),
        link_of=link_of.astype(np.int32),
        actor_of=actor_of.astype(np.int32),
        roles=tuple(roles for roles, keep in zip(network.roles, kept, strict=True) if keep),
        notes=(*network.notes, f"Only what is within {words} of {network.actors[place[actor]].label.best('en')}."),
    )
