"""Brokers between sectors, compared with random ties and with permuted sectors."""

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from kg.measure.centrality.brokerage import OpenTriads, count_by_actor, open_triads, role, sector_indexes
from kg.measure.indicators import sector_pairs, sectors
from kg.measure.scores import rounded
from kg.measure.significance import DRAWS, SEED, permutations
from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table, Text
from kg.network import Network
from kg.texts import Message

COLUMNS = ("rank", "actor", "label", "sector", "role", "sector_pair", "pairs", "expected", "sd", "permuted_mean", "p")

MAX_TRIADS = 5_000_000
"""The number of open triads up to which sectors are permuted."""


def brokerage_table(
    network: Network, sector: str | None = None, broker_role: str | None = None, lang: str = "en"
) -> Table:
    """Return the brokers between each two sectors, most pairs first.

    `expected` and `sd` follow from random ties (`expectation`). `permuted_mean` is the mean number of pairs over
    `DRAWS` permutations of the sectors with fixed ties, and `p` is the share of them with as many pairs or more; both
    are omitted above `MAX_TRIADS`. `sector` and `broker_role` (one of `kg.measure.centrality.brokerage.ROLES`) select
    rows; ranks count the selected rows.
    """
    names = sectors(network)
    index = sector_indexes(network, names)
    ties = network.projection("count")
    density = ties.nnz / max(len(index) * (len(index) - 1), 1)
    counts = count_by_actor(network, index, len(names)) * (index >= 0)[:, None]
    is_permuted = int(counts.sum()) <= MAX_TRIADS
    permuted = _permuted(_known(open_triads(ties), index), index, counts) if is_permuted else None
    rows = []
    for column, (a, b) in enumerate(sector_pairs(len(names))):
        for broker in np.flatnonzero(counts[:, column]).tolist():
            actor, own_role = network.actors[broker], role(index[broker], a, b)
            if (sector is None or actor.sector == sector) and (broker_role is None or own_role == broker_role):
                chance = (None, None) if permuted is None else (float(one[broker, column]) for one in permuted)
                numbers = (rounded(one) for one in (*_random_ties(index, broker, (a, b), density), *chance))
                name = actor.iri, actor.label.localise(lang), actor.sector, own_role, f"{names[a]}-{names[b]}"
                count = int(counts[broker, column])
                rows.append((count, (*name, count, *numbers)))
    rows.sort(key=lambda row: (-row[0], str(row[1][0]), str(row[1][4])))
    return Table(COLUMNS, tuple(_ranked(rows)), (*summary_notes(network), *_notes(index, is_permuted=is_permuted)))


def expectation(one: int, other: int | None, density: float) -> tuple[float, float]:
    """Return the mean and variance of the pairs that an actor brokers in random (Bernoulli) graphs.

    The pairs are those among `one` actors or, with `other`, those of one of `one` and one of `other` actors, without
    the broker. With d the density, a pair is brokered with probability ``k = d^2 (1 - d)``, so that M pairs have the
    mean M k. Pairs that share an end share its tie to the broker: ``Var = M k (1 - k) + S d^3 (1 - d)^3``, with S the
    number of ordered pairs of such pairs.

    Citation: Gould & Fernandez 1989, whose formulas for directed ties are adapted to undirected ones.
    """
    if other is None:
        pairs, sharing = one * (one - 1) / 2, one * (one - 1) * (one - 2)
    else:
        pairs, sharing = one * other, one * other * (one + other - 2)
    spread = density * (1 - density)
    k = density * spread
    return pairs * k, pairs * k * (1 - k) + sharing * (spread * spread * spread)


def _ranked(rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> Iterator[tuple[Cell, ...]]:
    place, last = 0, None
    for position, (count, cells) in enumerate(rows, start=1):
        if count != last:
            place, last = position, count
        yield place, *cells


def _notes(index: NDArray[np.int64], *, is_permuted: bool) -> Iterator[Text]:
    yield Message(
        "pairs: two actors that share no link, each of which shares one with the broker; each pair counts once."
    )
    yield Message("Actors and sectors without such a pair are omitted.")
    yield Message(
        "expected, sd: for random ties; permuted_mean, p: over {DRAWS} permutations of the sectors, each p by itself.",
        DRAWS=DRAWS,
    )
    if not is_permuted:
        yield Message(
            "permuted_mean and p are omitted: there are more than {MAX_TRIADS} such pairs.", MAX_TRIADS=MAX_TRIADS
        )
    if unknown := int(np.count_nonzero(index < 0)):
        yield Message("Left out: {unknown} actors of unknown sector.", unknown=unknown)


def _known(triads: OpenTriads, index: NDArray[np.int64]) -> OpenTriads:
    """Return the triads of three actors of known sector."""
    kept = (index[triads.broker] >= 0) & (index[triads.a] >= 0) & (index[triads.b] >= 0)
    return OpenTriads(triads.broker[kept], triads.a[kept], triads.b[kept])


def _pair_numbers(count: int) -> NDArray[np.int64]:
    """Return the number of each unordered pair of sectors, as a symmetric matrix."""
    numbers = np.zeros((count, count), dtype=np.int64)
    for number, (a, b) in enumerate(sector_pairs(count)):
        numbers[a, b] = numbers[b, a] = number
    return numbers


def count_triads(triads: OpenTriads, index: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the triads of each broker by the sectors of their ends, as actors x pairs of sectors."""
    pairs = count * (count + 1) // 2
    numbers = _pair_numbers(count)[index[triads.a], index[triads.b]]
    return np.bincount(triads.broker * pairs + numbers, minlength=len(index) * pairs).reshape(len(index), pairs)


def _permuted(
    triads: OpenTriads, index: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of the counts over permutations of the sectors, and the p-values of `counts`."""
    known = np.flatnonzero(index >= 0)
    sectors_ = int(index.max(initial=-1)) + 1
    permuted = index.copy()
    total, reached = np.zeros(counts.shape), np.zeros(counts.shape)
    for labels in permutations(index[known], DRAWS, SEED):
        permuted[known] = labels
        sample = count_triads(triads, permuted, sectors_)
        total += sample
        reached += sample >= counts
    return total / DRAWS, (1 + reached) / (1 + DRAWS)


def _random_ties(index: NDArray[np.int64], broker: int, ends: tuple[int, int], density: float) -> tuple[float, float]:
    """Return the mean and standard deviation of the pairs of these sectors that an actor brokers under random ties."""
    one, other = (int(np.count_nonzero(index == end)) - int(index[broker] == end) for end in ends)
    mean, variance = expectation(one, None if ends[0] == ends[1] else other, density)
    return mean, sqrt(variance)
