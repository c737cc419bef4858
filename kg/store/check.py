"""Examination of a store on disk: each damaged file, with the command that repairs it."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import is_temporary
from kg.store import inventory, layout
from kg.store.generations import is_used
from kg.store.inventory import REPAIR, RESTORE, STATES, Damage
from kg.store.journal import JOURNAL, read_ingested
from kg.store.pending import is_resumable
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.texts import Text


NOT_RESUMABLE = Message("an interrupted ingest that cannot be resumed")
"""State of a damaged ingest."""


class Finding(NamedTuple):
    """A damaged file of a store by its path in the store, its state, and the remedy."""

    path: str
    state: Text
    remedy: Text


def check(store: Path) -> tuple[Finding, ...]:
    """Return the damaged files of the store in the folder `store`; empty if there are none.

    The files of the current generation are compared with its inventory by their digests.

    Raises:
        StoreError: the folder is not a store, does not exist, or is of another format.
    """
    layout.check_format(store)
    if not (store / "format").exists() and not layout.complete(store):
        raise StoreError("{path}: the store does not exist; run kg build first, or choose it with --store", path=store)
    return tuple(_findings(store))


def damages(generation: Path) -> tuple[Damage, ...]:
    """Return the damaged files of a generation; without an inventory all statements and lists are read.

    The inventory itself is among them if it is damaged.
    """
    try:
        entries = inventory.read(generation)
    except StoreError:
        return Damage(inventory.FILE, "changed"), *(tuple(inventory.pipes(generation)) or _unreadable(generation))
    return tuple(inventory.compare(generation, entries, digests=True))


def _findings(store: Path) -> Iterator[Finding]:
    if layout.content(store / "format") != layout.FORMAT:
        yield Finding("format", _state(store / "format"), REPAIR)
    if (store / "lock").exists() and not (store / "lock").is_file():
        yield Finding("lock", STATES["no file"], REPAIR)
    name = _pointed(store)
    if name is None:
        if (store / "current").exists() or layout.complete(store):
            yield Finding("current", _state(store / "current"), REPAIR if layout.complete(store) else RESTORE)
    else:
        yield from _in_generation(store, name)
    yield from _left(store)


def _pointed(store: Path) -> str | None:
    """Return the name of the current generation; ``None`` if the pointer is damaged or missing."""
    name = (layout.content(store / "current") or "").strip()
    return name if layout.GENERATION.fullmatch(name) and (store / "generations" / name).is_dir() else None


def _in_generation(store: Path, name: str) -> Iterator[Finding]:
    folder = f"generations/{name}"
    if not (store / folder / "readers").is_file():
        yield Finding(f"{folder}/readers", _state(store / folder / "readers"), REPAIR)
    for one in damages(store / folder):
        yield Finding(f"{folder}/{one.name}", STATES[one.state], RESTORE if one.is_data else REPAIR)


def _left(store: Path) -> Iterator[Finding]:
    """Yield what killed writers left, unless a writer is at work."""
    if _is_being_written(store):
        return
    left = Message("left by a writer that was killed")
    for path in sorted(store.iterdir()):
        if is_temporary(path):
            yield Finding(path.name, left, REPAIR)
    for path in sorted(store.glob("generations/*.draft")):
        yield Finding(f"generations/{path.name}", left, REPAIR)
    name = _pointed(store)
    for path in sorted(store.glob("generations/g*")):
        if name is not None and path.name != name and not (path / JOURNAL).exists() and not is_used(path):
            yield Finding(f"generations/{path.name}", left, REPAIR)
    for path in sorted(store.glob("generations/*.pending")):
        if not is_resumable(path):
            yield Finding(f"generations/{path.name}", NOT_RESUMABLE, REPAIR)


def _is_being_written(store: Path) -> bool:
    if not (store / "lock").is_file():  # opening a pipe blocks
        return False
    try:
        with (store / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _unreadable(generation: Path) -> Iterator[Damage]:
    """Yield the files that cannot be read, where no inventory lists them."""
    try:
        for _ in ox.Store.read_only(str(generation / "oxigraph")):
            pass
    except (OSError, RuntimeError):  # RuntimeError: files that RocksDB calls corrupt
        yield Damage(inventory.DATA, "changed")
    try:
        read_ingested(generation)
    except StoreError:
        yield Damage("ingested", "changed")


def _state(path: Path) -> Text:
    if not path.exists():
        return STATES["missing"]
    return STATES["changed"] if path.is_file() else STATES["no file"]
