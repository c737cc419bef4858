"""The pages of pieces of evidence, which only a server has: there are more of them than of all other nodes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kg.pages.address import path
from kg.pages.cite import Citations
from kg.pages.model import OfNode
from kg.pages.parts import Head, Ref
from kg.pages.statements import described, facts
from kg.pages.words import WORDS
from kg.terms import TYPE
from kg.texts import Text

if TYPE_CHECKING:
    from kg.pages.facts import Statement
    from kg.pages.index import Index
    from kg.pages.parts import Fact
    from kg.query.cards import EvidenceCard


@dataclass(frozen=True, slots=True)
class EvidencePage(OfNode):
    """The page of a piece of evidence: its source, its place there, and the statements that it supports."""

    piece: EvidenceCard
    reading: Text
    subjects: tuple[tuple[Ref, tuple[Fact, ...]], ...]
    count: int
    template: ClassVar[str] = "evidence.html"


def page(index: Index, iri: str) -> EvidencePage:
    """Return the page of a piece of evidence; a part without a name is a value of its whole."""
    piece, cite = index.facts.evidence[iri], Citations(index)
    stated = [(subject, one) for subject, one in index.supported.get(iri, ()) if one.predicate != TYPE]
    grouped: dict[str, list[Statement]] = defaultdict(list)
    for subject, one in stated:
        grouped[subject].append(one._replace(evidence=()))
    values = {one.value.value for _, one in stated}
    subjects = tuple(
        (_subject(index, subject), facts(index, cite, grouped[subject]))
        for subject in sorted(grouped, key=lambda one: (one not in index.with_page, one))
        if index.is_named(subject) or subject not in values
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
    return EvidencePage(head, piece, index.term("reading", piece.reading), subjects, len(stated))


def _subject(index: Index, iri: str) -> Ref:
    """Return the subject of statements; one without a name is described by what is stated of it."""
    return index.ref(iri) if index.is_named(iri) else Ref(described(index, iri))
