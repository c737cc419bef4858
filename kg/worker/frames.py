"""Frames of the protocol between a worker and its parent: one byte for the kind, four for the length, the content."""

import os
from collections.abc import Iterator
from typing import Literal

DATA, END, ERROR = b"D", b"E", b"X"
"""Kinds of frames: a part of the reply, the end of the reply, and an error instead of the end."""

HEADER = 5
"""Bytes before the content."""

_CHUNK = 1 << 16
"""Bytes of one read, which is what a pipe holds."""

_ORDER: Literal["big"] = "big"


def header(kind: bytes, size: int) -> bytes:
    """Return the bytes before a content of `size` bytes."""
    return kind + size.to_bytes(HEADER - 1, _ORDER)


def size_of(head: bytes | bytearray) -> int:
    """Return the size of the content after `head`."""
    return int.from_bytes(head[1:HEADER], _ORDER)


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """Return a frame."""
    return header(kind, len(content)) + content


def write_all(descriptor: int, frames: bytes) -> None:
    """Write `frames` to a blocking pipe.

    Raises:
        BrokenPipeError: the other process is gone.
    """
    rest = memoryview(frames)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read(descriptor: int) -> Iterator[bytes]:
    """Yield the contents of the frames of a blocking pipe until the other process closes it."""
    buffer, part = bytearray(), memoryview(bytearray(_CHUNK))
    while size := os.readv(descriptor, [part]):  # a new object of this size costs more than a short request
        buffer += part[:size]
        while len(buffer) >= HEADER and len(buffer) >= (end := HEADER + size_of(buffer)):
            content = bytes(buffer[HEADER:end])
            del buffer[:end]
            yield content
