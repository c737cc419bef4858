"""Turn the rows of one edition of a source into changes against the previous edition.

Each row becomes one piece of evidence, and its graph contains the statements of the row. The IRI of the evidence is
made from the source and the key of the row, so the same input gives the same statements, and reading it twice changes
nothing.

**Editions.** An edition is identified by its date. Evidence missing from a later edition is *retired*: it is kept with
``hx:lastSeen``, the date of the last edition that contained it. A row with changed content keeps its evidence IRI; the
former version is retired under that IRI with ``/until/<date>`` appended. New evidence has ``hx:firstSeen``. Reading an
edition again replaces its first reading. In that case nothing is retired: the reader was fixed, the source did not
change. An edition without a date may be followed by one with a date; missing evidence is then deleted and counted,
because nothing tells when it was last seen. Evidence of other sources is left unchanged.

**Single values.** Rows about one node may differ in a single-valued property. The first name in a language is the
preferred name, and later ones become alternative names. For every other property (class, coordinates, …) the first
value is kept; the other values are set aside and counted.

**Internal statements** of a row are a piece of evidence of their own, which is described as internal
(docs/decisions/0027). The counts of evidence are counts of rows and leave it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DataError, InputError, UsageError
from kg.ingest import passages
from kg.ingest import statements as st
from kg.ingest.changes import EvidenceChange, superseded
from kg.ingest.edition_counts import Counts
from kg.ingest.nquads import InvalidTermError, IriRef, bare, day, node, triple
from kg.ingest.readers.records import Refused, RowLocation, Skipped
from kg.licences import Rights
from kg.terms import SOURCE
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kg.ingest.changes import PreviousEvidence, Status
    from kg.ingest.edition_counts import Tally
    from kg.ingest.nquads import Iri, Statement
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Record, Row
    from kg.ingest.scratch_db import ScratchDb

_SAME_KEY = Message("an earlier row of this run has the same key; ingest an older edition first, or change a key")


class Ingest:
    """One run over one edition: consumes rows, produces changes or lines of N-Quads, and counts both."""

    def __init__(self, reader: Reader, edition: date | None, scratch: ScratchDb, *, internal: bool = True) -> None:
        """Start a run.

        Args:
            reader: the reader of the rows.
            edition: the date of the edition, if known.
            scratch: contains the previous edition.
            internal: whether to produce internal evidence, or only to count it.
        """
        self._reader, self._edition, self._scratch, self._internal = reader, edition, scratch, internal
        self._previous_editions: dict[IriRef, date | None] = {}
        self._rights: dict[Rights, None] = {}
        self._counted = Counts()
        self._counts = self._counted.numbers

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the text of a whole N-Quads file, some lines at a time.

        Raises:
            UsageError: the previous file contains a later edition, or a dated one while this one has no date.
            InputError: a date in the previous file is malformed.
        """
        for change in self.changes(rows):
            yield self._text(change.lines())
            if change.previous is not None and change.last_seen is not None:
                former = superseded(change.iri, change.last_seen)
                self._scratch.add(change.previous.retired(change.last_seen, former))
        for previous in self._scratch.unseen():
            if previous.is_internal and not self._internal:
                self._counts["internal"] += len(previous.statements)
            elif previous.value(st.FROM) not in self._previous_editions or previous.value(st.LAST_SEEN):
                yield self._text(previous.lines())
            else:
                last_seen = self.last_seen(previous)
                self.count_absent(previous, last_seen)
                if last_seen is not None:
                    yield self._text(previous.retired(last_seen).lines())

    def changes(self, rows: Iterable[Row]) -> Iterator[EvidenceChange]:
        """Yield the changes that the rows make to the previous edition; refused rows go to the scratch database.

        Raises:
            UsageError: the previous edition is later than this one, or only the previous one has a date.
        """
        for row in rows:
            self._counts["read"] += 1
            if isinstance(row, Skipped):
                self._counted.skipped[row.rule] += 1
            elif isinstance(row, Refused):
                self._refuse(row)
            else:
                yield from self._record(row)

    @property
    def rows(self) -> int:
        """The number of rows read so far."""
        return self._counts["read"]

    @property
    def sources(self) -> tuple[Iri, ...]:
        """The sources encountered so far."""
        return tuple(map(bare, self._previous_editions))

    @property
    def rights(self) -> tuple[Rights, ...]:
        """The credits and licences of these sources."""
        return tuple(self._rights)

    def last_seen(self, previous: PreviousEvidence) -> date | None:
        """Return the date of the edition of `previous`; ``None`` if it has none, or is the edition being read.

        Raises:
            InputError: `previous` is not evidence of one of the `sources`.
        """
        source = IriRef(previous.value(st.FROM) or "")
        if source not in self._previous_editions:
            raise InputError(
                "{iri}: earlier data give it the hx:source {source}; correct them",
                iri=previous.iri,
                source=source or "none",
            )
        edition = self._previous_editions[source]
        return None if edition == self._edition else edition

    def count_statements(self, count: int) -> None:
        """Add `count` to the statements written."""
        self._counts["statements"] += count

    def count_absent(self, previous: PreviousEvidence, last_seen: date | None) -> None:
        """Count a piece of evidence that this edition lacks: it is retired, or gone if it has no date."""
        if previous.is_internal:
            return
        self._counts["gone" if last_seen is None else "retired"] += 1

    def tally(self) -> Tally:
        """Return the counts; they are complete once all changes or lines have been consumed."""
        return self._counted.tally()

    def check(self, *, keep_going: bool, accept_changes: bool) -> None:
        """Check that the result may be written.

        Raises:
            DataError: rows were refused, the number of used rows is outside the expected range, or the edition differs
                much from the previous one.
        """
        counts, (least, most) = self._counts, self._reader.expected
        if counts["refused"] and not keep_going:
            raise DataError(
                "{refused} of {read} rows were refused; correct them, or pass --keep-going",
                refused=counts["refused"],
                read=counts["read"],
            )
        if not least <= counts["used"] <= most:
            raise DataError(
                "{used} of {read} rows were used, but the reader {name} expects {least} to {most}; check that these "
                "are the right files: {reads}",
                used=counts["used"],
                read=counts["read"],
                name=self._reader.name,
                least=least,
                most=most,
                reads=self._reader.reads,
            )
        if not accept_changes:
            self._counted.check_changes()

    def _refuse(self, row: Refused) -> None:
        self._counts["refused"] += 1
        self._scratch.refuse(row)

    def _record(self, record: Record) -> Iterator[EvidenceChange]:
        try:
            iri = st.evidence(record)
            statements = list(dict.fromkeys(passages.evidence_statements(record)))
            internal = st.internal_statements(record, statements)
            kinds = (False, True)[: 1 + bool(internal and self._internal)]
            descriptions = [list(passages.evidence_description(record, internal=kind)) for kind in kinds]
            outside = list(self._outside(record))
        except InvalidTermError as error:
            self._refuse(Refused(record.location, error.reason, record.key))
            return
        repeated = self._scratch.matches_first(iri, "\n".join(map(triple, (*statements, *internal))))
        if repeated is not None:
            self._count_repeated(record, same=repeated)
            return
        self._counted.use(record)
        yield from outside
        self._counts["internal"] += len(internal)
        changes = [self._compared(iri, descriptions[0], statements)]
        if len(descriptions) > 1:
            changes.append(self._compared(st.evidence(record, internal=True), descriptions[1], internal))
        yield from changes
        self._count(changes)

    def _count(self, changes: Sequence[EvidenceChange]) -> None:
        """Count a row with its public evidence and its internal one, if any."""
        status = (public := changes[0]).status or "new"
        if status == "changed" and public.previous is not None:
            self._counted.compare_content(public.iri, public.previous.statements, public.statements, self._scratch)
        if status == "kept" and any(change.status != "kept" for change in changes):
            status = "changed"
        self._counts[status] += 1

    def _compared(self, iri: IriRef, description: list[Statement], stated: Iterable[Statement]) -> EvidenceChange:
        statements = tuple(dict.fromkeys(self._settled(stated)))
        previous = self._scratch.previous(iri)
        first_seen = previous and previous.value(st.FIRST_SEEN)
        if previous is None and self._edition is not None:
            first_seen = day(self._edition)
        if first_seen is not None:
            description.append((iri, st.FIRST_SEEN, first_seen))
        status: Status = "new"
        last_seen = None
        if previous is not None:
            status = "kept" if previous.equals(statements) else "changed"
            if status == "changed":
                last_seen = previous.day(st.LAST_SEEN) or self.last_seen(previous)
        return EvidenceChange(iri, tuple(description), statements, previous, status, last_seen)

    def _count_repeated(self, record: Record, *, same: bool) -> None:
        if same:
            self._counted.skipped["repeated"] += 1
        else:
            self._refuse(Refused(RowLocation(record.location.file, record.location.row), _SAME_KEY, record.key))

    def _settled(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Yield the statements, keeping only the first value of each single-valued property of a node."""
        for statement in statements:
            subject, predicate, thing = statement
            if predicate == st.PREFERRED:
                language = "" if thing.endswith('"') else thing.rpartition("@")[2]
                first = self._scratch.matches_first(f"{subject}@{language}", thing)
                yield (subject, st.OTHER, thing) if first is False else statement
            elif predicate in st.SINGLE or (predicate == st.A and thing in st.KINDS):
                if self._scratch.matches_first(f"{subject}{predicate}", thing) is False:
                    self._counted.aside["class" if predicate == st.A else _local(predicate)] += 1
                else:
                    yield statement
            else:
                yield statement

    def _outside(self, record: Record) -> Iterator[EvidenceChange]:
        """Yield the source and the concepts of a record, each once in a run."""
        topics = list(dict.fromkeys(st.topic_descriptions(record)))  # before anything is stored: it may raise
        yield from self._source(record)
        fresh: dict[IriRef, list[Statement]] = {}
        for statement in topics:
            if self._scratch.matches_first(triple(statement), "") is None:
                fresh.setdefault(statement[0], []).append(statement)
        for iri, description in fresh.items():
            yield EvidenceChange(iri, tuple(description), previous=self._scratch.previous(iri))

    def _source(self, record: Record) -> Iterator[EvidenceChange]:
        """Yield the description of the source, once, after checking that its edition may follow the previous one."""
        source = record.source
        iri = node(SOURCE, source.key)
        if iri in self._previous_editions:
            return
        previous = self._scratch.previous(iri)
        before = previous.day(st.ISSUED) if previous else self._edition
        if before and self._edition is None:
            raise UsageError(
                "the earlier edition of {key} is of {before}, and this one has no date; pass --as-of YYYY-MM-DD",
                key=source.key,
                before=before,
            )
        if before and self._edition and before > self._edition:
            raise UsageError(
                "a later edition of {key}, of {before}, was ingested before; write this one to another file",
                key=source.key,
                before=before,
            )
        rights = Rights(
            *((source.publisher, source.licence) if source.licence else (self._reader.credit, self._reader.licence))
        )
        description = tuple(st.source_description(source, self._edition, rights.text))
        self._previous_editions[iri] = before
        self._rights[rights] = None
        yield EvidenceChange(iri, description, previous=previous)

    def _text(self, lines: tuple[str, ...]) -> str:
        self.count_statements(len(lines))
        return "".join(lines)


def _local(predicate: IriRef) -> str:
    return bare(predicate).replace("#", "/").rpartition("/")[2]
