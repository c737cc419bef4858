"""Structure: which actors hang together, and which of them form groups tied more within than without.

Components are of the two-mode network: what any chain of shared links joins. Communities are of the ties between
actors, by Newman weight, so that an agreement of many parties does not make a community by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any

import networkit as nk
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from kg import names
from kg.measure.scores import rounded
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network

RUNS = 20
"""How many times communities are looked for, each with a seed of its own."""

ALGORITHMS: MappingProxyType[str, Callable[[Any, float], Any]] = MappingProxyType(
    {
        "leiden": lambda graph, resolution: nk.community.ParallelLeiden(graph, iterations=10, gamma=resolution),
        "louvain": lambda graph, resolution: nk.community.PLM(graph, refine=True, gamma=resolution, par="none"),
    }
)
"""Ways of finding communities by name: Traag, Waltman & van Eck 2019; Blondel, Guillaume, Lambiotte & Lefebvre 2008."""


def communities(ties: sp.csr_array, algorithm: str, seed: int, resolution: float = 1.0) -> NDArray[np.int64]:
    """A partition that makes modularity high, found on one thread: a number for each row of `ties`.

    `seed` chooses the order in which actors are visited, on which such partitions depend. Numbers go by size,
    largest first, then by the first member. An actor without a tie is a community of its own.

    Citation: Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233 (Leiden); Blondel, Guillaume, Lambiotte & Lefebvre 2008,
    J. Stat. Mech. P10008 (Louvain).

    Raises:
        UsageError: no such algorithm.
    """
    if algorithm not in ALGORITHMS:
        raise names.unknown("algorithm", algorithm, ALGORITHMS)
    order = np.random.default_rng(seed).permutation(ties.shape[0])
    upper = sp.triu(ties[order][:, order], format="coo")
    ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in upper.coords)
    graph = nk.GraphFromCoo((upper.data, ends), n=ties.shape[0], weighted=True, directed=False)
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, useThreadId=False)
    try:
        found = ALGORITHMS[algorithm](graph, resolution).run().getPartition()
    finally:
        nk.setNumberOfThreads(threads)
    partition = np.empty(len(order), dtype=np.int64)
    partition[order] = found.getVector()
    return _by_size(partition)


def best(ties: sp.csr_array, partitions: Sequence[NDArray[np.int64]], resolution: float = 1.0) -> NDArray[np.int64]:
    """The partition of the highest modularity; of equals, the first."""
    scores = [modularity(ties, one, resolution) or 0.0 for one in partitions]
    return partitions[int(np.argmax(np.round(scores, 12)))]


def modularity(ties: sp.csr_array, of: NDArray[np.int64], resolution: float = 1.0) -> float | None:
    """``Q = sum_c (W_c / W - resolution (S_c / 2W)^2)``: weight within communities, against what strengths alone give.

    W is the weight of all ties, W_c that within community c, S_c the sum of its actors' strengths. ``None`` without
    ties. Trap: random networks have communities of high Q too, and small ones hide below its resolution limit.

    Citation: Newman & Girvan 2004, Phys. Rev. E 69, 026113; Fortunato & Barthélemy 2007, PNAS 104, 36-41 (the limit).
    """
    total = ties.sum()
    if not total:
        return None
    entries = ties.tocoo()
    a, b = entries.coords
    within = entries.data[of[a] == of[b]].sum() / total
    strength = np.bincount(of, weights=ties.sum(axis=1)) / total
    return float(within - resolution * (strength**2).sum())


def rand_index(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """How far two partitions agree on which pairs belong together: 1 for the same, about 0 for chance (adjusted).

    ``(sum_ij C(n_ij, 2) - E) / ((A + B) / 2 - E)``, n_ij actors in class i of one and j of the other, A and B the pairs
    together in each, ``E = A B / C(n, 2)``. Two partitions that are alike and trivial have 1.

    Citation: Hubert & Arabie 1985, J. Classification 2, 193-218.
    """
    table = np.zeros((int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1))
    np.add.at(table, (one, other), 1)
    both, a, b, all_ = (
        float((counts * (counts - 1) / 2).sum())
        for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([len(one)], dtype=float))
    )
    expected = a * b / all_ if all_ else 0.0
    most = (a + b) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def stability(partitions: Sequence[NDArray[np.int64]]) -> float:
    """The mean adjusted Rand index of all pairs of partitions: 1 where each seed finds the same."""
    return float(np.mean([rand_index(one, other) for one, other in combinations(partitions, 2)]))


def community_table(network: Network, algorithm: str = "leiden", resolution: float = 1.0, lang: str = "en") -> Table:
    """Each tied actor with its community in the best of `RUNS` partitions, the largest community first.

    `strength` is the actor's Newman weight in all ties, `internal_share` the share of it within the community. In a
    community the strongest come first. Actors without a tie are left out, and counted.
    """
    ties = network.projection("newman")
    strength = ties.sum(axis=1)
    tied = np.flatnonzero(strength > 0)
    core = sp.csr_array(ties[tied][:, tied])
    columns = ("community", "size", "actor", "label", "sector", "strength", "internal_share")
    alone = len(strength) - len(tied)
    note = Text(f"Left out: {alone} actors without a tie.", f"未计入：{alone}个无任何连接的行动者。")
    left_out = (note,) if alone else ()
    if not len(tied):
        none = Text("Communities are not defined: no two actors are tied.", "没有任何两个行动者相连，群体无定义。")
        return Table(columns, (), (*summary_notes(network), *left_out, none))
    found = [communities(core, algorithm, seed, resolution) for seed in range(RUNS)]
    of = best(core, found, resolution)
    sizes, inside = np.bincount(of), _within(core, of) / strength[tied]
    rows = []
    for place in np.lexsort((tied, -strength[tied].round(12), of)).tolist():
        actor = network.actors[int(tied[place])]
        numbers = rounded(float(strength[tied[place]])), rounded(float(inside[place]))
        name = actor.iri, actor.label.localise(lang), actor.sector
        rows.append((int(of[place]) + 1, int(sizes[of[place]]), *name, *numbers))
    count, most, alike = len(sizes), modularity(core, of, resolution) or 0.0, stability(found)
    notes = (
        Text(
            f"{count} communities by {algorithm}, of modularity {most:.4f}; the best of {RUNS} seeds.",
            f"由{algorithm}得{count}个群体，模块度{most:.4f}；取{RUNS}个种子中最优者。",
        ),
        Text(
            f"Stability: the partitions of two seeds agree by {alike:.3f} (adjusted Rand index, 1 is the same).",
            f"稳定性：两个种子所得划分的一致程度为{alike:.3f}（调整兰德指数，1为相同）。",
        ),
    )
    return Table(columns, tuple(rows), (*summary_notes(network), *left_out, *notes))


def _within(ties: sp.csr_array, of: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weight of the ties of each that stay in its class."""
    entries = ties.tocoo()
    a, b = entries.coords
    same = of[a] == of[b]
    return np.bincount(a[same], weights=entries.data[same], minlength=len(of)).astype(np.float64)


