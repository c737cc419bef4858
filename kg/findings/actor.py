"""Findings about one actor: its partners with their rank, and the sector with which it has most links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.findings.finding import Finding, records
from kg.findings.wording import number, ordinal, percent
from kg.findings.wording import sector as sector_name
from kg.measure.centrality import partners
from kg.model.shown import shown_name
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kg.network import Network

MIN_LINKS = 3
"""Number of links of the actor from which there are findings."""


def about(network: Network, actor: str) -> Iterator[Finding]:
    """Yield the findings about the actor with this IRI; ranks are those in the whole `network`."""
    row = next(i for i, one in enumerate(network.actors) if one.iri == actor)
    own = np.zeros(len(network.links), np.bool_)
    own[network.link_of[network.actor_of == row]] = True
    total = network.links.count(own)
    if total < MIN_LINKS:
        return
    scores = np.array(partners.number(network, "two-mode").values, np.float64)
    count, rank = int(scores[row]), 1 + int(np.count_nonzero(scores > scores[row]))
    name = shown_name(network.actors[row].label)
    yield Finding(
        "partners-of-actor",
        Message(
            "{actor} has {count} named partners in {total} links: {rank} of {n} organisations by this number.",
            actor=name,
            count=number(count),
            total=number(total),
            rank=ordinal(rank),
            n=number(len(network.actors)),
        ),
        "partners",
        count,
        None,
        None,
        records(network, own),
        "kg rank --measure partners",
    )
    yield from _main_sector(network, row, own)


def _main_sector(network: Network, row: int, own: NDArray[np.bool_]) -> Iterator[Finding]:
    """Yield the share of the links of an actor that include another party of the most frequent sector."""
    sectors = np.array([one.sector or "" for one in network.actors])[network.actor_of]
    other = network.actor_of != row
    joint = {}
    for name in sorted(set(sectors[other].tolist()) - {""}):
        mask = np.zeros(len(network.links), np.bool_)
        mask[network.link_of[other & (sectors == name)]] = True
        joint[name] = mask & own
    total = network.links.count(own)
    first = max(joint, key=lambda name: network.links.count(joint[name]), default=None)
    if first is None or not joint[first].any():
        return
    share = network.links.count(joint[first]) / total
    yield Finding(
        "sector-of-actor",
        Message("{share} of its links include {sector}.", share=percent(share), sector=sector_name(first)),
        "share of links",
        share,
        None,
        None,
        records(network, joint[first]),
        "kg map --focus ACTOR",
    )
