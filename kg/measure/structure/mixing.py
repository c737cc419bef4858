"""Mixing of sectors: ties within and between sectors, compared with permuted sectors.

Ties are pairs of actors that share a link. Actors of unknown sector are left out and counted. Trap: an agreement of
many parties has many ties, each of which has a small Newman weight; the weighted assortativity may differ in sign.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from kg.measure.indicators import Indicator, indicator_table, sectors, undefined
from kg.measure.significance import DRAWS, SEED, permutations, two_sided_p
from kg.measure.summary_notes import summary_notes
from kg.model import Table
from kg.network import Network
from kg.texts import Message


@dataclass(frozen=True, slots=True)
class SectorTies:
    """The ties between actors of known sector.

    Attributes:
        sectors: the names of the sectors, sorted.
        sector_of: the index in `sectors` of each actor, -1 if its sector is unknown.
        a, b: the ends of each tie, a < b.
        newman: the Newman weight of each tie.
    """

    sectors: tuple[str, ...]
    sector_of: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    newman: NDArray[np.float64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """The number of actors of each sector."""
        return np.bincount(self.sector_of[self.sector_of >= 0], minlength=len(self.sectors))


def sector_ties(network: Network) -> SectorTies:
    """Return the ties of `network` between actors of known sector."""
    names = sectors(network)
    index = {name: number for number, name in enumerate(names)}
    sector_of = np.array([index.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    weights = network.projection("newman").tocoo()
    a, b = (axis.astype(np.int64) for axis in weights.coords)
    chosen = (a < b) & (sector_of[a] >= 0) & (sector_of[b] >= 0)
    return SectorTies(names, sector_of, a[chosen], b[chosen], weights.data[chosen])


def ei_index(internal: float, external: float) -> float:
    """Return ``(E - I) / (E + I)``: -1 if all ties are within a group, 1 if all are between groups.

    Trap: the sizes of groups limit its range and give it a value other than 0 by chance. `mixing` therefore also
    rescales it to its range for the number of ties, and compares it with permuted sectors.

    Citation: Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123-140.
    """
    return (external - internal) / (external + internal)


def rescaled(internal: int, external: int, sizes: Sequence[int]) -> float | None:
    """Return the E-I index on a scale from its minimum (-1) to its maximum (1) for this number of ties and group sizes.

    ``None`` if both are equal: all pairs are tied, or there is one group.
    """
    total = internal + external
    max_internal = sum(size * (size - 1) // 2 for size in sizes)
    max_external = sum(sizes) * (sum(sizes) - 1) // 2 - max_internal
    least, most = (2 * e - total for e in (max(0, total - max_internal), min(total, max_external)))
    return None if least == most else 2 * (external - internal - least) / (most - least) - 1


def assortativity(matrix: NDArray[np.float64]) -> float | None:
    """Return ``r = (Tr e - ||e^2||) / (1 - ||e^2||)``, with ||x|| the sum of all entries and e the mixing matrix / sum.

    It is 1 if all ties are within groups, 0 if the ends are independent, and negative, but at least -1, if ties avoid
    their own group. ``None`` without ties, or if all ends are in one group.

    Citation: Newman 2003, Phys. Rev. E 67, 026126.
    """
    total = matrix.sum()
    if not total:
        return None
    e = matrix / total
    square = float((e.sum(axis=0) * e.sum(axis=1)).sum())
    return None if isclose(square, 1, rel_tol=1e-5) else (float(np.trace(e)) - square) / (1 - square)


def matrix(ties: SectorTies, weight: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return the mixing matrix: the ties by the sectors of both ends, each tie once in each direction."""
    k = len(ties.sectors)
    one, other = ties.sector_of[ties.a], ties.sector_of[ties.b]
    cells = np.concatenate([one * k + other, other * k + one])
    weights = None if weight is None else np.tile(weight, 2)
    return np.bincount(cells, weights=weights, minlength=k * k).reshape(k, k).astype(float)


def coleman(matrix: NDArray[np.float64], sizes: NDArray[np.int64]) -> list[float | None]:
    """Return Coleman's inbreeding index of each group: its share w of internal ties against its share p of actors.

    ``(w - p) / (1 - p)`` if w >= p, else ``(w - p) / p``, with ``p = (n_g - 1) / (N - 1)``. It is 1 if all ties are
    internal, 0 if they follow group sizes, and -1 if none is internal. ``None`` if a group has no tie, has one member,
    or is the only group.

    Citation: Coleman 1958, Human Organization 17 (4), 28-36; Currarini, Jackson & Pin 2009, Econometrica 77, 1003-1045.
    """
    values: list[float | None] = []
    others = sizes.sum() - 1
    for group, size in enumerate(sizes.tolist()):
        total = matrix[group].sum()
        if not total or size == 1 or size - 1 == others:
            values.append(None)
            continue
        w, p = float(matrix[group, group] / total), float((size - 1) / others)
        values.append((w - p) / (1 - p) if w >= p else (w - p) / p)
    return values


