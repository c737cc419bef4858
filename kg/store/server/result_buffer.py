"""Buffer for the rows of a server's response until the response is complete."""

from __future__ import annotations

import tempfile
from typing import IO, cast

import pyoxigraph as ox

_MEMORY = 1 << 24
_TSV = ox.QueryResultsFormat.TSV


class ResultBuffer:
    """Rows of one response, or of several pages of it; in memory if they are few, else in a temporary file.

    Attributes:
        rows: number of rows.
        columns: names of the columns, with their question marks.
    """

    def __init__(self) -> None:
        """Create an empty buffer."""
        self._file = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - closed by `__del__`
        self._ends = {0: 0}
        self.rows = self.received = 0
        self.columns: list[str] = []

    def __del__(self) -> None:
        """Delete the file."""
        self._file.close()

    def append(self, page: ox.QuerySolutions) -> None:
        """Append all rows of a page; `received` counts those of a page that breaks off, too."""
        self.columns = [str(variable) for variable in page.variables]
        lines = _Lines(self._file, headless=self._file.tell() > 0)
        try:
            page.serialize(cast("IO[bytes]", lines), format=_TSV)
        finally:
            self.received = max(lines.count - 1, 0)
        self.rows += lines.count - 1
        self._ends[self.rows] = self._file.tell()

    def truncate(self, rows: int) -> None:
        """Keep the first `rows` rows, which must end a page."""
        self._file.seek(self._ends[rows])
        self._file.truncate()
        self.rows = rows

    def solutions(self) -> ox.QuerySolutions:
        """Return the rows, each of which is parsed on demand."""
        self._file.seek(0)
        solutions = ox.parse_query_results(cast("IO[bytes]", self), format=_TSV)
        return cast("ox.QuerySolutions", solutions)  # TSV has no boolean results

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes, for the parser of `solutions`."""
        return self._file.read(size)


class _Lines:
    """A file that counts its lines, and skips the first if it is `headless`."""

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
