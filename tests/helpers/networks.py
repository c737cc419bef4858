"""Participation tables for tests, written as ``{"a1": "U1 I1 G1"}``: a link and its parties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from kg.network.incidence.tables import ACTORS, LINKS, MONEY, PARTIES, SOURCES, Incidence

ID = "https://w3id.org/helix-kg/id/"
LAYERS = {"party": "cooperates", "host": "co-builds", "coBuilder": "co-builds", "guide": "guides", "funder": "funds"}
SECTORS = {"U": "university", "I": "firm", "G": "government"}

TOY = {"a1": "U1 I1 G1", "a2": "U1 I1", "a3": "U1 I2 I3", "a4": "U2 I3", "a5": "U2 G1"}
"""A toy network with known scores: three sectors, six actors, five links."""


@dataclass(frozen=True)
class LinkSpec:
    """The properties of a link in a test; a party is ``U1`` or ``U1/role``."""

    parties: str
    declared: int | None = None
    is_lower_bound: bool = False
    stage: str | None = "signed"
    kind: str = "StrategicCooperationAgreement"
    start: tuple[date | None, date | None] = (None, None)
    label: tuple[str | None, str | None] | None = None
    end: tuple[date | None, date | None] = (None, None)
    link_type: str = "Agreement"
    place: str | None = None
    sources: tuple[str, ...] = ()
    derived: bool = False
    money: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    arity: str | None = None
    common: str | None = None


GAPS: Mapping[str, LinkSpec | str] = {
    "a": LinkSpec("U1 I1 I2", declared=8),
    "b": LinkSpec("U1 I2"),
    "c": LinkSpec("U2 I1", declared=5),
    "d": LinkSpec("U2 I3 G1"),
}
"""Four links, two of which have unnamed parties."""

SOURCE_KEYS = {"daily": ("The Daily", "newspaper"), "registry": ("The Registry", "official")}
"""Publisher and quality of the sources that links of a test can have."""


@dataclass(frozen=True)
class ActorSpec:
    """Hosts by unit, and names by actor for tests that need them."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    places: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


def incidence(links: Mapping[str, str | LinkSpec], actors: ActorSpec | None = None) -> Incidence:
    """Return the tables of `links`; keys become IRIs, and the first letter of an actor gives its sector."""
    actors = actors or ActorSpec()
    result = {key: LinkSpec(value) if isinstance(value, str) else value for key, value in sorted(links.items())}
    parties = {key: [_party(word) for word in link.parties.split()] for key, link in result.items()}
    named = {name for words in parties.values() for name, _ in words}
    keys = sorted(named.union(*([*one, *one.values()] for one in (actors.hosts, actors.parents))))
    place = {key: i for i, key in enumerate(keys)}
    rows = [
        {"link": k, "actor": place[name], "role": role}
        for k, words in enumerate(parties.values())
        for name, role in sorted(words)
    ]
    return Incidence(
        actors=pa.Table.from_pylist([_actor(key, keys, actors) for key in keys], schema=ACTORS),
        links=pa.Table.from_pylist(
            [
                {**_link(key, link, parties[key]), "common": place.get(link.common or "")}
                for key, link in result.items()
            ],
            schema=LINKS,
        ),
        parties=pa.Table.from_pylist(rows, schema=PARTIES),
        layers=LAYERS,
        default_layers=frozenset({"cooperates", "co-builds", "funds"}),
        default_stages=frozenset({"announced", "signed", "effective"}),
        sources=pa.Table.from_pylist(
            [
                {"iri": f"https://w3id.org/helix-kg/source/{key}", "publisher": publisher, "quality": quality}
                for key, (publisher, quality) in SOURCE_KEYS.items()
            ],
            schema=SOURCES,
        ),
        money=pa.Table.from_pylist(
            [
                {"link": k, "actor": keys.index(name), "currency": currency, "amount": amount}
                for k, link in enumerate(result.values())
                for name, (amount, currency) in link.money.items()
            ],
            schema=MONEY,
        ),
    )


