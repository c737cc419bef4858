"""Output of a program on a pseudo-terminal."""

from __future__ import annotations

import os


def read_all(parent: int) -> bytes:
    """Return what is written to the other end of a pseudo-terminal until that is closed."""
    output = b""
    try:
        while block := os.read(parent, 4096):
            output += block
    except OSError:  # the other end is closed
        pass
    return output
