"""The JSON payload of a `Scene`: tables of columns, each text once.

A table is an object of columns of equal length; the scripts convert it to rows (`script/canvas/data.js`), and
`kg.map.html.encoding` shortens columns and texts. A text is its index in ``texts``, 0 if it is missing. An actor, a
link or a piece of evidence is its index in its table. A date is the number of days since 1970-01-01. An unknown value
is null. An IRI below `kg.terms.BASE` is ``~`` and the rest, any other is ``=`` and the IRI. A last date or a stated
date equal to the first date is -1, and members equal to the parties are 0.

A map of 1,000 actors takes 0.5 MB beside vis-network, with all evidence and twenty measures.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from kg.map.html.encoding import Column, Plain, Texts, power, resolve, scaled, short
from kg.map.html.payload_types import (
    ActorRow,
    EvidenceRow,
    FindingRow,
    Index,
    LinkRow,
    MeasureColumns,
    NameKeysJson,
    Payload,
    ScriptStyle,
    ShortColumn,
    StepRow,
    ViewColumns,
)
from kg.map.messages import UI
from kg.map.scene.labels import cuts
from kg.map.scene.model import Scene, SceneFinding, SceneMeasure, SceneNode, SceneView, StoryStep
from kg.map.scene.styles import LEAST_SHARE, MAX_DASHES, SECTORS, style_of, unit_area
from kg.map.svg.headline import headings
from kg.model import Text, localise
from kg.model.shown import shown_name
from kg.query.cards import EVIDENCE_TEXTS, EvidenceCard, LinkCard, PartyCard
from kg.search.keys import keys
from kg.terms import BASE

_EPOCH = date(1970, 1, 1)
_EVIDENCE_TEXTS = tuple(name for name in EVIDENCE_TEXTS if name != "digest")


def payload(scene: Scene) -> Payload:
    """Return the scene for the scripts; ``styles`` are the kinds of actor in the order of the legend."""
    texts = Texts()
    styles = _styles(scene.nodes)
    actors = {node.iri: i for i, node in enumerate(scene.nodes)}
    tables = _tables(scene, texts, styles)
    link_ids = {iri: k for k, iri in enumerate(scene.links)}
    shared, rests = texts.encode()
    encoded = {
        name: {key: short([resolve(value) for value in column], key) for key, column in table.items()}
        for name, table in tables.items()
    }
    return {
        "title": list(scene.title.pair),
        "subtitle": list(scene.subtitle.pair),
        "notes": [[localise(note, lang) for lang in ("en", "zh")] for note in scene.notes],
        "lang": scene.lang,
        "initialView": scene.initial_view,
        "theme": scene.theme,
        "focus": None if scene.focus is None else {"actor": actors[scene.focus.actor], "ranks": scene.focus.ranks},
        "findings": [_finding(finding, link_ids) for finding in scene.findings],
        "headings": {view: list(text.pair) for view, text in headings(scene).items()},
        "story": [_step(step) for step in scene.story],
        "base": BASE,
        "maxDashes": MAX_DASHES,
        "leastShare": LEAST_SHARE,
        "styles": [_style(style, scene.nodes) for style in styles],
        "terms": {notation: list(label.pair) for notation, label in scene.terms.items()},
        "words": {key: list(label.pair) for key, label in UI.items()},
        "nameKeys": name_keys(scene.nodes),
        "hyperedges": [link_ids[hyperedge.link] for hyperedge in scene.hyperedges],
        "measures": [_measure(measure) for measure in scene.measures],
        "views": [_view(view, link_ids) for view in scene.views],
        "evidenceTexts": list(_EVIDENCE_TEXTS),
        "actors": encoded["actors"],
        "links": encoded["links"],
        "evidence": encoded["evidence"],
        "shared": shared,
        "texts": rests,
    }


def _tables(scene: Scene, texts: Texts, styles: Mapping[tuple[str, str], int]) -> dict[str, dict[str, Column]]:
    """Return actors, links and evidence as columns with references to `texts`."""
    evidence = _indexes(piece for card in scene.links.values() for piece in card.evidence)
    nodes = {node.iri: node for node in scene.nodes}
    actors = {iri: i for i, iri in enumerate(nodes)}
    links = [_link(card, scene, texts, (nodes, actors), evidence) for card in scene.links.values()]
    return {
        "actors": _table(_actor(node, texts, styles) for node in scene.nodes),
        "links": _table(links),
        "evidence": _table(_evidence(piece, texts) for piece in evidence),
    }


def _table(entries: Iterable[Plain]) -> dict[str, Column]:
    """Return rows with equal keys as columns."""
    listed = list(entries)
    return {name: [row[name] for row in listed] for name in listed[0]} if listed else {}


def _indexes(pieces: Iterable[EvidenceCard]) -> dict[EvidenceCard, int]:
    """Return each distinct piece of evidence with its index."""
    indexes: dict[EvidenceCard, int] = {}
    for piece in pieces:
        indexes.setdefault(piece, len(indexes))
    return indexes


def _styles(nodes: Sequence[SceneNode]) -> dict[tuple[str, str], int]:
    """Return each pair of sector and kind with its index: sectors in fixed order, kinds by descending frequency."""
    counts: dict[tuple[str, str], int] = {}
    for node in nodes:
        counts[node.sector, node.kind] = counts.get((node.sector, node.kind), 0) + 1
    order = {sector: i for i, sector in enumerate(SECTORS)}
    ordered = sorted(counts, key=lambda key: (order.get(key[0], len(order)), -counts[key], key))
    return {style: i for i, style in enumerate(ordered)}


def _style(sector_and_kind: tuple[str, str], nodes: Sequence[SceneNode]) -> ScriptStyle:
    """Return the style of a kind of actor and the number of its actors; `area` is the area of its shape at size 1."""
    sector, kind = sector_and_kind
    style = style_of(kind, sector)
    return {
        "sector": sector,
        "kind": kind,
        "count": sum((node.sector, node.kind) == sector_and_kind for node in nodes),
        "shape": style.shape,
        "area": round(unit_area(style.shape), 6),
        "light": style.light,
        "dark": style.dark,
        "hollow": style.hollow,
        "path": style.path,
    }


def _actor(node: SceneNode, texts: Texts, styles: Mapping[tuple[str, str], int]) -> ActorRow:
    """Return a row of the actors; positions and sizes are in pyvis's nodes."""
    return {
        "iri": texts.iri(node.iri),
        "label": texts.label(node.label),
        "short": texts.label(node.short) if any(node.short.pair) else 0,
        "stated": texts.label(node.stated) if any(node.stated.pair) else 0,
        "cuts": _zero_if_empty([cuts(node.shown.en), cuts(node.shown.zh)]),
        "names": [texts.at(text) for name in node.names if name not in _labels(node.label) for text in name],
        "style": styles[node.sector, node.kind],
        "named": node.named,
        "unnamed": node.declared - node.named,
        "bound": int(node.bound),
        "ring": [node.ring.count, int(node.ring.bound)] if node.ring.count else 0,
        "community": node.community,
        "region": 0 if node.region is None else texts.label(node.region),
        "units": [texts.label(unit) for unit in node.units],
    }


