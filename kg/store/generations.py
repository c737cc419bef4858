"""Deletion and recovery of the generations of a store on disk (`kg.store.local`)."""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING

from kg.store.journal import JOURNAL, read_journal

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.writer import StoreWriter


def recover(home: Path, base: str | None, pending: Path) -> None:
    """Move a generation back to `pending` if its writer died between the rename and the update of the pointer."""
    for generation in home.glob("g*"):
        newer = generation.name > (base or "")
        if newer and (generation / JOURNAL).exists() and read_journal(generation).work == pending.name:
            generation.rename(pending)


def clean(home: Path, current: str | None) -> list[str]:
    """Delete the generations that are neither current nor in use, and return the names of those in use."""
    for old in home.glob("g*"):
        if old.name != current:
            delete_unless_used(old)
    return sorted(old.name for old in home.glob("g*") if old.name != current)


def delete_unless_used(generation: Path) -> None:
    """Delete a generation on which no reader holds the shared lock."""
    try:
        with (generation / "readers").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(generation)
    except BlockingIOError:
        return  # in use; the next writer tries again
    except FileNotFoundError:
        shutil.rmtree(generation, ignore_errors=True)  # partly deleted by a writer that was killed


def open_writer(folder: Path) -> StoreWriter:
    """Return a writer of the generation in `folder`."""
    from kg.store.writer import StoreWriter  # noqa: PLC0415 - takes 10 ms, and readers do not need it

    return StoreWriter(folder)
