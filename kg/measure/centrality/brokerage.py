"""Brokerage: an actor that shares links with two actors that share none, by the sectors of the three.

Ties have no direction, so each pair of ends is counted once, and gatekeeper and representative are one role. Programs
that treat a symmetric matrix as a directed network count each pair twice, and some disagree on the letters of these two
roles; roles therefore have names here instead of letters. Ends that share any link are tied, so an agreement has no
brokers inside, whatever the size of its clique.

Citation: Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kg.measure.centrality.structural_equivalence import equivalence_classes
from kg.measure.indicators import sector_pairs, sectors
from kg.measure.scores import Scores
from kg.network import Mode, Network
from kg.texts import Message

ROLES = ("coordinator", "itinerant", "gatekeeper/representative", "liaison")
"""All three in one sector; both ends in one other sector; one end in the broker's sector; three sectors."""

_ROWS = 4096


def count_open_pairs(
    ties: sp.csr_array, sector: NDArray[np.int64], count: int, sizes: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Return the number of untied pairs of partners of each actor, by the sectors of the pair.

    The number is that of all pairs of partners minus that of tied pairs, which is a product of sparse matrices; pairs
    are not enumerated.

    Args:
        ties: symmetric; weights are ignored.
        sector: the sector of each actor, from 0 to `count` - 1; actors with a negative one are not ends.
        count: the number of sectors.
        sizes: the number of equivalent actors that each row represents
            (`kg.measure.centrality.structural_equivalence`), with a tie on the diagonal if they are tied to each other.
            By default each row represents one actor, and the diagonal is empty.

    Returns:
        actors x pairs of sectors, in the order of `kg.measure.indicators.sector_pairs`.
    """
    adjacent = _unweighted(ties)
    sizes, own = np.ones(len(sector)) if sizes is None else sizes, adjacent.diagonal()
    members = (sector[:, None] == np.arange(count)) * sizes[:, None]
    partners = adjacent @ members
    themselves = adjacent @ (members * own[:, None])  # an actor does not form a pair with itself
    tied = np.zeros((count, len(sector), count))
    for start in range(0, len(sector), _ROWS):
        rows = adjacent[start : start + _ROWS]
        for one in range(count):
            product = (rows @ sp.diags_array(members[:, one]) @ adjacent).multiply(rows)
            tied[one, start : start + _ROWS] = product @ members
    counts = [
        (partners[:, a] * (partners[:, a] - 1) - tied[a, :, a] + themselves[:, a]) / 2
        if a == b
        else partners[:, a] * partners[:, b] - tied[a, :, b]
        for a, b in sector_pairs(count)
    ]
    # Equivalent actors that are tied to each other have no untied partners.
    return np.asarray(np.rint(counts).reshape(len(counts), len(sector)).T * (own == 0)[:, None], dtype=np.int64)


def count_by_actor(network: Network, sector: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return `count_open_pairs` of the actors of `network`, whose sectors are `sector` or all the same."""
    classes = equivalence_classes(network)
    ties = classes.projection("count")
    return count_open_pairs(ties, sector[classes.representatives], count, classes.sizes)[classes.class_of]


@dataclass(frozen=True, slots=True, eq=False)
class OpenTriads:
    """Open triads, each once: `broker` shares a link with each of `a` < `b`, which share none."""

    broker: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]


def open_triads(ties: sp.csr_array) -> OpenTriads:
    """Return the open triads of a symmetric matrix with an empty diagonal."""
    adjacent = _unweighted(ties)
    brokers, ones, others = [], [], []
    ends = zip(adjacent.indptr[:-1].tolist(), adjacent.indptr[1:].tolist(), strict=True)
    for broker, (start, stop) in enumerate(ends):
        partners = np.sort(adjacent.indices[start:stop]).astype(np.int64)
        first, second = np.triu_indices(len(partners), k=1)
        tied = adjacent[partners][:, partners].toarray()[first, second] > 0
        ones.append(partners[first[~tied]])
        others.append(partners[second[~tied]])
        brokers.append(np.full(len(ones[-1]), broker, dtype=np.int64))
    empty = np.zeros(0, dtype=np.int64)
    return OpenTriads(*(np.concatenate([empty, *parts]) for parts in (brokers, ones, others)))


