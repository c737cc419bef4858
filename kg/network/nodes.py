"""The nodes of a network: columns for computation, and objects on access."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.texts import Text

_BLOCK = 256
PART = "|"
"""The character between the IRI of a link and that of a partner, in the IRI of a part of a link; no IRI contains it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor in at least one link; `kind` is its class and `sector` its helix, as notations."""

    iri: str
    label: Text
    kind: str
    sector: str | None
    region: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class LinkNode:
    """A link with at least one actor.

    Attributes:
        start: the first possible day of its beginning, if known.
        layers: the layers of its participations in this network, sorted.
        named: number of its actors in this network.
        declared: `named` and the counted unnamed parties; a lower bound if `is_lower_bound` is true.
        link_type: its class, as a notation: Agreement, Project, …
        arity: a notation, if it is stated.
    """

    iri: str
    label: Text
    kind: str
    stage: str | None
    start: date | None
    layers: tuple[str, ...]
    named: int
    declared: int
    is_lower_bound: bool
    link_type: str | None = None
    arity: str | None = None

    @property
    def record(self) -> str:
        """Return the IRI of the link in the graph; a link of several partners is divided in a network."""
        return record_of(self.iri)


def record_of(iri: str) -> str:
    """Return the IRI in the graph of a link, or of a part of a link, in a network."""
    return iri.partition(PART)[0]


class Lazy(Sequence[T]):
    """A sequence that creates its items on access, some hundred at a time; equal to any sequence of equal items."""

    def __init__(self) -> None:
        """Start without items."""
        self._made: dict[int, tuple[T, ...]] = {}

    @abstractmethod
    def _make(self, start: int, stop: int) -> Iterable[T]:
        """Return the items from `start` to before `stop`."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """Return an item, or the items of a slice."""
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = int(place) + len(self) if place < 0 else int(place)
        if not 0 <= number < len(self):
            raise IndexError(f"there are {len(self)}, and no number {place}")
        block, inside = divmod(number, _BLOCK)
        if block not in self._made:
            start = block * _BLOCK
            self._made[block] = tuple(self._make(start, min(start + _BLOCK, len(self))))
        return self._made[block][inside]

    def __iter__(self) -> Iterator[T]:
        """Yield all items in order, without keeping them."""
        for start in range(0, len(self), _BLOCK):
            yield from self._made.get(start // _BLOCK) or self._make(start, min(start + _BLOCK, len(self)))

    def __eq__(self, other: object) -> bool:
        """Return whether the other is a sequence of equal items."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other))  # noqa: B905 - the lengths are equal

    __hash__ = None  # type: ignore[assignment]


class Words(Lazy[tuple[str, ...]]):
    """Several words for each of many things, stored as codes of their combinations.

    Attributes:
        codes: for each thing, the index of its combination in `kinds`.
        kinds: distinct combinations, each sorted.
    """

    def __init__(self, codes: NDArray[np.int32], kinds: tuple[tuple[str, ...], ...]) -> None:
        """Store the words ``kinds[code]`` for each code."""
        super().__init__()
        self.codes = codes
        self.kinds = kinds

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self.codes)

    def take(self, rows: NDArray[np.integer]) -> "Words":
        """Return those of the things in `rows`."""
        return Words(self.codes[rows], self.kinds)

    def _make(self, start: int, stop: int) -> Iterable[tuple[str, ...]]:
        return (self.kinds[code] for code in self.codes[start:stop].tolist())


