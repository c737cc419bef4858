"""A `Scene` as plain JSON values for the page: tables by column, each text once.

A table is an object of columns as long as it has rows; the script makes rows of them (`script/data.js`), and
`kg.map.html.encoding` says how columns and texts are coded. A text is its place in ``texts``, 0 where there is none; an
actor, a link, a piece of evidence is its place in its table; a day is the number of days since 1970-01-01; what is not
known is null. An IRI of ours is ``~`` and what follows `kg.terms.BASE`, any other is ``=`` and itself. A latest day or
a stated date that is the first day is -1, and members are 0 where they are the parties.

So a map of a thousand actors takes half a megabyte beside vis-network, with all its evidence and twenty measures, and
none of it is ever parsed as anything but JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date
from itertools import pairwise

from kg.map.html.encoding import FLAT, Column, Plain, Texts, known, power, short, whole
from kg.map.messages import UI
from kg.map.scene.labels import rows
from kg.map.scene.model import Scene, SceneMeasure, SceneNode, SceneView
from kg.map.scene.styles import MAX_DASHES, SECTORS, style_of, unit_area
from kg.model import Text, localise
from kg.query.cards import EvidenceCard, LinkCard, PartyCard
from kg.terms import BASE

_EPOCH = date(1970, 1, 1)
_EVIDENCE_TEXTS = ("publisher", "title", "published", "address", "quality", "reading", "note")


def payload(scene: Scene) -> Plain:
    """The scene as the script reads it; ``looks`` are the kinds of actor, in the order of the legend."""
    texts = Texts()
    evidence = _places(piece for card in scene.links.values() for piece in card.evidence)
    looks = _looks(scene.nodes)
    nodes = {node.iri: node for node in scene.nodes}
    actors = {iri: i for i, iri in enumerate(nodes)}
    links = [_link(card, scene, texts, (nodes, actors), evidence) for card in scene.links.values()]
    columns = {
        "actors": _table(_actor(node, texts, looks) for node in scene.nodes),
        "links": _table(links),
        "evidence": _table(_piece(piece, texts) for piece in evidence),
    }
    link_ids = {iri: k for k, iri in enumerate(scene.links)}
    coded = texts.coded()
    return {
        "title": list(astuple(scene.title)),
        "subtitle": list(astuple(scene.subtitle)),
        "notes": [[localise(note, lang) for lang in ("en", "zh")] for note in scene.notes],
        "lang": scene.lang,
        "initialView": scene.initial_view,
        "theme": scene.theme,
        "focus": scene.focus and {"actor": actors[scene.focus.actor], "ranks": scene.focus.ranks},
        "base": BASE,
        "maxDashes": MAX_DASHES,
        "styles": [_look(look, scene.nodes) for look in looks],
        "terms": {notation: list(astuple(label)) for notation, label in scene.terms.items()},
        "words": {key: list(astuple(label)) for key, label in UI.items()},
        "hyperedges": [link_ids[hyperedge.link] for hyperedge in scene.hyperedges],
        "measures": [_measure(measure) for measure in scene.measures],
        "views": [_view(view, link_ids) for view in scene.views],
        **{
            name: {key: short([known(value) for value in column], key) for key, column in table.items()}
            for name, table in columns.items()
        },
        **coded,
    }


def _table(entries: Iterable[Plain]) -> dict[str, Column]:
    """Rows as columns; all rows have the same keys."""
    listed = list(entries)
    return {name: [row[name] for row in listed] for name in listed[0]} if listed else {}


def _places(pieces: Iterable[EvidenceCard]) -> dict[EvidenceCard, int]:
    """Each piece of evidence once, with its place."""
    found: dict[EvidenceCard, int] = {}
    for piece in pieces:
        found.setdefault(piece, len(found))
    return found


def _looks(nodes: Sequence[SceneNode]) -> dict[tuple[str, str], int]:
    """Each sector and kind that occurs, with its place: sectors in their fixed order, then the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for node in nodes:
        counts[node.sector, node.kind] = counts.get((node.sector, node.kind), 0) + 1
    order = {sector: i for i, sector in enumerate(SECTORS)}
    found = sorted(counts, key=lambda key: (order.get(key[0], len(order)), -counts[key], key))
    return {look: i for i, look in enumerate(found)}


def _look(look: tuple[str, str], nodes: Sequence[SceneNode]) -> Plain:
    """How one kind of actor is drawn, and how many there are; `area` is what its shape covers at size 1."""
    sector, kind = look
    style = style_of(kind, sector)
    return {
        "sector": sector,
        "kind": kind,
        "count": sum((node.sector, node.kind) == look for node in nodes),
        "shape": style.shape,
        "area": round(unit_area(style.shape), 6),
        "light": style.light,
        "dark": style.dark,
        "hollow": style.hollow,
        "path": style.path,
    }


