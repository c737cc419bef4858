"""What is packed: gzip files and the members of zip archives, unpacked as they are read and never onto the disk.

A bomb is told by how much comes out of how little. Deflate cannot do better than 1:1032; real tables and records stay
far below 1:100, so that a stream past `BIGGEST_RATIO` (once it is long enough to matter) or past `BIGGEST` is refused.
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

BIGGEST_RATIO = 100
"""Bytes that may come out of one."""
BIGGEST = 1 << 35
"""Bytes that may come out of one file or member."""
MOST_MEMBERS = 1000
BROKEN = (EOFError, zlib.error, zipfile.BadZipFile)
"""What a broken gzip file or zip archive raises besides `OSError`."""

_UNWATCHED = 1 << 24
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1


class Inflated(io.RawIOBase):
    """What comes out of a packed stream, watched."""

    def __init__(self, inner: IO[bytes], packed: Callable[[], int], name: str) -> None:
        """`packed` tells how many packed bytes were read so far."""
        self._inner, self._packed, self._name = inner, packed, name
        self._out = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`.

        Raises:
            InputError: this is a bomb.
        """
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self._out += len(data)
        if self._out > BIGGEST or (self._out > _UNWATCHED and self._out > BIGGEST_RATIO * self._packed()):
            raise InputError(
                f"{self._name}: {self._out} bytes have come out of {self._packed()}; this looks like a bomb, "
                "so that it is not unpacked; unpack it yourself if you trust it"
            )
        return len(data)


def members(path: Path) -> tuple[Path, ...]:
    """The members of the zip archive `path` as paths below it, in the archive's order; none where it is no archive.

    Raises:
        InputError: it is broken, a member's name leads out of it, or there are too many members.
    """
    with path.open("rb") as stream:
        if not stream.read(4).startswith(_ZIP):
            return ()
        with zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise InputError(f"{path}: {len(infos)} members, more than {MOST_MEMBERS}; unpack what is needed")
    for info in infos:
        _check(path, info)
    return tuple(path / info.filename for info in infos)


@contextmanager
def opened(path: Path, start: Callable[[Path], io.RawIOBase], read: Callable[[], int]) -> Iterator[io.RawIOBase]:
    """`path` unpacked: a file, a gzip file, or the member of an archive that `members` gave.

    Args:
        path: what to open.
        start: opens a file as it stands.
        read: how many bytes have been read of the files that `start` opened.

    Raises:
        InputError: it is encrypted, or there is no such member.
    """
    file = next((one for one in (path, *path.parents) if one.is_file()), path)
    with file.open("rb") as stream:
        gzipped = stream.read(2) == _GZIP
    with ExitStack() as open_ones:
        before = read()
        raw = open_ones.enter_context(start(file))
        if file != path:
            archive = open_ones.enter_context(zipfile.ZipFile(raw))
            inner: IO[bytes] = open_ones.enter_context(archive.open(_member(archive, file, path)))
        elif gzipped:
            inner = open_ones.enter_context(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)))
        else:
            yield raw
            return
        yield open_ones.enter_context(Inflated(inner, lambda: max(read() - before, 1), str(path)))


def _member(archive: zipfile.ZipFile, file: Path, path: Path) -> zipfile.ZipInfo:
    name = path.relative_to(file).as_posix()
    found = next((info for info in archive.infolist() if info.filename == name), None)
    if found is None:
        raise InputError(f"{path}: there is no such member in {file}")
    _check(file, found)
    return found


def _check(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or "\\" in name or ":" in name:
        raise InputError(f"{path}: the name of the member {name!r} leads out of the archive; do not trust this file")
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise InputError(
            f"{path}: the member {name} is encrypted or packed in a way that is not read; unpack it yourself"
        )
