"""Small reports for tests, from the plain and the hostile scene of the map."""

from dataclasses import replace
from datetime import date

from helpers.networks import ActorSpec, incidence
from helpers.scenes import HOSTILE, LABELS, LINKS, hostile, small

from kg.measure.helix import helix
from kg.measure.rank import rank
from kg.measure.structure import mixing
from kg.model import Table, Text
from kg.network import build
from kg.query.imprint import Imprint
from kg.report.overview import overview
from kg.report.references import Content, References, number

IMPRINT = Imprint(date(2026, 11, 29), "Li & <Sons>", (Text("CC BY 4.0"),))
GAPS = Table(("what", "label", "of", "have", "missing", "coverage", "question"), (("x", "links", 4, 3, 1, 0.75, None),))


def plain_report(lang: str = "en") -> References:
    """Return the report of the plain scene: five organisations in five links."""
    network = build(incidence(LINKS, ActorSpec(labels=LABELS)))
    tables = rank(network, "degree", lang=lang), helix.table({"all": network}), mixing.table(network)
    ranking, indicators, mixed = (table.localise(lang) for table in tables)
    scene = small(lang, dated=True)
    more = (), overview(network, scene, tables[2]), IMPRINT
    return number(Content(scene, ranking, indicators, mixed, GAPS, helix.HELICES, *more))


def hostile_report() -> References:
    """Return a report in which every text is hostile."""
    scene = hostile()
    scene = replace(scene, notes=tuple(map(Text, HOSTILE)), subtitle=scene.title)
    actors = [node.iri for node in scene.nodes]
    ranking = Table(
        ("rank", "actor", "label", "sector", "score", "named", "declared"),
        tuple((1, iri, word, word, word, word, word) for iri, word in zip(actors, HOSTILE, strict=True)),
        HOSTILE,
    )
    rows = tuple(("share-of-ties", word, word, word) for word in HOSTILE)
    indicators = Table(("indicator", "group", "value", "reason"), rows, HOSTILE)
    gaps = Table(GAPS.columns, tuple((word, word, 1, 1, 0, 1.0, word) for word in HOSTILE), HOSTILE)
    network = build(incidence(LINKS, ActorSpec(labels=LABELS)))
    short = overview(network, scene, mixing.table(network))
    made = Imprint(date(2026, 11, 29), HOSTILE[0], tuple(map(Text, HOSTILE)))
    more = (), short, made, HOSTILE
    return number(Content(scene, ranking, indicators, indicators, gaps, ("university", "firm"), *more))
