"""Missing values of the actors of a network, and actors with a complete list beside partial reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kg.model import Text
    from kg.network import Network

_MIN_LIST = 10
"""Links of one source, all of one actor, from which on they are a list that the actor keeps."""
_MIN_SHARE = 0.15
"""Share of such links in the network from which on they change ranks."""
_FIELDS = ("start", "end")


def missing(network: Network) -> list[str | None]:
    """Return for each actor what the data lack: ``start`` or ``end`` of one of its links, its ``place``."""
    table = network.actors.table
    lacking = {name: _of_actors(network, _without(network, name)) > 0 for name in _FIELDS}
    lacking["place"] = pc.and_(pc.is_null(table["region"]), pc.is_null(table["city"])).to_numpy()
    return [
        " | ".join(name for name, flags in lacking.items() if flags[actor]) or None
        for actor in range(len(network.actors))
    ]


def _without(network: Network, bound: str) -> NDArray[np.bool_]:
    """Return the links without a bound of their start or end."""
    columns = (network.links.table[f"{bound}_{end}"] for end in ("earliest", "latest"))
    absent: NDArray[np.bool_] = np.logical_and.reduce([pc.is_null(column).to_numpy() for column in columns])
    return absent


def _of_actors(network: Network, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many of the chosen links each actor takes part in."""
    pairs = np.unique(np.stack([network.actor_of, network.link_of]), axis=1)
    return np.bincount(pairs[0][chosen[pairs[1]]], minlength=len(network.actors))


def lists(network: Network) -> Iterator[Text]:
    """Yield a note for each actor whose links come from a list of its own, while others come from single reports.

    A source is such a list if it states ten links or more, at least 15 % of all, and the actor takes part in each.
    Parts of a divided link count once. If one actor takes part in all links, there are no others.
    """
    column = network.links.table["sources"].combine_chunks()
    source_of = column.flatten().to_numpy(zero_copy_only=False).astype(np.int64)
    link_of = pc.list_parent_indices(column).to_numpy(zero_copy_only=False)
    if _of_actors(network, np.ones(len(network.links), np.bool_)).max(initial=0) == len(network.links):
        return
    record_of = np.unique(network.links.records(), return_inverse=True)[1]
    total = int(record_of.max(initial=-1)) + 1
    for source in np.flatnonzero(np.bincount(source_of) >= _MIN_LIST).tolist():
        chosen = np.zeros(len(network.links), np.bool_)
        chosen[link_of[source_of == source]] = True
        size = len(np.unique(record_of[chosen]))
        counts = _of_actors(network, chosen)
        if size < max(_MIN_LIST, _MIN_SHARE * total) or size == total or (counts == chosen.sum()).sum() != 1:
            continue
        yield Message(
            "Frame: {size} of {total} links are from a list of {name} itself, which may be complete; the other links "
            "are from single reports. The rank of {name} and of its partners is therefore not comparable with others.",
            size=size,
            total=total,
            name=network.actors[int(counts.argmax())].label,
        )
