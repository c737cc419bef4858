"""The ranks of actors in two networks, side by side."""

from collections.abc import Iterator

import numpy as np

from kg.measure.rank import Order, ordered, resolve
from kg.measure.summary_notes import header
from kg.model import Cell, Table, Text
from kg.network import Mode, Network

Named = tuple[str, Network]
"""A network with what to call it, as a year."""


def compare(
    before: Named,
    after: Named,
    measure: str = "degree",
    mode: Mode = "two-mode",
    sector: str | None = None,
    lang: str = "en",
) -> Table:
    """Each actor of either network with its rank and score in both, in the order of the second, then of the first.

    `change` is by how many ranks it rose (below 0: fell); ``None`` where it has a rank in one of them only. Ranks
    count who is listed there, so one among few is no better than another among many: the notes say how many.

    Raises:
        UsageError: no such measure or mode.
    """
    chosen = resolve(measure, mode)
    names = [name for name, _ in (before, after)]
    orders = [ordered(network, chosen, mode, sector) for _, network in (before, after)]
    found = [_standing(network, order) for (_, network), order in zip((before, after), orders, strict=True)]
    actors = {node.iri: node for _, network in (before, after) for node in network.actors}
    last = len(actors) + 1
    both = sorted(
        {*found[0], *found[1]},
        key=lambda iri: (*(found[side].get(iri, (None, None))[0] or last for side in (1, 0)), iri),
    )
    rows = []
    for iri in both:
        (old, was), (new, now) = (side.get(iri, (None, None)) for side in found)
        change = None if old is None or new is None else old - new
        node = actors[iri]
        rows.append((iri, node.label.localise(lang), node.sector, old, new, change, was, now))
    columns = ("actor", "label", "sector", *(f"rank_{name}" for name in names), "change")
    notes = (
        chosen.describe(mode),
        *_shared(before, after),
        *_about(before, mode, orders[0]),
        *_about(after, mode, orders[1]),
    )
    return Table((*columns, *(f"score_{name}" for name in names)), tuple(rows), notes)


def _standing(network: Network, order: Order) -> dict[str, tuple[int | None, Cell]]:
    """Rank and score of each actor listed."""
    iris = network.actors.table["iri"].to_pylist()
    places = zip(order.rows.tolist(), order.ranks, strict=True)
    values = order.scores.values
    return {iris[row]: (place, values[row]) for row, place in places}


def _shared(before: Named, after: Named) -> Iterator[Text]:
    ours, theirs = (network.links.table["iri"].to_pylist() for _, network in (before, after))
    shared = len(np.intersect1d(ours, theirs))
    if shared:
        yield Text(
            f"{shared} links are in both {before[0]} and {after[0]}, as their dates are open or they lasted.",
            f"{shared}条联系同时属于{before[0]}与{after[0]}，因其日期未定或持续存在。",
        )


def _about(named: Named, mode: Mode, order: Order) -> Iterator[Text]:
    name, network = named
    ranked = Text(f"{len(order.rows)} actors are ranked.", f"{len(order.rows)}个行动者参与排名。")
    for note in (*header(network, mode), *order.scores.notes, ranked):
        yield Text("{name}: {note}", "{name}：{note}").format(name=name, note=note)
