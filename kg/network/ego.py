"""The ego network of an actor."""

import numpy as np
import pyarrow.compute as pc

from kg.errors import InputError
from kg.network.network import Network
from kg.terms import readable
from kg.texts import Message


def ego_network(network: Network, actor: str, hops: int) -> Network:
    """Return the part of `network` within `hops` steps of the actor with the IRI `actor`; a step crosses one link.

    Links with a party within `hops - 1` steps are included with all their parties. Named and declared sizes are
    unchanged.

    Raises:
        InputError: the actor takes part in no link of this network.
    """
    place = int(pc.index(network.actors.table["iri"], actor).as_py())
    if place < 0:
        raise InputError(
            "{actor} takes part in no link of this network; choose other layers or stages", actor=readable(actor)
        )
    near = np.zeros(len(network.actors), dtype=np.bool_)
    near[place] = True
    chosen = np.zeros(len(network.links), dtype=np.bool_)
    for _ in range(hops):
        chosen[network.link_of[near[network.actor_of]]] = True
        near[network.actor_of[chosen[network.link_of]]] = True
    one, several = (
        Message("Only what is within 1 step of {name}."),
        Message("Only what is within {hops} steps of {name}."),
    )
    note = one if hops == 1 else several.format(hops=hops)
    return network.subnetwork(chosen[network.link_of], note.format(name=network.actors[place].label))
