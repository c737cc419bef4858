"""Copies, deletion and recovery of the generations of a store on disk (`kg.store.local`)."""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING

from kg.files import open_plain
from kg.store import inventory
from kg.store.journal import INGESTED, JOURNAL, read_journal
from kg.store.view import open_statements

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.writer import StoreWriter


def copy_generation(base: Path, folder: Path) -> None:
    """Copy the statements of the generation `base`, by hard links, with its inventory and its list of sources.

    Raises:
        StoreError: the statements are damaged.
    """
    open_statements(base).backup(str(folder / "oxigraph"))
    for name in (inventory.FILE, INGESTED):
        if (base / name).is_file():
            shutil.copy(base / name, folder)


def recover(home: Path, base: str | None, pending: Path) -> None:
    """Move a generation back to `pending` if its writer died between the rename and the update of the pointer."""
    for generation in home.glob("g*"):
        newer = generation.name > (base or "")
        if newer and (generation / JOURNAL).exists() and read_journal(generation).work == pending.name:
            generation.rename(pending)


def is_used(generation: Path) -> bool:
    """Return whether a reader holds the shared lock of a generation."""
    try:
        with open_plain(generation / "readers") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def clean(home: Path, current: str | None) -> list[str]:
    """Delete the generations that are neither current nor in use, and return the names of those in use."""
    for old in home.glob("g*"):
        if old.name != current:
            delete_unless_used(old)
    return sorted(old.name for old in home.glob("g*") if old.name != current)


def delete_unless_used(generation: Path) -> None:
    """Delete a generation on which no reader holds the shared lock, or a file of that name."""
    if generation.is_symlink() or not generation.is_dir():
        generation.unlink(missing_ok=True)
        return
    if not (generation / "readers").is_file():  # partly deleted by a writer that was killed, or damaged
        shutil.rmtree(generation, ignore_errors=True)
        return
    try:
        with open_plain(generation / "readers") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(generation)
    except BlockingIOError:
        return  # in use; the next writer tries again
    except FileNotFoundError:
        shutil.rmtree(generation, ignore_errors=True)  # another writer deletes it


def open_writer(folder: Path) -> StoreWriter:
    """Return a writer of the generation in `folder`."""
    from kg.store.writer import StoreWriter  # noqa: PLC0415 - takes 10 ms, and readers do not need it

    return StoreWriter(folder)