def component_table(network: Network, lang: str = "en") -> Table:
    """The components of the two-mode network, most actors first, each with its actor of most links."""
    actors = len(network.actors)
    matrix = network.incidence_matrix()
    both = sp.csr_array(sp.block_array([[None, matrix.T.tocsr()], [matrix, None]]))
    _, of = connected_components(both, directed=False)
    number = _by_size(of[:actors].astype(np.int64)) if actors else np.zeros(0, np.int64)
    degree = matrix.sum(axis=0).astype(int)
    links = np.bincount(number[network.actor_of[np.unique(network.link_of, return_index=True)[1]]])
    rows = tuple(_components(network, number, degree, links.tolist(), lang))
    share = f"{np.bincount(number)[0] / actors:.0%}" if actors else "0%"
    note = Text(
        f"{len(rows)} components: actors joined by any chain of shared links; the largest has {share} of the actors.",
        f"{len(rows)}个连通分量（由共同联系之链相连者）；最大者含{share}的行动者。",
    )
    columns = ("component", "actors", "links", "sectors", "most_links", "label", "its_links")
    return Table(columns, rows, (*summary_notes(network), note))


def _components(
    network: Network, number: NDArray[np.int64], degree: NDArray[np.int64], links: Sequence[int], lang: str
) -> Iterator[tuple[str | int | None, ...]]:
    for component in range(int(number.max(initial=-1)) + 1):
        members = np.flatnonzero(number == component)
        first = int(members[np.argmax(degree[members])])
        found = {network.actors[member].sector for member in members.tolist()} - {None}
        names = " ".join(sorted(str(sector) for sector in found))
        actor = network.actors[first]
        who = actor.iri, actor.label.localise(lang), int(degree[first])
        yield component + 1, len(members), links[component], names, *who


def _by_size(of: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same classes, numbered by size, largest first; of equals, that of the first member first."""
    _, first, which, sizes = np.unique(of, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbered: NDArray[np.int64] = rank[which]
    return numbered
