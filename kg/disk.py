"""What is on the disk for sure, and what is gone from it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def discard(draft: Path) -> None:
    """Remove a draft, if it was not committed, whose RocksDB may still be open and at work in threads of its own."""
    with suppress(OSError):  # under another name no file can be added to it any more
        draft = draft.rename(draft.with_name(f"gone-{draft.stem}.draft"))
    shutil.rmtree(draft, ignore_errors=True)


def sync(folder: Path) -> None:
    """See that `folder` and all that is in it are on the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync_one(path)


def sync_one(path: Path) -> None:
    """See that the file or folder `path` is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def written(path: Path, text: str) -> Path:
    """`text` on disk beside `path`, which one rename will replace."""
    fresh = path.with_suffix(".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    return fresh
