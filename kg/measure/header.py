"""What a reader must know of a network before any number about it: its size, coverage, frame and sources."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from kg.network import Mode, Network


def header(network: Network, mode: Mode | None = None) -> tuple[str, ...]:
    """The first notes of whatever is measured: the lens, the size, what is known, how it was collected, the sources.

    `mode` is that of the measure, where it has one.
    """
    return *network.notes, *_told(network, mode)


def _told(network: Network, mode: Mode | None) -> Iterator[str]:
    links = network.links
    total = len(links)
    yield f"The {f'{mode} ' if mode else ''}network of {len(network.actors)} actors and {total} links."
    named, declared = int(links.named.sum()), int(links.declared.sum())
    least = "at least " if links.bound.any() else ""
    if total:
        yield f"Coverage: {named} of {least}{declared} declared parties are named ({named / declared:.0%})."
    yield f"{np.count_nonzero(links.declared > links.named)} of {total} links have unnamed parties."
    bounds = np.count_nonzero(links.bound)
    if bounds:
        yield f"{bounds} of {total} links declare only a lower bound of their size."
    single = np.count_nonzero(links.named == 1)
    if single and mode == "one-mode":
        yield f"{single} of {total} links name one party here and tie it to nobody."
    if total:
        yield f"Frame: of the links, {', '.join(_frame(network))}."
    sources = len(links.sources())
    yield f"Sources: {sources}." if sources else "Sources: none is known."


def _frame(network: Network) -> Iterator[str]:
    """Which sectors take part in how many links: how the links were collected shows here."""
    for sector in sorted(filter(None, pc.unique(network.actors.table["sector"]).to_pylist())):
        mine = network.actors.of_sector(sector)[network.actor_of]
        share = len(np.unique(network.link_of[mine])) / len(network.links)
        yield f"{share:.0%} have a party of the sector {sector}"
