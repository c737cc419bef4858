"""The numbered sources of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pages.parts import Cited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.pages.index import Index
    from kg.query.cards import EvidenceCard


class Citations:
    """Numbers for the sources of a page, in the order of their first use, with the pieces of evidence that it uses."""

    def __init__(self, index: Index) -> None:
        """Start without sources."""
        self.index = index
        self._pieces: dict[str, dict[str, EvidenceCard]] = {}

    def mark(self, evidence: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the sources of pieces of evidence, by IRI, and keep the pieces."""
        sources = []
        for iri in evidence:
            piece = self.index.facts.evidence.get(iri)
            if piece is not None:
                self._pieces.setdefault(piece.source, {})[iri] = piece
                sources.append(piece.source)
        numbers = {source: number for number, source in enumerate(self._pieces, start=1)}
        return tuple(sorted({numbers[source] for source in sources}))

    def cited(self) -> tuple[Cited, ...]:
        """Return the sources by number."""
        return tuple(
            Cited(
                number,
                self.index.origin(next(iter(pieces.values()))),
                next(iter(pieces.values())).title,
                self.index.term("quality", next(iter(pieces.values())).quality),
                tuple(pieces.values()),
            )
            for number, (_, pieces) in enumerate(self._pieces.items(), start=1)
        )
