"""Input files of an ingest, opened with limits, and the number of bytes read so far.

Readers open files only through this module, so that the cost of a hostile file is limited in one place.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, TextIO

from kg import text_encodings
from kg.errors import InputError, UsageError, reason
from kg.files import check_regular
from kg.ingest.readers import archives, json_records
from kg.ingest.readers.records import RowLocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.texts import Text

MAX_LINE = 1 << 20
"""Characters of a line or of a cell."""

_PEEK = 1 << 16
_DAY = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}))(?![0-9])"
)


class _CountedFile(io.RawIOBase):
    """A binary file that adds the bytes read to an `Inputs`."""

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
    """Input files of a reader.

    Attributes:
        paths: in the order of the command line.
        size, read: bytes of all files, and bytes read so far.
        notes: sentences about decisions of the reader, such as the encoding of a file, without repetition.
        is_described: whether the graphs that will contain the records describe the actor with a key; `None` if these
            graphs are not known.
        is_named_elsewhere: whether another source gives a node a preferred name: its key, the language, the source.
    """

    def __init__(self, paths: Sequence[Path], is_described: Callable[[str], bool] | None = None) -> None:
        """Check `paths` and add up their sizes.

        Raises:
            InputError: a path does not exist or is not a file.
        """
        self.paths = tuple(paths)
        self.read = 0
        self.is_described = is_described
        self.is_named_elsewhere: Callable[[str, str, str], bool] = lambda _key, _lang, _source: False
        self.notes: list[str | Text] = []
        self.size = sum(_size(path) for path in self.paths)

    def note(self, sentence: str | Text) -> None:
        """Add a sentence to `notes`, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def parts(self) -> Iterator[Path]:
        """Yield each file; for a zip archive its members instead, as paths below it, which the methods here open.

        Raises:
            InputError: an archive is damaged or hostile (`kg.ingest.readers.archives`).
        """
        for path in self.paths:
            yield from self.parts_of(path)

    def parts_of(self, path: Path) -> tuple[Path, ...]:
        """Return the members of `path` if it is a zip archive, otherwise the file itself.

        Raises:
            InputError: the archive is damaged or hostile.
        """
        with _readable(path):
            return archives.members(path) or (path,)

    @contextmanager
    def binary(self, path: Path) -> Iterator[BinaryIO]:
        """Open `path` for bytes; a gzip file or a member of a zip archive is decompressed.

        Raises:
            InputError: the file cannot be read or is hostile (`kg.ingest.readers.archives`).
        """
        with (
            _readable(path),
            archives.open_decompressed(path, lambda file: _CountedFile(file, self), lambda: self.read) as raw,
            io.BufferedReader(raw, _PEEK) as stream,
        ):
            yield stream

    def objects(self, path: Path) -> Iterator[tuple[RowLocation, object]]:
        """Yield the records of a JSON array, of JSON Lines, or the only record.

        Raises:
            InputError: the text is not JSON or is hostile (`kg.ingest.readers.json_records`).
        """
        with self.binary(path) as stream:
            for number, record in enumerate(json_records.read(stream, str(path)), 1):
                yield RowLocation(path.name, number), record

    @contextmanager
    def text(self, path: Path, encoding: str | None = None) -> Iterator[TextIO]:
        """Open `path` for text in a declared `encoding`, or in the one that `text_encodings` decides.

        Raises:
            InputError: the file cannot be read, its encoding is doubtful, or a byte of it is wrong.
        """
        with self.binary(path) as stream:
            if encoding is None:
                encoding, evidence = text_encodings.decide(stream.peek(_PEEK), str(path))  # type: ignore[attr-defined]
                if evidence:
                    self.note(f"{path}: {evidence}")
            try:
                with io.TextIOWrapper(stream, encoding, newline="") as text:
                    yield text
            except UnicodeError as error:
                raise InputError(
                    "{path}:{path2}; correct it", path=path, path2=self._wrong_byte(path, encoding, error)
                ) from error

    def _wrong_byte(self, path: Path, encoding: str, error: UnicodeError) -> str:
        """Return the place of the first wrong byte; encodings of several bytes per line break have none."""
        if encoding.startswith(("utf-16", "utf-32")):
            return f" not valid {encoding.upper()} ({error})"
        with self.binary(path) as stream:
            lines = 0
            while line := stream.readline(MAX_LINE):
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as fault:
                    return text_encodings.wrong_byte(line, fault, lines=lines)
                lines += line.endswith(b"\n")
        return f" not valid {encoding.upper()} ({error})"

    def table(
        self, path: Path, required: Sequence[str], delimiter: str = ","
    ) -> Iterator[tuple[RowLocation, dict[str, str]]]:
        """Yield the rows of a delimited text as dictionaries; the first line must name all `required` columns.

        White space around cells is removed, and rows of empty cells are left out.

        Raises:
            InputError: a column is missing or repeated, or a line is too long or has too many or too few cells.
        """
        with self.text(path) as stream:
            rows = csv.reader(lines_of(stream, path), delimiter=delimiter, strict=True)
            try:
                header = [name.strip() for name in next(rows, [])]
                _check(path, header, required)
                line = rows.line_num + 1
                for row in rows:
                    cells = [cell.strip() for cell in row]
                    if any(cells) and len(cells) == len(header):
                        yield RowLocation(path.name, line), dict(zip(header, cells, strict=True))
                    elif any(cells):
                        raise InputError(
                            "{path}:{line}: {cells} cells in {header} columns; check the line for a missing quotation "
                            "mark or delimiter",
                            path=path,
                            line=line,
                            cells=len(cells),
                            header=len(header),
                        )
                    line = rows.line_num + 1
            except csv.Error as error:
                raise InputError(
                    "{path}:{line_num}: {error}", path=path, line_num=rows.line_num, error=error
                ) from error


