"""What was said, and what is said now, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest import statements as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.statements import Statement


class PreviousEvidence(NamedTuple):
    """What the older file says of a piece of evidence (or of what else it describes outside evidence).

    Attributes:
        iri: with its angle brackets.
        about: ``subject predicate object`` of the default graph, one a line.
        said: the same of the evidence's own graph, in order.
    """

    iri: str
    about: tuple[str, ...]
    said: tuple[str, ...]

    def says(self, said: Sequence[Statement]) -> bool:
        """Whether it says `said`, and nothing else."""
        return self.said == tuple(sorted(" ".join(triple) for triple in said))

    def lines(self) -> tuple[str, ...]:
        """It as lines of N-Quads."""
        return (*(f"{line} .\n" for line in self.about), *(f"{line} {self.iri} .\n" for line in self.said))


class EvidenceChange(NamedTuple):
    """What a run says of one thing.

    Attributes:
        iri: of the evidence; of what is described outside evidence, its own.
        about: what the default graph says of it.
        said: what the graph of the evidence says.
        old: what was said before.
        fate: of evidence, ``new``, ``kept`` or ``changed``.
        last: of what is changed, the day on which it was last seen as it was; ``None`` where it was never published.
    """

    iri: str
    about: tuple[Statement, ...]
    said: tuple[Statement, ...] = ()
    old: PreviousEvidence | None = None
    status: str = ""
    last: str | None = None

    def stated(self) -> list[tuple[str, str]]:
        """Each statement as N-Triples has it, and the graph that it is in; none for what is outside evidence."""
        return [*((" ".join(one), "") for one in self.about), *((" ".join(one), self.iri) for one in self.said)]

    def lines(self) -> tuple[str, ...]:
        """It as lines of N-Quads."""
        end = f" {self.iri} .\n"
        return (*(" ".join(one) + " .\n" for one in self.about), *(" ".join(one) + end for one in self.said))


def retired(old: PreviousEvidence, iri: str, last: str) -> PreviousEvidence:
    """`old` under that IRI, last seen on that day."""
    about = (line.replace(old.iri, iri, 1) for line in old.about if f" {st.LAST_SEEN} " not in line)
    return PreviousEvidence(iri, (*about, f"{iri} {st.LAST_SEEN} {last}"), old.said)


def value(old: PreviousEvidence, predicate: str) -> str | None:
    """The object of `predicate` of what was described outside evidence."""
    start = f"{old.iri} {predicate} "
    return next((line.removeprefix(start) for line in old.about if line.startswith(start)), None)
