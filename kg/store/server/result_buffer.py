"""Rows on their way from a server: in a file that nobody else sees, until all have come."""

from __future__ import annotations

import tempfile
from typing import IO, cast

import pyoxigraph as ox

_MEMORY = 1 << 24
_TSV = ox.QueryResultsFormat.TSV


class ResultBuffer:
    """Rows of one answer, or of several pages of it; in memory as long as they are few.

    Attributes:
        rows: how many there are.
        columns: names of the columns, as a query writes them.
    """

    def __init__(self) -> None:
        """No row yet."""
        self._file = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - it lives as long as what reads it
        self._ends = {0: 0}
        self.rows = 0
        self.columns: list[str] = []

    def __del__(self) -> None:
        """Remove the file."""
        self._file.close()

    def append(self, found: ox.QuerySolutions) -> None:
        """Take in all rows of a page."""
        self.columns = [str(variable) for variable in found.variables]
        lines = _Lines(self._file, headless=self._file.tell() > 0)
        found.serialize(cast("IO[bytes]", lines), format=_TSV)
        self.rows += lines.count - 1
        self._ends[self.rows] = self._file.tell()

    def truncate(self, rows: int) -> None:
        """Forget what came after the first so many rows, which were there when a page ended."""
        self._file.seek(self._ends[rows])
        self._file.truncate()
        self.rows = rows

    def solutions(self) -> ox.QuerySolutions:
        """The rows; each is parsed when it is asked for."""
        self._file.seek(0)
        found = ox.parse_query_results(cast("IO[bytes]", self), format=_TSV)
        return cast("ox.QuerySolutions", found)  # there are no truth values in TSV

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the rows, for whoever parses them."""
        return self._file.read(size)


class _Lines:
    """A file that counts its lines, and leaves out the first where it is `headless`."""

    def __init__(self, file: IO[bytes], *, headless: bool) -> None:
        self._file, self._headless = file, headless
        self.count = 0

    def write(self, piece: bytes) -> int:
        self.count += piece.count(b"\n")
        rest = piece
        if self._headless:
            _, end, rest = piece.partition(b"\n")
            self._headless = not end
        self._file.write(rest)
        return len(piece)

    def flush(self) -> None:
        self._file.flush()
