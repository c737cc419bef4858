"""A seeded network of any size with cards and evidence of realistic length, for measurements."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

import numpy as np
import pyarrow as pa
from helpers.networks import ID, ActorSpec, LinkSpec, incidence

from kg.map import compose
from kg.map.scene.model import Scene, SceneSource
from kg.measure import MEASURES
from kg.measure.rank import ordered
from kg.model import Text
from kg.network import Network, build
from kg.network.incidence.tables import Incidence
from kg.query.cards import EvidenceCard, LinkCard, PartyCard, Seat

EV = "https://w3id.org/helix-kg/evidence/"
SRC = "https://w3id.org/helix-kg/source/"


def big(n: int, seed: int = 1, *, details: bool = True) -> Scene:
    """Return a scene of about `n` actors in 1.1 links each, in 60 cities; a few actors have many links.

    With `details` the scene has cards and measures.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    weights = list(accumulate(1 / (i + 1) ** 0.7 for i in range(n)))
    names = [f"{'UIG'[i % 3]}{i}" for i in range(n)]
    labels = {name: (f"{name} University of Science and Technology", f"第{name}科学技术大学") for name in names}
    links = {f"a{k:05}": _link_spec(rng, names, weights, k) for k in range(round(1.1 * n))}
    network = build(_with_sources(incidence(links, ActorSpec(labels=labels))))
    cards = {f"{ID}link/{key}": _card(key, one, labels) for key, one in links.items()} if details else {}
    scores = {actor.iri: float(i) for actor, i in zip(network.actors, _degrees(network), strict=True)}
    pinyin = {
        ID + key: (("en", en), ("zh", zh), ("zh-Latn-pinyin", f"Di {key} Kexue Jishu Daxue"))
        for key, (en, zh) in labels.items()
    }
    sources = [SceneSource(f"{SRC}news.example.org-a{k:04}", f"Daily News {k % 97}", "newspaper") for k in range(n)]
    look = compose.SceneOptions(
        names=pinyin,
        seats=_seats(names),
        measures=_measured(network) if details else {},
        sources=() if details else sources,
    )
    return compose.compose(network, scores, cards, look)


def _measured(network: Network) -> dict[str, dict[str, float | None]]:
    """Return the scores of all measures that a map of this size offers."""
    slow = {"betweenness", "closeness"} if len(network.actors) + len(network.links) > 3000 else set()
    iris = [actor.iri for actor in network.actors]
    found = {one.name: ordered(network, one, "two-mode").scores for one in MEASURES if one.name not in slow}
    return {name: dict(zip(iris, scores.values, strict=True)) for name, scores in found.items()}


def _with_sources(found: Incidence) -> Incidence:
    """Return the network with one source for every ten links."""
    column = found.links.column_names.index("sources")
    said = pa.array([[k // 10] for k in range(len(found.links))], pa.list_(pa.int32()))
    return replace(found, links=found.links.set_column(column, found.links.field(column), said))


def _seats(names: list[str]) -> dict[str, Seat]:
    cities = [Seat(f"place/{i}", Text(f"City {i}", f"第{i}市"), 20.0 + i % 25, 80.0 + i * 7 % 45) for i in range(60)]
    return {ID + name: cities[i * i % 60] for i, name in enumerate(names)}


def _degrees(network: Network) -> list[int]:
    return np.bincount(network.actor_of, minlength=len(network.actors)).tolist()


def _link_spec(rng: Random, names: list[str], weights: list[float], k: int) -> LinkSpec:
    parties = {names[k % len(names)], *rng.choices(names, cum_weights=weights, k=rng.choice((1, 1, 1, 1, 2, 5)))}
    day = date(2015, 1, 1) + timedelta(days=rng.randrange(3900))
    extra = rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 30))
    return LinkSpec(
        " ".join(sorted(parties)),
        declared=len(parties) + extra,
        start=(day, day + timedelta(days=rng.choice((0, 30, 360)))),
        label=(f"Strategic cooperation agreement number {k}", f"第{k}号战略合作协议"),
    )


def _card(key: str, spec: LinkSpec, labels: dict[str, tuple[str, str]]) -> LinkCard:
    parties = tuple(PartyCard("party", ID + name, Text(*labels[name])) for name in spec.parties.split())
    piece = EvidenceCard(
        iri=f"{EV}news.example.org-{key}/record",
        source=f"{SRC}news.example.org-{key[:-1]}",
        publisher=f"Daily News {key[-2:]}",
        title=f"University and firm sign an agreement on innovation ({key[:-1]})",
        published="2025-11-11",
        address=f"https://news.example.org/2025-11/11/c_{key[:-1]}.htm",
        quality="newspaper",
        reading="record",
        note="Both sign an agreement in the words of the page; what each of them gives to it is not stated there.",
    )
    return LinkCard(
        iri=f"{ID}link/{key}",
        label=Text(*spec.label),
        kind="StrategicCooperationAgreement",
        stage="signed",
        stated_as=spec.start[0].isoformat(),
        start=spec.start[0],
        latest=spec.start[1],
        description=Text(f"The parties of {key} signed strategic cooperation on new materials and on training."),
        parties=parties,
        named=len(parties),
        declared=spec.declared or 0,
        is_lower_bound=False,
        evidence=(piece,),
    )