def name_keys(nodes: Iterable[SceneNode]) -> NameKeysJson:
    """Return the keys of all names of actors in all languages."""
    nodes = tuple(nodes)
    every = (name for node in nodes for name in (*node.label.pair, *(text for _, text in node.names)) if name)
    short = {
        name: [one for one in node.short.pair if one] for node in nodes if (name := node.label.zh or node.label.en)
    }
    found = keys(every, short)
    return {"variants": found.variants, "readings": found.readings, "short": found.short}


def _zero_if_empty(values: list[object]) -> object:
    """Return 0 instead of a list of falsy values."""
    return values if any(values) else 0


def _labels(label: Text) -> tuple[tuple[str, str | None], ...]:
    """Return the names that the label itself contains."""
    return ("en", label.en), ("zh", label.zh)


def _link(
    card: LinkCard,
    scene: Scene,
    texts: Texts,
    actors: tuple[Mapping[str, SceneNode], Mapping[str, int]],
    evidence: Mapping[EvidenceCard, int],
) -> LinkRow:
    """Return a row of the links; `actors` are the nodes and their indexes by IRI."""
    return {
        "iri": texts.iri(card.iri),
        "label": texts.label(card.label),
        "kind": texts.at(card.kind),
        "stage": texts.at(card.stage),
        "stated": -1 if card.start and card.stated_as == card.start.isoformat() else texts.at(card.stated_as),
        "start": _day(card.start),
        "latest": -1 if card.latest == card.start else _day(card.latest),
        "about": texts.label(card.description),
        "parties": [_party(party, texts, *actors) for party in card.parties],
        "members": 0 if _members(card, actors[1]) == scene.members[card.iri] else list(scene.members[card.iri]),
        "layers": [texts.at(layer) for layer in scene.layers[card.iri]],
        "named": card.named,
        "declared": card.declared,
        "bound": int(card.is_lower_bound),
        "evidence": [evidence[piece] for piece in card.evidence],
    }


