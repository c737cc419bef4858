"""Seeded two-mode networks of a given size, identical for every side."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from kg.network.incidence.tables import ACTORS, LINKS, PARTIES, Incidence

_SEED = 20251108

ERROR, DOUBT = 0.1, 0.1
"""Bound of the error of sampled betweenness on both sides, and the probability to exceed it."""

_MODULARITY = {(10_000, 50_000): 0.25, (300, 900): 0.35}
"""Modularity that every community method reaches, by number of nodes and edges."""


def pairs(nodes: int, edges: int) -> tuple[np.ndarray, np.ndarray]:
    """Return link and actor of each incidence, without repeats; half of the nodes are actors, drawn by a Zipf law."""
    draw = np.random.default_rng(_SEED)
    actors, links = nodes // 2, nodes - nodes // 2
    weights = np.cumsum(1 / np.arange(1, actors + 1) ** 0.6)
    actual = np.zeros(0, np.int64)
    while len(actual) < edges:
        actor = np.searchsorted(weights, draw.random(edges) * weights[-1])
        link = draw.integers(0, links, edges)
        actual = np.unique(np.concatenate((actual, link * actors + actor)))
    kept = np.sort(draw.permutation(actual)[:edges])
    return kept // actors, kept % actors


def names(nodes: int) -> tuple[list[str], list[str]]:
    """Return the IRIs of the links and the actors."""
    return [f"k{number:07d}" for number in range(nodes - nodes // 2)], [
        f"i{number:07d}" for number in range(nodes // 2)
    ]


def as_good(nodes: int, edges: int, modularity: float) -> list[tuple[str, ...]]:
    """Return the comparable answer of a community method: partitions differ, but all must reach the modularity."""
    return [(f"at least {_MODULARITY[nodes, edges]}" if modularity >= _MODULARITY[nodes, edges] else f"{modularity}",)]


def incidence(nodes: int, edges: int) -> Incidence:
    """Return the same network as participation tables."""
    link, actor = pairs(nodes, edges)
    links, actors = names(nodes)
    named = pa.array(np.bincount(link, minlength=len(links)), pa.int32())
    result = {"iri": links, "kind": ["Agreement"] * len(links), "declared": named, "named": named}
    role = pa.array(["party"] * len(link)).dictionary_encode()
    empty = pa.nulls(len(links))
    return Incidence(
        actors=pa.table([actors, *[pa.nulls(len(actors))] * (len(ACTORS) - 1)], ACTORS.names)
        .set_column(ACTORS.get_field_index("host"), "host", pa.array([-1] * len(actors), pa.int32()))
        .set_column(ACTORS.get_field_index("parent"), "parent", pa.array([-1] * len(actors), pa.int32()))
        .cast(ACTORS),
        links=pa.table([result.get(name, empty) for name in LINKS.names], LINKS.names).cast(LINKS),
        parties=pa.table([pa.array(link, pa.int32()), pa.array(actor, pa.int32()), role], PARTIES.names).cast(PARTIES),
        layers={"party": "cooperates"},
        default_layers=frozenset({"cooperates"}),
        default_stages=frozenset(),
    )