def role(broker: int, a: int, b: int) -> str:
    """Return the role of a broker between two ends, given the sectors of the three."""
    if a == b:
        return ROLES[0] if broker == a else ROLES[1]
    return ROLES[2] if broker in {a, b} else ROLES[3]


def brokerage(network: Network, mode: Mode) -> Scores:
    """Return the number of pairs that each actor brokers; other actors may broker the same pair.

    One-mode: pairs of actors that share no link, each of which shares one with the actor. Two-mode: pairs of the
    actor's links that have no other named actor in common, so that an agreement counts once whatever its size, and
    repeated links with the same partner count nothing. The number is not normalised and grows with size. Trap: unnamed
    parties may close pairs that are open here.

    Citation: Gould & Fernandez 1989; two-mode after Jasny & Lubell 2015, Social Networks 41, 36-47.
    """
    if mode == "one-mode":
        return _counts(count_by_actor(network, np.zeros(len(network.actors), dtype=np.int64), 1)[:, 0])
    matrix = network.incidence_matrix()
    degree = matrix.sum(axis=0)
    closed = np.zeros_like(degree)
    for start in range(0, matrix.shape[0], _ROWS):
        rows = matrix[start : start + _ROWS]
        closed += (((rows @ matrix.T) > 1).astype(np.float64) @ matrix).multiply(rows).sum(axis=0)
    # A link of two or more actors is counted as closed with itself, which is not a pair.
    closed -= matrix.T @ (matrix.sum(axis=1) > 1)
    return _counts((degree * (degree - 1) - closed) / 2)


def coordinator(network: Network, mode: Mode) -> Scores:
    """Return the number of pairs in its own sector that each actor brokers; the same in both modes."""
    return _role_scores(network, mode, ROLES[0])


def itinerant(network: Network, mode: Mode) -> Scores:
    """Return the number of pairs in one other sector that each actor brokers; the same in both modes."""
    return _role_scores(network, mode, ROLES[1])


def gatekeeper(network: Network, mode: Mode) -> Scores:
    """Return the number of pairs of its own and another sector that each actor brokers; the same in both modes."""
    return _role_scores(network, mode, ROLES[2])


def liaison(network: Network, mode: Mode) -> Scores:
    """Return the number of pairs of two other sectors that each actor brokers; the same in both modes."""
    return _role_scores(network, mode, ROLES[3])


def sector_indexes(network: Network, names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the index in `names` of the sector of each actor, -1 if it is unknown."""
    index = {name: number for number, name in enumerate(names)}
    return np.array([index.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)


def _role_scores(network: Network, mode: Mode, wanted: str) -> Scores:
    del mode
    names = sectors(network)
    sector = sector_indexes(network, names)
    counts = count_by_actor(network, sector, len(names))
    pairs = sector_pairs(len(names))
    has_role = [[role(broker, a, b) == wanted for a, b in pairs] for broker in range(len(names))]
    selected = np.array([*has_role, [False] * counts.shape[1]], dtype=np.bool_)[sector]
    totals = (counts * selected).sum(axis=1)
    values = tuple(float(n) if index >= 0 else None for n, index in zip(totals.tolist(), sector.tolist(), strict=True))
    unknown = values.count(None)
    note = Message("Not defined for {unknown} actors of unknown sector.", unknown=unknown)
    return Scores(values, (note,) if unknown else ())


def _unweighted(ties: sp.csr_array) -> sp.csr_array:
    return sp.csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)


def _counts(counts: NDArray[np.number]) -> Scores:
    return Scores(tuple(float(count) for count in counts))
