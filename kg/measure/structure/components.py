"""Connected components of the two-mode network: actors joined by a chain of shared links."""

from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg.measure.structure.partitions import number_by_size
from kg.measure.summary_notes import summary_notes
from kg.model import Table
from kg.network import Network
from kg.network.engines import iterations
from kg.network.engines.base import Engine
from kg.network.engines.tables import engine_tables
from kg.texts import Message

COLUMNS = ("component", "actors", "links", "sectors", "most_links", "label", "its_links")


def table(network: Network, lang: str = "en", engine: Engine | None = None) -> Table:
    """Return the components of the two-mode network, most actors first, each with its actor of most links.

    They are computed in memory, or by an engine of SQL with the same result.
    """
    actors = len(network.actors)
    component = _in_memory(network) if engine is None else iterations.components(engine, engine_tables(network))
    number = number_by_size(component) if actors else np.zeros(0, np.int64)
    degree = network.incidence_matrix().sum(axis=0).astype(int)
    links = np.bincount(number[network.actor_of[np.unique(network.link_of, return_index=True)[1]]])
    rows = tuple(_rows(network, number, degree, links.tolist(), lang))
    share = f"{np.bincount(number)[0] / actors:.0%}" if actors else "0%"
    note = Message(
        "{rows} components: actors joined by a chain of shared links; the largest has {share} of the actors.",
        rows=len(rows),
        share=share,
    )
    return Table(COLUMNS, rows, (*summary_notes(network), note))


def _in_memory(network: Network) -> NDArray[np.int64]:
    """Return the component of each actor."""
    matrix = network.incidence_matrix()
    both = sp.csr_array(sp.block_array([[None, matrix.T.tocsr()], [matrix, None]]))
    _, component = connected_components(both, directed=False)
    return np.asarray(component[: len(network.actors)], np.int64)


def _rows(
    network: Network, number: NDArray[np.int64], degree: NDArray[np.int64], links: Sequence[int], lang: str
) -> Iterator[tuple[str | int | None, ...]]:
    for component in range(int(number.max(initial=-1)) + 1):
        members = np.flatnonzero(number == component)
        first = int(members[np.argmax(degree[members])])
        sectors = {network.actors[member].sector for member in members.tolist()} - {None}
        names = " ".join(sorted(str(sector) for sector in sectors))
        actor = network.actors[first]
        label = actor.label.localise(lang)
        yield component + 1, len(members), links[component], names, actor.iri, label, int(degree[first])
