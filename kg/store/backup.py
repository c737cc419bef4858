"""Backup of a store on disk as one tar file, and its restoration.

The file contains the format, the inventory of the current generation, and each file that the inventory lists. Names,
sizes and digests are checked before a restored generation becomes current.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from typing import IO, TYPE_CHECKING

from kg.errors import DataError, InputError, StoreError, reason
from kg.files import check_regular, discard, fsync_tree, replacing
from kg.store import inventory, layout
from kg.store.view import open_statements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.store.inventory import Entry
    from kg.store.local import LocalStore
    from kg.store.view import Snapshot

_NAME = re.compile(r"(?:public/)?(?:(?:oxigraph|incidence)/)?[A-Za-z0-9][A-Za-z0-9._-]*")
_MOST_ENTRIES = 64 << 20
"""Largest inventory that is read, in bytes."""


def backup(view: Snapshot, target: Path) -> None:
    """Write the generation of `view` to the tar file `target`, whose bytes depend on its content only.

    Raises:
        StoreError: a file of the store is damaged.
        OutputError: `target` cannot be written; it is unchanged then.
    """
    entries = inventory.read(view.generation)
    for damage in inventory.compare(view.generation, entries, digests=True):
        raise StoreError(
            "{path}: the file is damaged ({state}); run kg store check",
            path=view.generation / damage.name,
            state=inventory.STATES[damage.state],
        )
    with (
        replacing(target, durable=True) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        _add(tar, "format", view.generation.parent.parent / "format")
        for name in (inventory.FILE, *entries):
            _add(tar, name, view.generation / name)


def restore(store: LocalStore, file: Path, *, replace: bool) -> None:
    """Make the content of the backup `file` the current generation of `store`.

    Args:
        store: the store; it need not exist.
        file: a file of `backup`.
        replace: whether the present content of the store may be lost.

    Raises:
        InputError: `file` is not a backup, incomplete or damaged; the store is unchanged.
        DataError: the store has content, and `replace` is not set.
        StoreError: the store cannot be written.
    """
    check_regular(file)
    with store.writing() as home:
        if layout.current(store.path) is not None and not replace:
            raise DataError("{path}: the store has content; pass --discard to replace it", path=store.path)
        folder = store.draft(home, None)
        try:
            _unpack(file, folder)
            open_statements(folder)
            fsync_tree(folder)
            store.publish(folder)
        finally:
            discard(folder)


def _add(tar: tarfile.TarFile, name: str, path: Path) -> None:
    member = tarfile.TarInfo(name)
    member.size = path.stat().st_size
    with path.open("rb") as content:
        tar.addfile(member, content)


def _unpack(file: Path, folder: Path) -> None:
    """Write the files of a backup into `folder`, and compare them with its inventory.

    Raises:
        InputError: the file is not a backup, incomplete or damaged.
    """
    try:
        with tarfile.open(file, "r:") as tar:
            _check_format(file, _text(tar, "format"))
            (folder / inventory.FILE).write_bytes(_text(tar, inventory.FILE))
            entries = inventory.parse((folder / inventory.FILE).read_bytes())
            while (member := tar.next()) is not None:
                _write(tar, member, folder, entries)
    except (tarfile.TarError, EOFError, ValueError, TypeError, AttributeError) as error:
        raise InputError(
            "{file}: is not a backup of a store ({error}); name a file of kg store backup",
            file=file,
            error=reason(error),
        ) from error
    for damage in inventory.compare(folder, entries, digests=True):
        raise InputError(
            "{file}: the backup is damaged ({name}: {state}); name another one",
            file=file,
            name=damage.name,
            state=inventory.STATES[damage.state],
        )
    (folder / "readers").touch()


def _check_format(file: Path, found: bytes) -> None:
    if found != layout.FORMAT.encode():
        raise InputError(
            "{file}: another version of kg wrote this backup ({found!r}, this one reads {expected!r}); restore it with "
            "that version, then run kg store upgrade",
            file=file,
            found=found.decode(errors="replace").strip(),
            expected=layout.FORMAT.strip(),
        )


def _text(tar: tarfile.TarFile, name: str) -> bytes:
    """Return the content of the next member, which must have this name."""
    member = tar.next()
    if member is None or member.name != name or member.size > _MOST_ENTRIES:
        raise ValueError(f"the file {name} is not where it belongs")
    return _open(tar, member).read()


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write one member to its place, which must be in the inventory and within `folder`."""
    if member.name not in entries or not _NAME.fullmatch(member.name) or member.size != entries[member.name].size:
        raise ValueError(f"the file {member.name!r} does not belong to it")
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with _open(tar, member) as content, path.open("xb") as target:
        shutil.copyfileobj(content, target)


def _open(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise ValueError(f"{member.name!r} is not a file")
    return content
