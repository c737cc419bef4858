"""Mixing: do actors tie within their sector or beyond it, and is it more than their numbers would do?

Ties are pairs of actors that share a link. Actors whose sector is not known are left out, and counted. Trap: an
agreement of many parties is many ties; by Newman each of them is weak: the weighted assortativity may say otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.measure.indicators import Indicator, indicator_table, sectors, undefined
from kg.measure.significance import DRAWS, SEED, permutations, two_sided_p
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties between actors of known sector.

    Attributes:
        sectors: names, in order.
        of: the place in `sectors` of each actor, -1 where it is not known.
        a, b: the ends of each tie, a < b; both of known sector.
        newman: the Newman weight of each tie.
    """

    sectors: tuple[str, ...]
    of: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    newman: NDArray[np.float64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many actors each sector has."""
        return np.bincount(self.of[self.of >= 0], minlength=len(self.sectors))


def ties(network: Network) -> Ties:
    """The ties of `network` between actors whose sector is known."""
    names = sectors(network)
    places = {name: place for place, name in enumerate(names)}
    of = np.array([places.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    weights = network.projection("newman").tocoo()
    a, b = (axis.astype(np.int64) for axis in weights.coords)
    chosen = (a < b) & (of[a] >= 0) & (of[b] >= 0)
    return Ties(names, of, a[chosen], b[chosen], weights.data[chosen])


def ei_index(internal: float, external: float) -> float:
    """``(E - I) / (E + I)``: -1 where all ties are within a group, 1 where all are between groups.

    Trap: the sizes of the groups bound it and give it a value other than 0 by chance; see `mixing`, which also rescales
    it to the least and the most that so many ties can have, and deals the sectors out anew.

    Citation: Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123-140.
    """
    return (external - internal) / (external + internal)


def rescaled(internal: int, external: int, sizes: Sequence[int]) -> float | None:
    """The E-I index between the least (-1) and the most (1) that as many ties among groups of these sizes can have.

    ``None`` where there is only one such value: all pairs are tied, or there is one group.
    """
    total = internal + external
    most_internal = sum(size * (size - 1) // 2 for size in sizes)
    most_external = sum(sizes) * (sum(sizes) - 1) // 2 - most_internal
    least, most = (2 * e - total for e in (max(0, total - most_internal), min(total, most_external)))
    return None if least == most else 2 * (external - internal - least) / (most - least) - 1


def assortativity(matrix: NDArray[np.float64]) -> float | None:
    """``r = (Tr e - ||e^2||) / (1 - ||e^2||)``, ||x|| the sum of all entries, e the mixing matrix scaled to 1.

    1 where all ties are within groups, 0 where ends are independent of each other, and below 0, but never below -1,
    where they avoid their own. ``None`` where there is no tie or all ends are of one group: there is nothing to mix.

    Citation: Newman 2003, Phys. Rev. E 67, 026126.
    """
    total = matrix.sum()
    if not total:
        return None
    e = matrix / total
    square = float((e.sum(axis=0) * e.sum(axis=1)).sum())
    return None if np.isclose(square, 1) else (float(np.trace(e)) - square) / (1 - square)


def matrix(found: Ties, weight: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """The mixing matrix: ends of ties by sector of this end and the other, each tie once in each direction."""
    k = len(found.sectors)
    cells = np.concatenate([found.of[found.a] * k + found.of[found.b], found.of[found.b] * k + found.of[found.a]])
    weights = None if weight is None else np.tile(weight, 2)
    return np.bincount(cells, weights=weights, minlength=k * k).reshape(k, k).astype(float)


def coleman(matrix: NDArray[np.float64], sizes: NDArray[np.int64]) -> list[float | None]:
    """Inbreeding of each group: the share w of its members' ties that stay inside, against its share p of the others.

    ``(w - p) / (1 - p)`` where w >= p, else ``(w - p) / p``, with ``p = (n_g - 1) / (N - 1)``: 1 where all ties stay
    inside, 0 where they fall as numbers would have it, -1 where none stays inside. ``None`` where a group has no tie,
    where it has one member, and so no inside, and where it is the only one.

    Citation: Coleman 1958, Human Organization 17 (4), 28-36; Currarini, Jackson & Pin 2009, Econometrica 77, 1003-1045.
    """
    found: list[float | None] = []
    others = sizes.sum() - 1
    for group, size in enumerate(sizes.tolist()):
        total = matrix[group].sum()
        if not total or size == 1 or size - 1 == others:
            found.append(None)
            continue
        w, p = float(matrix[group, group] / total), float((size - 1) / others)
        found.append((w - p) / (1 - p) if w >= p else (w - p) / p)
    return found


def mixing(network: Network) -> tuple[Indicator, ...]:
    """The E-I index, assortativity, Coleman's index by sector, and the mixing matrix; p by dealing sectors anew."""
    found = ties(network)
    n = len(found.a)
    reason = None
    if not n:
        reason = Text("no two actors of known sector share a link", "没有部门已知的两个行动者有共同联系")
    elif len(found.sectors) == 1:
        reason = Text("all actors are of one sector", "所有行动者同属一个部门")
    if reason:
        return tuple(undefined(name, "sectors", n, reason) for name in ("ei-index", "assortativity"))
    drawn = permuted(found)
    return (*_indices(found, drawn), *_inbreeding(found), *_cells(found, drawn))


def table(network: Network) -> Table:
    """`mixing` as a table, with the frame it was measured in."""
    unknown = sum(actor.sector is None for actor in network.actors)
    notes = (
        Text(
            "Ties are pairs of actors that share a link; observations counts ties.",
            "连接指有共同联系的行动者对；observations为连接数。",
        ),
        Text(
            f"expected and p: sectors are dealt to actors anew {DRAWS} times, ties stay; two-sided, each p by itself.",
            f"expected与p：连接不变，部门重新随机分配{DRAWS}次；双侧，各p分别计算。",
        ),
        *(
            Text(
                f"Left out: {count} actors of no known sector, and their ties.",
                f"未计入：{count}个部门未知的行动者及其连接。",
            )
            for count in ([unknown] if unknown else [])
        ),
    )
    return indicator_table(mixing(network), (*summary_notes(network), *notes))


def permuted(found: Ties, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.float64]:
    """Mixing matrices, draws x sectors x sectors, of the same ties with the sectors dealt to the actors anew."""
    known = np.flatnonzero(found.of >= 0)
    place = np.zeros(len(found.of), dtype=np.int64)
    place[known] = np.arange(len(known))
    a, b, k = place[found.a], place[found.b], len(found.sectors)
    made = np.array(
        [np.bincount(of[a] * k + of[b], minlength=k * k) for of in permutations(found.of[known], draws, seed)]
    )
    half = made.reshape(draws, k, k).astype(np.float64)
    return half + half.transpose(0, 2, 1)


def _indices(found: Ties, drawn: NDArray[np.float64]) -> Iterator[Indicator]:
    n = len(found.a)
    observed = matrix(found)
    internal = round(float(np.trace(observed)) / 2)
    chance = 1 - np.trace(drawn, axis1=1, axis2=2) / n
    value = ei_index(internal, n - internal)
    yield Indicator("ei-index", "sectors", value, n, expected=float(chance.mean()), p=two_sided_p(value, chance))
    scaled = rescaled(internal, n - internal, found.sizes.tolist())
    reason = None if scaled is not None else Text("so many ties leave one value only", "连接如此之多，只剩一个可能的值")
    yield Indicator("ei-index-rescaled", "sectors", scaled, n, reason=reason)
    r = assortativity(observed)
    if r is None:
        yield undefined(
            "assortativity", "sectors", n, Text("all ends of ties are of one sector", "所有连接的两端同属一个部门")
        )
        return
    by_chance = np.array([one for one in map(assortativity, drawn) if one is not None])
    yield Indicator("assortativity", "sectors", r, n, expected=float(by_chance.mean()), p=two_sided_p(r, by_chance))
    yield Indicator("assortativity-weighted", "sectors", assortativity(matrix(found, found.newman)), n)


def _inbreeding(found: Ties) -> Iterator[Indicator]:
    observed = matrix(found)
    for name, value, row in zip(found.sectors, coleman(observed, found.sizes), observed, strict=True):
        ends = round(float(row.sum()))
        reason = (
            None if value is not None else Text("it has no tie, or only one actor", "该部门无连接，或只有一个行动者")
        )
        yield Indicator("coleman-index", name, value, ends, reason=reason)


def _cells(found: Ties, drawn: NDArray[np.float64]) -> Iterator[Indicator]:
    """The share of all ties that join two sectors, with what chance gives."""
    observed = matrix(found)
    n, k = len(found.a), len(found.sectors)
    for a in range(k):
        for b in range(a, k):
            part = 2 if a == b else 1
            value, chance = observed[a, b] / part / n, drawn[:, a, b] / part / n
            count, p = round(float(observed[a, b]) / part), two_sided_p(float(value), chance)
            yield Indicator(
                "share-of-ties",
                f"{found.sectors[a]}-{found.sectors[b]}",
                float(value),
                count,
                expected=float(chance.mean()),
                p=p,
            )
