"""Small scenes for the tests of the map: a plain one, and one with hostile text in every field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from helpers.networks import ID, ActorSpec, LinkSpec, incidence

from kg.map import compose
from kg.map.options import SceneOptions
from kg.map.scene.details import SceneDetails
from kg.map.scene.model import Focus, Scene, SceneMeasure
from kg.model import Text
from kg.network import Network, build
from kg.query.cards import EvidenceCard, LinkCard, PartyCard, Seat

LABELS = {
    "U1": ("Xi'an University of Technology", "西安理工大学"),
    "I1": ("Huawei Technologies Co., Ltd.", "华为技术有限公司"),
    "I2": ("BAOTi Group", "宝钛集团"),
    "G1": ("Department of Education", "教育厅"),
    "U2": ("Lone University", None),
}
PINYIN = {"U1": "Xi'an Ligong Daxue", "I1": "Huawei Jishu Youxian Gongsi"}

LINKS: dict[str, str | LinkSpec] = {
    "college": LinkSpec("U1/host I1/coBuilder", label=("A college of artificial intelligence", "人工智能学院")),
    "thirty-six": LinkSpec("U1", declared=37),
    "alliance": LinkSpec("U1 I1 I2 G1", declared=75, is_lower_bound=True),
    "two": "I1 I2",
    "three": "U2/funder",
}
"""Four actors in one component and one isolated actor; "alliance" is a hyperedge, "thirty-six" a ring around U1."""


def evidence(key: str) -> EvidenceCard:
    """Return evidence with a value in every field."""
    return EvidenceCard(
        iri=f"https://w3id.org/helix-kg/evidence/{key}",
        source=f"https://w3id.org/helix-kg/source/{key}",
        publisher=f"Publisher of {key}",
        title=Text(f"Report on {key}"),
        published="2025-11-11",
        address=f"https://example.org/{key}?a=1&b=2",
        quality="newspaper",
        start=120,
        end=180,
        digest="sha256:0",
        reading="sentence",
        note=Text(f"It says that there is {key}."),
        derived_from=("https://w3id.org/helix-kg/evidence/other",),
    )


def card(key: str, parties: tuple[PartyCard, ...], declared: int, *, bound: bool = False) -> LinkCard:
    """Return a link of `parties` with one piece of evidence."""
    return LinkCard(
        iri=f"{ID}link/{key}",
        label=Text(f"The link {key}", f"联系 {key}"),
        kind="CooperationAgreement",
        stage="signed",
        stated_as="8 November",
        start=None,
        description=Text(f"What happened in {key}"),
        parties=parties,
        named=sum(party.actor is not None for party in parties),
        declared=declared,
        is_lower_bound=bound,
        evidence=(evidence(key),),
    )


def party(key: str, role: str = "party") -> PartyCard:
    """Return a named party."""
    return PartyCard(role, ID + key, Text(*LABELS[key]))


def cards() -> dict[str, LinkCard]:
    """Return the cards of all links except "three"."""
    group = PartyCard("party", None, Text("enterprises"), 36, "exact")
    more = PartyCard("member", None, Text(), 70, "moreThan")
    listed = (
        card("college", (party("U1", "host"), party("I1", "coBuilder")), 2),
        card("thirty-six", (party("U1"), group), 37),
        card("alliance", (*map(party, ("U1", "I1", "I2", "G1")), more), 75, bound=True),
        card("two", (party("I1"), party("I2")), 2),
    )
    return {one.iri: one for one in listed}


def profile(**settings: Any) -> Scene:
    """Return the plain scene with dates as a page about U1, whose rank in the whole network is 3 of 40."""
    return replace(small(dated=True), focus=Focus(ID + "U1", ((3, 40), None)), **settings)


def full(lang: str = "en") -> Scene:
    """Return the plain scene with dates and with several values in each filter."""
    scene = small(lang, dated=True)
    regions = {ID + "U1": Text("Shaanxi", "陕西省"), ID + "I1": Text("Guangdong", "广东省")}
    units = {ID + "U1": (Text("School of Printing", "印刷学院"),)}
    two = f"{ID}link/two"
    return replace(
        scene,
        nodes=tuple(replace(one, region=regions.get(one.iri), units=units.get(one.iri, ())) for one in scene.nodes),
        links={**scene.links, two: replace(scene.links[two], kind="Alliance", stage="announced")},
    )


def small(lang: str = "en", *, dated: bool = False) -> Scene:
    """Return the plain scene; U2 has no score. With dates, "college" began in 2020 and "two" at some time in 2021."""
    network = build(incidence(LINKS, ActorSpec(labels=LABELS)))
    names = {
        ID + key: (("en", LABELS[key][0]), ("zh", str(LABELS[key][1])), ("zh-Latn-pinyin", pinyin))
        for key, pinyin in PINYIN.items()
    }
    link_cards = cards()
    if dated:
        for key, first, last in (
            ("college", date(2020, 3, 1), date(2020, 3, 1)),
            ("two", date(2021, 1, 1), date(2021, 12, 31)),
        ):
            iri = f"{ID}link/{key}"
            link_cards[iri] = replace(link_cards[iri], start=first, latest=last)
    betweenness = replace(
        measure(network, "betweenness", {"U1": 0.5, "I1": 0.25, "I2": 0.0, "G1": 0.0}),
        lower=measure(network, "", {"U1": 0.4}).values,
        upper=measure(network, "", {"U1": 0.7}).values,
        rank_intervals=tuple({ID + "U1": (1, 3), ID + "I1": (2, 2)}.get(actor.iri) for actor in network.actors),
    )
    scene = compose.compose(
        network,
        (betweenness, measure(network, "strength", {"U1": 2.0, "I1": 1.5})),
        SceneDetails(cards=link_cards, names=names, terms=TERMS, seats=SEATS),
        SceneOptions(lang=lang),
    )
    return replace(scene, notes=(*scene.notes, NOTE))


def measure(network: Network, name: str = "degree", scores: Mapping[str, float] | None = None) -> SceneMeasure:
    """Return a measure of the actors of `network` with `scores` by key; other scores are undefined."""
    values = scores or {}
    return SceneMeasure(name, tuple(values.get(actor.iri.removeprefix(ID)) for actor in network.actors))


def plain(network: Network) -> Scene:
    """Return the scene of `network` without scores and details."""
    return compose.compose(network, (measure(network),))


NOTE = Text("Each of 100 trials names all parties.", "每次试算补全全部参与方。")


XIAN = Seat("place/xian", Text("Xi'an", "西安市"), 34.26, 108.93)
SEATS = {
    ID + "U1": XIAN,
    ID + "G1": XIAN,
    ID + "I1": Seat("place/shenzhen", Text("Shenzhen", "深圳市"), 22.55, 114.07),
    ID + "I2": Seat("place/china", Text("China", "中国")),
}
"""Two cities, a country without coordinates, and no seat for U2."""

TERMS = {
    "sector/firm": Text("firms", "企业"),
    "sector/university": Text("universities and colleges", "高校"),
    "class/Firm": Text("firm", "企业"),
    "role/coBuilder": Text("co-builder", "共建方"),
}
"""Some names of the ontology."""

HOSTILE = (
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    '<a href="javascript:window.ran=1" title="href">href</a>',
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "{{7*7}} {% raw %} {{ window.ran=1 }}",
    "${window.ran=1} `${window.ran=1}`",
    "<!--<script>window.ran=1//-->]]>",
    "'; window.ran=1; //\u2028window.ran=1",
    "&lt;b&gt;bold&lt;/b&gt; &amp; {n} $& $1 %s",
    "__proto__",
    "constructor",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
)


def hostile(*, dated: bool = False) -> Scene:
    """Return a ring of links with one hostile text in every field except dates of each actor, link and evidence."""
    text = dict(enumerate(HOSTILE))
    labels = {f"U{i}": (f"{i} {word}", word) for i, word in text.items()}
    around = {f"L{i:02}": f"U{i} U{(i + 1) % len(HOSTILE)}" for i in text}
    network = build(incidence(around, ActorSpec(labels=labels)))
    link_cards = {
        f"{ID}link/L{i:02}": _hostile_card(f"{ID}link/L{i:02}", f"{ID}U{i}", word) for i, word in text.items()
    }
    if dated:
        link_cards = {
            iri: replace(card, start=date(2010 + i, 1, 1)) for i, (iri, card) in enumerate(link_cards.items())
        }
    names = {f"{ID}U{i}": (("en", labels[f"U{i}"][0]), (word, f"also {word}")) for i, word in text.items()}
    details = SceneDetails(
        cards=link_cards,
        names=names,
        seats={
            f"{ID}U{i}": Seat(f"{word} {i}", Text(f"{i} {word}", word), 5.0 * (i % 9), 9.0 * i)
            for i, word in text.items()
        },
        terms={f"role/{word}": Text(word, word) for word in HOSTILE[:6]},
    )
    scene = compose.compose(network, (measure(network, HOSTILE[1]),), details)
    return replace(scene, title=Text(HOSTILE[0], HOSTILE[3]), notes=tuple(map(Text, HOSTILE)))


def _hostile_card(iri: str, actor: str, word: str) -> LinkCard:
    bad = EvidenceCard(
        iri=f"evidence {iri} {word}",
        source=word,
        publisher=word,
        title=Text(word),
        published=word,
        address=word,
        quality=word,
        start=1,
        end=2,
        digest=word,
        reading=word,
        note=Text(word),
        derived_from=(word,),
    )
    return LinkCard(
        iri=iri,
        label=Text(word, word),
        kind=word,
        stage=word,
        stated_as=word,
        start=None,
        description=Text(word, word),
        parties=(PartyCard(word, actor, Text(word)), PartyCard(word, None, Text(word), 3, word, named=1)),
        named=2,
        declared=2,
        is_lower_bound=False,
        evidence=(bad,),
    )
