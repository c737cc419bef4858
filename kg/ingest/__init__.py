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
from kg.ingest.ledger import Old
from kg.ingest.spell import Unsayable, day, node
from kg.sources.records import At, Refused, Skipped
from kg.terms import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.ingest.ledger import Ledger
    from kg.ingest.statements import Statement
    from kg.sources.reader import Reader
    from kg.sources.records import Record, Row


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
    """One run: rows go in, lines of N-Quads come out, and then there is a tally."""

    def __init__(self, reader: Reader, edition: date | None, ledger: Ledger) -> None:
        """A run over an edition of that day, or of no known day; what the older file says is in the ledger."""
        self._reader, self._edition, self._ledger = reader, edition, ledger
        self._day = day(edition) if edition else None
        self._editions: dict[str, str | None] = {}
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._aside: Counter[str] = Counter()

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """The text to be written, some lines at a time; refused rows go to the ledger.

        Raises:
            UsageError: the older file holds a later edition, or one of the two has no day.
        """
        for row in rows:
            self._counts["read"] += 1
            if isinstance(row, Skipped):
                self._skipped[row.rule] += 1
            elif isinstance(row, Refused):
                self._refuse(row)
            else:
                yield from self._record(row)
        yield from self._rest()

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
        self._ledger.refuse(row)

    def _record(self, record: Record) -> Iterator[str]:
        try:
            this = st.evidence(record)
            triples = list(dict.fromkeys(st.said(record)))
            about = list(st.described(record))
            outside = list(self._outside(record))
        except Unsayable as reason:
            self._refuse(Refused(record.at, str(reason), record.key))
            return
        again = self._ledger.known(this, str(triples))
        if again is not None:
            self._repeated(record, same=again)
            return
        self._counts["used"] += 1
        yield self._text(outside)
        said = list(dict.fromkeys(self._settled(triples)))
        old = self._ledger.before(this)
        if old is not None:
            self._compare(old, said)
        else:
            self._counts["new"] += 1
        first = (old and _value(old, st.FIRST_SEEN)) or self._day
        seen = [(this, st.FIRST_SEEN, first)] if first else []
        yield self._text([*about, *seen])
        yield self._text(said, this)

    def _repeated(self, record: Record, *, same: bool) -> None:
        if same:
            self._skipped["repeated"] += 1
        else:
            reason = "an earlier row has the same key and says something else; the key must tell them apart"
            self._refuse(Refused(At(record.at.file, record.at.row), reason, record.key))

    def _settled(self, triples: Iterable[Statement]) -> Iterator[Statement]:
        """What is said, where nobody said otherwise before of what a thing has one of."""
        for triple in triples:
            subject, predicate, thing = triple
            if predicate == st.PREFERRED:
                language = "" if thing.endswith('"') else thing.rpartition("@")[2]
                known = self._ledger.known(f"{subject}@{language}", thing)
                yield (subject, st.OTHER, thing) if known is False else triple
            elif predicate in st.SINGLE or (predicate == st.A and thing in st.KINDS):
                if self._ledger.known(f"{subject}{predicate}", thing) is False:
                    self._aside["class" if predicate == st.A else _local(predicate)] += 1
                else:
                    yield triple
            else:
                yield triple

    def _outside(self, record: Record) -> Iterator[Statement]:
        """What is said, once in a run, of the source and of the concepts that the record brings with it."""
        yield from self._published(record)
        for triple in dict.fromkeys(st.topics(record)):
            if self._ledger.known(" ".join(triple), "") is None:
                self._ledger.before(triple[0])
                yield triple

    def _published(self, record: Record) -> Iterator[Statement]:
        """What is said of the source, once; and whether its edition may follow the one in the older file."""
        source = record.source
        iri = node(SOURCE, source.key)
        if iri in self._editions:
            return
        old = self._ledger.before(iri)
        before = _value(old, st.ISSUED) if old else self._day
        if (before is None) != (self._day is None):
            raise UsageError(
                f"of the edition in the older file and this one of {source.key}, one has no day; give both by --as-of"
            )
        if before and self._day and before > self._day:
            raise UsageError(
                f"the older file holds a later edition of {source.key}, of {before[1:11]}; write this one elsewhere"
            )
        triples = list(st.published(source, self._edition, self._reader.credit, self._reader.licence))
        self._editions[iri] = before
        yield from triples

    def _compare(self, old: Old, said: Iterable[Statement]) -> None:
        if old.said == tuple(sorted(" ".join(triple) for triple in said)):
            self._counts["kept"] += 1
            return
        self._counts["changed"] += 1
        last = _value(old, st.LAST_SEEN) or self._before(old)
        if last is not None:
            self._ledger.add(_retired(old, f"{old.iri[:-1]}/until/{last[1:11]}>", last))

    def _rest(self) -> Iterator[str]:
        """What the older file says besides: what is retired, and what is none of this run's business."""
        for old in self._ledger.unseen():
            source = _value(old, st.FROM)
            if source not in self._editions or _value(old, st.LAST_SEEN):
                yield self._kept(old)
            elif (last := self._before(old)) is not None:
                self._counts["retired"] += 1
                yield self._kept(_retired(old, old.iri, last))

    def _before(self, old: Old) -> str | None:
        """The day of the edition in the older file that `old` is of; nothing if that is the edition that is read."""
        edition = self._editions[_value(old, st.FROM) or ""]
        return None if edition == self._day else edition

    def _kept(self, old: Old) -> str:
        lines = [*(f"{line} .\n" for line in old.about), *(f"{line} {old.iri} .\n" for line in old.said)]
        self._counts["statements"] += len(lines)
        return "".join(lines)

    def _text(self, triples: Iterable[Statement], graph: str = "") -> str:
        end = f" {graph} .\n" if graph else " .\n"
        lines = [f"{' '.join(triple)}{end}" for triple in triples]
        self._counts["statements"] += len(lines)
        return "".join(lines)


def _retired(old: Old, iri: str, last: str) -> Old:
    """`old` under that IRI, last seen on that day."""
    about = (line.replace(old.iri, iri, 1) for line in old.about if f" {st.LAST_SEEN} " not in line)
    return Old(iri, (*about, f"{iri} {st.LAST_SEEN} {last}"), old.said)


def _value(old: Old, predicate: str) -> str | None:
    """The object of `predicate` of what the older file describes outside evidence."""
    start = f"{old.iri} {predicate} "
    return next((line.removeprefix(start) for line in old.about if line.startswith(start)), None)


def _local(predicate: str) -> str:
    return predicate.strip("<>").replace("#", "/").rpartition("/")[2]
