"""Pairs of actors in blocks of rows, so that memory grows with participations rather than with pairs.

A block has the pairs of some consecutive actors with later ones. Each shared link of a pair is one 64-bit key of both
actors and a number; sorting the keys brings equal pairs together and gives the order of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.network.engines.sums import group_sums
from kg.network.engines.tables import UNKNOWN, EngineTables

BLOCK = 1_000_000
"""The shared links of all pairs of a block, unless a single actor has more; each takes some 60 bytes."""

_KEY_BITS = 63

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PairBlock:
    """Pairs a < b, sorted: the weight of their tie in units, and their shared links."""

    a: Ints
    b: Ints
    units: NDArray[np.int64] | NDArray[np.object_]
    links: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _ByActor:
    """Incidences sorted by actor: where the later parties of the link start, and how many there are."""

    actor_of: NDArray[np.int32]  # by link, then actor: the parties that ranges of `start` and `count` select
    start: Ints
    count: Ints
    rows: Ints  # the first incidence of each actor
    shared: Ints  # the shared links before each actor
    order: Ints


def pair_blocks(tables: EngineTables, size: int = BLOCK) -> Iterator[PairBlock]:
    """Yield the pairs of actors whose tie has a weight, in blocks of about `size` shared links."""
    by_actor = _by_actor(tables)
    last = len(by_actor.rows) - 1
    most = 1 << max(_KEY_BITS - _bits(last - 1) - _bits(size), 0)
    row = 0
    while row < last:
        stop = int(np.searchsorted(by_actor.shared, by_actor.shared[row] + size, side="right")) - 1
        stop = min(max(stop, row + 1), row + most, last)
        if by_actor.shared[stop] > by_actor.shared[row]:
            yield _block(tables, by_actor, row, stop)
        row = stop


def _by_actor(tables: EngineTables) -> _ByActor:
    link, actor = (tables.incidences[name].to_numpy() for name in ("link", "actor"))
    actors = tables.actors.num_rows
    order = np.argsort(actor, kind="stable")
    ends = np.searchsorted(link, np.arange(1, tables.links.num_rows + 1))
    start = order + 1
    count = ends[link[order]] - start
    rows = np.searchsorted(actor[order], np.arange(actors + 1))
    shared = np.concatenate(([0], np.cumsum(count)))[rows]
    return _ByActor(actor, start, count, rows, shared, order)


def _block(tables: EngineTables, by_actor: _ByActor, row: int, stop: int) -> PairBlock:
    """Return the pairs of the actors from `row` to before `stop` with later actors."""
    chosen = slice(int(by_actor.rows[row]), int(by_actor.rows[stop]))
    count, total = by_actor.count[chosen], int(by_actor.shared[stop] - by_actor.shared[row])
    before = np.cumsum(count) - count
    numbers = np.arange(total)
    party = np.repeat(by_actor.start[chosen] - before, count)
    party += numbers
    low, wide = _bits(total - 1), _bits(len(by_actor.rows) - 2)
    mine = by_actor.order[chosen]
    keys = np.repeat((by_actor.actor_of[mine].astype(np.int64) - row) << (wide + low), count)
    keys |= by_actor.actor_of[party].astype(np.int64) << low
    keys |= numbers
    units = _units(tables, mine, count, party)
    side = None if tables.incidences["side"][0].as_py() == UNKNOWN else tables.incidences["side"].to_numpy()
    if side is not None:
        keys = keys[np.repeat(side[mine], count) != side[party]]
    if side is None:
        _sort(keys, _alone(by_actor, row, stop, count))
    else:
        keys.sort()
    number = keys & ((1 << low) - 1)
    keys >>= low
    starts = np.flatnonzero(np.concatenate((np.ones(min(len(keys), 1), np.bool_), keys[1:] != keys[:-1])))
    pair = keys[starts]
    sums = group_sums(units[number], starts)
    block = PairBlock((pair >> wide) + row, pair & ((1 << wide) - 1), sums, np.diff(starts, append=len(keys)))
    return block if block.units.all() else _weighted(block)


def _alone(by_actor: _ByActor, row: int, stop: int, count: Ints) -> NDArray[np.bool_]:
    """Return for each shared link of the block whether its first actor has no other; such keys are in order."""
    rows = by_actor.rows[row : stop + 1] - by_actor.rows[row]
    with_pairs = np.concatenate(([0], np.cumsum(count > 0)))[rows]
    return np.repeat(np.repeat(np.diff(with_pairs) < 2, np.diff(rows)), count)  # noqa: PLR2004 - one or none


def _sort(keys: Ints, alone: NDArray[np.bool_]) -> None:
    """Sort `keys` in place; keys of actors with a single link, the majority under skew, are in order already."""
    if 2 * np.count_nonzero(alone) < len(keys):
        keys.sort()
        return
    others = np.flatnonzero(~alone)
    keys[others] = np.sort(keys[others])


def _units(tables: EngineTables, mine: Ints, count: Ints, party: Ints) -> Ints:
    """Return the weight of each pair in each link; an unknown one adds nothing."""
    given = tables.incidences["given"]
    if not tables.adds_both:
        return np.repeat(given.to_numpy()[mine], count)
    known, amount = given.is_valid().to_numpy(), given.fill_null(0).to_numpy()
    both = np.repeat(known[mine], count) & known[party]
    return np.where(both, np.repeat(amount[mine], count) + amount[party], 0)


def _bits(largest: int) -> int:
    """Return the number of bits of numbers up to `largest`."""
    return max(largest, 1).bit_length()


def _weighted(block: PairBlock) -> PairBlock:
    """Return the pairs whose tie has a weight."""
    there = np.flatnonzero(block.units)
    return PairBlock(block.a[there], block.b[there], block.units[there], block.links[there])
