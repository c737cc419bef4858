"""A `Scene` as plain JSON values for the page: what is absent is left out, and evidence is written once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.draw.labels import rows
from kg.draw.scene import KNOT_SIZE, Halo, Scene, SceneNode
from kg.draw.styles import MOST_STROKES, SECTORS, halo_radius, style_of
from kg.draw.words import UI
from kg.model import EvidenceCard, LinkCard

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain = Mapping[str, object]


def payload(scene: Scene) -> Plain:
    """The scene as the script reads it.

    Lines, nodes and knots name links by their place in ``links``, links name evidence by its place in ``evidence``;
    ``looks`` are the kinds of actor that occur, in the order of the legend.
    """
    link_ids = {iri: i for i, iri in enumerate(scene.links)}
    evidence = _evidence(scene.links.values())
    ranks = _ranks(scene.nodes)
    return {
        "title": plain(scene.title),
        "subtitle": plain(scene.subtitle),
        "lang": scene.lang,
        "measure": scene.measure,
        "notes": list(scene.notes),
        "looks": _looks(scene.nodes),
        "terms": {notation: plain(label) for notation, label in scene.terms.items()},
        "words": {key: plain(label) for key, label in UI.items()},
        "nodes": [_node(node, link_ids, ranks) for node in scene.nodes],
        "knots": [{"links": [link_ids[knot.link]], "halo": _halo(KNOT_SIZE, knot.halo)} for knot in scene.knots],
        "lines": [[link_ids[link] for link in edge.links] for edge in scene.edges],
        "links": [_link(card, evidence) for card in scene.links.values()],
        "evidence": [plain(card) for card in evidence],
    }


def plain(value: object) -> object:
    """A frozen value as JSON values: dataclasses as objects without their empty fields, dates as ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: "DataclassInstance") -> dict[str, object]:
    pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: plain(inner) for name, inner in pairs if inner is not None and inner != ()}


def _evidence(cards: Iterable[LinkCard]) -> dict[EvidenceCard, int]:
    """Each piece of evidence once, with its place."""
    found: dict[EvidenceCard, int] = {}
    for card in cards:
        for piece in card.evidence:
            found.setdefault(piece, len(found))
    return found


def _looks(nodes: Sequence[SceneNode]) -> list[Plain]:
    """How each kind of actor that occurs is drawn, with how many there are, sectors in their fixed order."""
    counts: dict[tuple[str, str], int] = {}
    for node in nodes:
        counts[node.sector, node.kind] = counts.get((node.sector, node.kind), 0) + 1
    order = {sector: i for i, sector in enumerate(SECTORS)}
    return [
        {"sector": sector, "kind": kind, "count": counts[sector, kind], "style": plain(style_of(kind, sector))}
        for sector, kind in sorted(counts, key=lambda key: (order.get(key[0], len(order)), -counts[key], key))
    ]


def _ranks(nodes: Sequence[SceneNode]) -> dict[float, int]:
    """The rank of each score: one more than how many have a higher one."""
    scores = sorted((node.score for node in nodes if node.score is not None), reverse=True)
    return {score: place for place, score in reversed(list(enumerate(scores, start=1)))}


def _node(node: SceneNode, link_ids: Mapping[str, int], ranks: Mapping[float, int]) -> Plain:
    """An actor without its place and size, which vis-network has."""
    found: dict[str, object] = {
        "iri": node.iri,
        "label": plain(node.label),
        "rows": {
            lang: rows(name) for lang, name in (("en", node.label.en), ("zh", node.label.zh)) if name and name.strip()
        },
        "names": plain(node.names),
        "kind": node.kind,
        "sector": node.sector,
        "links": [link_ids[link] for link in node.links],
        "named": node.named,
        "unnamed": node.declared - node.named,
        "bound": node.bound,
        "halo": _halo(node.size, node.halo),
    }
    return found if node.score is None else {**found, "score": node.score, "rank": ranks[node.score]}


def _halo(size: float, halo: Halo) -> Plain:
    """A halo with the ring that shows it around a point of this size."""
    strokes = min(halo.count, MOST_STROKES)
    return {"count": halo.count, "bound": halo.bound, "strokes": strokes, "radius": halo_radius(size, halo.count)}


def _link(card: LinkCard, evidence: Mapping[EvidenceCard, int]) -> Plain:
    """A card with the places of its evidence instead of the evidence."""
    told = {**_fields(card), "parties": plain(card.parties)}
    return {**told, "evidence": [evidence[piece] for piece in card.evidence]}
