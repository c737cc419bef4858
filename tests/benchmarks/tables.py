"""Seeded participation tables of any size, as a build would extract them from synthetic graphs."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa
from benchmarks.population import FORMS, KINDS, chosen, parties, population
from benchmarks.synthetic import BASE, DEFAULT_SEED

from kg.network.incidence.tables import ACTORS, LINKS, PARTIES, SOURCES, Incidence

QUADS_PER_LINK = 40
"""Quads per link, with its share of the actors, in synthetic graphs."""

LAYERS = {
    **dict.fromkeys(("party",), "cooperates"),
    **dict.fromkeys(("host", "coBuilder"), "co-builds"),
    **dict.fromkeys(("initiator", "member"), "joins"),
    **dict.fromkeys(("funder",), "funds"),
    **dict.fromkeys(("guide",), "guides"),
    **dict.fromkeys(("issuer",), "issues"),
}
_LINKS_PER_SOURCE = 5


def make(quads: int, seed: int = DEFAULT_SEED) -> Incidence:
    """Return tables of the size of graphs with `quads` quads, with their population, forms, roles and party counts."""
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    people, count = population(quads), quads // QUADS_PER_LINK
    place = {kind.key(n): (name, n) for name, kind in KINDS.items() for n in range(people.sizes[name])}
    row = {key: number for number, key in enumerate(sorted(place))}
    forms = [FORMS[chosen(rng, [form.share for form in FORMS])] for _ in range(count)]
    missing = [int(rng.random() * 40) if rng.random() < 0.12 else 0 for _ in range(count)]
    actual = [parties(form, people, rng, alone=False) for form in forms]
    link = np.repeat(np.arange(count), [len(named) for named in actual])
    named = np.bincount(link, minlength=count)
    columns = {
        "iri": [f"{BASE}id/link/{number:07d}" for number in range(count)],
        "label_en": [f"Link {number}" for number in range(count)],
        "link_type": [form.name for form in forms],
        "kind": [form.kinds[0] for form in forms],
        "stage": ["signed"] * count,
        "declared": (named + missing).astype(np.int32),
        "is_lower_bound": [some > 30 for some in missing],
        "named": named.astype(np.int32),
        "sources": [[number // _LINKS_PER_SOURCE] for number in range(count)],
    }
    sources = [{"iri": f"{BASE}source/s{n:06d}", "quality": "newspaper"} for n in range(count // _LINKS_PER_SOURCE + 1)]
    return Incidence(
        actors=pa.Table.from_pylist([_actor(key, *place[key]) for key in row], schema=ACTORS),
        links=pa.table([columns.get(name, pa.nulls(count)) for name in LINKS.names], LINKS.names).cast(LINKS),
        parties=_parties(link, actual, row),
        layers=LAYERS,
        default_layers=frozenset({"cooperates", "co-builds", "joins", "funds"}),
        default_stages=frozenset({"announced", "signed", "effective", "ended"}),
        sources=pa.Table.from_pylist(sources, schema=SOURCES),
    )


def _parties(link: np.ndarray, actual: list[list[tuple[str, str]]], row: dict[str, int]) -> pa.Table:
    actor = pa.array([row[key] for named in actual for key, _ in named], pa.int32())
    role = pa.array([role for named in actual for _, role in named]).dictionary_encode()
    return pa.table([pa.array(link, pa.int32()), actor, role], PARTIES.names).cast(PARTIES)


def _actor(key: str, name: str, number: int) -> dict[str, object]:
    kind = KINDS[name]
    sector = "intermediary" if name == "association" else name
    names = {"label_en": kind.english.format(number + 1), "label_zh": kind.chinese.format(number + 1)}
    return {
        "iri": f"{BASE}id/{key}",
        **names,
        "kind": kind.name,
        "sector": sector,
        "host": -1,
        "parent": -1,
        "region": "Shaanxi",
    }