def header_of(inputs: Inputs, path: Path, delimiter: str = ",") -> tuple[str, ...]:
    """Return the column names in the first line of `path`, by which a reader identifies a file.

    Raises:
        InputError: the file cannot be read.
    """
    with inputs.text(path) as stream:
        try:
            names = next(csv.reader(lines_of(stream, path), delimiter=delimiter), [])
        except csv.Error as error:
            raise InputError("{path}:1: {error}", path=path, error=error) from error
    return tuple(name.strip() for name in names)


def column_list(names: Sequence[str]) -> str:
    """Return column names for a message, on one line and truncated."""
    return " ".join(", ".join(names).split())[:200] or "nothing"


def edition(paths: Sequence[Path]) -> date | None:
    """Return the date in the file names, written as ``2025-06-20`` or ``20250620``; ``None`` if there is none.

    Publishers often put the date of the edition into the file name. Neither the modification time nor the clock is
    used, because the same input would then give different outputs.

    Raises:
        UsageError: the names contain different dates.
    """
    days = sorted({day for path in paths for match in _DAY.finditer(path.name) for day in _day(match.groups())})
    if len(days) > 1:
        raise UsageError(
            "the file names contain several dates, {days} and {days2}; pass --as-of", days=days[0], days2=days[-1]
        )
    return days[0] if days else None


def _day(parts: Sequence[str | None]) -> list[date]:
    try:
        return [date(*(int(part) for part in parts if part))]
    except ValueError:  # digits that are not a date
        return []


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    except archives.BROKEN as error:
        raise InputError("{path}: the file is damaged ({error}); download it again", path=path, error=error) from error


def _size(path: Path) -> int:
    check_regular(path)
    return path.stat().st_size


def lines_of(stream: TextIO, path: Path) -> Iterator[str]:
    """Yield the lines of a text, with limits.

    Raises:
        InputError: a line is too long, or contains a NUL character.
    """
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise InputError(
                "{path}:{number}: a line of more than {MAX_LINE} characters; check that this is a table",
                path=path,
                number=number,
                MAX_LINE=MAX_LINE,
            )
        if "\0" in line:
            raise InputError(
                "{path}:{number}: a NUL character; check that this is a text file", path=path, number=number
            )
        yield line


def _check(path: Path, header: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError(
            "{path}:1: the column {missing} is missing; the columns are: {header}",
            path=path,
            missing=column_list(missing),
            header=column_list(header),
        )
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise InputError(
            "{path}:1: the column {repeated} is repeated; rename one of them",
            path=path,
            repeated=column_list(repeated[:1]),
        )
