"""Frames of the protocol between a worker and its parent: one byte for the kind, four for the length, the content."""

import os
from typing import Literal

DATA, END, ERROR = b"D", b"E", b"X"
"""Kinds of frames: a part of the reply, the end of the reply, and an error instead of the end."""

HEADER = 5
"""Bytes before the content."""

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


def read(descriptor: int) -> bytes | None:
    """Return the content of the next frame of a blocking pipe; ``None`` if the other process closed the pipe."""
    head = _exactly(descriptor, HEADER)
    return None if head is None else _exactly(descriptor, size_of(head))


def _exactly(descriptor: int, size: int) -> bytes | None:
    content = bytearray()
    while len(content) < size:
        part = os.read(descriptor, min(size - len(content), 1 << 20))
        if not part:
            return None
        content += part
    return bytes(content)