def _actor(node: SceneNode, texts: Texts, looks: Mapping[tuple[str, str], int]) -> Plain:
    """A row of the actors; its place and size are among pyvis's nodes."""
    return {
        "iri": texts.iri(node.iri),
        "label": texts.label(node.label),
        "cuts": _either([_cuts(node.label.en), _cuts(node.label.zh)]),
        "names": [texts.at(text) for name in node.names if name not in _labels(node.label) for text in name],
        "style": looks[node.sector, node.kind],
        "named": node.named,
        "unnamed": node.declared - node.named,
        "bound": int(node.bound),
        "ring": [node.ring.count, int(node.ring.bound)] if node.ring.count else 0,
        "community": node.community,
        "region": 0 if node.region is None else texts.label(node.region),
        "units": [texts.label(unit) for unit in node.units],
    }


def _either(values: list[object]) -> object:
    """The values, or 0 where all are."""
    return values if any(values) else 0


def _labels(label: Text) -> tuple[tuple[str, str | None], ...]:
    """What a label says already of the names of its actor."""
    return ("en", label.en), ("zh", label.zh)


def _cuts(name: str | None) -> object:
    """Where the rows of a label after the first begin in its name; the rows themselves where that cannot be told."""
    found = rows(name or "")
    if len(found) < 2:  # noqa: PLR2004 - one row needs no cut
        return 0
    cuts, at = [], 0
    for row in found[:-1]:
        at += len(row)
        at += name[at : at + 1] == " " if name else 0
        cuts.append(at)
    ends = [0, *cuts, len(name or "")]
    pieces = tuple((name or "")[a:b].strip(" ") for a, b in pairwise(ends))
    return cuts if pieces == found and max(name or "", default="") <= FLAT else list(found)


def _link(
    card: LinkCard,
    scene: Scene,
    texts: Texts,
    known: tuple[Mapping[str, SceneNode], Mapping[str, int]],
    evidence: Mapping[EvidenceCard, int],
) -> Plain:
    """A row of the links."""
    return {
        "iri": texts.iri(card.iri),
        "label": texts.label(card.label),
        "kind": texts.at(card.kind),
        "stage": texts.at(card.stage),
        "stated": -1 if card.start and card.stated_as == card.start.isoformat() else texts.at(card.stated_as),
        "start": _day(card.start),
        "latest": -1 if card.latest == card.start else _day(card.latest),
        "about": texts.label(card.description),
        "parties": [_party(party, texts, *known) for party in card.parties],
        "members": 0 if _acting(card, known[1]) == scene.members[card.iri] else list(scene.members[card.iri]),
        "layers": [texts.at(layer) for layer in scene.layers[card.iri]],
        "named": card.named,
        "declared": card.declared,
        "bound": int(card.is_lower_bound),
        "evidence": [evidence[piece] for piece in card.evidence],
    }


def _acting(card: LinkCard, actors: Mapping[str, int]) -> tuple[int, ...]:
    """The actors among the parties of a card, as indexes, ascending."""
    return tuple(
        sorted({actors[iri] for iri in (party.actor for party in card.parties) if iri is not None and iri in actors})
    )


def _party(party: PartyCard, texts: Texts, nodes: Mapping[str, SceneNode], actors: Mapping[str, int]) -> list[object]:
    """Role and actor; then the names where they are not those of the actor; then counts of those whom nobody named."""
    role = texts.at(party.role)
    if party.actor is None:
        return [role, -2, *texts.label(party.label), party.count, texts.at(party.count_kind), party.named]
    place, node = actors.get(party.actor), nodes.get(party.actor)
    if node is not None and node.label == party.label:
        return [role, place]
    return [role, -1 if place is None else place, *texts.label(party.label)]


def _piece(piece: EvidenceCard, texts: Texts) -> Plain:
    """A row of the evidence."""
    told = {name: texts.at(getattr(piece, name)) for name in _EVIDENCE_TEXTS}
    derived = [texts.iri(iri) for iri in piece.derived_from]
    return {"iri": texts.iri(piece.iri), **told, "start": piece.start, "end": piece.end, "derived": derived}


def _measure(measure: SceneMeasure) -> Plain:
    """What it says of all actors; numbers are whole ones, to be divided by ``per``."""
    sides = {"values": measure.values, "lower": measure.lower, "upper": measure.upper}
    per = power([value for values in sides.values() for value in values if value is not None])
    columns: dict[str, Column] = {
        key: [whole(value, per) for value in values] for key, values in sides.items() if values
    }
    if measure.rank_intervals:
        columns["rankIntervals"] = list(measure.rank_intervals)
    return {"name": measure.name, "per": per, **{key: short(column) for key, column in columns.items()}}


def _view(view: SceneView, link_ids: Mapping[str, int]) -> Plain:
    """Places as x, y, x, y …; `links` says of each that has one how far it is from the one before in their table."""
    placed = sorted((link_ids[iri], place) for iri, place in view.links.items())
    return {
        "name": view.name,
        "actors": [round(value) for place in view.actors for value in place],
        "links": short([b - a for a, b in pairwise((-1, *(k for k, _ in placed)))]),
        "coordinates": [round(value) for _, place in placed for value in place],
        "bands": [list(band) for band in view.bands],
        "days": None if view.days is None else list(view.days),
        "viewport": None if view.viewport is None else list(view.viewport),
        "cities": [[*astuple(city.label), city.x, city.y, list(city.actors)] for city in view.cities],
        "graticule": [
            [*astuple(name), *(round(value) for place in line for value in place)] for name, line in view.graticule
        ],
    }


def _day(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days
