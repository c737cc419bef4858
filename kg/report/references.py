"""Which number leads where: links, actors and sources numbered, and the links that stand behind each indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.map.scene.model import Scene, SceneNode
    from kg.model import Table
    from kg.query.cards import EvidenceCard, LinkCard

_OF_CASES = re.compile(r"[+×-]")


@dataclass(frozen=True, slots=True)
class Content:
    """What a report tells.

    Attributes:
        scene: the network with its picture, its links and their evidence.
        ranking, helix, mixing: as `kg rank`, `kg helix` and `kg structure mixing` answer.
        gaps: as `kg validate --coverage` answers, of the whole store.
        helices: the sectors that the helix indicators are of.
    """

    scene: Scene
    ranking: Table
    helix: Table
    mixing: Table
    gaps: Table
    helices: tuple[str, ...]


class Case(NamedTuple):
    """A set of links that numbers are counted over: all of them, or those of certain sectors.

    Attributes:
        how: "all", "any" (one of `sectors` or more), "with" (each of them), "only" (of the helices exactly these).
    """

    how: str
    sectors: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where its links are listed in the page."""
        return "-".join(("links" if self.how == "all" else self.how, *self.sectors))


@dataclass(frozen=True, slots=True)
class Origin:
    """A source, or a rule by which something was derived.

    Attributes:
        piece: one of its pieces of evidence; `links`: the numbers of the links that it speaks of.
    """

    piece: EvidenceCard
    links: list[int]


@dataclass(frozen=True, slots=True)
class Book:
    """A report with everything numbered from 1: `links` by IRI, `actors` by IRI, `sources` by IRI.

    Attributes:
        order: the actors from the highest score down; `cards`: the links in the order of their numbers.
        cases: the links, by number, of each case that an indicator is counted over.
    """

    content: Content
    links: Mapping[str, int]
    actors: Mapping[str, int]
    sources: Mapping[str, int]
    order: tuple[SceneNode, ...]
    cards: tuple[LinkCard, ...]
    origins: tuple[Origin, ...]
    cases: Mapping[Case, tuple[int, ...]] = field(default_factory=dict)

    def case(self, indicator: str, of: str) -> Case:
        """What the indicator `indicator` of `of` is counted over."""
        return _case(indicator, of, self.content.helices)


def write(content: Content) -> Book:
    """Number everything; the same content gives the same numbers.

    Links are numbered from the earliest on, those without a date last; actors from the highest score down; sources by
    publisher, title and IRI.
    """
    scene = content.scene
    cards = tuple(sorted(scene.links.values(), key=lambda card: (card.start is None, str(card.start), card.iri)))
    links = {card.iri: k for k, card in enumerate(cards, start=1)}
    order = tuple(sorted(scene.nodes, key=lambda one: (one.score is None, -(one.score or 0), one.iri)))
    origins = _origins(cards)
    return Book(
        content=content,
        links=links,
        actors={node.iri: i for i, node in enumerate(order, start=1)},
        sources={one.piece.source: i for i, one in enumerate(origins, start=1)},
        order=order,
        cards=cards,
        origins=origins,
        cases=_cases(content, links),
    )


def _origins(cards: Sequence[LinkCard]) -> tuple[Origin, ...]:
    found: dict[str, Origin] = {}
    for k, card in enumerate(cards, start=1):
        for piece in card.evidence:
            origin = found.setdefault(piece.source, Origin(piece, []))
            if k not in origin.links:
                origin.links.append(k)
    return tuple(
        sorted(found.values(), key=lambda one: (one.piece.publisher or "", one.piece.title or "", one.piece.source))
    )


_CASE_OF = {
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


def _case(indicator: str, of: str, helices: tuple[str, ...]) -> Case:
    """Of "firm in links of university" the links with a university; what is of no sector is over all links."""
    how = _CASE_OF.get(indicator, "all")
    named = tuple(dict.fromkeys(_OF_CASES.split(of.rpartition(" in links of ")[2])))
    return Case(how, helices if how == "any" else () if how == "all" else named)


def _cases(content: Content, links: Mapping[str, int]) -> dict[Case, tuple[int, ...]]:
    """The links of each case that the indicators are over, but for all of them."""
    scene, helices = content.scene, frozenset(content.helices)
    sectors = {links[iri]: {scene.nodes[i].sector for i in parties} for iri, parties in scene.members.items()}
    return {
        case: tuple(sorted(k for k, there in sectors.items() if _holds(case, there, helices)))
        for case in dict.fromkeys(_asked(content))
    }


def _holds(case: Case, there: set[str], helices: frozenset[str]) -> bool:
    """Whether a link with parties of the sectors `there` is of a case."""
    wanted = set(case.sectors)
    if case.how == "any":
        return bool(wanted & there)
    return wanted <= there if case.how == "with" else wanted == there & helices


def _asked(content: Content) -> Iterator[Case]:
    for table in (content.helix, content.mixing):
        for row in table.rows:
            told = dict(zip(table.columns, row, strict=True))
            case = _case(str(told["indicator"]), str(told["group"]), content.helices)
            if case.how != "all":
                yield case
