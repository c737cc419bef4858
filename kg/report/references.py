"""Numbers of links, actors and sources, and the links behind each indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.network.nodes import record_of
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.findings import Finding
    from kg.map.scene.model import Scene, SceneNode
    from kg.model import Table
    from kg.query.cards import EvidenceCard, LinkCard
    from kg.query.imprint import Imprint
    from kg.report.overview import Overview
    from kg.report.since import Changes

_SECTOR_SEPARATORS = re.compile(r"[+×-]")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a report.

    Attributes:
        scene: the network with its map, links and evidence.
        ranking, helix, mixing: the results of `kg rank`, `kg helix` and `kg structure mixing`.
        gaps: the result of `kg validate --coverage` for the whole store.
        helices: the sectors of the helix indicators.
        findings: the sentences at the top of the page.
        overview: the short tables of sectors, years and places.
        imprint: day of issue, maker and licences.
        changes: what changed since a day, if it was asked for.
        method: the lens and the main notes of the ranking.
        meaning: what the score of the ranking is.
    """

    scene: Scene
    ranking: Table
    helix: Table
    mixing: Table
    gaps: Table
    helices: tuple[str, ...]
    findings: tuple[Finding, ...]
    overview: Overview
    imprint: Imprint
    method: tuple[str, ...] = ()
    meaning: str = ""
    changes: Changes | None = None


class LinkSubset(NamedTuple):
    """The links that an indicator counts.

    Attributes:
        kind: "all"; or links with "any" of `sectors`, "with" each of them, or of the helices "only" these.
    """

    kind: str
    sectors: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Anchor of the list of these links in the page."""
        return "-".join(("links" if self.kind == "all" else self.kind, *self.sectors))


@dataclass(frozen=True, slots=True)
class Origin:
    """A source, or the rule of an inference.

    Attributes:
        piece: one of its pieces of evidence.
        links: the numbers of its links.
    """

    piece: EvidenceCard
    links: list[int]


@dataclass(frozen=True, slots=True)
class References:
    """A report with numbers from 1 for `links`, `actors` and `sources`, by IRI; parts of a divided link share one.

    Attributes:
        order: the actors by number, from the highest score.
        cards: the links by number.
        origins: the sources by number.
        subsets: the numbers of the links in each subset that an indicator counts.
    """

    content: Content
    links: Mapping[str, int]
    actors: Mapping[str, int]
    sources: Mapping[str, int]
    order: tuple[SceneNode, ...]
    cards: tuple[LinkCard, ...]
    origins: tuple[Origin, ...]
    subsets: Mapping[LinkSubset, tuple[int, ...]] = field(default_factory=dict)

    def subset(self, indicator: str, group: str) -> LinkSubset:
        """Return the links that `indicator` counts for `group`."""
        return _subset(indicator, group, self.content.helices)


def number(content: Content) -> References:
    """Number links by date (undated ones last), actors by score, and sources by publisher, title and IRI."""
    scene = content.scene
    cards = tuple(sorted(_records(scene), key=lambda card: (card.start is None, str(card.start), card.iri)))
    numbers = {card.iri: k for k, card in enumerate(cards, start=1)}
    links = numbers | {iri: numbers[record_of(iri)] for iri in scene.links}
    order = tuple(sorted(scene.nodes, key=lambda one: (one.score is None, -(one.score or 0), one.iri)))
    origins = _origins(cards)
    return References(
        content=content,
        links=links,
        actors={node.iri: i for i, node in enumerate(order, start=1)},
        sources={one.piece.source: i for i, one in enumerate(origins, start=1)},
        order=order,
        cards=cards,
        origins=origins,
        subsets=_subsets(content, links),
    )


def _records(scene: Scene) -> Iterator[LinkCard]:
    """Yield each link of the graph once; the parts of a divided link share its common party."""
    parts: dict[str, list[LinkCard]] = {}
    for card in scene.links.values():
        parts.setdefault(record_of(card.iri), []).append(card)
    for iri, (first, *others) in parts.items():
        named, declared = (
            sum(getattr(card, size) - 1 for card in others) if others else 0 for size in ("named", "declared")
        )
        bounded = any(card.is_lower_bound for card in (first, *others))
        yield replace(
            first, iri=iri, named=first.named + named, declared=first.declared + declared, is_lower_bound=bounded
        )


def _origins(cards: Sequence[LinkCard]) -> tuple[Origin, ...]:
    origins: dict[str, Origin] = {}
    for k, card in enumerate(cards, start=1):
        for piece in card.evidence:
            origin = origins.setdefault(piece.source, Origin(piece, []))
            if k not in origin.links:
                origin.links.append(k)
    return tuple(
        sorted(
            origins.values(),
            key=lambda one: (one.piece.publisher or "", localise(one.piece.title, "en"), one.piece.source),
        )
    )


_SUBSET_OF = {
    "mutual-information": "any",
    "mutual-information-corrected": "any",
    "entropy": "any",
    "share": "only",
    "intensity": "with",
    "repeat-rate": "with",
    "partner-concentration": "with",
    "coleman-index": "with",
    "share-of-ties": "with",
}


def _subset(indicator: str, group: str, helices: tuple[str, ...]) -> LinkSubset:
    """Return the subset of an indicator; the group "firm in links of university" counts the links with a university."""
    kind = _SUBSET_OF.get(indicator, "all")
    sectors = tuple(dict.fromkeys(_SECTOR_SEPARATORS.split(group.rpartition(" in links of ")[2])))
    return LinkSubset(kind, helices if kind == "any" else () if kind == "all" else sectors)


def _subsets(content: Content, links: Mapping[str, int]) -> dict[LinkSubset, tuple[int, ...]]:
    """Return the numbers of the links in each subset except "all"."""
    scene, helices = content.scene, frozenset(content.helices)
    sectors: dict[int, set[str]] = {}
    for iri, parties in scene.members.items():
        sectors.setdefault(links[iri], set()).update(scene.nodes[i].sector for i in parties)
    return {
        subset: tuple(sorted(k for k, of_link in sectors.items() if _contains(subset, of_link, helices)))
        for subset in dict.fromkeys(_counted_subsets(content))
    }


def _contains(subset: LinkSubset, sectors: set[str], helices: frozenset[str]) -> bool:
    """Return whether a link with parties of these sectors belongs to the subset."""
    required = set(subset.sectors)
    if subset.kind == "any":
        return bool(required & sectors)
    return required <= sectors if subset.kind == "with" else required == sectors & helices


def _counted_subsets(content: Content) -> Iterator[LinkSubset]:
    for table in (content.helix, content.mixing):
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            subset = _subset(str(cells["indicator"]), str(cells["group"]), content.helices)
            if subset.kind != "all":
                yield subset
