"""Seeded networks of any size with typical cards and evidence, for measurements of size and time."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

import pyarrow as pa
from helpers.networks import ID, ActorSpec, LinkSpec, incidence

from kg.map import compose
from kg.map.scene import measures
from kg.map.scene.details import SceneDetails
from kg.map.scene.model import Scene, SceneSource
from kg.measure import Scores
from kg.model import Text
from kg.network import build
from kg.network.incidence.tables import Incidence
from kg.query.cards import EvidenceCard, LinkCard, PartyCard, Seat

EV = "https://w3id.org/helix-kg/evidence/"
SRC = "https://w3id.org/helix-kg/source/"


@cache
def big(n: int, seed: int = 1, *, details: bool = True) -> Scene:
    """Return a scene of about `n` actors with 1.1 links each in 60 cities; a few actors have many links.

    Without `details` it has sources instead of cards, one measure, and no other views, like a large network.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    weights = list(accumulate(1 / (i + 1) ** 0.7 for i in range(n)))
    names = [f"{'UIG'[i % 3]}{i}" for i in range(n)]
    labels = {name: (f"{name} University of Science and Technology", f"第{name}科学技术大学") for name in names}
    links = {f"a{k:05}": _link(rng, names, weights, k) for k in range(round(1.1 * n))}
    network = build(_with_sources(incidence(links, ActorSpec(labels=labels))))
    pinyin = {
        ID + key: (("en", en), ("zh", zh), ("zh-Latn-pinyin", f"Di {key} Kexue Jishu Daxue"))
        for key, (en, zh) in labels.items()
    }
    sources = [SceneSource(f"{SRC}news.example.org-a{k:04}", f"Daily News {k % 97}", "newspaper") for k in range(n)]
    scores = measures.compute(network, "degree", "two-mode", every=details)
    values = {name: Scores(one.values) for name, one in scores.items()}
    return compose.compose(
        network,
        measures.scene_measures(network, network, values, {}),
        SceneDetails(
            cards={f"{ID}link/{key}": _card(key, one, labels) for key, one in links.items()} if details else {},
            names=pinyin,
            seats=_seats(names),
            sources=() if details else sources,
        ),
        views=compose.OTHER_VIEWS if details else None,
    )


def _with_sources(tables: Incidence) -> Incidence:
    """Return the tables with one source for every ten links."""
    column = tables.links.column_names.index("sources")
    sources = pa.array([[k // 10] for k in range(len(tables.links))], pa.list_(pa.int32()))
    return replace(tables, links=tables.links.set_column(column, tables.links.field(column), sources))


def _seats(names: list[str]) -> dict[str, Seat]:
    cities = [Seat(f"place/{i}", Text(f"City {i}", f"第{i}市"), 20.0 + i % 25, 80.0 + i * 7 % 45) for i in range(60)]
    return {ID + name: cities[i * i % 60] for i, name in enumerate(names)}


def _link(rng: Random, names: list[str], weights: list[float], k: int) -> LinkSpec:
    parties = {names[k % len(names)], *rng.choices(names, cum_weights=weights, k=rng.choice((1, 1, 1, 1, 2, 5)))}
    day = date(2015, 1, 1) + timedelta(days=rng.randrange(3900))
    extra = rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 30))
    return LinkSpec(
        " ".join(sorted(parties)),
        declared=len(parties) + extra,
        start=(day, day + timedelta(days=rng.choice((0, 30, 360)))),
        label=(f"Strategic cooperation agreement number {k}", f"第{k}号战略合作协议"),
    )


def _card(key: str, link: LinkSpec, labels: dict[str, tuple[str, str]]) -> LinkCard:
    assert link.label is not None
    assert link.start[0] is not None
    parties = tuple(PartyCard("party", ID + name, Text(*labels[name])) for name in link.parties.split())
    piece = EvidenceCard(
        iri=f"{EV}news.example.org-{key}/record",
        source=f"{SRC}news.example.org-{key[:-1]}",
        publisher=f"Daily News {key[-2:]}",
        title=Text(f"University and firm sign an agreement on innovation ({key[:-1]})"),
        published="2025-11-11",
        address=f"https://news.example.org/2025-11/11/c_{key[:-1]}.htm",
        quality="newspaper",
        reading="record",
        note=Text(
            "Both sign an agreement in the words of the page; what each of them gives to it is not stated there."
        ),
    )
    return LinkCard(
        iri=f"{ID}link/{key}",
        label=Text(*link.label),
        kind="StrategicCooperationAgreement",
        stage="signed",
        stated_as=link.start[0].isoformat(),
        start=link.start[0],
        latest=link.start[1],
        description=Text(f"The parties of {key} signed strategic cooperation on new materials and on training."),
        parties=parties,
        named=len(parties),
        declared=link.declared or 0,
        is_lower_bound=False,
        evidence=(piece,),
    )
