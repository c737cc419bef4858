"""What a run must remember, on disk, so that memory does not grow with the input.

Three things: the first value that a thing had of what it has one of; the older version of the file; the refused rows.
SQLite keeps them in a file of its own that has no name and goes with the run.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import OutputError
from kg.ingest.changes import PreviousEvidence
from kg.ingest.readers.records import Refused, RowLocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE first (slot INTEGER PRIMARY KEY, value INTEGER);
CREATE TABLE old (number INTEGER PRIMARY KEY, iri TEXT UNIQUE, about TEXT NOT NULL, said TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0);
CREATE TABLE refused (file TEXT, row INTEGER, field TEXT, reason TEXT, value TEXT);
BEGIN;
"""
_KEEP = """INSERT INTO old (iri, about, said) VALUES (?, ?, ?)
  ON CONFLICT (iri) DO UPDATE SET about = about || excluded.about, said = said || excluded.said"""


class ScratchDb:
    """The memory of one run; close it, or use it as a context."""

    def __init__(self) -> None:
        """An empty memory."""
        self._base = sqlite3.connect("", isolation_level=None)  # no name: a file of the system that nobody else sees
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Forget everything.

        Raises:
            OutputError: the disk of temporary files is full.
        """
        self._base.close()
        if isinstance(error, sqlite3.Error):
            raise OutputError(f"the folder of temporary files cannot be written ({error}); make room there") from error

    def known(self, slot: str, value: str) -> bool | None:
        """Whether `slot` has had `value` from the first; ``None`` where this is the first, which is remembered."""
        place, held = _number(slot), _number(value)
        if self._base.execute("INSERT INTO first VALUES (?, ?) ON CONFLICT DO NOTHING", (place, held)).rowcount:
            return None
        (first,) = self._base.execute("SELECT value FROM first WHERE slot = ?", (place,)).fetchone()
        return bool(first == held)

    def remembers(self, slot: str) -> bool:
        """Whether `slot` has any value."""
        found = self._base.execute("SELECT 1 FROM first WHERE slot = ?", (_number(slot),)).fetchone()
        return found is not None

    def refuse(self, row: Refused) -> None:
        """Remember a refused row."""
        location = row.location
        self._base.execute(
            "INSERT INTO refused VALUES (?, ?, ?, ?, ?)",
            (location.file, location.row, location.column, row.reason, row.value),
        )

    def refused(self) -> Iterator[Refused]:
        """The refused rows, in order."""
        for file, row, column, reason, value in self._base.execute("SELECT * FROM refused ORDER BY rowid"):
            yield Refused(RowLocation(file, row, column), reason, value)

    def keep(self, quads: Iterable[ox.Quad]) -> None:
        """Remember what an older file says."""
        for (outside, iri), group in groupby(quads, _whose):
            text = "".join(f"{quad.subject} {quad.predicate} {quad.object}\n" for quad in group)
            self._base.execute(_KEEP, (iri, text if outside else "", "" if outside else text))

    def add(self, old: PreviousEvidence) -> None:
        """Remember something more, as if the older file ended with it."""
        about, said = ("".join(f"{line}\n" for line in lines) for lines in (old.about, old.said))
        self._base.execute(_KEEP, (old.iri, about, said))

    def before(self, iri: str) -> PreviousEvidence | None:
        """What the older file says of `iri`, which is thereby seen again."""
        found = self._base.execute("SELECT iri, about, said FROM old WHERE iri = ?", (iri,)).fetchone()
        if found is None:
            return None
        self._base.execute("UPDATE old SET seen = 1 WHERE iri = ?", (iri,))
        return _old(found)

    def unseen(self) -> Iterator[PreviousEvidence]:
        """What the older file says of all that was not seen again, in its order."""
        rows = self._base.execute("SELECT iri, about, said FROM old WHERE NOT seen ORDER BY number")
        return map(_old, rows)


def _whose(quad: ox.Quad) -> tuple[bool, str]:
    outside = quad.graph_name == ox.DefaultGraph()
    return outside, str(quad.subject if outside else quad.graph_name)


def _old(row: tuple[str, str, str]) -> PreviousEvidence:
    iri, about, said = row
    return PreviousEvidence(iri, tuple(_lines(about)), tuple(sorted(_lines(said))))


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []  # str.splitlines would break within literals


def _number(text: str) -> int:
    """64 bits of a digest: that two of ten million texts share them has a chance of one in 300,000."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
