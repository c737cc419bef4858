"""The pages of pieces of evidence, which only a server has: there are more of them than of all other nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kg.pages.address import path
from kg.pages.cite import Citations
from kg.pages.model import OfNode
from kg.pages.parts import Head
from kg.pages.statements import property_name, value
from kg.pages.words import WORDS
from kg.texts import Text

if TYPE_CHECKING:
    from kg.pages.index import Index
    from kg.pages.parts import Ref, Value
    from kg.query.cards import EvidenceCard


@dataclass(frozen=True, slots=True)
class EvidencePage(OfNode):
    """The page of a piece of evidence: its source, its place there, and the statements that it supports."""

    piece: EvidenceCard
    reading: Text
    statements: tuple[tuple[Ref, Text, Value], ...]
    template: ClassVar[str] = "evidence.html"


def page(index: Index, iri: str) -> EvidencePage:
    """Return the page of a piece of evidence."""
    piece, cite = index.facts.evidence[iri], Citations(index)
    stated = tuple(
        (index.ref(subject), property_name(index, one.predicate), value(index, cite, one)._replace(marks=()))
        for subject, one in index.supported.get(iri, ())
    )
    cite.mark([iri])
    head = Head(
        iri,
        path(iri),
        WORDS["evidenceOf"].format(publisher=index.publisher(piece.source)),
        Text(),
        "",
        (),
        cite.cited(),
    )
    return EvidencePage(head, piece, index.term("reading", piece.reading), stated)
