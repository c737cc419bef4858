"""Gzip files and members of zip archives, decompressed while they are read and never written to disk.

A decompression bomb is detected by its ratio. Deflate cannot exceed 1:1032; real tables and records stay far below
1:100. A stream beyond `MAX_RATIO` (once it is long enough to matter) or `MAX_BYTES` is refused.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_RATIO = 100
"""Decompressed bytes allowed for each compressed byte."""
MAX_BYTES = 1 << 35
"""Decompressed bytes allowed for one file or member."""
MAX_MEMBERS = 1000
BROKEN = (EOFError, zlib.error, zipfile.BadZipFile)
"""Exceptions other than `OSError` that a damaged gzip file or zip archive raises."""

_RATIO_IGNORED_UP_TO = 1 << 24
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1


class LimitedStream(io.RawIOBase):
    """A decompressed stream with limits on its size and its compression ratio."""

    def __init__(self, decompressed: IO[bytes], compressed_bytes: Callable[[], int], name: str) -> None:
        """Wrap a stream; `compressed_bytes` returns the number of compressed bytes read so far."""
        self._decompressed, self._compressed_bytes, self._name = decompressed, compressed_bytes, name
        self._size = 0

    def readable(self) -> bool:
        """Return true: the stream is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read bytes into `buffer` and return their number.

        Raises:
            InputError: a limit is exceeded.
        """
        data = self._decompressed.read(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        compressed = self._compressed_bytes()
        if self._size > MAX_BYTES or (self._size > _RATIO_IGNORED_UP_TO and self._size > MAX_RATIO * compressed):
            raise InputError(
                "{_name}: {compressed} bytes expand to {_size} or more, as in a decompression bomb; decompress the "
                "file yourself if you trust it",
                _name=self._name,
                compressed=compressed,
                _size=self._size,
            )
        return len(data)


def members(path: Path) -> tuple[Path, ...]:
    """Return the members of the zip archive `path` as paths below it, in archive order; nothing for other files.

    Raises:
        InputError: the archive is damaged or has too many members, or the name of a member leads out of it.
    """
    with path.open("rb") as stream:
        if not stream.read(4).startswith(_ZIP):
            return ()
        with zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise InputError(
            "{path}: {infos} members, more than {MAX_MEMBERS}; extract those that are needed",
            path=path,
            infos=len(infos),
            MAX_MEMBERS=MAX_MEMBERS,
        )
    for info in infos:
        _check(path, info)
    return tuple(path / info.filename for info in infos)


@contextmanager
def open_decompressed(
    path: Path, open_file: Callable[[Path], io.RawIOBase], bytes_read: Callable[[], int]
) -> Iterator[io.RawIOBase]:
    """Open a plain file, a gzip file or a member returned by `members`.

    Args:
        path: the file or the member.
        open_file: opens a file as it is.
        bytes_read: returns the number of bytes read so far from the files that `open_file` opened.

    Raises:
        InputError: the member is encrypted or does not exist.
    """
    file = next((one for one in (path, *path.parents) if one.is_file()), path)
    with file.open("rb") as stream:
        is_gzip = stream.read(2) == _GZIP
    with ExitStack() as stack:
        before = bytes_read()
        raw = stack.enter_context(open_file(file))
        if file != path:
            archive = stack.enter_context(zipfile.ZipFile(raw))
            decompressed: IO[bytes] = stack.enter_context(archive.open(_member(archive, file, path)))
        elif is_gzip:
            decompressed = stack.enter_context(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)))
        else:
            yield raw
            return
        limited = LimitedStream(decompressed, lambda: max(bytes_read() - before, 1), str(path))
        yield stack.enter_context(limited)


def _member(archive: zipfile.ZipFile, file: Path, path: Path) -> zipfile.ZipInfo:
    name = path.relative_to(file).as_posix()
    member = next((info for info in archive.infolist() if info.filename == name), None)
    if member is None:
        raise InputError("{path}: {file} has no such member", path=path, file=file)
    _check(file, member)
    return member


def _check(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or "\\" in name or ":" in name:
        raise InputError(
            "{path}: the member {name!r} would be outside the archive; do not trust this file", path=path, name=name
        )
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise InputError(
            "{path}: the member {name} is encrypted or uses an unsupported compression; extract it yourself",
            path=path,
            name=name,
        )
