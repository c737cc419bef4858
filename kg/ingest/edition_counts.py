"""Counts of one ingest, and the checks of an edition that differs much from the previous one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.ingest.nquads import bare, triple
from kg.model import Table
from kg.terms import EVIDENCE
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ingest.nquads import IriRef, Statement
    from kg.ingest.readers.records import Record
    from kg.ingest.scratch_db import ScratchDb

_MOST_VALUES = 100
"""Values left open that are counted one by one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of rows, evidence and statements.

    Attributes:
        read: all rows; the sum of used, skipped and refused.
        skipped: rows by the name of the rule.
        aside: values set aside, by property, because another row gives the same node a different value.
        left_open: rows by the field and the value that is not used, such as an unknown status.
        new, kept, changed, retired, gone: pieces of evidence, compared with the previous edition; the retired ones are
            kept with a date, and the gone ones are deleted, because the previous edition has no other date.
        statements: all statements written, including those of earlier editions and of other sources.
        internal: internal statements of this edition, and those of earlier ones that are not written.
    """

    read: int
    used: int
    skipped: tuple[tuple[str, int], ...]
    refused: int
    aside: tuple[tuple[str, int], ...]
    new: int
    kept: int
    changed: int
    retired: int
    gone: int
    statements: int
    internal: int = 0
    left_open: tuple[tuple[tuple[str, str], int], ...] = ()

    def table(self) -> Table:
        """Return the counts as a table."""
        rows = (
            (Message("rows read"), self.read),
            (Message("used"), self.used),
            *((Message("skipped: {rule}", rule=rule), count) for rule, count in self.skipped),
            (Message("refused"), self.refused),
            *((Message("set aside: {name}", name=name), count) for name, count in self.aside),
            *(
                (Message("left open: {value}", value=f"{name} {value}"), count)
                for (name, value), count in self.left_open
            ),
            (Message("evidence, new"), self.new),
            (Message("evidence, unchanged"), self.kept),
            (Message("evidence, changed"), self.changed),
            (Message("evidence, retired"), self.retired),
            (Message("evidence, gone"), self.gone),
            (Message("statements"), self.statements),
            *(((Message("statements, internal"), self.internal),) if self.internal else ()),
        )
        return Table(("what", "count"), rows)

    @property
    def previous(self) -> int:
        """The pieces of evidence of the previous edition."""
        return self.kept + self.changed + self.retired + self.gone


@dataclass(slots=True)
class Counts:
    """The counts of a run so far.

    Attributes:
        numbers: the counts of `Tally` by name.
        skipped, aside, left_open: as in `Tally`.
        moved: changed rows with the content that another changed row had in the previous edition.
    """

    numbers: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    left_open: Counter[tuple[str, str]] = field(default_factory=Counter)
    moved: int = 0

    def use(self, record: Record) -> None:
        """Count a used row and its values left open."""
        self.numbers["used"] += 1
        for name, value in record.left_open:
            is_listed = (name, value) in self.left_open or len(self.left_open) < _MOST_VALUES
            self.left_open[name, value if is_listed else "…"] += 1

    def tally(self) -> Tally:
        """Return the counts; they are complete once all changes or lines have been consumed."""
        names = ("read", "used", "refused", "new", "kept", "changed", "retired", "gone", "statements", "internal")
        return Tally(
            **{name: self.numbers[name] for name in names},
            skipped=tuple(sorted(self.skipped.items())),
            aside=tuple(sorted(self.aside.items())),
            left_open=tuple(sorted(self.left_open.items())),
        )

    def compare_content(
        self, iri: IriRef, before: Iterable[Statement], now: Iterable[Statement], scratch: ScratchDb
    ) -> None:
        """Count rows of changed content that had or have another key, by fingerprints in `scratch`."""
        former, present = _fingerprint(iri, before), _fingerprint(iri, now)
        self.moved += scratch.contains(f"now {former}") + scratch.contains(f"before {present}")
        scratch.matches_first(f"before {former}", "")
        scratch.matches_first(f"now {present}", "")

    def check_changes(self) -> None:
        """Check that the edition resembles the previous one.

        Raises:
            DataError: more than half of the previous edition changes, or keys are renumbered.
        """
        tally = self.tally()
        differing = tally.changed + tally.retired + tally.gone
        change = Message(
            "{differing} of {previous} rows of the earlier edition change or are missing",
            differing=differing,
            previous=tally.previous,
        )
        confirm = Message("confirm with --accept-changes")
        if self.moved:
            raise DataError(
                "{change}, and rows have the content of other keys ({moved} of them): the keys seem to be renumbered; "
                "make the key of content (in a mapping, row: {{key: [date column, partner column]}}), or {confirm}",
                change=change,
                moved=self.moved,
                confirm=confirm,
            )
        if 2 * differing > tally.previous:
            raise DataError(
                "{change}; check that this is an edition of the same source, and {confirm}",
                change=change,
                confirm=confirm,
            )


def _fingerprint(iri: IriRef, statements: Iterable[Statement]) -> str:
    """Return the statements of a row without its key."""
    key = bare(iri).removeprefix(EVIDENCE).partition("/")[2]
    lines = (triple(statement).replace(f"/{key}>", "/>").replace(f"/{key}/", "//") for statement in statements)
    return "\n".join(sorted(lines))
