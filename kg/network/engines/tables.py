"""The integer tables of a network that every engine reads.

Weights are integers, made once and here, so that sums do not depend on their order and engines agree to the digit. The
unit of a weight is 1 / `EngineTables.scale`: 1e-15 for shares of links, 1e-6 of the currency for contributions, 1 for
counts. Years are integers, because engines differ in the arithmetic of dates.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.network.incidence.tables import Incidence
from kg.network.network import Network

CHUNK = 500
"""The parties of a link in one chunk; a pair of chunks has at most 250,000 pairs of actors."""

UNKNOWN = -1
"""The code of an unknown year or sector, and of a party without a side."""

SCALES = {"newman": 10**15, "newman-named": 10**15, "count": 1, "contribution": 10**6}
"""Units of one, by the weight of the lens."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class EngineTables:
    """A network as integers.

    Attributes:
        incidences: one row for each party of a link, sorted by link, then actor. A tie between two parties weighs
            `given` of the first and `taken` of the second; null if a contribution is unknown. `part` is the share of
            the link that the party has, `ties` the weight of its ties in the link, `others` their number, `side` one
            of two sectors that alone are tied to each other (else -1), `chunk` the chunk of the party among `chunks`.
        links: `named` and `declared` parties; `is_exact` is 0 if the declared size is a lower bound; `several` is 1 if
            there are two parties or more; `room` is the number of unnamed parties, -1 for a lower bound; `year` is the
            year of the start, -1 if it is not known.
        actors: `sector` as an index into `sectors` or -1; `bit` of the helix, 0 for another sector.
        link_collections: the collections of each link, as indexes into `collections`.
        steps: the pairs of chunks (`chunk` <= `other`) of a link of `chunks` chunks.
        scale: the units of a weight of one.
        sectors, collections: names.
    """

    incidences: pa.Table
    links: pa.Table
    actors: pa.Table
    link_collections: pa.Table
    steps: pa.Table
    scale: int
    sectors: tuple[str, ...]
    collections: tuple[str, ...]

    @property
    def adds_both(self) -> bool:
        """Return whether a tie weighs the contributions of both parties, rather than one share of the link."""
        return self.scale == SCALES["contribution"]

    def by_name(self) -> dict[str, pa.Table]:
        """Return the tables by the names that the questions use."""
        names = ("incidences", "links", "actors", "link_collections", "steps")
        return {name: getattr(self, name) for name in names}


def engine_tables(network: Network, helices: tuple[str, ...] = (), incidence: Incidence | None = None) -> EngineTables:
    """Return the tables of `network`; `helices` have the bits 1, 2, 4 and 8, and `incidence` names the collections."""
    chunk, chunks = _chunks(network.link_of, len(network.links))
    scale = SCALES[network.lens.weight]
    sectors = tuple(sorted(filter(None, network.actors.table["sector"].unique().to_pylist())))
    collections, rows = _collections(network, incidence)
    return EngineTables(
        incidences=pa.table(
            {
                "link": network.link_of,
                "actor": network.actor_of,
                "side": _sides(network).astype(np.int32),
                **_weights(network, scale),
                "chunk": chunk.astype(np.int32),
                "chunks": chunks[network.link_of].astype(np.int32),
            }
        ),
        links=_links(network),
        actors=_actors(network, sectors, helices),
        link_collections=rows,
        steps=_steps(chunks),
        scale=scale,
        sectors=sectors,
        collections=collections,
    )


def others(network: Network) -> Ints:
    """Return for each incidence the number of parties of the link to which the actor is tied."""
    size, side = np.bincount(network.link_of, minlength=len(network.links)), _sides(network)
    if not len(side) or side[0] == UNKNOWN:
        return np.asarray(size[network.link_of] - 1, np.int64)
    first = np.bincount(network.link_of, weights=side, minlength=len(network.links)).astype(np.int64)
    return np.where(side == 1, (size - first)[network.link_of], first[network.link_of])


def _sides(network: Network) -> Ints:
    """Return 0 or 1 for the two sectors of the lens that alone are tied to each other, otherwise -1."""
    if network.lens.between is None or not network.lens.across:
        return np.full(len(network.link_of), UNKNOWN, np.int64)
    return network.actors.of_sector(network.lens.between[0])[network.actor_of].astype(np.int64)


