"""A finding, and the table of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.measure.scores import rounded
from kg.model import Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from kg.network import Network

COLUMNS = ("finding", "text", "measure", "value", "lower", "upper", "links")


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its number and its links.

    Attributes:
        name: the kind of finding, such as "unnamed-parties".
        text: the sentence.
        measure: the measure or indicator that the number belongs to.
        value: the number, as the command of the measure prints it.
        lower, upper: bounds of the number, if it has any.
        links: the IRIs of the links that the sentence is about, sorted.
        command: the command that prints the number.
    """

    name: str
    text: Text
    measure: str
    value: float | int
    lower: float | int | None
    upper: float | int | None
    links: tuple[str, ...]
    command: str


def records(network: Network, links: NDArray[np.integer] | NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the sorted IRIs in the graph of the links that indexes or a mask select; parts of a link share one."""
    places = np.flatnonzero(links) if links.dtype == np.bool_ else links
    iris = network.links.records()
    return tuple(sorted({iris[place] for place in places.tolist()}))


def is_hub(network: Network, actor: int) -> bool:
    """Return whether an actor (its index) is in more than half of the links, as in its own ledger or list of members.

    Such an actor is first, and a broker, by the choice of the links.
    """
    return 2 * int(np.count_nonzero(network.actor_of == actor)) > len(network.links)


def table(found: Iterable[Finding], notes: tuple[Text | str, ...] = (), *, iris: bool = False) -> Table:
    """Return findings as a table; with `iris`, a column `link_iris` contains the links, separated by spaces."""
    rows = []
    for one in found:
        bounds = (one.value, one.lower, one.upper)
        numbers = (rounded(value) if isinstance(value, float) else value for value in bounds)
        cells = (one.name, one.text, one.measure, *numbers, len(one.links))
        rows.append((*cells, " ".join(one.links)) if iris else cells)
    return Table((*COLUMNS, "link_iris") if iris else COLUMNS, tuple(rows), notes)


def links_table(finding: Finding, network: Network) -> Table:
    """Return the links of a finding with their names, starts and numbers of sources, in the order of their IRIs."""
    sources = [len(listed or ()) for listed in network.links.table["sources"].to_pylist()]
    nodes = {link.record: (link.label, link.start, count) for link, count in zip(network.links, sources, strict=True)}
    rows = tuple((iri, *nodes[iri]) for iri in finding.links)
    return Table(("link", "label", "start", "sources"), rows, (finding.text,))
