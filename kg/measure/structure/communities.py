"""Communities: groups of actors with more tie weight within than their strengths predict.

Ties have Newman weights, so that an agreement of many parties is not a community by itself.
"""

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

import networkit as nk
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg import names
from kg.measure.scores import rounded
from kg.measure.significance import curveball, upper_p
from kg.measure.structure.partitions import modularity, number_by_size, stability
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network
from kg.texts import Message

RUNS = 20
"""The number of runs, each with its own seed, from which the best partition is taken."""

DRAWS = 99
"""The number of random networks to which the modularity is compared; the smallest p is 1/100."""

_MAX_CELLS = 20_000_000
"""Actors times links above which the modularity is not compared with chance."""

COLUMNS = ("community", "size", "actor", "label", "sector", "strength", "internal_share")

ALGORITHMS: MappingProxyType[str, Callable[[Any, float], Any]] = MappingProxyType(
    {
        "leiden": lambda graph, resolution: nk.community.ParallelLeiden(graph, iterations=10, gamma=resolution),
        "louvain": lambda graph, resolution: nk.community.PLM(graph, refine=True, gamma=resolution, par="none"),
    }
)
"""The algorithms by name: Traag, Waltman & van Eck 2019; Blondel, Guillaume, Lambiotte & Lefebvre 2008."""


def detect(ties: sp.csr_array, algorithm: str, seed: int, resolution: float = 1.0) -> NDArray[np.int64]:
    """Return a partition of high modularity: the community of each row of `ties`, numbered from the largest.

    `seed` determines the order in which actors are visited, on which the partition depends. One thread makes the result
    reproducible. An actor without a tie is a community of its own.

    Citation: Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233 (Leiden); Blondel, Guillaume, Lambiotte & Lefebvre 2008,
    J. Stat. Mech. P10008 (Louvain).

    Raises:
        UsageError: the algorithm does not exist.
    """
    if algorithm not in ALGORITHMS:
        raise names.unknown(Message("algorithm"), algorithm, ALGORITHMS)
    order = np.random.default_rng(seed).permutation(ties.shape[0])
    upper = sp.triu(ties[order][:, order], format="coo")
    ends = tuple(np.ascontiguousarray(axis, dtype=np.intp) for axis in upper.coords)
    graph = nk.GraphFromCoo((upper.data, ends), n=ties.shape[0], weighted=True, directed=False)
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, useThreadId=False)
    try:
        result = ALGORITHMS[algorithm](graph, resolution).run().getPartition()
    finally:
        nk.setNumberOfThreads(threads)
    partition = np.empty(len(order), dtype=np.int64)
    partition[order] = result.getVector()
    return number_by_size(partition)


def best(ties: sp.csr_array, partitions: Sequence[NDArray[np.int64]], resolution: float = 1.0) -> NDArray[np.int64]:
    """Return the partition of the highest modularity; among equals, the first."""
    scores = [modularity(ties, one, resolution) or 0.0 for one in partitions]
    return partitions[int(np.argmax(np.round(scores, 12)))]


def modularity_of_chance(
    network: Network, algorithm: str, resolution: float = 1.0, draws: int = DRAWS
) -> tuple[float, NDArray[np.float64]]:
    """Return the modularity of `network` and of random networks, all by one run with the same seed.

    A random network has the same number of links of each actor and the same number of parties of each link, so that its
    ties have the same weights. Random networks also have communities, which is why a modularity above 0 shows nothing.

    Citation: Guimerà, Sales-Pardo & Amaral 2004, Phys. Rev. E 70, 025101; 2007, Phys. Rev. E 76, 036102 (two-mode).
    """
    incidences = network.incidence_matrix()
    shares = network.tie_shares("newman")

    def one_run(matrix: sp.csr_array) -> float:
        ties = network.ties_of(matrix, shares)
        return modularity(ties, detect(ties, algorithm, 0, resolution), resolution) or 0.0

    by_actor = incidences.T.toarray() > 0
    random = [one_run(sp.csr_array(sample.T.astype(float))) for sample in curveball(by_actor, draws)]
    return one_run(incidences), np.array(random)


def table(network: Network, algorithm: str = "leiden", resolution: float = 1.0, lang: str = "en") -> Table:
    """Return each tied actor with its community in the best of `RUNS` partitions, the largest community first.

    `strength` is the total Newman weight of the actor's ties, and `internal_share` the share of it within the
    community. The strongest actors of a community come first. Actors without a tie are left out and counted.

    Raises:
        UsageError: the algorithm does not exist.
    """
    ties = network.projection("newman")
    strength = ties.sum(axis=1)
    tied = np.flatnonzero(strength > 0)
    core = sp.csr_array(ties[tied][:, tied])
    alone = len(strength) - len(tied)
    note = Message("Left out: {alone} actors without a tie.", alone=alone)
    left_out = (note,) if alone else ()
    if not len(tied):
        undefined = Message("Communities are not defined: no two actors are tied.")
        return Table(COLUMNS, (), (*summary_notes(network), *left_out, undefined))
    partitions = [detect(core, algorithm, seed, resolution) for seed in range(RUNS)]
    community = best(core, partitions, resolution)
    sizes, internal = np.bincount(community), _internal_weight(core, community) / strength[tied]
    rows = []
    for position in np.lexsort((tied, -strength[tied].round(12), community)).tolist():
        actor = network.actors[int(tied[position])]
        numbers = rounded(float(strength[tied[position]])), rounded(float(internal[position]))
        name = actor.iri, actor.label.localise(lang), actor.sector
        rows.append((int(community[position]) + 1, int(sizes[community[position]]), *name, *numbers))
    quality = algorithm, len(sizes), modularity(core, community, resolution) or 0.0, stability(partitions)
    notes = (*summary_notes(network), *left_out, *_notes(*quality), _against_chance(network, algorithm, resolution))
    return Table(COLUMNS, tuple(rows), notes)


def _notes(algorithm: str, count: int, quality: float, agreement: float) -> tuple[Text, ...]:
    return (
        Message(
            "{count} communities by {algorithm} with modularity {quality:.4f}; the best of {RUNS} seeds.",
            count=count,
            algorithm=algorithm,
            quality=quality,
            RUNS=RUNS,
        ),
        Message(
            "Stability: the partitions of two seeds agree by {agreement:.3f} (adjusted Rand index; 1 if equal).",
            agreement=agreement,
        ),
    )


def _against_chance(network: Network, algorithm: str, resolution: float) -> Text:
    if len(network.actors) * len(network.links) > _MAX_CELLS:
        return Message("The network is too large to compare its modularity with chance.")
    observed, random = modularity_of_chance(network, algorithm, resolution)
    return Message(
        "Chance: one run gives modularity {observed:.4f}, and {expected:.4f} on average in {draws} random networks "
        "with the same numbers of links and parties (p {p:.2g}).",
        observed=observed,
        expected=float(random.mean()),
        draws=len(random),
        p=upper_p(observed, random),
    )


def _internal_weight(ties: sp.csr_array, community: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weight of each actor's ties within its community."""
    entries = ties.tocoo()
    a, b = entries.coords
    same = community[a] == community[b]
    return np.bincount(a[same], weights=entries.data[same], minlength=len(community)).astype(np.float64)