def _weights(network: Network, scale: int) -> dict[str, pa.Array]:
    """Return the columns of the incidences that are weights."""
    tied, shares = others(network), network.tie_shares(network.lens.weight)[network.link_of]
    if network.lens.weight == "contribution":
        amounts = network.incidence_weights()
        given = _units(amounts * shares, scale)
        taken, ties = given, pa.array(np.zeros(len(tied), np.int64))
        part = _units(amounts, scale)
    else:
        given = _units(shares, scale)
        taken, ties = pa.array(np.zeros(len(tied), np.int64)), pa.array(given.to_numpy() * tied)
        part = _units(network.incidence_weights(), scale)
    return {"given": given, "taken": taken, "part": part, "ties": ties, "others": pa.array(tied.astype(np.int32))}


def _units(values: NDArray[np.float64], scale: int) -> pa.Array:
    """Return `values` in units; null if a value is not known."""
    unknown = np.isnan(values)
    units = np.rint(np.where(unknown, 0, values) * scale).astype(np.int64)
    return pa.array(units, mask=unknown if unknown.any() else None)


def _links(network: Network) -> pa.Table:
    links = network.links
    first, last = (
        pc.fill_null(pc.year(links.table[name]), UNKNOWN).to_numpy().astype(np.int64)
        for name in ("start_earliest", "start_latest")
    )
    room = np.where(links.is_lower_bound, UNKNOWN, links.declared - links.named)
    columns = {
        "link": np.arange(len(links)),
        "named": links.named,
        "declared": links.declared,
        "is_exact": ~links.is_lower_bound,
        "several": links.of_several(),
        "room": room,
        "year": np.where(first == last, first, UNKNOWN),
    }
    return pa.table({name: np.asarray(values).astype(np.int32) for name, values in columns.items()})


def _actors(network: Network, sectors: tuple[str, ...], helices: tuple[str, ...]) -> pa.Table:
    sector = network.actors.table["sector"]
    bits = np.zeros(len(network.actors), np.int32)
    for place, helix in enumerate(helices):
        bits[network.actors.of_sector(helix)] = 1 << place
    code = pc.fill_null(pc.index_in(sector, pa.array(sectors, pa.string())), UNKNOWN).cast(pa.int32())
    return pa.table({"actor": np.arange(len(bits), dtype=np.int32), "sector": code, "bit": bits})


def _collections(network: Network, incidence: Incidence | None) -> tuple[tuple[str, ...], pa.Table]:
    """Return the names of the collections, and the pairs of link and collection, each once."""
    kinds = {"link": pa.int32(), "collection": pa.int32()}
    if incidence is None or not incidence.sources.num_rows:
        return (), pa.schema(list(kinds.items())).empty_table()
    name = incidence.sources["collection"]
    names = tuple(sorted(filter(None, name.unique().to_pylist())))
    code = pc.fill_null(pc.index_in(name, pa.array(names, pa.string())), UNKNOWN).to_numpy().astype(np.int64)
    listed = network.links.table["sources"].combine_chunks()
    link = pc.list_parent_indices(listed).to_numpy().astype(np.int64)
    of_source = code[pc.list_flatten(listed).to_numpy()]
    known = of_source >= 0
    width = max(len(names), 1)
    rows, column = np.divmod(np.unique(link[known] * width + of_source[known]), width)
    return names, pa.table([pa.array(rows, pa.int32()), pa.array(column, pa.int32())], list(kinds))


def _chunks(link_of: NDArray[np.int32], links: int) -> tuple[Ints, Ints]:
    """Return the chunk of each incidence within its link, and the number of chunks of each link."""
    start = np.searchsorted(link_of, np.arange(links + 1))
    place = np.arange(len(link_of)) - start[link_of]
    return place // CHUNK, -(-np.diff(start) // CHUNK)


def _steps(chunks: Ints) -> pa.Table:
    """Return the pairs of chunks for each number of chunks that occurs."""
    rows = [(n, i, j) for n in np.unique(chunks).tolist() for i in range(n) for j in range(i, n)]
    columns = np.array(rows, np.int32).reshape(-1, 3).T
    return pa.table(dict(zip(("chunks", "chunk", "other"), columns, strict=True)))
