"""Tasks of a worker that exceed each limit."""

from __future__ import annotations

import ctypes
import os
import time
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator


def echo(texts: list[str]) -> Iterator[bytes]:
    """Yield `texts`."""
    return (text.encode() for text in texts)


def pid() -> Iterator[bytes]:
    """Yield the number of the process."""
    yield str(os.getpid()).encode()


def refuse() -> Iterator[bytes]:
    """Raise an error of the package."""
    yield from ()
    raise QueryError("refused")


def sleep() -> Iterator[bytes]:
    """Wait an hour."""
    time.sleep(3600)
    yield b""


def spin() -> Iterator[bytes]:
    """Compute for an hour without releasing the interpreter's lock."""
    yield str(sum(range(10**12))).encode()


def allocate() -> Iterator[bytes]:
    """Allocate memory without end."""
    yield from ()
    parts = []
    while True:
        parts.append(b"x" * (1 << 20))


def write() -> Iterator[bytes]:
    """Write without end."""
    while True:
        yield b"x" * 100


def overflow() -> Iterator[bytes]:
    """Read address 0, as a stack that overflows does at another address."""
    ctypes.string_at(0)
    yield b""


def fail() -> Iterator[bytes]:
    """Raise an error of Python."""
    yield from ()
    raise AssertionError("a fault")
