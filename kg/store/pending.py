"""Opening and examination of a write that was interrupted, which the same work can resume (docs/decisions/0010)."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import inventory
from kg.store.journal import read_journal

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20


def is_resumable(folder: Path) -> bool:
    """Return whether the files of an interrupted write are intact; reads its statements without changing them."""
    return _is_complete(folder) and _is_readable(folder)


def is_intact(folder: Path, scratch: Path) -> bool:
    """Return whether `folder` is resumable, by all of its tables; requires the write lock.

    Args:
        folder: the interrupted write.
        scratch: a folder beside it that does not exist, for links to the tables in use.
    """
    if not is_resumable(folder):
        return False
    try:
        graph = ox.Store(str(folder / "oxigraph"))
        graph.optimize()  # reads the new tables
        graph.backup(str(scratch))
        former = inventory.read(folder).items() if (folder / inventory.FILE).exists() else ()
        used = {name: entry for name, entry in former if (scratch / name.removeprefix(inventory.DATA)).exists()}
        tables = {name: entry for name, entry in used.items() if inventory.is_table(name)}
        return not any(inventory.compare(folder, tables, digests=True))
    except (StoreError, OSError, RuntimeError):  # RuntimeError: files that RocksDB calls corrupt
        return False
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _is_complete(folder: Path) -> bool:
    try:
        batches = read_journal(folder).batches
        length = batches[-1][1] if batches else 0
        if not length:
            return True
        with (folder / "merge.nt").open("rb") as merged:
            while (rest := length - merged.tell()) > 0:
                lines = merged.read(min(rest, _BLOCK)) + (merged.readline() if rest > _BLOCK else b"")
                if not lines or not all(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES, lenient=True)):
                    return False
    except (StoreError, OSError, SyntaxError):
        return False
    return True


def _is_readable(folder: Path) -> bool:
    try:
        for _ in ox.Store.read_only(str(folder / "oxigraph")):
            pass
    except (OSError, RuntimeError):
        return False
    return True
