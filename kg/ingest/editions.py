"""Records to statements: each row a piece of evidence, whose graph says what the row says.

The IRI of the evidence comes from the source and from the key of the row, and a statement is (subject, predicate,
object, evidence); so the same input gives the same statements, and reading it twice changes nothing.

**Editions.** An edition is known by its day. What a later edition says no more is *retired*: it stays in the file, with
``hx:lastSeen`` at its evidence, the day of the last edition that said it. A row that says something else than before
keeps its evidence; what it said before is retired under the same name and ``/until/<day>``. Evidence that is new has
``hx:firstSeen``. An edition read again replaces what was read of it: no source has said goodbye then, the reader has
been mended. Without a day nothing is dated. Evidence of other sources in the file is left as it is.

**One of a kind.** Rows that speak of one thing may differ in what it has one of. The first name in a language is the
preferred one, and later ones are other names; of anything else (the class, the coordinates, …) the first stands and the
others are set aside and counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError, UsageError
from kg.ingest import statements as st
from kg.ingest.changes import EvidenceChange, retired, value
from kg.ingest.nquads import InvalidTermError, day, node
from kg.ingest.readers.records import Refused, RowLocation, Skipped
from kg.terms import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.ingest.changes import PreviousEvidence
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Record, Row
    from kg.ingest.scratch_db import ScratchDb
    from kg.ingest.statements import Statement


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows and of the evidence.

    Attributes:
        read: rows; used, skipped and refused add up to it.
        skipped: by the name of the rule.
        aside: values that were set aside, by property: another row had said otherwise of the same thing.
        new, kept, changed, retired: pieces of evidence, against the older file; `retired` are those of this run.
        statements: as written, those of older editions and of other sources among them.
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
    statements: int


class Ingest:
    """One run: rows go in, pieces or lines of N-Quads come out, and then there is a tally."""

    def __init__(self, reader: Reader, edition: date | None, scratch: ScratchDb) -> None:
        """A run over an edition of that day, or of no known day; what the older file says is in the ledger."""
        self._reader, self._edition, self._scratch = reader, edition, scratch
        self._day = day(edition) if edition else None
        self._editions: dict[str, str | None] = {}
        self._rights: dict[str, None] = {}
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._aside: Counter[str] = Counter()

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """The text of a whole file, some lines at a time; what the older file says is in the ledger.

        Raises:
            UsageError: the older file holds a later edition, or one of the two has no day.
        """
        for change in self.changes(rows):
            yield self._counted(change.lines())
            if change.status == "changed" and change.old is not None and change.last is not None:
                self._scratch.add(retired(change.old, f"{change.old.iri[:-1]}/until/{change.last[1:11]}>", change.last))
        for old in self._scratch.unseen():
            if value(old, st.FROM) not in self._editions or value(old, st.LAST_SEEN):
                yield self._counted(old.lines())
            elif (last := self.before(old)) is not None:
                self.gone()
                yield self._counted(retired(old, old.iri, last).lines())

    def changes(self, rows: Iterable[Row]) -> Iterator[EvidenceChange]:
        """What the rows say, piece by piece, against what was said before; refused rows go to the ledger.

        Raises:
            UsageError: what was said before is of a later edition, or one of the two has no day.
        """
        for row in rows:
            self._counts["read"] += 1
            if isinstance(row, Skipped):
                self._skipped[row.rule] += 1
            elif isinstance(row, Refused):
                self._refuse(row)
            else:
                yield from self._record(row)

    @property
    def rows(self) -> int:
        """How many rows were read until now."""
        return self._counts["read"]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that were met until now, as N-Quads writes them."""
        return tuple(self._editions)

    @property
    def rights(self) -> tuple[str, ...]:
        """Whom to credit for these sources, and under which licences."""
        return tuple(self._rights)

    def before(self, old: PreviousEvidence) -> str | None:
        """The day of the edition before that `old` is of; nothing if that is the edition that is read."""
        edition = self._editions[value(old, st.FROM) or ""]
        return None if edition == self._day else edition

    def count(self, statements: int) -> None:
        """Count so many statements as written."""
        self._counts["statements"] += statements

    def gone(self) -> None:
        """Count a piece of evidence that this edition retires."""
        self._counts["retired"] += 1

    def tally(self) -> Tally:
        """What became of everything, once the lines have been taken."""
        counts = self._counts
        return Tally(
            **{name: counts[name] for name in ("read", "used", "refused", "new", "kept", "changed", "retired")},
            statements=counts["statements"],
            skipped=tuple(sorted(self._skipped.items())),
            aside=tuple(sorted(self._aside.items())),
        )

    def check(self, *, keep_going: bool) -> None:
        """Whether what was made may be written.

        Raises:
            DataError: rows were refused, or the yield is not what is expected.
        """
        counts, (least, most) = self._counts, self._reader.expected
        if counts["refused"] and not keep_going:
            raise DataError(
                f"{counts['refused']} of {counts['read']} rows were refused; mend them, or go on by --keep-going"
            )
        if not least <= counts["used"] <= most:
            raise DataError(
                f"{counts['used']} of {counts['read']} rows were used, where the reader {self._reader.name} expects "
                f"{least} to {most}; these may be other files than it wants: {self._reader.reads}"
            )

    def _refuse(self, row: Refused) -> None:
        self._counts["refused"] += 1
        self._scratch.refuse(row)

    def _record(self, record: Record) -> Iterator[EvidenceChange]:
        try:
            this = st.evidence(record)
            triples = list(dict.fromkeys(st.said(record)))
            about = list(st.described(record))
            outside = list(self._outside(record))
        except InvalidTermError as reason:
            self._refuse(Refused(record.location, str(reason), record.key))
            return
        again = self._scratch.known(this, str(triples))
        if again is not None:
            self._repeated(record, same=again)
            return
        self._counts["used"] += 1
        yield from outside
        said = tuple(dict.fromkeys(self._settled(triples)))
        old = self._scratch.before(this)
        first = (old and value(old, st.FIRST_SEEN)) or self._day
        seen = [(this, st.FIRST_SEEN, first)] if first else []
        status = "new" if old is None else "kept" if old.says(said) else "changed"
        self._counts[status] += 1
        last = (value(old, st.LAST_SEEN) or self.before(old)) if old is not None and status == "changed" else None
        yield EvidenceChange(this, (*about, *seen), said, old, status, last)

    def _repeated(self, record: Record, *, same: bool) -> None:
        if same:
            self._skipped["repeated"] += 1
        else:
            reason = "an earlier row has the same key and says something else; the key must tell them apart"
            self._refuse(Refused(RowLocation(record.location.file, record.location.row), reason, record.key))

    def _settled(self, triples: Iterable[Statement]) -> Iterator[Statement]:
        """What is said, where nobody said otherwise before of what a thing has one of."""
        for triple in triples:
            subject, predicate, thing = triple
            if predicate == st.PREFERRED:
                language = "" if thing.endswith('"') else thing.rpartition("@")[2]
                known = self._scratch.known(f"{subject}@{language}", thing)
                yield (subject, st.OTHER, thing) if known is False else triple
            elif predicate in st.SINGLE or (predicate == st.A and thing in st.KINDS):
                if self._scratch.known(f"{subject}{predicate}", thing) is False:
                    self._aside["class" if predicate == st.A else _local(predicate)] += 1
                else:
                    yield triple
            else:
                yield triple

    def _outside(self, record: Record) -> Iterator[EvidenceChange]:
        """What is said, once in a run, of the source and of the concepts that the record brings with it."""
        topics = list(dict.fromkeys(st.topics(record)))  # before anything is noted, as it may be refused
        yield from self._published(record)
        fresh: dict[str, list[Statement]] = {}
        for triple in topics:
            if self._scratch.known(" ".join(triple), "") is None:
                fresh.setdefault(triple[0], []).append(triple)
        yield from (EvidenceChange(iri, tuple(said), old=self._scratch.before(iri)) for iri, said in fresh.items())

    def _published(self, record: Record) -> Iterator[EvidenceChange]:
        """What is said of the source, once; and whether its edition may follow the one in the older file."""
        source = record.source
        iri = node(SOURCE, source.key)
        if iri in self._editions:
            return
        old = self._scratch.before(iri)
        before = value(old, st.ISSUED) if old else self._day
        if (before is None) != (self._day is None):
            raise UsageError(
                f"of the edition in the older file and this one of {source.key}, one has no day; give both by --as-of"
            )
        if before and self._day and before > self._day:
            raise UsageError(
                f"the older file holds a later edition of {source.key}, of {before[1:11]}; write this one elsewhere"
            )
        rights = source.rights or f"{self._reader.credit}. Licence: {self._reader.licence}."
        triples = tuple(st.published(source, self._edition, rights))
        self._editions[iri] = before
        self._rights[rights] = None
        yield EvidenceChange(iri, triples, old=old)

    def _counted(self, lines: tuple[str, ...]) -> str:
        self.count(len(lines))
        return "".join(lines)


def _local(predicate: str) -> str:
    return predicate.strip("<>").replace("#", "/").rpartition("/")[2]
