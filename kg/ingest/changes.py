"""Changes between two editions of a source, one node at a time: a piece of evidence, a source or a concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.errors import InputError
from kg.ingest import statements as st
from kg.ingest.nquads import bare, day, iri_ref, parse_day, triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kg.ingest.nquads import IriRef, Statement

Status = Literal["new", "kept", "changed"]
"""Evidence compared with the previous edition."""


class PreviousEvidence(NamedTuple):
    """Statements of an earlier edition about one piece of evidence, or about another node outside evidence.

    Attributes:
        iri: the piece of evidence or the node.
        description: statements of the default graph with that subject.
        statements: statements of the evidence's own graph, sorted; none for other nodes.
    """

    iri: IriRef
    description: tuple[Statement, ...]
    statements: tuple[Statement, ...]

    def equals(self, statements: Iterable[Statement]) -> bool:
        """Return whether the evidence consists of exactly these statements."""
        return self.statements == tuple(sorted(statements))

    def value(self, predicate: IriRef) -> str | None:
        """Return the first object of `predicate` in the description."""
        return next((thing for _, name, thing in self.description if name == predicate), None)

    @property
    def is_internal(self) -> bool:
        """True for internal evidence."""
        return self.value(st.INTERNAL) is not None

    def day(self, predicate: IriRef) -> date | None:
        """Return the date that `predicate` has in the description.

        Raises:
            InputError: its value is not a date.
        """
        text = self.value(predicate)
        if text is None:
            return None
        try:
            return parse_day(text)
        except ValueError as error:
            raise InputError(
                "{iri}: {predicate} is {text}; replace it by a date such as 2025-06-20",
                iri=self.iri,
                predicate=predicate,
                text=text,
            ) from error

    def retired(self, last_seen: date, iri: IriRef | None = None) -> PreviousEvidence:
        """Return the evidence with the date on which it was last seen, under another IRI if one is given."""
        iri = iri or self.iri
        description = [(iri, name, thing) for _, name, thing in self.description if name != st.LAST_SEEN]
        return PreviousEvidence(iri, (*description, (iri, st.LAST_SEEN, day(last_seen))), self.statements)

    def lines(self) -> tuple[str, ...]:
        """Return the statements as lines of N-Quads."""
        return _lines(self.iri, self.description, self.statements)


class EvidenceChange(NamedTuple):
    """Statements of this edition about one node, compared with the previous edition.

    Attributes:
        iri: the piece of evidence, or a node described outside evidence.
        description: statements of the default graph.
        statements: statements of the evidence's own graph; none for other nodes.
        previous: the same node in the previous edition.
        status: the result of the comparison; ``None`` for nodes that are not evidence.
        last_seen: if `status` is ``changed``, the date of the previous edition; ``None`` if that was this edition.
    """

    iri: IriRef
    description: tuple[Statement, ...]
    statements: tuple[Statement, ...] = ()
    previous: PreviousEvidence | None = None
    status: Status | None = None
    last_seen: date | None = None

    def triples(self) -> list[tuple[str, str]]:
        """Return each statement as a line of N-Triples with its graph; the graph is empty for the default graph."""
        return [
            *((triple(statement), "") for statement in self.description),
            *((triple(statement), self.iri) for statement in self.statements),
        ]

    def lines(self) -> tuple[str, ...]:
        """Return the statements as lines of N-Quads."""
        return _lines(self.iri, self.description, self.statements)


def superseded(iri: IriRef, last_seen: date) -> IriRef:
    """Return the IRI under which the former version of changed evidence is kept."""
    return iri_ref(f"{bare(iri)}/until/{last_seen}")


def _lines(iri: IriRef, description: Sequence[Statement], statements: Sequence[Statement]) -> tuple[str, ...]:
    end = f" {iri} .\n"
    return (
        *(triple(statement) + " .\n" for statement in description),
        *(triple(statement) + end for statement in statements),
    )
