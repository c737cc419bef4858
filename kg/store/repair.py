"""Repair of a store on disk, and conversion of a store of a former format.

Both write a new generation from the statements of the current one, and make it current in one step. A kill therefore
leaves the former state or the new one.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.files import discard
from kg.store import inventory, layout, mend
from kg.store.check import NOT_RESUMABLE, Finding, check, damages
from kg.store.generations import copy_generation, delete_unless_used, open_writer
from kg.store.journal import INGESTED, JOURNAL
from kg.store.pending import is_intact
from kg.store.view import open_statements
from kg.terms import HX
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from kg.store.local import LocalStore
    from kg.texts import Text

    Steps = tuple[Callable[[ox.Store], Iterable[ox.Quad]] | None, Callable[[ox.Store, Path], object] | None]
    """Functions that derive statements, and that write the files of a generation; see `StoreWriter.finish`."""

_SOURCES = f"SELECT DISTINCT ?source {{ ?evidence <{HX.source}> ?source }}"
_REBUILD = Message("delete the folder and run kg build")


def repair(store: LocalStore, steps: Steps) -> tuple[Finding, ...]:
    """Repair everything but damaged statements, and return the findings that led to it.

    A damaged list of ingested sources becomes the list of all sources, so that no build drops one without consent.

    Raises:
        StoreError: statements are damaged, or the store cannot be written.
    """
    found = list(check(store.path))
    if not found and not any(store.path.glob("generations/*.pending")):
        return ()
    with store.writing() as home:
        found += [one for one in _delete_broken(home) if one not in found]
        for draft in home.glob("*.draft"):
            mend.remove(draft)
        name = layout.current(store.path)
        for old in home.glob("g*"):
            if name is not None and old.name != name and not (old / JOURNAL).exists():
                delete_unless_used(old)
        if name is None and any(one.path == "current" for one in found):
            raise _damaged(store, inventory.RESTORE)
        broken = () if name is None else _broken(home / name)
        if any(one.is_data for one in broken):
            raise _damaged(store, inventory.RESTORE)
        if name is not None and broken:
            _rewrite(store, home / name, steps, inventory.RESTORE, {one.name for one in broken})
    return tuple(found)


def upgrade(store: LocalStore, steps: Steps) -> bool:
    """Convert a store of a former format; return whether it had one.

    Raises:
        StoreError: the folder is not a store, statements are damaged, or the store cannot be written.
    """
    with store.writing(layout.FORMERS) as home:
        if layout.content(store.path / "format") not in layout.FORMERS:
            return False
        name = layout.current(store.path)
        if name is not None:
            _rewrite(store, home / name, steps, _REBUILD)
        mend.write(store.path / "format", layout.FORMAT)
    return True


def _broken(generation: Path) -> tuple[inventory.Damage, ...]:
    """Return the damaged files of a generation, after deleting pipes and folders that RocksDB would open."""
    for one in list(inventory.pipes(generation)):
        if not one.is_data:
            mend.remove(generation / one.name)
    return damages(generation)


def _delete_broken(home: Path) -> Iterator[Finding]:
    """Delete interrupted writes that are damaged, and yield them."""
    for pending in home.glob("*.pending"):
        if not is_intact(pending, home / f"{pending.stem}.draft"):
            mend.remove(pending)
            yield Finding(f"{home.name}/{pending.name}", NOT_RESUMABLE, inventory.REPAIR)


def _rewrite(store: LocalStore, base: Path, steps: Steps, remedy: Text, damaged: Collection[str] = frozenset()) -> None:
    """Make a copy of the generation `base` current, with new derived files; `damaged` are names of its files."""
    folder = store.draft(base.parent, None)
    verified = (base / inventory.FILE).exists() and inventory.FILE not in damaged
    if verified:
        copy_generation(base, folder)
    if (base / INGESTED).is_file():
        shutil.copy(base / INGESTED, folder)
    writer = open_writer(folder)
    try:
        if not verified:  # indexes of Oxigraph other than the one that is read are written again
            writer.graph.bulk_extend(open_statements(base, remedy))
        listed = (folder / INGESTED).exists()
        if INGESTED in damaged or (inventory.FILE in damaged and not listed):
            (folder / INGESTED).unlink(missing_ok=True)
            rows: ox.QuerySolutions = writer.graph.query(_SOURCES)  # type: ignore[assignment]
            writer.ingested(row["source"].value for row in rows)
        writer.finish(*steps)
        store.commit(writer)
    except RuntimeError as error:
        if not str(error).startswith("Corruption"):  # the prefix of RocksDB's message
            raise
        raise _damaged(store, remedy) from error
    finally:
        writer.close()
        discard(folder)


def _damaged(store: LocalStore, remedy: Text) -> StoreError:
    return StoreError("{path}: the statements are damaged; {remedy}", path=store.path, remedy=remedy)