def mixing(network: Network) -> tuple[Indicator, ...]:
    """Return the E-I index, assortativity, Coleman's index by sector, and the mixing matrix; p by permuted sectors."""
    ties = sector_ties(network)
    count = len(ties.a)
    reason = None
    if not count:
        reason = Message("no two actors of known sector share a link")
    elif len(ties.sectors) == 1:
        reason = Message("all actors are of one sector")
    if reason:
        return tuple(undefined(name, "sectors", count, reason) for name in ("ei-index", "assortativity"))
    draws = permuted(ties)
    return (*_indices(ties, draws), *_inbreeding(ties), *_cells(ties, draws))


def table(network: Network) -> Table:
    """Return `mixing` as a table, with notes on the network."""
    unknown = sum(actor.sector is None for actor in network.actors)
    notes = (
        Message("Ties are pairs of actors that share a link; observations counts ties."),
        Message(
            "expected and p: {DRAWS} permutations of the sectors with fixed ties; two-sided, each p by itself.",
            DRAWS=DRAWS,
        ),
        *(
            Message("Left out: {count} actors of unknown sector, and their ties.", count=count)
            for count in ([unknown] if unknown else [])
        ),
    )
    return indicator_table(mixing(network), (*summary_notes(network), *notes))


def permuted(ties: SectorTies, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.float64]:
    """Return the mixing matrices of the same ties with permuted sectors, as draws x sectors x sectors."""
    known = np.flatnonzero(ties.sector_of >= 0)
    position = np.zeros(len(ties.sector_of), dtype=np.int64)
    position[known] = np.arange(len(known))
    a, b, k = position[ties.a], position[ties.b], len(ties.sectors)
    labels = permutations(ties.sector_of[known], draws, seed)
    counts = np.array([np.bincount(one[a] * k + one[b], minlength=k * k) for one in labels])
    half = counts.reshape(draws, k, k).astype(np.float64)
    return half + half.transpose(0, 2, 1)


def _indices(ties: SectorTies, draws: NDArray[np.float64]) -> Iterator[Indicator]:
    n = len(ties.a)
    observed = matrix(ties)
    internal = round(float(np.trace(observed)) / 2)
    chance = 1 - np.trace(draws, axis1=1, axis2=2) / n
    value = ei_index(internal, n - internal)
    yield Indicator("ei-index", "sectors", value, n, expected=float(chance.mean()), p=two_sided_p(value, chance))
    scaled = rescaled(internal, n - internal, ties.sizes.tolist())
    reason = None if scaled is not None else Message("this number of ties has one value")
    yield Indicator("ei-index-rescaled", "sectors", scaled, n, reason=reason)
    r = assortativity(observed)
    if r is None:
        yield undefined("assortativity", "sectors", n, Message("all ends of ties are in one sector"))
        return
    chance = np.array([one for one in map(assortativity, draws) if one is not None])
    yield Indicator("assortativity", "sectors", r, n, expected=float(chance.mean()), p=two_sided_p(r, chance))
    yield Indicator("assortativity-weighted", "sectors", assortativity(matrix(ties, ties.newman)), n)


def _inbreeding(ties: SectorTies) -> Iterator[Indicator]:
    observed = matrix(ties)
    for name, value, row in zip(ties.sectors, coleman(observed, ties.sizes), observed, strict=True):
        ends = round(float(row.sum()))
        reason = None if value is not None else Message("it has no tie, or only one actor")
        yield Indicator("coleman-index", name, value, ends, reason=reason)


def _cells(ties: SectorTies, draws: NDArray[np.float64]) -> Iterator[Indicator]:
    """Yield the share of all ties that join each two sectors, with its mean and p over permutations."""
    observed = matrix(ties)
    n, k = len(ties.a), len(ties.sectors)
    for a in range(k):
        for b in range(a, k):
            directions = 2 if a == b else 1
            value, chance = observed[a, b] / directions / n, draws[:, a, b] / directions / n
            count, p = round(float(observed[a, b]) / directions), two_sided_p(float(value), chance)
            yield Indicator(
                "share-of-ties",
                f"{ties.sectors[a]}-{ties.sectors[b]}",
                float(value),
                count,
                expected=float(chance.mean()),
                p=p,
            )
