"""Repair of the files of a store on disk beside its generations, by the next writer.

A power failure or another program can damage the pointer, the lock, the format or a draft. None of them contains data:
the newest complete generation is current.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from kg.files import atomic_stream
from kg.store.journal import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

GENERATION = re.compile(r"g[0-9]{6,}")
"""Names of generations."""


def is_store(store: Path) -> bool:
    """Return whether the folder contains a complete generation."""
    return any(map(_is_complete, store.glob("generations/g*")))


def mend(store: Path, version: str) -> None:
    """Repair the format and the pointer of a store whose write lock the caller holds.

    Args:
        store: the folder of the store.
        version: the content of the file ``format``.

    Raises:
        OSError: the store cannot be written.
    """
    if _content(store / "format") != version:
        _replace(store / "format", version)
    pointer = store / "current"
    if not pointer.exists() and not pointer.is_symlink():
        return
    name = (_content(pointer) or "").strip()
    if GENERATION.fullmatch(name) and (store / "generations" / name).is_dir():
        return
    complete = [each.name for each in store.glob("generations/g*") if GENERATION.fullmatch(each.name)]
    newest = max((name for name in complete if _is_complete(store / "generations" / name)), default=None)
    if newest is not None:
        _replace(pointer, f"{newest}\n")
    else:
        remove(pointer)


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


def _is_complete(generation: Path) -> bool:
    """Return whether a writer finished the generation; one with a journal was not yet current."""
    has_data = (generation / "manifest.json").is_file() and (generation / "oxigraph").is_dir()
    return has_data and not (generation / JOURNAL).exists()


def _content(path: Path) -> str | None:
    """Return the text of a file; ``None`` if it is missing, a folder or not ASCII."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def _replace(path: Path, content: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    with atomic_stream(path, durable=True) as stream:
        stream.write(content.encode())