def _party(word: str) -> tuple[str, str]:
    name, _, role = word.partition("/")
    return name, role or "party"


def _actor(key: str, keys: list[str], actors: ActorSpec) -> dict[str, Any]:
    en, zh = actors.labels.get(key, (key, None))
    host = keys.index(actors.hosts[key]) if key in actors.hosts else -1
    parent = keys.index(actors.parents[key]) if key in actors.parents else -1
    sector = SECTORS.get(key[0])
    kind = {"university": "University", "firm": "Firm"}.get(sector or "", "GovernmentDepartment")
    region, city = actors.places.get(key, (None, None))
    place = {"region": region, "city": city}
    return {
        "iri": ID + key,
        "label_en": en,
        "label_zh": zh,
        "kind": kind,
        "sector": sector,
        "host": host,
        "parent": parent,
        **place,
    }


def _link(key: str, link: LinkSpec, words: list[tuple[str, str]]) -> dict[str, Any]:
    named = len({name for name, _ in words})
    en, zh = link.label or (key, None)
    return {
        "iri": f"{ID}link/{key}",
        "label_en": en,
        "label_zh": zh,
        "link_type": link.link_type,
        "kind": link.kind,
        "stage": link.stage,
        "arity": link.arity,
        "start_earliest": link.start[0],
        "start_latest": link.start[1],
        "end_earliest": link.end[0],
        "end_latest": link.end[1],
        "place": link.place,
        "sources": [list(SOURCE_KEYS).index(source) for source in link.sources],
        "derived": link.derived,
        "declared": named if link.declared is None else link.declared,
        "is_lower_bound": link.is_lower_bound,
        "named": named,
    }


def random_links(*, unnamed: int = 0) -> st.SearchStrategy[dict[str, str | LinkSpec]]:
    """Generate links among up to nine actors, each with one to five parties and up to `unnamed` unnamed ones."""
    party = st.sampled_from([f"{letter}{n}" for letter in "UIG" for n in range(3)])
    link = st.tuples(st.sets(party, min_size=1, max_size=5), st.integers(0, unnamed))
    result = link.map(lambda actual: LinkSpec(" ".join(sorted(actual[0])), declared=len(actual[0]) + actual[1]))
    return st.lists(result, min_size=1, max_size=12).map(lambda all_: {f"a{k:02}": one for k, one in enumerate(all_)})


def random_bundles() -> st.SearchStrategy[dict[str, str | LinkSpec]]:
    """Generate links of which some have a common party, their first one, and up to three unnamed parties."""
    party = st.sampled_from([f"{letter}{n}" for letter in "UIG" for n in range(3)])
    parties = st.lists(party, min_size=1, max_size=5, unique=True)
    return st.lists(
        st.tuples(parties, st.integers(0, 3), st.sampled_from(["bundle", "multilateral", "unstated"])),
        min_size=1,
        max_size=6,
    ).map(
        lambda drawn: {
            f"a{k}": LinkSpec(" ".join(names), declared=len(names) + unnamed, arity=arity, common=names[0])
            for k, (names, unnamed, arity) in enumerate(drawn)
        }
    )


def recorded_one_by_one(links: Mapping[str, str | LinkSpec]) -> dict[str, str | LinkSpec]:
    """Return `links` with one link for each partner of a common party, and one for its unnamed partners."""
    result: dict[str, str | LinkSpec] = {}
    for key, link in links.items():
        if isinstance(link, str) or link.arity not in {"bundle", "unstated"}:
            result[key] = link
            continue
        common, *partners = link.parties.split()
        size = link.declared or len(partners) + 1
        for partner in partners:
            result[f"{key}-{partner}"] = LinkSpec(f"{common} {partner}")
        if size > len(partners) + 1 or not partners:
            result[f"{key}-rest"] = LinkSpec(common, declared=size - len(partners))
    return result