def _members(card: LinkCard, indexes: Mapping[str, int]) -> tuple[int, ...]:
    """Return the ascending indexes of the actors among the parties of a card."""
    iris = (party.actor for party in card.parties)
    return tuple(sorted({indexes[iri] for iri in iris if iri is not None and iri in indexes}))


def _party(
    party: PartyCard, texts: Texts, nodes: Mapping[str, SceneNode], indexes: Mapping[str, int]
) -> list[Index | None]:
    """Return role and actor, the names if they differ from the actor's, and the counts of an unnamed group."""
    role = texts.at(party.role)
    if party.actor is None:
        return [role, -2, *texts.label(party.label), party.count, texts.at(party.count_kind), party.named]
    index, node = indexes.get(party.actor), nodes.get(party.actor)
    if node is not None and node.source_label == party.label:
        return [role, index]
    return [role, -1 if index is None else index, *texts.label(shown_name(party.label))]


def _evidence(piece: EvidenceCard, texts: Texts) -> Plain:
    """Return an `EvidenceRow` with a column for each of `_EVIDENCE_TEXTS`."""
    row: EvidenceRow = {
        "iri": texts.iri(piece.iri),
        "title": texts.label(piece.title),
        "note": texts.label(piece.note),
        "start": piece.start,
        "end": piece.end,
        "derived": [texts.iri(iri) for iri in piece.derived_from],
    }
    return {**row, **{name: texts.at(getattr(piece, name)) for name in _EVIDENCE_TEXTS}}


def _measure(measure: SceneMeasure) -> MeasureColumns:
    """Return the values and intervals of a measure as integers to be divided by ``per``."""
    sides = (measure.values, measure.lower, measure.upper)
    per = power([value for values in sides for value in values if value is not None])

    def column(values: Sequence[float | None]) -> ShortColumn:
        return short([scaled(value, per) for value in values])

    columns: MeasureColumns = {"name": measure.name, "per": per, "values": column(measure.values)}
    if measure.lower:
        columns["lower"] = column(measure.lower)
    if measure.upper:
        columns["upper"] = column(measure.upper)
    if measure.rank_intervals:
        columns["rankIntervals"] = short(list(measure.rank_intervals))
    return columns


def _view(view: SceneView, link_ids: Mapping[str, int]) -> ViewColumns:
    """Return coordinates as x, y, x, y …; ``links`` are differences between the indexes of links with coordinates."""
    placed = sorted((link_ids[iri], position) for iri, position in view.links.items())
    return {
        "name": view.name,
        "actors": [round(value) for position in view.actors for value in position],
        "links": short([b - a for a, b in pairwise((-1, *(k for k, _ in placed)))]),
        "coordinates": [round(value) for _, position in placed for value in position],
        "bands": [list(band) for band in view.bands],
        "days": None if view.days is None else list(view.days),
        "viewport": None if view.viewport is None else list(view.viewport),
        "cities": [[*city.label.pair, city.x, city.y, list(city.actors)] for city in view.cities],
        "graticule": [
            [*name.pair, *(round(value) for position in line for value in position)] for name, line in view.graticule
        ],
    }


def _finding(finding: SceneFinding, link_ids: Mapping[str, int]) -> FindingRow:
    links = sorted(link_ids[iri] for iri in finding.links)
    return {"name": finding.name, "text": list(finding.text.pair), "links": links}


def _step(step: StoryStep) -> StepRow:
    return {"title": list(step.title.pair), "text": list(step.text.pair), "view": step.view}


def _day(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days
