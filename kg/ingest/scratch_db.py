"""Scratch database of one ingest, on disk, so that memory does not grow with the input.

It holds the first value of each single-valued property, the previous edition and the refused rows. SQLite keeps it in
an anonymous temporary file that disappears with the run.
"""

from __future__ import annotations

import pickle
import sqlite3
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import OutputError
from kg.ingest.changes import PreviousEvidence
from kg.ingest.nquads import IriRef, triple
from kg.ingest.readers.records import Refused, RowLocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from kg.ingest.nquads import Statement

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE first (slot INTEGER PRIMARY KEY, value INTEGER);
CREATE TABLE previous (number INTEGER PRIMARY KEY, iri TEXT UNIQUE, description TEXT NOT NULL,
  statements TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0);
CREATE TABLE refused (file TEXT, row INTEGER, field TEXT, reason BLOB, value TEXT);
BEGIN;
"""
_KEEP = """INSERT INTO previous (iri, description, statements) VALUES (?, ?, ?) ON CONFLICT (iri) DO UPDATE
  SET description = description || excluded.description, statements = statements || excluded.statements"""


class ScratchDb:
    """The scratch database; close it, or use it as a context manager."""

    def __init__(self) -> None:
        """Create an empty database."""
        self._base = sqlite3.connect("", isolation_level=None)  # the empty name makes an anonymous temporary file
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        """Return the database itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Delete the database.

        Raises:
            OutputError: the temporary directory is full.
        """
        self._base.close()
        if isinstance(error, sqlite3.Error):
            raise OutputError(
                "the temporary directory cannot be written ({error}); free space there", error=error
            ) from error

    def matches_first(self, slot: str, value: str) -> bool | None:
        """Return whether `value` equals the first value of `slot`; store it and return ``None`` if it is the first."""
        key, digest = _digest(slot), _digest(value)
        if self._base.execute("INSERT INTO first VALUES (?, ?) ON CONFLICT DO NOTHING", (key, digest)).rowcount:
            return None
        (first,) = self._base.execute("SELECT value FROM first WHERE slot = ?", (key,)).fetchone()
        return bool(first == digest)

    def contains(self, slot: str) -> bool:
        """Return whether `slot` has a value."""
        row = self._base.execute("SELECT 1 FROM first WHERE slot = ?", (_digest(slot),)).fetchone()
        return row is not None

    def refuse(self, row: Refused) -> None:
        """Store a refused row."""
        location = row.location
        values = (location.file, location.row, location.column, pickle.dumps(row.reason), row.value)
        self._base.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?)", values)

    def refused(self) -> Iterator[Refused]:
        """Yield the refused rows in order."""
        for file, row, column, reason, value in self._base.execute("SELECT * FROM refused ORDER BY rowid"):
            yield Refused(RowLocation(file, row, column), pickle.loads(reason), value)  # noqa: S301 - this process wrote it

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Store the statements of a previous graph file."""
        for (is_description, iri), group in groupby(quads, _owner):
            text = "".join(f"{quad.subject} {quad.predicate} {quad.object}\n" for quad in group)
            self._base.execute(_KEEP, (iri, text if is_description else "", "" if is_description else text))

    def add(self, evidence: PreviousEvidence) -> None:
        """Store more evidence behind that of the previous file."""
        groups = (evidence.description, evidence.statements)
        texts = ("".join(f"{triple(statement)}\n" for statement in statements) for statements in groups)
        self._base.execute(_KEEP, (evidence.iri, *texts))

    def previous(self, iri: IriRef) -> PreviousEvidence | None:
        """Return the previous edition of `iri` and mark it as seen."""
        row = self._base.execute("SELECT iri, description, statements FROM previous WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            return None
        self._base.execute("UPDATE previous SET seen = 1 WHERE iri = ?", (iri,))
        return _evidence(row)

    def unseen(self) -> Iterator[PreviousEvidence]:
        """Yield everything in the previous file that was not marked as seen, in file order."""
        rows = self._base.execute("SELECT iri, description, statements FROM previous WHERE NOT seen ORDER BY number")
        return map(_evidence, rows)


def _owner(quad: ox.Quad) -> tuple[bool, str]:
    """Return whether a statement is in the default graph, and the node or evidence to which it belongs."""
    is_description = quad.graph_name == ox.DefaultGraph()
    return is_description, str(quad.subject if is_description else quad.graph_name)


def _evidence(row: tuple[str, str, str]) -> PreviousEvidence:
    iri, description, statements = row
    return PreviousEvidence(IriRef(iri), tuple(_statements(description)), tuple(sorted(_statements(statements))))


def _statements(text: str) -> Iterator[Statement]:
    for line in text.removesuffix("\n").split("\n") if text else ():  # str.splitlines would split within literals
        subject, predicate, thing = line.split(" ", 2)
        yield IriRef(subject), IriRef(predicate), thing


def _digest(text: str) -> int:
    """Return 64 bits of a digest; the chance that two of ten million texts collide is one in 300,000."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
