"""Writing a file whole or not at all, and how large it is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from kg.errors import OutputError, why


def write(path: Path, content: str | bytes) -> None:
    """Put `content` (text as UTF-8) in the place of what `path` held, in one step.

    It is written to a file beside first, so that a failure leaves the old file; a link is followed.

    Raises:
        OutputError: there is no such folder, the path is not a plain file, or it cannot be written.
    """
    with replacing(path) as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of what `path` held when the block ends, in one step.

    It stands beside until then, so that a failure within the block leaves the old file; a link is followed.

    Raises:
        OutputError: there is no such folder, the path is not a plain file, or it cannot be written.
    """
    check(path)
    with told(path):
        target = path.resolve()
        part = target.with_name(f".{uuid4().hex}.part")
        try:
            with part.open("wb") as stream:
                yield stream
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Refuse a path that `write` cannot write to, before any work is done for it.

    Raises:
        OutputError: there is no such folder, or the path is not a plain file that may be replaced.
    """
    with told(path):
        target = path.resolve()
        if target.is_symlink():  # Python 3.13 gives up on it without an error
            raise OutputError(f"{path} cannot be written: its symbolic links go in a loop")
        if not target.parent.is_dir():
            raise OutputError(f"{path} cannot be written: there is no folder {path.parent}; make it first")
        if target.is_dir():
            raise OutputError(f"{path} cannot be written: it is a folder; name a file in it")
        if target.exists() and not target.is_file():
            raise OutputError(f"{path} cannot be written: it is not a plain file")
        # Replacing a file needs no permission on the file itself, but one that is marked read-only is meant to stay.
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"{path} cannot be written: permission is denied")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in one sentence what the system has against `path`."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        # RuntimeError: links that go in a circle.
        raise OutputError(f"{path} cannot be written: {why(error)}") from error


def size(path: Path) -> str:
    """How large a file is, for people."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} kB"  # noqa: PLR2004 - a tenth of a megabyte
