"""Repair of the files of a store on disk beside its generations, by the next writer.

A power failure or another program can damage the pointer, the lock, the format or a draft. None of them contains data:
the newest complete generation is current.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from kg.files import atomic_stream
from kg.store import layout

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def mend(store: Path, version: str) -> None:
    """Repair the format and the pointer of a store whose write lock the caller holds.

    Args:
        store: the folder of the store.
        version: the content of the file ``format``.

    Raises:
        OSError: the store cannot be written.
    """
    if layout.content(store / "format") != version:
        write(store / "format", version)
    pointer = store / "current"
    if not pointer.exists() and not pointer.is_symlink() and not layout.complete(store):
        return  # nothing was built yet
    name = (layout.content(pointer) or "").strip()
    generation = store / "generations" / name
    if not (layout.GENERATION.fullmatch(name) and generation.is_dir()):
        complete = layout.complete(store)
        if not complete:
            remove(pointer)
            return
        generation = complete[-1]
        write(pointer, f"{generation.name}\n")
    if not (generation / "readers").is_file():
        write(generation / "readers", "")


def clear(store: Path, created: Iterable[Path]) -> None:
    """Delete the files of a writer from `store`, which has no generation, and the empty folders it `created`."""
    shutil.rmtree(store / "generations", ignore_errors=True)
    for name in ("format", "lock"):
        (store / name).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in created:
            folder.rmdir()


def remove(path: Path) -> None:
    """Delete a file, a link or a folder; the target of a link remains.

    Raises:
        OSError: the path cannot be deleted.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def write(path: Path, content: str) -> None:
    """Replace a file, or a folder or a broken link in its place, by a file with `content`."""
    if path.is_dir() or (path.is_symlink() and not path.exists()):
        remove(path)
    with atomic_stream(path, durable=True) as stream:
        stream.write(content.encode())