def combined(group: NDArray[np.integer], code: NDArray[np.integer], names: Sequence[str], groups: int) -> Words:
    """Return the names of each of `groups` groups; `group` is sorted, and so is `code` within it, without repeats."""
    first = np.searchsorted(group, np.arange(groups + 1))
    size = np.diff(first)
    numbers = np.zeros(groups, np.int64)
    kinds: list[tuple[str, ...]] = [()]
    for depth in range(int(size.max(initial=0))):
        more = np.flatnonzero(size > depth)
        longer, place = np.unique(numbers[more] * len(names) + code[first[more] + depth], return_inverse=True)
        numbers[more] = len(kinds) + place
        kinds += [(*kinds[key // len(names)], names[key % len(names)]) for key in longer.tolist()]
    used, codes = np.unique(numbers, return_inverse=True)
    return Words(codes.astype(np.int32), tuple(kinds[number] for number in used.tolist()))


class Actors(Lazy[ActorNode]):
    """The actors of a network; `table` has the columns of `kg.network.incidence.tables.ACTORS` except `host`."""

    def __init__(self, table: pa.Table) -> None:
        """Store one actor per row."""
        super().__init__()
        self.table = table

    def __len__(self) -> int:
        """Return the number of actors."""
        return int(self.table.num_rows)

    def take(self, rows: NDArray[np.integer]) -> "Actors":
        """Return the actors in `rows`."""
        return Actors(self.table.take(pa.array(rows)))

    def of_sector(self, sector: str) -> NDArray[np.bool_]:
        """Return the mask of the actors of `sector`."""
        mask: NDArray[np.bool_] = pc.fill_null(pc.equal(self.table["sector"], sector), fill_value=False).to_numpy()
        return mask

    def _make(self, start: int, stop: int) -> Iterable[ActorNode]:
        for row in self.table.slice(start, stop - start).to_pylist():
            place = {name: row.get(name) for name in ("region", "city")}
            label = Text(en=row["label_en"], zh=row["label_zh"])
            yield ActorNode(iri=row["iri"], label=label, kind=row["kind"], sector=row["sector"], **place)


class Links(Lazy[LinkNode]):
    """The links of a network.

    Attributes:
        table: columns of `kg.network.incidence.tables.LINKS` except `common`.
        named, declared: parties of each link in this network (see `LinkNode`).
        layers: layers of each link.
    """

    def __init__(self, table: pa.Table, named: NDArray[np.int64], declared: NDArray[np.int64], layers: Words) -> None:
        """Store one link per row."""
        super().__init__()
        self.table, self.named, self.declared, self.layers = table, named, declared, layers

    def __len__(self) -> int:
        """Return the number of links."""
        return int(self.table.num_rows)

    def of_several(self) -> NDArray[np.bool_]:
        """Return the mask of the links of two parties or more, named or declared; a lower bound may hide others."""
        several: NDArray[np.bool_] = (self.declared > 1) | self.is_lower_bound
        return several

    def record_indexes(self) -> NDArray[np.int64]:
        """Return for each link the index of its IRI in the graph among the sorted ones; parts of a link share it."""
        record = pc.list_element(pc.split_pattern(self.table["iri"], PART, max_splits=1), 0)
        _, indexes = np.unique(record.to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
        return indexes.astype(np.int64)

    def count(self, mask: NDArray[np.bool_]) -> int:
        """Return the number of links of the graph that `mask` selects, each once."""
        return len(np.unique(self.record_indexes()[mask]))

    def records(self) -> list[str]:
        """Return the IRI of each link in the graph, of which this link may be a part (`kg.network.bundles`)."""
        return [record_of(iri) for iri in self.table["iri"].to_pylist()]

    @cached_property
    def is_lower_bound(self) -> NDArray[np.bool_]:
        """Return the mask of links whose declared size is a lower bound."""
        mask: NDArray[np.bool_] = pc.fill_null(self.table["is_lower_bound"], fill_value=False).to_numpy()
        return mask

    def sources(self) -> NDArray[np.int64]:
        """Return the rows of the sources of the participations, each once."""
        listed = self.table["sources"].combine_chunks()
        return np.unique(listed.flatten().to_numpy(zero_copy_only=False).astype(np.int64))

    def take(self, rows: NDArray[np.integer]) -> "Links":
        """Return the links in `rows`; their sizes are unchanged."""
        table = self.table.take(pa.array(rows))
        return Links(table, self.named[rows], self.declared[rows], self.layers.take(rows))

    def _make(self, start: int, stop: int) -> Iterable[LinkNode]:
        chosen: list[dict[str, Any]] = self.table.slice(start, stop - start).to_pylist()
        for number, row in enumerate(chosen, start=start):
            yield LinkNode(
                iri=row["iri"],
                label=Text(en=row["label_en"], zh=row["label_zh"]),
                kind=row["kind"],
                stage=row["stage"],
                start=row["start_earliest"],
                layers=self.layers[number],
                named=int(self.named[number]),
                declared=int(self.declared[number]),
                is_lower_bound=bool(row["is_lower_bound"]),
                link_type=row["link_type"],
                arity=row["arity"],
            )
