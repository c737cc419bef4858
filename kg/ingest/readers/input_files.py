"""The files of a run: opened within bounds, and how much of them has been read.

A reader opens its files here and nowhere else, so that what a hostile file may cost is bounded in one place.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, TextIO

from kg.errors import InputError, UsageError, reason
from kg.ingest.readers import archives, json_records
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST_LINE = 1 << 20
"""Characters of a line, and of a cell; what is longer is no table of ours."""

_PEEK = 1 << 16
_DAY = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}))(?![0-9])"
)


class _Counted(io.RawIOBase):
    """A binary file that tells an `Inputs` how much of it was read."""

    def __init__(self, path: Path, inputs: Inputs) -> None:
        self._file = path.open("rb", buffering=0)
        self._inputs = inputs

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer) or 0
        self._inputs.read += count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class Inputs:
    """The files that a reader was given.

    Attributes:
        paths: in the order of the command line.
        size, read: bytes, of all files and of what has been read of them.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Look at `paths`.

        Raises:
            InputError: one is missing, or is no file.
        """
        self.paths = tuple(paths)
        self.read = 0
        self.size = sum(_size(path) for path in self.paths)

    def parts(self) -> Iterator[Path]:
        """Each file; of a zip archive each member instead, as a path below it, which the methods here open too.

        Raises:
            InputError: an archive is broken, or is made to harm (`kg.ingest.readers.archives`).
        """
        for path in self.paths:
            with _readable(path):
                yield from archives.members(path) or (path,)

    @contextmanager
    def binary(self, path: Path) -> Iterator[BinaryIO]:
        """`path` as bytes, a gzip file or the member of a zip archive unpacked.

        Raises:
            InputError: it cannot be read, or is made to harm (`kg.ingest.readers.archives`).
        """
        with (
            _readable(path),
            archives.opened(path, lambda file: _Counted(file, self), lambda: self.read) as raw,
            io.BufferedReader(raw, _PEEK) as stream,
        ):
            yield stream

    def objects(self, path: Path) -> Iterator[tuple[RowLocation, object]]:
        """The records of a JSON text: of an array, of lines, or the only one.

        Raises:
            InputError: it is no JSON, or is made to harm (`kg.ingest.readers.json_records`).
        """
        with self.binary(path) as stream:
            for number, record in enumerate(json_records.read(stream, str(path)), 1):
                yield RowLocation(path.name, number), record

    @contextmanager
    def text(self, path: Path) -> Iterator[TextIO]:
        """`path` as text: UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030.

        Raises:
            InputError: it cannot be read, or is in none of these encodings.
        """
        with self.binary(path) as stream:
            encoding = _encoding(stream.peek(_PEEK), path)  # type: ignore[attr-defined]
            try:
                with io.TextIOWrapper(stream, encoding, newline="") as text:
                    yield text
            except UnicodeError as error:
                raise InputError(f"{path}: is not {encoding} throughout ({error}); save it as UTF-8") from error

    def table(
        self, path: Path, needs: Sequence[str], delimiter: str = ","
    ) -> Iterator[tuple[RowLocation, dict[str, str]]]:
        """The rows of a delimited text by the names in its first line, which must have all that it `needs`.

        Cells are stripped of white space around them; a row that is all empty is no row.

        Raises:
            InputError: a column is missing or there twice, a line has too many or too few cells, or is too long.
        """
        with self.text(path) as stream:
            rows = csv.reader(_lines(stream, path), delimiter=delimiter, strict=True)
            try:
                header = [name.strip() for name in next(rows, [])]
                _check(path, header, needs)
                line = rows.line_num + 1
                for row in rows:
                    cells = [cell.strip() for cell in row]
                    if any(cells) and len(cells) == len(header):
                        yield RowLocation(path.name, line), dict(zip(header, cells, strict=True))
                    elif any(cells):
                        raise InputError(
                            f"{path}:{line}: {len(cells)} cells under {len(header)} columns; "
                            "look for a missing quotation mark or delimiter"
                        )
                    line = rows.line_num + 1
            except csv.Error as error:
                raise InputError(f"{path}:{rows.line_num}: {error}") from error


def header_of(inputs: Inputs, path: Path, delimiter: str = ",") -> tuple[str, ...]:
    """The names in the first line of `path`, by which a reader tells one file from another."""
    with inputs.text(path) as stream:
        try:
            found = next(csv.reader(_lines(stream, path), delimiter=delimiter), [])
        except csv.Error as error:
            raise InputError(f"{path}:1: {error}") from error
    return tuple(name.strip() for name in found)


def shown(names: Sequence[str]) -> str:
    """What a message shows of the names of columns: one line, however many there are and whatever is in them."""
    return " ".join(", ".join(names).split())[:200] or "nothing"


def edition(paths: Sequence[Path]) -> date | None:
    """The day that the names of the files carry, as ``2025-06-20`` or ``20250620``; ``None`` where none does.

    It is the day of the edition for those who publish with a day in the name. The time of the file would be that of a
    copy, and the clock that of the run: either would make two outputs of one input.

    Raises:
        UsageError: the names carry different days.
    """
    days = sorted({day for path in paths for match in _DAY.finditer(path.name) for day in _day(match.groups())})
    if len(days) > 1:
        raise UsageError(f"the names of the files carry several days, {days[0]} and {days[-1]}; say which by --as-of")
    return days[0] if days else None


def _day(parts: Sequence[str | None]) -> list[date]:
    try:
        return [date(*(int(part) for part in parts if part))]
    except ValueError:  # a number that is no day
        return []


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({reason(error)})") from error
    except archives.BROKEN as error:
        raise InputError(f"{path}: is broken ({error}); fetch it again") from error


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise InputError(f"{path}: there is no such file")
        return path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({reason(error)})") from error


def _encoding(start: bytes, path: Path) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
        return encoding
    raise InputError(f"{path}: is neither UTF-8 nor GB18030; save it as UTF-8")


def _lines(stream: TextIO, path: Path) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise InputError(f"{path}:{number}: a line of more than {LONGEST_LINE} characters; this is no table")
        if "\0" in line:
            raise InputError(f"{path}:{number}: a NUL character; this is no text")
        yield line


def _check(path: Path, header: Sequence[str], needs: Sequence[str]) -> None:
    missing = [name for name in needs if name not in header]
    if missing:
        raise InputError(f"{path}:1: there is no column {', '.join(missing)}; found: {shown(header)}")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path}:1: the column {shown(twice[:1])} is there twice; name each once")
