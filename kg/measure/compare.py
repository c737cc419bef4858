"""Ranks of actors in two networks, side by side."""

from collections.abc import Iterator

import numpy as np

from kg.measure.rank import Order, ordered, resolve
from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table, Text
from kg.network import Mode, Network
from kg.texts import Message

Named = tuple[str, Network]
"""A network with its name, such as a year."""


def compare(
    before: Named,
    after: Named,
    measure: str = "degree",
    mode: Mode = "two-mode",
    sector: str | None = None,
    lang: str = "en",
) -> Table:
    """Return each actor of either network with its rank and score in both.

    Rows are sorted by the rank in `after`, then in `before`. `change` is the number of ranks gained, negative if the
    actor fell, and ``None`` if it has a rank in one network only. Trap: ranks count the actors listed, so equal ranks
    in networks of different sizes differ in meaning; the notes state the sizes.

    Raises:
        UsageError: the measure or the mode does not exist.
    """
    chosen = resolve(measure, mode)
    orders = [ordered(network, chosen, mode, sector) for _, network in (before, after)]
    places = [_places(network, order) for (_, network), order in zip((before, after), orders, strict=True)]
    actors = {node.iri: node for _, network in (before, after) for node in network.actors}
    last = len(actors) + 1
    iris = sorted(
        {*places[0], *places[1]},
        key=lambda iri: (*(places[side].get(iri, (None, None))[0] or last for side in (1, 0)), iri),
    )
    rows = []
    for iri in iris:
        (old_rank, old_score), (new_rank, new_score) = (side.get(iri, (None, None)) for side in places)
        change = None if old_rank is None or new_rank is None else old_rank - new_rank
        node = actors[iri]
        name = iri, node.label.localise(lang), node.sector
        rows.append((*name, old_rank, new_rank, change, old_score, new_score))
    names = before[0], after[0]
    ranks, scores = ([f"{kind}_{name}" for name in names] for kind in ("rank", "score"))
    described = (
        note for named, order in zip((before, after), orders, strict=True) for note in _notes(named, mode, order)
    )
    notes = chosen.describe(mode), *_shared(before, after), *described
    return Table(("actor", "label", "sector", *ranks, "change", *scores), tuple(rows), notes)


def _places(network: Network, order: Order) -> dict[str, tuple[int | None, Cell]]:
    """Return the rank and the score of each actor listed, by IRI."""
    iris = network.actors.table["iri"].to_pylist()
    places = zip(order.rows.tolist(), order.ranks, strict=True)
    values = order.scores.values
    return {iris[row]: (place, values[row]) for row, place in places}


def _shared(before: Named, after: Named) -> Iterator[Text]:
    old, new = (network.links.table["iri"].to_pylist() for _, network in (before, after))
    shared = len(np.intersect1d(old, new))
    if shared:
        yield Message(
            "{shared} links are in both {before} and {after}, because their dates are open or they lasted.",
            shared=shared,
            before=before[0],
            after=after[0],
        )


def _notes(named: Named, mode: Mode, order: Order) -> Iterator[Text]:
    name, network = named
    ranked = Message("{rows} actors are ranked.", rows=len(order.rows))
    for note in (*summary_notes(network, mode), *order.scores.notes, ranked):
        yield Message("{name}: {note}", name=name, note=note)
