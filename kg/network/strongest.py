"""The part of a network between its strongest actors."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kg.network.network import Network
from kg.network.nodes import Links
from kg.texts import Message


def strongest(network: Network, scores: Sequence[float | None], count: int, measure: str) -> Network:
    """Return the links between the `count` actors with the highest of `scores`, with notes on what is left out.

    A link is kept if two or more of these actors take part in it. The others are neither named nor declared parties
    of it any more. Actors with equal scores are taken in their order, and actors without a score never.

    Args:
        network: the whole network.
        scores: the score of each actor.
        count: number of actors.
        measure: name of the measure of the scores.
    """
    values = np.array([np.nan if score is None else score for score in scores], np.float64)
    order = np.argsort(-values, kind="stable")  # nan is last
    rows = np.sort(order[: min(count, int(np.count_nonzero(~np.isnan(values))))])
    is_strong = np.zeros(len(values), np.bool_)
    is_strong[rows] = True
    inside = is_strong[network.actor_of]
    several = np.bincount(network.link_of[inside], minlength=len(network.links)) > 1
    kept = inside & several[network.link_of]
    part = network.subnetwork(
        kept,
        Message(
            "Only the {count} actors with the highest score ({measure}) among {all}, and the links between them.",
            count=len(rows),
            measure=measure,
            all=len(values),
        ),
        Message(
            "Left out: {links} of {all} links, and {parties} participations of other actors in the links drawn.",
            links=network.links.count(~several),
            all=network.links.count(several | ~several),
            parties=int(np.count_nonzero(several[network.link_of] & ~inside)),
        ),
        actors=rows,
    )
    links, named = part.links, np.bincount(part.link_of, minlength=len(part.links))
    return replace(part, links=Links(links.table, named, named + links.declared - links.named, links.layers))
